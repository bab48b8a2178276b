using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Shows that a changed program compiles as before, and writes the server that the remedy wants: its edits and nothing else, the
/// finding gone and none come, nothing that <c>Build()</c> refuses. Whatever cannot be shown is not offered.
/// </summary>
internal sealed class BuilderProof
{
    private readonly BuilderServers _program;
    private readonly BuilderServers _changed;
    private readonly Attempt _attempt;
    private readonly CancellationToken _cancellationToken;

    private BuilderProof(BuilderServers program, BuilderServers changed, Attempt attempt, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _program = program;
        _changed = changed;
        _attempt = attempt;
    }

    /// <summary>The program after an attempt; null where it is not what is wanted.</summary>
    public static FixedProgram? Prove(BuilderServers program, Attempt attempt, BuilderFocus focus, CancellationToken cancellationToken) =>
        attempt.Proposal.Edit.Apply(program.Compilation, cancellationToken) is var (compilation, trees) ? Prove(program, attempt, focus, compilation, trees, cancellationToken) : null;

    /// <summary>The same where the changes have been made already, perhaps with others elsewhere.</summary>
    public static FixedProgram? Prove(BuilderServers program, Attempt attempt, BuilderFocus focus, Compilation compilation, Dictionary<SyntaxTree, SyntaxTree> trees, CancellationToken cancellationToken)
    {
        // Asked first, because it costs least.
        if (trees.Any(pair => !ProgramShape.IsKept(pair.Key, pair.Value, cancellationToken)))
            return null;
        var after = focus.After(trees);
        if (BuilderServers.Read(compilation, program.Options, after, cancellationToken) is not { } result || !new BuilderProof(program, result, attempt, cancellationToken).Holds())
            return null;
        return trees.All(pair => CompilesAsBefore(program.ProblemsIn(pair.Key, cancellationToken), result.ProblemsIn(pair.Value, cancellationToken)))
            ? new FixedProgram(result, trees, after)
            : null;
    }

    private bool Holds()
    {
        var met = new HashSet<JudgedServer>();
        for (var i = 0; i < _program.Servers.Count; i++)
        {
            var (old, isGuilty) = (_program.Servers[i], i == _attempt.Server);
            // Where a condition goes, two ways become one.
            IEnumerable<JudgedServer> candidates = _changed.Servers.Count == _program.Servers.Count ? [_changed.Servers[i]] : _changed.Servers;
            if (candidates.FirstOrDefault(fresh => IsWanted(old, fresh, isGuilty)) is { } wanted)
                met.Add(wanted);
            else if (!IsNothing(old, isGuilty))
                return false;
        }

        return met.Count == _changed.Servers.Count;
    }

    // A method that writes only what is to go writes no server afterwards.
    private bool IsNothing(JudgedServer old, bool isGuilty) =>
        isGuilty && _changed.Servers.Count < _program.Servers.Count && ExpectedSettings.After(old.Written.Document, _attempt.Remedy.Edits) is { Count: 0 };

    private bool IsWanted(JudgedServer old, JudgedServer fresh, bool isGuilty)
    {
        var (finding, remedy) = (_attempt.Finding, _attempt.Remedy);
        if (old.Plan is not null || fresh.Plan is not null)
            return old.Plan is not null && fresh.Plan is not null && IsWantedPlan(old, fresh, isGuilty);
        return fresh.Written.Document.IsComplete == old.Written.Document.IsComplete
            && fresh.Written.Document.OpenPrefixes.SequenceEqual(old.Written.Document.OpenPrefixes)
            && (isGuilty ? IsAfter(old, fresh, remedy) : IsSame(old, fresh) || SuffersTheSame(old, fresh) || GainsTheSameRules(old, fresh))
            && RemedyApplication.Helps(old.Findings, fresh.Findings, finding, isGuilty ? remedy : remedy with { EndsFinding = false })
            && !BuildModel.RefusesMore(_program, old, _changed, fresh);
    }

