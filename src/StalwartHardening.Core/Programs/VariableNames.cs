using System.Globalization;
using System.Text;

namespace StalwartHardening.Programs;

/// <summary>Names for the local variables of a program, each once.</summary>
internal sealed class VariableNames
{
    private static readonly HashSet<string> s_reserved = new(StringComparer.Ordinal)
    {
        "args", "plan", "server", "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event",
        "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator",
        "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try",
        "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while", "await", "var", "value", "field", "record", "file", "nameof", "yield", "async", "dynamic", "with", "when",
    };

    private readonly HashSet<string> _taken = new(s_reserved, StringComparer.Ordinal) { "Variable" };

    /// <summary>A name that no other variable has.</summary>
    /// <param name="own">What the object calls itself.</param>
    /// <param name="described">What to call it where that is no name for a variable.</param>
    public string Take(string own, string described)
    {
        var name = own.Length > 2 && Camel(own) is { Length: > 2 } camel && !s_reserved.Contains(camel) ? camel : Camel(described);
        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
            unique = name + number.ToString(CultureInfo.InvariantCulture);
        return unique;
    }

    private static string Camel(string text)
    {
        var name = new StringBuilder(text.Length);
        var startsWord = false;
        foreach (var c in text)
        {
            if (!(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'))
                startsWord = name.Length > 0;
            else if (name.Length == 0 && c is >= '0' and <= '9')
                name.Append('_').Append(c);
            else
            {
                name.Append(name.Length == 0 ? char.ToLowerInvariant(c) : startsWord ? char.ToUpperInvariant(c) : c);
                startsWord = false;
            }
        }

        return name.ToString();
    }
}
