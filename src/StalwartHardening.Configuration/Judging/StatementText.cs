using System.Reflection.Metadata;

namespace StalwartHardening.Configuration;

/// <summary>
/// Symbols know statements, not calls, and a chain of calls is one statement over many lines. Where its source is at hand and names
/// the call once, that line is meant; otherwise the first.
/// </summary>
internal static class StatementText
{
    public static int LineOf(string path, in SequencePoint statement, string call)
    {
        if (!File.Exists(path))
            return statement.StartLine;
        var found = 0;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (number < statement.StartLine)
                continue;
            if (number > statement.EndLine)
                break;
            var from = number == statement.StartLine ? statement.StartColumn - 1 : 0;
            var to = number == statement.EndLine ? Math.Min(statement.EndColumn - 1, line.Length) : line.Length;
            for (var i = Names(line, call, from, to); i >= 0; i = Names(line, call, i + call.Length, to))
            {
                if (found != 0 && found != number)
                    return statement.StartLine;
                found = number;
            }
        }

        return found == 0 ? statement.StartLine : found;
    }

    private static int Names(string line, string call, int from, int to)
    {
        while (from < to)
        {
            var i = line.IndexOf(call, from, to - from, StringComparison.Ordinal);
            if (i < 0)
                return -1;
            var end = i + call.Length;
            if ((i == 0 || !IsName(line[i - 1])) && end < line.Length && line[end] is '(' or '<' or ' ')
                return i;
            from = end;
        }

        return -1;
    }

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';
}
