using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules;

/// <summary>
/// Judges a TOML text and compares the findings of one rule with the places marked <c>⟦…⟧</c> in it. Every text is judged with
/// LF and with CR LF line ends.
/// </summary>
public abstract class RuleTest(string id)
{
    protected string Id { get; } = id;

    private protected Rule Rule { get; } = RuleCatalog.Find(id) ?? throw new InvalidOperationException($"There is no rule {id}.");

    /// <summary>Asserts that the rule finds exactly the marked places; returns the findings for a look at their messages.</summary>
    private protected IReadOnlyList<Finding> Finds(string marked, string version = "0.15", JudgementOptions? options = null)
    {
        Assert.Contains('⟦', marked);
        Check(marked.ReplaceLineEndings("\r\n"), version, options);
        return Check(marked, version, options);
    }

    /// <summary>Asserts that the rule finds nothing.</summary>
    private protected void FindsNothing(string text, string version = "0.15", JudgementOptions? options = null)
    {
        Assert.DoesNotContain('⟦', text);
        Check(text, version, options);
        Check(text.ReplaceLineEndings("\r\n"), version, options);
    }

    private List<Finding> Check(string marked, string version, JudgementOptions? options)
    {
        var (text, expected) = Marks.Take(marked);
        var findings = Judged(text, version, options).Where(finding => finding.Rule.Id == Id).ToList();
        var actual = findings.Select(finding => (finding.Span.Start, finding.Span.End)).ToList();
        Assert.True(
            expected.SequenceEqual(actual),
            $"{Id} expected at {Describe(text, expected)}{Environment.NewLine}but found at {Describe(text, actual)}{Environment.NewLine}in{Environment.NewLine}{text}");
        foreach (var finding in findings)
        {
            Assert.DoesNotContain('{', finding.Message.Replace("%{", "", StringComparison.Ordinal));
            // Parts that are left out leave no blank.
            Assert.Equal(finding.Message.Trim(), finding.Message);
            Assert.DoesNotContain("  ", finding.Message, StringComparison.Ordinal);
        }

        return findings;
    }

    internal static IReadOnlyList<Finding> Judged(string text, string version = "0.15", JudgementOptions? options = null)
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        var server = Read(text, target);
        return ConfigurationJudge.Judge(server, (options ?? JudgementOptions.Default) with { TargetVersion = server.Version });
    }

    /// <summary>What the server of that version makes of a text, or the newest one of a plan.</summary>
    internal static ServerConfiguration Read(string text, ServerVersion version) => PlanIdentification.MayBePlan(text)
        ? ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest))
        : Generation.ReadServer(ServerTomlReader.Read(text, version), version);

    /// <summary>The text after the first fix of the rule's first finding, whatever its safety.</summary>
    protected string Fixed(string text, string version = "0.15")
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        var options = JudgementOptions.Default with { TargetVersion = target };
        var server = Generation.ReadServer(ServerTomlReader.Read(text, target), target);
        var finding = ConfigurationJudge.Judge(server, options).First(finding => finding.Rule.Id == Id);
        var changes = RemedyApplication.Apply(server, options, finding, Rule.Remedies(server, finding).First());
        Assert.NotNull(changes);
        return TextChange.Apply(text, changes);
    }

    private static string Describe(string text, IEnumerable<(int Start, int End)> places) =>
        string.Join("; ", places.Select(place => $"{place.Start}..{place.End} «{text[place.Start..place.End]}»").DefaultIfEmpty("no place"));
}

/// <summary>Places marked with <c>⟦…⟧</c> in a text.</summary>
internal static class Marks
{
    public static (string Text, List<(int Start, int End)> Places) Take(string marked)
    {
        var text = new System.Text.StringBuilder(marked.Length);
        var places = new List<(int, int)>();
        var start = -1;
        foreach (var c in marked)
        {
            if (c == '⟦')
            {
                start = text.Length;
            }
            else if (c == '⟧')
            {
                places.Add((start, text.Length));
            }
            else
            {
                text.Append(c);
            }
        }

        return (text.ToString(), places);
    }
}
