using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>SWH0013: an option of ours does not say what its author believes it says.</summary>
internal sealed class InvalidOption() : Rule(
    id: RuleId,
    title: "Use valid option values",
    message: "Invalid value '{1}' for the option '{0}'; expected {2}. The option is ignored until it is corrected.",
    why: "A decision that is written down but not understood is not in force: a port that should be allowed is reported, or a file is checked for another server version than the one that reads it.",
    remedy: "Correct the option in the .globalconfig or .editorconfig file, or in the project item, that sets it.")
{
    /// <summary>The rule's id.</summary>
    public const string RuleId = "SWH0013";

    /// <inheritdoc/>
    public override string? NoRemedyReason => "The option is set in a project file or the compiler's configuration, and only its author knows what was meant.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var finding in Of(judgement.Options))
            judgement.Add(finding);
    }

    /// <summary>What is wrong with <paramref name="options"/>, whatever they are for.</summary>
    public static IEnumerable<Finding> Of(JudgementOptions options)
    {
        // The option is written in a file nobody shows us; the place is the start of the configuration it is for.
        foreach (var problem in options.Problems)
            yield return new Finding(RuleCatalog.Find(RuleId)!, new SourceSpan(0, 0), "", Display.Text(problem.Option), Display.Text(problem.Value), problem.Allowed);
    }
}
