using System.Text.RegularExpressions;

namespace StalwartHardening.Tests;

/// <summary>The folders of the tool use each other in one direction: each only those above it in the table of <c>docs/contributing.md</c>.</summary>
public sealed class FolderArrowTests
{
    private const string Prefix = "StalwartHardening.Tool.";

    [Fact]
    public void A_folder_uses_only_those_above_it()
    {
        var order = Folders();
        var wrong = Uses().Where(use => order.IndexOf(use.FromFolder) < order.IndexOf(use.ToFolder)).Select(static use => $"{use.From} -> {use.To}").Order(StringComparer.Ordinal).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void The_table_has_every_folder() =>
        Assert.Equal(Uses().SelectMany(static use => new[] { use.FromFolder, use.ToFolder }).Distinct().Order(StringComparer.Ordinal), Folders().Order(StringComparer.Ordinal));

    // Rows such as | `Files` | ... | below the head "folder of the tool".
    private static List<string> Folders()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "contributing.md"));
        var table = page[page.IndexOf("| folder of the tool |", StringComparison.Ordinal)..];
        return [.. Regex.Matches(table[..table.IndexOf("\n\n", StringComparison.Ordinal)], @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(static row => row.Groups[1].Value)];
    }

    private static List<(string From, string FromFolder, string To, string ToFolder)> Uses()
    {
        using var tool = AssemblyArrows.Read(typeof(Tool.ExitCode).Assembly.Location);
        return [.. tool.Uses().Select(static use => (use.From, FolderOf(use.From), use.To, FolderOf(use.To))).Where(static use => use.Item2.Length > 0 && use.Item4.Length > 0 && use.Item2 != use.Item4)];
    }

    // What lies beside the folders, exit codes for instance, is everybody's; Program calls the commands and nobody calls it.
    private static string FolderOf(string type) =>
        type.StartsWith(Prefix, StringComparison.Ordinal) && type.IndexOf('.', Prefix.Length) is > 0 and var end ? type[Prefix.Length..end] : "";
}
