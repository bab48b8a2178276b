using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>SWH0014: what decides a rule is known only to the running program.</summary>
internal sealed class LostSight() : Rule(
    id: RuleId,
    title: "Keep what decides a rule visible to the analyzer",
    message: "{0}, so {1} cannot be checked here. {2}",
    why: "An analyzer that cannot follow a program and says nothing looks like one that has found nothing. Where the code that writes a server is not in the project, or a port, a protocol or a TLS switch comes from elsewhere, the absence of findings says nothing about it.",
    remedy: "Annotate the method that is called (`[Setting]`, `[SettingScope]`, see builders.md), write the value where the compiler sees it, or have the server checked when it is built: `server.Build().Judge()` in a test finds what this cannot.",
    severity: RuleSeverity.Info)
{
    /// <summary>The rule's id.</summary>
    public const string RuleId = "SWH0014";

    /// <inheritdoc/>
    public override string? NoRemedyReason => "Only the author knows whether to write the value down or to check what was built; a helper in another project of the solution can be annotated from its call.";

    /// <inheritdoc/>
    public override bool IsAboutPrograms => true;

    /// <inheritdoc/>
    public override bool IsLoudWhereStrict => true;

    /// <summary>The finding for a place.</summary>
    /// <param name="span">The place.</param>
    /// <param name="cause">Why sight is lost there, as the beginning of a sentence; "{0}" stands for <paramref name="name"/>.</param>
    /// <param name="name">What the program calls it.</param>
    /// <param name="lost">What is not known therefore.</param>
    /// <param name="advice">How to have it judged; a sentence.</param>
    public static Finding At(SourceSpan span, string cause, string name, string lost, string advice) =>
        new(RuleCatalog.Find(RuleId)!, span, "", cause.Replace("{0}", Display.Text(name)), lost, advice);

    /// <summary>Finds nothing by itself: whether sight was lost is known to the reader of the program, or once the other rules have judged.</summary>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
    }

    /// <summary>Says where rules written for the server would have cost more to judge than they may.</summary>
    internal override void Conclude(ServerConfiguration server, Judgement judgement)
    {
        if (server.HttpAccess.SpentAt is not { } spent)
            return;
        judgement.Add(this, spent.ValueSpan, spent.Key, "Access rules are too expensive to evaluate from here on", "what they let through", "Write fewer or shorter rules, without large repetitions in patterns and without texts that grow from rule to rule.");
    }
}
