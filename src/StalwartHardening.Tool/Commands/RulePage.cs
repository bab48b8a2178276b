using System.Text;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Commands;

/// <summary>A rule's page of the documentation, which the tool carries along: its examples are tests, so they are true.</summary>
internal static class RulePage
{
    private const string EndOfHead = "<!-- end rule -->";

    /// <summary>Whether there is a fix, and whether it has to be reviewed: the words of the page.</summary>
    public static string FixOf(Rule rule)
    {
        foreach (var line in Read(rule).Split('\n'))
        {
            if (line.StartsWith("| " + rule.Name + " |", StringComparison.Ordinal) && line.Split('|') is { Length: > 5 } cells)
                return cells[5].Trim();
        }

        return "By hand";
    }

    /// <summary>What the page says after its head, for a terminal: examples of what is reported and what is not.</summary>
    public static string Examples(Rule rule)
    {
        var page = Read(rule);
        var start = page.IndexOf(EndOfHead, StringComparison.Ordinal);
        var text = new StringBuilder();
        var isCode = false;
        // What follows is about projects; the command has its own words for it.
        var end = page.IndexOf("\n## Configure", StringComparison.Ordinal);
        if (end > start)
            page = page[..end];
        foreach (var line in page[(start < 0 ? page.Length : start + EndOfHead.Length)..].Trim().Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                continue;
            }

            text.Append(isCode && line.Length > 0 ? "    " : "").Append(line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : line).Append('\n');
        }

        return text.ToString();
    }

    private static string Read(Rule rule)
    {
        using var stream = typeof(RulePage).Assembly.GetManifestResourceStream("rules/" + rule.Id + ".md");
        if (stream is null)
            return "";
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
