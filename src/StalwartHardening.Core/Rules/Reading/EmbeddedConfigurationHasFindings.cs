using StalwartHardening.Server;

namespace StalwartHardening.Rules.Reading;

/// <summary>A call in a program names a configuration file of its project, and that file has findings.</summary>
internal sealed class EmbeddedConfigurationHasFindings() : Rule(
    id: RuleId,
    title: "Fix findings in loaded configuration",
    message: "'{0}' has {1}: {2}. They are reported in the file.",
    why: "A configuration that is embedded in a program reaches production with it. Its findings are in a file that is rarely open while the code that loads it is written.",
    remedy: "Fix the findings in the file; this one then disappears. Editors offer the fixes from the call: the safe ones, and separately those that may cut somebody off.",
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
