using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>One way through a program that writes a server, judged.</summary>
internal sealed record JudgedWay(WrittenServer Server, IReadOnlyList<Finding> Findings, JudgementOptions Options);

/// <summary>
/// Where a switch that is fixed in another assembly decides, the program goes only one of the ways, and nobody here knows which:
/// only what is found on both is found.
/// </summary>
internal sealed class SureFindings
{
    private readonly Dictionary<(Microsoft.CodeAnalysis.SyntaxNode, string, Settings.SourceSpan), List<IReadOnlyList<FixedSwitch>>> _ways = [];

    public SureFindings(IEnumerable<JudgedWay> ways)
    {
        foreach (var way in ways)
        {
            foreach (var finding in way.Findings)
            {
                var key = (way.Server.Body, finding.Rule.Id, finding.Span);
                if (!_ways.TryGetValue(key, out var list))
                    _ways.Add(key, list = []);
                list.Add(way.Server.Switches);
            }
        }
    }

    /// <summary>Whether a finding holds however the switches are set.</summary>
    public bool Contains(JudgedWay way, Finding finding) => Unsure(way, finding) is null;

    /// <summary>That a finding depends on a switch nobody sees.</summary>
    public IEnumerable<Finding> Lost(JudgedWay way)
    {
        foreach (var finding in way.Findings)
        {
            if (finding.Severity >= RuleSeverity.Warning && finding.Rule.Category != RuleCategory.Reading && Unsure(way, finding) is { } decisive)
                yield return SightLosses.OfSwitch(decisive.Span);
        }
    }

    private FixedSwitch? Unsure(JudgedWay way, Finding finding)
    {
        foreach (var own in way.Server.Switches)
        {
            if (!_ways[(way.Server.Body, finding.Rule.Id, finding.Span)].Exists(other => other.All(one => one.Key != own.Key || one.IsOn != own.IsOn)))
                return own;
        }

        return null;
    }
}

/// <summary>A switch of another assembly that never changes, as one way through the program takes it.</summary>
/// <param name="Key">What it is called.</param>
/// <param name="IsOn">How it is set on this way.</param>
/// <param name="Span">Where it decides.</param>
internal readonly record struct FixedSwitch(string Key, bool IsOn, Settings.SourceSpan Span);
