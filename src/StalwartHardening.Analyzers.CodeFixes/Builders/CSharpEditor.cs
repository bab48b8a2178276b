using Microsoft.CodeAnalysis;
using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Says a remedy in C#, in several ways where there are several: each way to see the remedy, with each strategy to take something away, to
/// replace it, to add it. What is said here is a proposal: only <see cref="BuilderProof"/> knows whether the program then writes what it should.
/// </summary>
internal sealed class CSharpEditor
{
    private static readonly IReadOnlyList<RemovalStrategy?> NoRemoval = [null];
    private static readonly IReadOnlyList<ReplacementStrategy?> NoReplacement = [null];

    private readonly BuilderServers _program;
    private readonly JudgedServer _server;
    private readonly Finding _finding;
    private readonly RemedyParts _parts;
    private readonly CancellationToken _cancellationToken;

    private CSharpEditor(BuilderServers program, JudgedServer server, Finding finding, RemedyParts parts, CancellationToken cancellationToken)
    {
        _program = program;
        _server = server;
        _finding = finding;
        _parts = parts;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The ways to say <paramref name="remedy"/>, the one that reads best first.</summary>
    public static IEnumerable<Proposal> Proposals(BuilderServers program, JudgedServer server, Finding finding, Remedy remedy, CancellationToken cancellationToken)
    {
        if (UnknownValues.Concern(program, server, remedy))
            yield break;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parts in RemedyParts.Of(server, remedy))
        {
            foreach (var proposal in new CSharpEditor(program, server, finding, parts, cancellationToken).Proposals())
            {
                if (!proposal.Edit.HoldsUnknownPart && seen.Add(proposal.ToString()))
                    yield return proposal;
            }
        }
    }

    private IEnumerable<Proposal> Proposals()
    {
        foreach (var removal in _parts.Removed.Count == 0 ? NoRemoval : RemovalStrategies.All)
        {
            foreach (var replacement in _parts.Replaced.Count == 0 ? NoReplacement : ReplacementStrategies.All)
            {
                foreach (var addition in AdditionStrategy.For(_parts.Added.Count == 0 ? 1 : AdditionStrategy.MaxPlaces))
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    if (Propose(removal, replacement, addition) is { } proposal)
                        yield return proposal;
                    else if (!addition.IsFirst)
                        break;
                }
            }
        }
    }

    private Proposal? Propose(RemovalStrategy? removal, ReplacementStrategy? replacement, AdditionStrategy addition)
    {
        var edit = new ProgramEdit();
        var calls = new CallRemoval(_program, edit, _cancellationToken);
        var context = new EditContext(_program, _server, _parts, edit, calls, _cancellationToken);
        removal?.Apply(context);
        foreach (var pair in _parts.Replaced)
        {
            if (!replacement!.Apply(context, pair.Key, pair.Value))
                return null;
        }

        foreach (var rename in _parts.Renamed)
        {
            if (!RenameStrategy.Apply(context, rename))
                return null;
        }

        foreach (var settings in _parts.Added)
        {
            if (!addition.Apply(context, _finding, settings))
                return null;
        }

        return calls.Finish() is { IsEmpty: false } finished ? new Proposal(finished, context.Collateral, _parts.Rules) : null;
    }
}

/// <summary>What the strategies work on.</summary>
/// <param name="Program">The program.</param>
/// <param name="Server">The server with the finding.</param>
/// <param name="Parts">What is asked of it.</param>
/// <param name="Edit">Where changes are collected.</param>
/// <param name="Removal">Where calls are taken away.</param>
/// <param name="CancellationToken">Ends the work early.</param>
internal sealed record EditContext(BuilderServers Program, JudgedServer Server, RemedyParts Parts, ProgramEdit Edit, CallRemoval Removal, CancellationToken CancellationToken)
{
    /// <summary>Settings that go because the call that said them said the opposite of what is wanted.</summary>
    public HashSet<string> Collateral { get; } = new(StringComparer.Ordinal);
}

/// <summary>One way to say a remedy.</summary>
/// <param name="Edit">The changes.</param>
/// <param name="Collateral">Settings that went because the call that said them said the opposite of what is wanted.</param>
/// <param name="Rules">The access rules that say what the remedy says in one expression; null where they are not used.</param>
internal sealed record Proposal(ProgramEdit Edit, IReadOnlyCollection<string> Collateral, IReadOnlyList<KeyValuePair<string, string>>? Rules)
{
    /// <summary>What a remedy comes to when it is said like this.</summary>
    public IReadOnlyList<SettingEdit> Said(IReadOnlyList<SettingEdit> edits)
    {
        if (Rules is null)
            return edits;
        var lowered = TypedAccessRules.Lower([.. Rules.Select(static rule => new Setting(rule.Key, rule.Value, default, default))], SettingsEndpoints.Instance)[0];
        return [.. edits.Select(edit => edit is SettingEdit.Set { Key: TypedAccessRules.Key } set ? set with { Value = lowered.Value } : edit)];
    }

    /// <summary>The changes, to tell proposals apart.</summary>
    public override string ToString() => string.Join("\n", Edit.Trees.SelectMany(tree => (Edit.ChangesOf(tree) ?? []).Select(change => tree.FilePath + change)));
}
