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
public static class RemedyApplication
{
    /// <summary>
    /// The changes that make <paramref name="remedy"/>, in text order and without overlap; null where they cannot be written or would
    /// not help. Comments that suppressed what is now gone go too.
    /// </summary>
    /// <param name="server">The server, read from a text.</param>
    /// <param name="options">What it is judged under.</param>
    /// <param name="finding">A finding about it.</param>
    /// <param name="remedy">One of the finding's remedies.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<TextChange>? Apply(ServerConfiguration server, JudgementOptions options, Finding finding, Remedy remedy, CancellationToken cancellationToken = default) =>
        Apply(server, ConfigurationReader.SyntaxOf(server), options, ConfigurationJudge.Judge(server, options, cancellationToken), finding, remedy, cancellationToken)?.Changes();

    /// <summary>
    /// The text with one remedy of each finding applied, finding by finding, until none is left that helps; <paramref name="text"/>
    /// itself where nothing can be done.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The target version and what the owner has decided.</param>
    /// <param name="choose">
    /// Chooses among the remedies of a finding, or none. Safe ones and others are not to be mixed unless somebody asks for it.
    /// </param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static string FixAll(string text, JudgementOptions options, Func<Finding, IEnumerable<Remedy>, Remedy?> choose, CancellationToken cancellationToken = default) =>
        FixAll(text, options.Target, options, choose, cancellationToken);

    /// <summary>The same for a text that is read for <paramref name="target"/>: a plan depends on what the server is before it runs.</summary>
    public static string FixAll(string text, ReadingTarget target, JudgementOptions options, Func<Finding, IEnumerable<Remedy>, Remedy?> choose, CancellationToken cancellationToken = default) =>
        FixAll(text, ConfigurationReader.SyntaxOf(text, target, cancellationToken), options, choose, cancellationToken);

    /// <summary>The same for a text in any syntax.</summary>
    public static string FixAll(string text, ISettingsSyntax syntax, JudgementOptions options, Func<Finding, IEnumerable<Remedy>, Remedy?> choose, CancellationToken cancellationToken = default) =>
        FixAll(text, syntax, options, choose, new FixBudget(text.Length), cancellationToken);

    /// <summary>The same as far as <paramref name="budget"/> goes; what is done by then is done.</summary>
    public static string FixAll(string text, ISettingsSyntax syntax, JudgementOptions options, Func<Finding, IEnumerable<Remedy>, Remedy?> choose, FixBudget budget, CancellationToken cancellationToken = default)
    {
        var hopeless = new HashSet<(string Rule, string Key, string Text)>();
        var hasChanged = false;
        var server = Read(text, syntax, options, cancellationToken);
        var findings = ConfigurationJudge.Judge(server, options, cancellationToken);
        // Each round ends a finding and brings none of its weight, so this ends by itself; the bound is for rules with a mistake.
        for (var rounds = (findings.Count * 3) + 10; rounds > 0; rounds--)
        {
            if (Next(server, syntax, options, findings, choose, hopeless, budget, cancellationToken) is not { } better)
            {
                // What could not be done before may be possible now.
                if (hopeless.Count == 0 || !hasChanged || budget.IsSpent)
                    break;
                hopeless.Clear();
                hasChanged = false;
                continue;
            }

            hasChanged = true;
            text = better;
            server = Read(text, syntax, options, cancellationToken);
            findings = ConfigurationJudge.Judge(server, options, cancellationToken);
        }

        return text;
    }

    /// <summary>The text with the first remedy of each finding applied whose safety is <paramref name="safety"/>; null for both.</summary>
    public static string FixAll(string text, JudgementOptions options, RemedySafety? safety, CancellationToken cancellationToken = default) =>
        FixAll(text, options, (_, remedies) => First(remedies) is { } first && (safety is null || first.Safety == safety) ? first : null, cancellationToken);

    private static string? Next(ServerConfiguration server, ISettingsSyntax syntax, JudgementOptions options, IReadOnlyList<Finding> findings, Func<Finding, IEnumerable<Remedy>, Remedy?> choose, HashSet<(string, string, string)> hopeless, FixBudget budget, CancellationToken cancellationToken)
    {
        foreach (var finding in findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = (finding.Rule.Id, finding.SettingKey, finding.Message);
            if (hopeless.Contains(name) || choose(finding, finding.Rule.Remedies(server, finding)) is not { } remedy)
                continue;
            if (!budget.TrySpend(server.Document.Text?.Length ?? 0))
                return null;
            if (Apply(server, syntax, options, findings, finding, remedy, cancellationToken) is { } edited)
                return edited.Current;
            hopeless.Add(name);
        }

        return null;
    }

    private static Remedy? First(IEnumerable<Remedy> remedies)
    {
        foreach (var remedy in remedies)
            return remedy;
        return null;
    }

    /// <summary>The same for a text that is written in a way of its own.</summary>
    public static IReadOnlyList<TextChange>? Apply(ServerConfiguration server, ISettingsSyntax syntax, JudgementOptions options, Finding finding, Remedy remedy, CancellationToken cancellationToken) =>
        Apply(server, syntax, options, ConfigurationJudge.Judge(server, options, cancellationToken), finding, remedy, cancellationToken)?.Changes();

    private static EditedText? Apply(ServerConfiguration server, ISettingsSyntax syntax, JudgementOptions options, IReadOnlyList<Finding> before, Finding finding, Remedy remedy, CancellationToken cancellationToken)
    {
        if (server.Document.Text is not { } text || syntax.Write(text, remedy.Edits, cancellationToken) is not { Count: > 0 } changes)
            return null;
        var edited = new EditedText(text);
        edited.Apply(changes);
        while (true)
        {
            var after = ConfigurationJudge.Judge(Generation.ReadServer(syntax.Read(edited.Current, cancellationToken), server.Version), options, cancellationToken);
            if (finding.Rule.Id != UnusedSuppression.RuleId && NewlyUnused(before, after) is { } comment)
            {
                if (syntax.Write(edited.Current, [comment], cancellationToken) is not { Count: > 0 } further)
                    return null;
                edited.Apply(further);
                continue;
            }

            return Helps(before, after, finding, remedy) ? edited : null;
        }
    }

    private static SettingEdit.RemoveComment? NewlyUnused(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after)
    {
        if (Count(after, UnusedSuppression.RuleId, RuleSeverity.Info) <= Count(before, UnusedSuppression.RuleId, RuleSeverity.Info))
            return null;
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var finding in before)
        {
            if (finding.Rule.Id == UnusedSuppression.RuleId)
                known[finding.Message] = known.TryGetValue(finding.Message, out var count) ? count + 1 : 1;
        }

        // In text order the same comments come in the same order; the first that is one too many is new.
        foreach (var finding in after)
        {
            if (finding is not { Rule.Id: UnusedSuppression.RuleId, Subject: SourceSpan span })
                continue;
            if (known.TryGetValue(finding.Message, out var count) && count > 0)
                known[finding.Message] = count - 1;
            else
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
