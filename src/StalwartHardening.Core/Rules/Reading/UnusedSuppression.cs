using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A suppression comment that suppresses nothing, or says not what or why.</summary>
internal sealed class UnusedSuppression() : Rule(
    id: RuleId,
    title: "Remove unused and unexplained suppressions",
    message: "This comment suppresses nothing: {0}",
    why: "A suppression outlives the finding it was written for and then hides the next one. One without a reason cannot be reviewed.",
    remedy: "Remove the comment, or complete it: `# swh:ignore SWH1003 -- phones that only speak STARTTLS`.")
{
    /// <summary>The rule's id.</summary>
    public const string RuleId = "SWH0009";

    /// <summary>Finds nothing by itself: whether a comment is needed is known when all other rules have spoken.</summary>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is SourceSpan comment
            ? [new Remedy("Remove the suppression", "safe/SWH0009/remove", RemedySafety.Safe, [new SettingEdit.RemoveComment(comment.Start, comment.Length)])]
            : [];
}
