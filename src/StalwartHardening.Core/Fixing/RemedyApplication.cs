using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Fixing;

/// <summary>
/// Applies remedies to configuration texts, and shows each time that it helped: the finding is gone and no finding of the same or a
/// higher severity has come.
/// </summary>
internal static class RemedyApplication
{
    /// <summary>
    /// The changes that make <paramref name="remedy"/>, in text order and without overlap; null where they cannot be written or would
    /// not help. Comments that suppressed what is now gone go too.
    /// </summary>
    /// <param name="server">The server, read from a text.</param>
    /// <param name="options">What it is judged under.</param>
    /// <param name="finding">A finding about it.</param>
    /// <param name="remedy">One of the finding's remedies.</param>
    /// <param name="syntax">How the text is written; null for a file.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<TextChange>? Apply(ServerConfiguration server, JudgementOptions options, Finding finding, Remedy remedy, ISettingsSyntax? syntax = null, CancellationToken cancellationToken = default) =>
        Prove(server, syntax ?? ConfigurationReader.SyntaxOf(server), options, ConfigurationJudge.Judge(server, options, cancellationToken), finding, remedy, cancellationToken)?.Changes();

    /// <summary>
    /// The text with one remedy of each finding applied, finding by finding, until none is left that helps; <paramref name="text"/>
    /// itself where nothing can be done.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The target version and what the owner has decided.</param>
    /// <param name="choose">Which remedies are applied.</param>
    /// <param name="syntax">How the text is written; null for a file, whose content says it.</param>
    /// <param name="budget">How far the search goes: what is done by then is done. Null for what is enough for every text that people write.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static string FixAll(string text, JudgementOptions options, RemedyChoice choose, ISettingsSyntax? syntax = null, FixBudget? budget = null, CancellationToken cancellationToken = default)
    {
        var written = syntax ?? ConfigurationReader.SyntaxOf(text, options.Target, cancellationToken);
        var limit = budget ?? new FixBudget(text.Length);
        var server = Read(text, written, options, cancellationToken);
        var findings = ConfigurationJudge.Judge(server, options, cancellationToken);
        var loop = new FixLoop<EditedText>(findings.Count, () => findings.Select(finding => new FixCandidate<EditedText>(new FindingName(finding.Rule.Id, finding.SettingKey, finding.Message), Attempts(finding))));
        while (loop.Next() is { } better)
        {
            text = better.Current;
            server = Read(text, written, options, cancellationToken);
            findings = ConfigurationJudge.Judge(server, options, cancellationToken);
            loop.Take();
        }

        return text;

        IEnumerable<EditedText> Attempts(Finding finding)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!limit.IsSpent
                && choose(finding, finding.Remedies(server)) is { } remedy
                && limit.TrySpend(server.Document.Text?.Length ?? 0)
                && Prove(server, written, options, findings, finding, remedy, cancellationToken) is { } edited)
                yield return edited;
        }
    }

    private static EditedText? Prove(ServerConfiguration server, ISettingsSyntax syntax, JudgementOptions options, IReadOnlyList<Finding> before, Finding finding, Remedy remedy, CancellationToken cancellationToken)
    {
        if (server.Document.Text is not { } text || syntax.Write(text, remedy.Edits, cancellationToken) is not { Count: > 0 } changes)
            return null;
        var edited = new EditedText(text);
        edited.Apply(changes);
        while (true)
        {
            var after = ConfigurationJudge.Judge(Generation.ReadServer(syntax.Read(edited.Current, cancellationToken), server.Version), options, cancellationToken);
            if (finding.Rule.Id != UnusedSuppression.RuleId && NewlyUnused(before, after, edited) is { } comment)
            {
                if (syntax.Write(edited.Current, [comment], cancellationToken) is not { Count: > 0 } further)
                    return null;
                edited.Apply(further);
                continue;
            }

            return Helps(before, after, finding, remedy) ? edited : null;
        }
    }

    private static SettingEdit.RemoveComment? NewlyUnused(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after, EditedText edited)
    {
        if (Count(after, UnusedSuppression.RuleId, RuleSeverity.Info) <= Count(before, UnusedSuppression.RuleId, RuleSeverity.Info))
            return null;
        var known = new HashSet<(int, string)>();
        foreach (var finding in before)
        {
            if (finding.Rule.Id == UnusedSuppression.RuleId && edited.PlaceOf(finding.Span.Start) is { } place)
                known.Add((place, finding.Message));
        }

        foreach (var finding in after)
        {
            if (finding is { Rule.Id: UnusedSuppression.RuleId, Subject: SourceSpan span } && !known.Contains((finding.Span.Start, finding.Message)))
                return new SettingEdit.RemoveComment(span.Start, span.Length);
        }

        return null;
    }

    /// <summary>Whether a remedy ends what it was made for, and brings nothing of the same weight.</summary>
    internal static bool Helps(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after, Finding finding, Remedy remedy)
    {
        if (remedy.EndsFinding && Count(after, finding.Rule.Id, finding.Severity) >= Count(before, finding.Rule.Id, finding.Severity))
            return false;
        foreach (var rule in RuleCatalog.All)
        {
            if (remedy.LetsMoreTakeEffect && rule is not (UnreadableConfiguration or InvalidSettingValue or MisspelledSetting))
                continue;
            if (rule.Severity >= finding.Severity && Count(after, rule.Id, finding.Severity) > Count(before, rule.Id, finding.Severity))
                return false;
        }

        return true;
    }

    // How a plan is to be applied is no matter of the settings that a fix is about.
    private static int Count(IReadOnlyList<Finding> findings, string id, RuleSeverity atLeast)
    {
        var count = 0;
        foreach (var finding in findings)
            count += finding.Rule.Id == id && finding.Severity >= atLeast && finding.Subject is not Surprise { IsAdvice: true } ? 1 : 0;
        return count;
    }

    private static ServerConfiguration Read(string text, ISettingsSyntax syntax, JudgementOptions options, CancellationToken cancellationToken)
    {
        // A plan is read for a server that takes plans, whichever version was asked for.
        var document = syntax.Read(text, cancellationToken);
        return Generation.ReadServer(document, syntax is PlanFileSyntax ? document.Version : options.TargetVersion);
    }
}