    private bool IsWantedPlan(JudgedServer old, JudgedServer fresh, bool isGuilty)
    {
        var (finding, remedy) = (_attempt.Finding, _attempt.Remedy);
        return fresh.Written.Plan!.Problems.Count <= old.Written.Plan!.Problems.Count
            && fresh.Plan!.Run.Problems.Count <= old.Plan!.Run.Problems.Count
            && (isGuilty ? IsPlan(old.AfterRemedy(finding, remedy, _cancellationToken), fresh) : IsPlan(old.Plan, fresh) || SuffersTheSameInPlan(old, fresh))
            && RemedyApplication.Helps(old.Findings, fresh.Findings, finding, isGuilty ? remedy : remedy with { EndsFinding = false });
    }

    private bool SuffersTheSameInPlan(JudgedServer old, JudgedServer fresh)
    {
        var (finding, remedy) = (_attempt.Finding, _attempt.Remedy);
        return old.Findings.Any(other => other.Rule.Id == finding.Rule.Id && other.Span.Equals(finding.Span)
            && old.RemediesOf(other).Any(candidate => candidate.EquivalenceKey == remedy.EquivalenceKey && IsPlan(old.AfterRemedy(other, candidate, _cancellationToken), fresh)));
    }

    // The operations say the same, and so does the server that they leave behind.
    private static bool IsPlan(PlanReading? wanted, JudgedServer fresh) =>
        wanted is not null && wanted.Document.IsComplete == fresh.Plan!.Document.IsComplete
        && DraftLines.Of(wanted).SequenceEqual(DraftLines.Of(fresh.Plan))
        && Settings(wanted).SequenceEqual(Settings(fresh.Plan));

    private static IEnumerable<string> Settings(PlanReading plan) =>
        PlanSettings.WriteAll(plan.Run).Select(static setting => setting.Key + " = " + setting.Text).OrderBy(static line => line, StringComparer.Ordinal);

    private bool IsAfter(JudgedServer old, JudgedServer fresh, Remedy remedy)
    {
        var collateral = _attempt.Proposal.Collateral;
        return ExpectedSettings.After(old.Written.Document, _attempt.Proposal.Said(remedy.Edits)) is { } expected
            && SettingLines.Of(expected, collateral).SequenceEqual(SettingLines.Of(fresh, collateral));
    }

    private static bool IsSame(JudgedServer old, JudgedServer fresh) => SettingLines.Of(old, []).SequenceEqual(SettingLines.Of(fresh, []));

    // Another way through the same code, or another server that the same code writes, with the same finding at the same place.
    private bool SuffersTheSame(JudgedServer old, JudgedServer fresh)
    {
        var (finding, remedy) = (_attempt.Finding, _attempt.Remedy);
        return old.Findings.Any(other => other.Rule.Id == finding.Rule.Id && other.Span.Equals(finding.Span)
            && other.Remedies(old.Configuration).Any(candidate => candidate.EquivalenceKey == remedy.EquivalenceKey && IsAfter(old, fresh, candidate)));
    }

    // Access control is about the whole server, and says nothing where nothing speaks HTTP.
    private bool GainsTheSameRules(JudgedServer old, JudgedServer fresh) =>
        old.Find(TypedAccessRules.Key) is null && _attempt.Remedy.Edits is [SettingEdit.Set { Key: TypedAccessRules.Key }] && IsAfter(old, fresh, _attempt.Remedy);

    // Also nothing to warn of: a constant that nobody uses any more would fail a build without warnings.
    private static bool CompilesAsBefore(IReadOnlyDictionary<string, int> before, IReadOnlyDictionary<string, int> after) =>
        after.All(problem => before.TryGetValue(problem.Key, out var known) && problem.Value <= known);
}

/// <summary>A program that a fix has changed.</summary>
/// <param name="Program">The servers it writes now.</param>
/// <param name="Trees">What became of each file that changed.</param>
/// <param name="Focus">Where to read on.</param>
internal sealed record FixedProgram(BuilderServers Program, IReadOnlyDictionary<SyntaxTree, SyntaxTree> Trees, BuilderFocus Focus);

/// <summary>One way to say one remedy of one finding.</summary>
/// <param name="Server">The position of the server that has the finding.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Remedy">The remedy.</param>
/// <param name="Proposal">How to say it.</param>
internal sealed record Attempt(int Server, Finding Finding, Remedy Remedy, Proposal Proposal);
