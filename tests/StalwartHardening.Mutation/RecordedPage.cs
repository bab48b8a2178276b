namespace StalwartHardening.Mutation;

/// <summary>The parts of pages that programs write, such as those of <c>docs/trust.md</c>.</summary>
internal static class RecordedPage
{
    /// <summary>What is between <c>&lt;!-- section --&gt;</c> and <c>&lt;!-- end section --&gt;</c>.</summary>
    /// <exception cref="InvalidDataException">The page has no such section.</exception>
    public static string Read(string page, string section)
    {
        var content = File.ReadAllText(page);
        return content[Find(content, page, section)];
    }

    /// <summary>Replaces what is between <c>&lt;!-- section --&gt;</c> and <c>&lt;!-- end section --&gt;</c>.</summary>
    /// <exception cref="InvalidDataException">The page has no such section.</exception>
    public static void Write(string page, string section, string text)
    {
        var content = File.ReadAllText(page);
        var range = Find(content, page, section);
        File.WriteAllText(page, content[..range.Start] + text + content[range.End..]);
    }

    private static Range Find(string content, string page, string section)
    {
        var (first, last) = ($"<!-- {section} -->\n", $"<!-- end {section} -->");
        var start = content.IndexOf(first, StringComparison.Ordinal);
        var end = content.IndexOf(last, StringComparison.Ordinal);
        return start < 0 || end < start ? throw new InvalidDataException($"{page} has no section '{section}'.") : (start + first.Length)..end;
    }
}
