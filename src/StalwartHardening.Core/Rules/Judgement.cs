using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>What the rules have found in one server so far. Used by one thread.</summary>
internal sealed class Judgement(JudgementOptions options, CancellationToken cancellationToken = default)
{
    private readonly List<Finding> _findings = [];

    /// <summary>What the file cannot say about the server, and what its owner has decided.</summary>
    public JudgementOptions Options { get; } = options;

    /// <summary>Asked between rules, and by rules inside long loops.</summary>
    public CancellationToken Cancellation { get; } = cancellationToken;

    /// <summary>The findings, in the order they were reported.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Reports a finding.</summary>
    public void Add(Finding finding)
    {
        finding.Options = Options;
        _findings.Add(finding);
    }

    /// <summary>Reports a finding.</summary>
    public void Add(Rule rule, SourceSpan span, string settingKey, params string[] arguments) =>
        Add(new Finding(rule, span, settingKey, arguments));
}
