using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Checking;

/// <summary>A finding that is loud enough and new, ready to be written.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How loud it is here.</param>
/// <param name="Message">The message, without secrets.</param>
/// <param name="SettingKey">The flat key it is about; empty where it is about the text.</param>
/// <param name="Span">The place in the text.</param>
/// <param name="Start">Where the place begins.</param>
/// <param name="End">Just after its last character.</param>
/// <param name="Fingerprint">What it is known by.</param>
/// <param name="Related">Other places that explain it.</param>
internal sealed record ReportedFinding(
    Rule Rule,
    RuleSeverity Severity,
    string Message,
    string SettingKey,
    SourceSpan Span,
    TextPosition Start,
    TextPosition End,
    string Fingerprint,
    IReadOnlyList<RelatedPlace> Related)
{
    /// <summary>Why it matters, in the words of the file.</summary>
    public string Why { get; init; } = Rule.Why;

    /// <summary>What to do about it, in the words of the file.</summary>
    public string Remedy { get; init; } = Rule.Remedy;

    /// <summary>Where the request comes in that access control lets through; null for findings about something else.</summary>
    public RelatedPlace? Entrance { get; init; }

    /// <summary>How urgent it is, the smallest number first.</summary>
    public int Rank { get; init; }

    /// <summary>The finding itself, where the report keeps the server.</summary>
    public Finding? Source { get; init; }
}

/// <summary>Another place that explains a finding.</summary>
internal readonly record struct RelatedPlace(SourceSpan Span, TextPosition Start, TextPosition End);
