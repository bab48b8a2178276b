using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>A way to give a setting another value.</summary>
/// <param name="Name">What it does.</param>
/// <param name="ReplaceValue">Replaces the expression that says the value; false where it cannot.</param>
/// <param name="ReplaceCall">Replaces what the name of a call says by itself; false where it cannot.</param>
internal sealed record ReplacementStrategy(string Name, Func<WrittenValue, bool> ReplaceValue, Func<WrittenValue, bool> ReplaceCall)
{
    /// <summary>Gives the setting called <paramref name="key"/> another value; false where it cannot.</summary>
    public bool Apply(EditContext context, string key, string value)
    {
        if (context.Server.SiteOf(key) is not { } site || context.Server.Find(key) is not { } setting)
            return false;
        var written = new WrittenValue(context, site, setting, value);
        return written.Expression is not null ? ReplaceValue(written) : written.Method is not null && ReplaceCall(written);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The ways to give a setting another value, the one that reads best first.</summary>
internal static class ReplacementStrategies
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReplacementStrategy> All { get; } =
    [
        new("in the type in which it is spelled out, or by a call that says the other thing", InItsType, static written => AddArgument(written) || CallSibling(written) || CallOpposite(written)),
        new("where the value was written", WhereItWasWritten, static _ => false),
        new("as a text", AsText, static _ => false),
        new("by one more call", static _ => false, Append),
    ];

    private static bool InItsType(WrittenValue written)
    {
        var expression = written.Expression!;
        if (!written.IsSpelledOut || written.TypeOf(expression) is not { } type || written.Writing(expression).Of(type, written.Own) is not { } text)
            return false;
        written.Edit.Replace(expression.SyntaxTree, expression.Span, text);
        return true;
    }

    private static bool WhereItWasWritten(WrittenValue written)
    {
        if (written.Origin.Find(written.Expression!, written.Setting.Value, written.Value) is not var (literal, text))
            return false;
        written.Edit.Replace(literal.SyntaxTree, literal.Span, text);
        return true;
    }

    private static bool AsText(WrittenValue written)
    {
        var expression = written.Expression!;
        if (!written.IsSpelledOut)
            return false;
        written.Edit.Replace(expression.SyntaxTree, expression.Span, ValueWriter.Literal(written.Value));
        return true;
    }

    private static bool AddArgument(WrittenValue written)
    {
        var call = written.Call!;
        foreach (var parameter in written.Method!.Parameters)
        {
            if (!parameter.IsOptional || ValueWriter.Placeholder(written.Site.ValueTemplate, parameter.Name, written.Value) is not { } own)
                continue;
            if (written.Writing(call).Of(parameter.Type, own) is not { } text)
                continue;
            var list = call.ArgumentList.Arguments;
            written.Edit.Insert(call.SyntaxTree, call.ArgumentList.CloseParenToken.SpanStart, list.Count == 0 && parameter.Ordinal == 0 ? text : (list.Count == 0 ? "" : ", ") + parameter.Name + ": " + text);
            return true;
        }

        return false;
    }

    // AddAdministrator(…) and AddAccount(…) take the same and write the same but for one value.
    private static bool CallSibling(WrittenValue written)
    {
        if (written.Call!.Expression is not MemberAccessExpressionSyntax access)
            return false;
        var (method, vocabulary) = (written.Method!, written.Vocabulary);
        var own = vocabulary.SettingsOf(method);
        foreach (var other in method.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            if (other.Name == method.Name || other.DeclaredAccessibility != Accessibility.Public || vocabulary.ScopeOf(other) != vocabulary.ScopeOf(method) || other.Parameters.Length != method.Parameters.Length)
                continue;
            var takesTheSame = other.Parameters.Zip(method.Parameters, static (one, two) => one.Name == two.Name && SymbolEqualityComparer.Default.Equals(one.Type, two.Type)).All(static same => same);
            var settings = vocabulary.SettingsOf(other);
            var key = written.Site.KeyTemplate;
            if (!takesTheSame || settings.Length != own.Length || !settings.Zip(own, (one, two) => one == two || (one.Key == key && one == two with { Value = written.Value })).All(static same => same))
                continue;
            written.Edit.Replace(access.SyntaxTree, access.Name.Span, other.Name);
            return true;
        }

        return false;
    }

    // WithStartTls() says what its name says; another call says the opposite.
    private static bool CallOpposite(WrittenValue written)
    {
        var (call, method) = (written.Call!, written.Method!);
        if (call.Expression is not MemberAccessExpressionSyntax access || !method.Parameters.IsEmpty || written.Vocabulary.ScopeOf(method) is not null)
            return false;
        var writing = new CallWriter(written.Vocabulary, written.Writing(call));
        if (writing.Calls(method.ReturnType, written.Site.Scope, [new(written.Setting.Key, written.Value)], mayLeave: false) is not { } text)
            return false;
        written.Edit.Replace(call.SyntaxTree, TextSpan.FromBounds(access.OperatorToken.SpanStart, call.Span.End), text);
        written.AddCollateral();
        return true;
    }

    private static bool Append(WrittenValue written) =>
        written.Vocabulary.IsBuilder(written.Method!.ReturnType)
        && new AppendedCall(written.Program, written.Call!, written.Method.ReturnType, written.Site.Scope).Write([new(written.Setting.Key, written.Value)], written.Edit);
}

/// <summary>A value that a program writes, and the one that it is to write instead.</summary>
internal sealed class WrittenValue(EditContext context, WriteSite site, Setting setting, string value)
{
    private IMethodSymbol? _method;

