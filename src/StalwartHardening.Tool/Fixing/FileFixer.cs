using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Settings;
using StalwartHardening.Toml;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Fixing;

/// <summary>Decides what is to be changed in a file: what <c>check</c> reports with the same options, and nothing else. Used by many threads.</summary>
/// <param name="resolver">What holds for a file.</param>
/// <param name="judge">Judges as <c>check</c> does, and keeps servers.</param>
internal sealed class FileFixer(OptionResolver resolver, FileJudge judge)
{
    /// <summary>Which fixes are made without asking; null for all.</summary>
    public RemedySafety? Safety { get; init; } = RemedySafety.Safe;

    /// <summary>Whether fixes are left out that would remove the last way to administer the server.</summary>
    public bool KeepsAccess { get; init; }

    /// <summary>Reads <paramref name="file"/> and applies what may be applied without asking.</summary>
    public FixPlan Plan(InputFile file)
    {
        var input = InputText.Read(file);
        var before = judge.Judge(file, input);
        if (input.Text is not { } text || before.Problem is not null || before.IsForeign || before.Findings.Count == 0)
            return new FixPlan(before, before, input.Text ?? "", input.Text ?? "");
        // What cannot be decoded cannot be written back as it was.
        if (input.InvalidAt >= 0)
            return new FixPlan(before, before, text, text) { IsUndecodable = true };
        var left = new HashSet<(string, string, string)>();
        var budget = new FixBudget(text.Length);
        while (true)
        {
            var options = OptionsFor(file);
            var after = RemedyApplication.FixAll(text, options, Chooser(before, left), budget: budget);
            if (after == text)
                return new FixPlan(before, before, text, text) { IsPart = budget.IsSpent };
            var loss = Lockout.Of(before, after);
            if (loss == AdministrationLoss.None || !KeepsAccess)
                return new FixPlan(before, Judge(file, after), text, after) { Loss = loss, IsPart = budget.IsSpent };
            var guilty = LockoutsOf(before);
            // Where no single one is guilty, all together are.
            var isNew = false;
            foreach (var finding in guilty.Count > 0 ? guilty.Select(static lockout => lockout.Proposal.Finding) : before.Findings)
                isNew |= finding.Source is { } source && left.Add((source.Rule.Id, source.SettingKey, source.Message));
            if (!isNew)
                return new FixPlan(before, before, text, text);
        }
    }

    /// <summary>The fixes of a report that remove the last way to administer the server, each by itself.</summary>
    public IReadOnlyList<Lockout> LockoutsOf(FileReport report) => Lockout.In(report, proposal => Safety is null || proposal.Remedy.Safety == Safety);

    /// <summary>The report of <paramref name="file"/> if <paramref name="text"/> were in it.</summary>
    public FileReport Judge(InputFile file, string text) => judge.Judge(file, new InputText(text, -1, null));

    /// <summary>The report of <paramref name="file"/> as it is on disk.</summary>
    public FileReport Judge(InputFile file) => judge.Judge(file);

    /// <summary>
    /// <paramref name="plan"/> with the fixes that <paramref name="ask"/> agrees to, one after the other: those to be reviewed, and what
    /// else there is for a finding. After each the safe ones that have become possible follow.
    /// </summary>
    public FixPlan Review(FixPlan plan, Func<Proposal, Answer> ask)
    {
        if (plan.IsUndecodable)
            return plan;
        var refused = new HashSet<(string Rule, string Key, string Message, string Remedy)>();
        var file = plan.Before.File;
        var choose = Chooser(plan.Before);
        while (true)
        {
            Proposal? agreed = null;
            foreach (var proposal in Proposals(plan.After))
            {
                if (!refused.Add((proposal.Finding.Rule.Id, proposal.Finding.SettingKey, proposal.Finding.Message, proposal.Remedy.Title)))
                    continue;
                var answer = ask(proposal);
                if (answer == Answer.Stop)
                    return plan;
                if (answer == Answer.Apply)
                {
                    agreed = proposal;
                    break;
                }
            }

            if (agreed is null)
                return plan;
            var text = RemedyApplication.FixAll(TextChange.Apply(plan.NewText, agreed.Changes), OptionsFor(file), choose);
            plan = plan with { NewText = text, After = Judge(file, text), Loss = Lockout.Of(plan.Before, text) };
        }
    }

    /// <summary>Every remedy that can be written for what <paramref name="report"/> reports, in the order of the findings.</summary>
    public static IEnumerable<Proposal> Proposals(FileReport report)
    {
        foreach (var finding in report.Findings)
        {
            foreach (var proposal in Proposals(report, finding))
                yield return proposal;
        }
    }

    /// <summary>Every remedy that can be written for <paramref name="finding"/>.</summary>
    public static IEnumerable<Proposal> Proposals(FileReport report, ReportedFinding finding)
    {
        if (report.Server is not { } server || finding.Source is not { } source)
            yield break;
        foreach (var remedy in source.Remedies(server))
        {
            if (!report.Budget.TrySpend(report.Text.Length))
                yield break;
            if (RemedyApplication.Apply(server, report.Options, source, remedy) is { Count: > 0 } changes)
                yield return new Proposal(report, finding, remedy, Title(report, finding, remedy), changes);
        }
    }

    private static string Title(FileReport report, ReportedFinding finding, Remedy remedy) =>
        report.Secrets is { } secrets ? Printable.Text(secrets.InMessage(remedy.Title, finding.Span)) : Printable.Text(SecretText.Mask(remedy.Title));

    private JudgementOptions OptionsFor(InputFile file) => resolver.For(file.FullPath, file.IsRun).Hardening.Judgement;

    private RemedyChoice Chooser(FileReport before, HashSet<(string Rule, string Key, string Message)>? left = null)
    {
        var options = resolver.For(before.File.FullPath, before.File.IsRun);
        var accepted = new HashSet<(string, string, string)>();
        foreach (var finding in before.Accepted)
            accepted.Add((finding.Rule.Id, finding.SettingKey, finding.Message));
        return (finding, remedies) =>
        {
            var severity = options.Hardening.SeverityOf(finding);
            if (severity == RuleSeverity.None || severity < options.MinimumSeverity || !options.Wants(finding.Rule) || accepted.Contains((finding.Rule.Id, finding.SettingKey, finding.Message)) || left?.Contains((finding.Rule.Id, finding.SettingKey, finding.Message)) == true)
                return null;
            // The first is the one the rule recommends; a worse one is not made only because nobody has to be asked.
            return remedies.FirstOrDefault() is { } first && (Safety is null || first.Safety == Safety) ? first : null;
        };
    }
}
