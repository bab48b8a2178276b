using System.Text;

namespace StalwartHardening.Programs;

/// <summary>What a program consists of, to be put together as a program or as a class.</summary>
/// <param name="Head">The comments at the top.</param>
/// <param name="Usings">The namespaces.</param>
/// <param name="Body">The statements.</param>
/// <param name="Result">The type of what the statements put together.</param>
/// <param name="ResultExpression">The expression that is it.</param>
/// <param name="WriteStatement">The statement that writes it.</param>
internal sealed record ProgramParts(string Head, IReadOnlyList<string> Usings, string Body, string Result, string ResultExpression, string WriteStatement)
{
    private const string ReadVariable = "static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($\"The environment variable {name} is not set.\");";

    /// <summary>Whether the statements read secrets with <c>Variable</c>.</summary>
    public bool ReadsSecrets { get; init; }

    /// <summary>The number of lines before the first statement of a program.</summary>
    public int LinesBeforeBody => Head.Count(static c => c == '\n') + Usings.Count + 1;

    public string ToProgram()
    {
        var text = new StringBuilder(Head);
        AppendUsings(text);
        text.Append(Body).Append('\n').Append(WriteStatement).Append('\n');
        if (ReadsSecrets)
            text.Append('\n').Append(ReadVariable).Append('\n');
        return text.ToString();
    }

    public string ToClass(string name, string? @namespace)
    {
        var text = new StringBuilder(Head);
        AppendUsings(text);
        if (!string.IsNullOrEmpty(@namespace))
            text.Append("namespace ").Append(@namespace).Append(";\n\n");
        text.Append("/// <summary>The mail server's configuration.</summary>\ninternal static class ").Append(name).Append("\n{\n    /// <summary>Puts it together.</summary>\n    public static ").Append(Result).Append(" Create()\n    {\n");
        foreach (var line in Body.TrimEnd('\n').Split('\n'))
            text.Append(line.Length > 0 ? "        " : "").Append(line).Append('\n');
        text.Append("\n        return ").Append(ResultExpression).Append(";\n    }\n");
        if (ReadsSecrets)
            text.Append("\n    private ").Append(ReadVariable).Append('\n');
        return text.Append("}\n").ToString();
    }

    private void AppendUsings(StringBuilder text)
    {
        foreach (var name in Usings)
            text.Append("using ").Append(name).Append(";\n");
        text.Append('\n');
    }
}
