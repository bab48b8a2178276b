using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>One place in a configuration that a rule objects to.</summary>
/// <param name="rule">The rule.</param>
/// <param name="span">The text whose change would end the finding.</param>
/// <param name="settingKey">The flat key of the setting the finding is about; empty where it is about the text itself.</param>
/// <param name="arguments">What goes into the rule's message. Never a secret.</param>
internal sealed class Finding(Rule rule, SourceSpan span, string settingKey, params string[] arguments)
{
    /// <summary>The rule.</summary>
    public Rule Rule { get; } = rule;

    /// <summary>The text whose change would end the finding.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>The flat key of the setting the finding is about; empty where it is about the text itself.</summary>
    public string SettingKey { get; } = settingKey;

    /// <summary>What goes into the rule's message.</summary>
    public IReadOnlyList<string> Arguments { get; } = arguments;

    /// <summary>Other places that explain the finding: the first of two equal keys, the listener that serves a port.</summary>
    public IReadOnlyList<SourceSpan> Related { get; init; } = [];

    /// <summary>What the rule's remedies need to know again (a listener, an address); private to the rule.</summary>
    public object? Subject { get; init; }

    /// <summary>The severity where it differs from the rule's own; null for the rule's own.</summary>
    public RuleSeverity? SeverityOverride { get; init; }

    /// <summary>The severity of this finding before anybody's settings.</summary>
    public RuleSeverity Severity => SeverityOverride ?? Rule.Severity;

    /// <summary>The message where it is none of the rule's own form; null for that form.</summary>
    public string? Wording { get; init; }

    /// <summary>What the server was judged under; remedies keep open what its owner asks for.</summary>
    public JudgementOptions Options { get; internal set; } = JudgementOptions.Default;

    /// <summary>Whether the finding is about what takes effect only once a mistake is repaired that is reported, too.</summary>
    public bool IsBeforeRepair { get; private init; }

    /// <summary>The ways to end the finding, the best first; none where only a person can decide, and where a mistake has to be repaired first.</summary>
    public IEnumerable<Remedy> Remedies(ServerConfiguration server) => IsBeforeRepair ? [] : Rule.Remedies(server, this);

    /// <summary>The message, complete.</summary>
    public string Message => Wording ?? Rule.Message(Arguments);

    /// <summary>The same finding in another text.</summary>
    /// <param name="place">Where a place of this text is in the other.</param>
    public Finding At(Func<SourceSpan, SourceSpan> place) => Copy(place, SettingKey);

    /// <summary>The same finding, noted to be about what a mistake keeps from taking effect.</summary>
    internal Finding BeforeRepair() => Copy(static span => span, SettingKey, isBeforeRepair: true);

    /// <summary>The same finding about another setting, which the one in question was made of.</summary>
    public Finding About(string settingKey) => Copy(static span => span, settingKey);

    private Finding Copy(Func<SourceSpan, SourceSpan> place, string settingKey, bool isBeforeRepair = false) => new(Rule, place(Span), settingKey, [.. Arguments])
    {
        Related = [.. Related.Select(place)],
        Subject = Subject,
        SeverityOverride = SeverityOverride,
        Wording = Wording,
        Options = Options,
        IsBeforeRepair = isBeforeRepair || IsBeforeRepair,
    };

    /// <inheritdoc/>
    public override string ToString() => Rule.Id + ": " + Message;
}
