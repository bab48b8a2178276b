using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>
/// What messages advise, followed to the letter: the finding is gone and nothing else has appeared. <c>FollowedAdvice.txt</c> holds
/// a block for each way out that a message names.
/// </summary>
public sealed class FollowedAdviceTests
{
    // Not about the text of a configuration: an option, a program, a file that a program loads. Their own tests follow what they advise.
    private static readonly string[] Elsewhere = ["SWH0011", "SWH0013", "SWH0014"];

    public static TheoryData<string, string, string, string, string> Blocks { get; } = Read();

    [Fact]
    public void Every_rule_about_a_configuration_has_a_block()
    {
        var blocks = Blocks.Select(static row => row.Data.Item1).ToHashSet(StringComparer.Ordinal);
        Assert.All(RuleCatalog.All.Select(static rule => rule.Id).Except(Elsewhere), id => Assert.True(blocks.Contains(id), $"No block of FollowedAdvice.txt follows what {id} advises."));
        Assert.All(blocks, id => Assert.NotNull(RuleCatalog.Find(id)));
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void The_finding_is_gone(string id, string advice, string notes, string before, string after)
    {
        var versions = Note(notes, '@') is [var old, var current] ? (old, current) : ("0.15", "0.15");
        var found = RuleTest.Judged(before, versions.Item1);
        var messages = found.Where(finding => finding.Rule.Id == id).Select(static finding => finding.Message).ToList();
        Assert.True(messages.Exists(message => message.Contains(advice, StringComparison.Ordinal)), $"Nobody advises '{advice}', only: {string.Join(" | ", messages)}");
        var left = RuleTest.Judged(after, versions.Item2);
        Assert.DoesNotContain(id, left.Select(static finding => finding.Rule.Id));
        // What a text that is not read hides is not new when it is read: the rest of a block is chosen to be without findings of its own.
        Assert.Empty(left.Select(static finding => finding.Rule.Id).Except(found.Select(static finding => finding.Rule.Id)).Except(Note(notes, '±')));
    }

    private static string[] Note(string notes, char mark) =>
        notes.Split('\n').FirstOrDefault(line => line.StartsWith(mark)) is { } line ? line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];

    private static TheoryData<string, string, string, string, string> Read()
    {
        var data = new TheoryData<string, string, string, string, string>();
        var text = File.ReadAllText(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "FollowedAdvice.txt")).ReplaceLineEndings("\n");
        foreach (var block in text.Split("\n# ")[1..])
        {
            var parts = block.Split("\n---\n");
            var lines = parts[0].Split('\n');
            var body = Array.FindIndex(lines, 1, static line => line is not ['>' or '±' or '@', ..]);
            data.Add(lines[0], lines[1][2..], string.Join('\n', lines[2..body]), Text(string.Join('\n', lines[body..])), Text(parts[1].Trim('\n')));
        }

        return data;
    }

    // ¬ ends a text without a line break.
    private static string Text(string body) => body.EndsWith('¬') ? body[..^1] : body + "\n";
}
