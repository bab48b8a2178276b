using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StalwartHardening.Configuration.Generator;

/// <summary>A text of an annotation as C#: parameters in braces become their arguments' texts, other braces stay.</summary>
internal sealed class Template
{
    private static readonly string[] Macros = ["%{env:", "%{file:", "%{cfg:"];

    private Template(string expression, IParameterSymbol? several)
    {
        Expression = expression;
        Several = several;
    }

    /// <summary>The text as an expression.</summary>
    public string Expression { get; }

    /// <summary>The parameter that stands for several texts, each of which is written; inside of <see cref="Expression"/> it is <c>each</c>.</summary>
    public IParameterSymbol? Several { get; }

    public static Template Parse(string text, IReadOnlyList<IParameterSymbol> parameters)
    {
        var parts = new List<string>();
        IParameterSymbol? several = null;
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && text.IndexOf('}', i) is > 0 and var end && Argument(text.Substring(i + 1, end - i - 1), parameters, IsInMacro(literal), ref several) is { } argument)
            {
                Add(parts, literal);
                parts.Add(argument);
                i = end;
            }
            else
            {
                literal.Append(text[i]);
            }
        }

        Add(parts, literal);
        return new Template(parts.Count == 0 ? "\"\"" : string.Join(" + ", parts), several);
    }

    /// <summary>Whether a text names the parameter.</summary>
    public static bool Names(string text, IParameterSymbol parameter) => text.Contains("{" + parameter.Name + "}");

    private static string? Argument(string name, IReadOnlyList<IParameterSymbol> parameters, bool isInMacro, ref IParameterSymbol? several)
    {
        if (name == "scope:id")
            return "ScopeId";
        foreach (var parameter in parameters)
        {
            if (parameter.Name != name)
                continue;
            if (StandsForSeveral(parameter.Type))
            {
                several = parameter;
                return "each";
            }

            // What is not a name or path would end the macro early.
            return isInMacro ? $"Macro.Checked({name}, nameof({name}))" : $"SettingTexts.Of({name})";
        }

        return null;
    }

    private static bool IsInMacro(StringBuilder literal)
    {
        var text = literal.ToString();
        return Macros.Any(macro => text.EndsWith(macro, StringComparison.Ordinal));
    }

    private static bool StandsForSeveral(ITypeSymbol type) =>
        type is IArrayTypeSymbol || (type.TypeKind == TypeKind.Enum && type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "System.FlagsAttribute"));

    private static void Add(List<string> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
            parts.Add(SymbolDisplay.FormatLiteral(literal.ToString(), quote: true));
        literal.Clear();
    }
}