    public BuilderServers Program => context.Program;

    public BuilderVocabulary Vocabulary => context.Program.Vocabulary;

    public ProgramEdit Edit => context.Edit;

    public WriteSite Site => site;

    /// <summary>The setting as it is.</summary>
    public Setting Setting => setting;

    /// <summary>The value that it gets.</summary>
    public string Value => value;

    /// <summary>The expression that says the value; null where only the name of the call does.</summary>
    public ExpressionSyntax? Expression { get; } = Of(context, setting, site.Call);

    /// <summary>The call.</summary>
    public InvocationExpressionSyntax? Call => site.Call as InvocationExpressionSyntax;

    /// <summary>The method that is called.</summary>
    public IMethodSymbol? Method => _method ??= Call is { } call ? Program.ModelOf(call.SyntaxTree).GetSymbolInfo(call, context.CancellationToken).Symbol as IMethodSymbol : null;

    /// <summary>Where values come from.</summary>
    public ValueOrigin Origin { get; } = new(context.Program, context.CancellationToken);

    /// <summary>Whether the expression says the value by itself.</summary>
    public bool IsSpelledOut => Expression is not null && Origin.IsSpelledOut(Expression);

    /// <summary>The part of the value that an argument says where the method itself says the rest: {port} in [::]:{port}.</summary>
    public string Own
    {
        get
        {
            var template = site.ValueTemplate;
            var open = template.IndexOf('{');
            var close = template.LastIndexOf('}');
            if (open < 0 || close < open)
                return value;
            var name = template.Substring(open + 1, close - open - 1);
            return name.IndexOf('{') < 0 && ValueWriter.Placeholder(template, name, setting.Value) is not null ? ValueWriter.Placeholder(template, name, value) ?? value : value;
        }
    }

    /// <summary>Where a value is said by itself, and not only by the name of the call.</summary>
    public static ExpressionSyntax? Of(EditContext context, in Setting setting, SyntaxNode call)
    {
        var span = setting.ValueSpan;
        if (context.Program.Reader.Sources.TreeOf(span) is not { } tree)
            return null;
        var node = tree.GetRoot(context.CancellationToken).FindNode(new TextSpan(span.Start, span.Length), getInnermostNodeForTie: true) as ExpressionSyntax;
        if (node is null || node.SpanStart != span.Start || node.Span.Length != span.Length)
            return null;
        return call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Name == node ? null : node;
    }

    public ITypeSymbol? TypeOf(ExpressionSyntax expression)
    {
        var info = Program.ModelOf(expression.SyntaxTree).GetTypeInfo(expression, context.CancellationToken);
        return info.Type ?? info.ConvertedType;
    }

    public ValueWriter Writing(SyntaxNode place) => new(Vocabulary, Program.ModelOf(place.SyntaxTree), place.SpanStart);

    /// <summary>Notes what goes along with the call.</summary>
    public void AddCollateral()
    {
        foreach (var write in context.Server.Written.Writes)
        {
            if (write.Site.Call == site.Call && write.Key != setting.Key)
                context.Collateral.Add(write.Key);
        }
    }
}
