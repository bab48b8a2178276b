using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Rules;

/// <summary>Judges plans and compares the findings of one rule with the places marked <c>⟦…⟧</c> in them.</summary>
public abstract class PlanRuleTest(string id)
{
    /// <summary>Asserts that the rule finds exactly the marked places; returns the findings for a look at their messages.</summary>
    private protected IReadOnlyList<Finding> Finds(string marked, ServerState state = ServerState.Fresh)
    {
        Assert.Contains('⟦', marked);
        return Check(marked, state);
    }

    /// <summary>Asserts that the rule finds nothing.</summary>
    private protected void FindsNothing(string text, ServerState state = ServerState.Fresh)
    {
        Assert.DoesNotContain('⟦', text);
        Check(text, state);
    }

    /// <summary>The text after the first fix of the rule's only finding, whatever its safety.</summary>
    private protected string Fixed(string text)
    {
        var server = ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken);
        var options = JudgementOptions.Default with { TargetVersion = server.Version };
        var finding = Assert.Single(ConfigurationJudge.Judge(server, options), finding => finding.Rule.Id == id);
        var changes = RemedyApplication.Apply(server, options, finding, finding.Remedies(server).First(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(changes);
        return TextChange.Apply(text, changes);
    }

    /// <summary>One operation on a line.</summary>
    protected static string Update(string type, string value) => $"{{\"@type\":\"update\",\"object\":\"{type}\",\"value\":{value}}}\n";

    /// <summary>One operation on a line, which makes an object.</summary>
    protected static string Create(string type, string value) => $"{{\"@type\":\"create\",\"object\":\"{type}\",\"value\":{{\"one\":{value}}}}}\n";

    private List<Finding> Check(string marked, ServerState state)
    {
        var (text, expected) = Marks.Take(marked);
        var server = ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest) { State = state }, TestContext.Current.CancellationToken);
        var findings = ConfigurationJudge.Judge(server, JudgementOptions.Default with { TargetVersion = server.Version }).ToList();
        var refused = findings.Find(static finding => finding.Rule.Id is "SWH0001" or "SWH0002");
        Assert.True(refused is null, $"The server refuses{Environment.NewLine}{text}{refused?.Message}");
        foreach (var finding in findings)
            PlanWording.AssertSpeaksOfPlans(server, finding);
        var ours = findings.Where(finding => finding.Rule.Id == id).ToList();
        var actual = ours.Select(finding => (finding.Span.Start, finding.Span.End)).ToList();
        Assert.True(
            expected.SequenceEqual(actual),
            $"{id} expected at {Describe(text, expected)}{Environment.NewLine}but found at {Describe(text, actual)}{Environment.NewLine}in{Environment.NewLine}{text}");
        return ours;
    }

    private static string Describe(string text, IEnumerable<(int Start, int End)> places) =>
        string.Join("; ", places.Select(place => $"{place.Start}..{place.End} «{text[place.Start..place.End]}»").DefaultIfEmpty("no place"));
}
