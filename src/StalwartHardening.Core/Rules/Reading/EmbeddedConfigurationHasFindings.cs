using StalwartHardening.Server;

namespace StalwartHardening.Rules.Reading;

/// <summary>A call in a program names a configuration file of its project, and that file has findings.</summary>
public sealed class EmbeddedConfigurationHasFindings() : Rule(
    id: RuleId,
    title: "Fix findings in loaded configuration",
    message: "'{0}' has {1}: {2}. They are reported in the file.",
    why: "A configuration that is embedded in a program reaches production with it. Its findings stand in a file that nobody has open while writing the code that loads it.",
    remedy: "End the findings in the file; this one ends with them. Editors offer to do so from the call: what is safe to change, and separately what may cut somebody off.",
    severity: RuleSeverity.Info)
{
    /// <summary>The rule's id.</summary>
    public const string RuleId = "SWH0011";

    /// <inheritdoc/>
    public override string? NoRemedyReason => "The findings are fixed in the file; the actions at the call edit it there.";

    /// <inheritdoc/>
    public override bool IsAboutPrograms => true;

    /// <summary>Finds nothing by itself: a configuration does not know who loads it.</summary>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
    }
}
