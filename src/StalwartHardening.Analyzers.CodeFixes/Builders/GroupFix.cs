using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Fixing;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Applies one action to all findings about servers that share files, finding by finding, until nothing more can be shown to help. Groups
/// share no file with one another, so one changed program shows the next step of all of them.
/// </summary>
internal sealed class GroupFix
{
    private readonly string _equivalenceKey;
    private readonly Func<SyntaxTree, bool> _isEditable;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxTree, SyntaxTree> _originals = [];
    private List<(string Rule, SyntaxTree Tree, TextSpan Span)> _silenced = [];
    private readonly FixLoop<Attempt> _loop;
    private BuilderServers _program;
    private BuilderFocus _focus;

    /// <summary>Begins with the findings that were reported; those that somebody has silenced stay, wherever they move.</summary>
    public GroupFix(BuilderServers program, BuilderFocus focus, string equivalenceKey, HashSet<(string Rule, SyntaxTree Tree, TextSpan Span)> reported, Func<SyntaxTree, bool> isEditable, CancellationToken cancellationToken)
    {
        _program = program;
        _focus = focus;
        _equivalenceKey = equivalenceKey;
        _isEditable = tree => isEditable(_originals.TryGetValue(tree, out var original) ? original : tree);
        _cancellationToken = cancellationToken;
        foreach (var server in program.Servers)
        {
            foreach (var finding in server.Findings)
            {
                if (PlaceOf(finding) is { } place && !reported.Contains(place))
                    _silenced.Add(place);
            }
        }

        _loop = new FixLoop<Attempt>(program.Servers.Sum(static server => server.Findings.Count), Candidates);
    }

    /// <summary>What becomes of each file.</summary>
    public IReadOnlyDictionary<SyntaxTree, SyntaxTree> Trees => _originals.ToDictionary(static pair => pair.Value, static pair => pair.Key);

    /// <summary>Fixes all groups of a program, a step of each at a time.</summary>
    public static void Run(IReadOnlyCollection<GroupFix> groups, Compilation compilation, CancellationToken cancellationToken)
    {
        var open = groups.ToList();
        while (true)
        {
            var steps = new List<(GroupFix Group, Attempt Attempt, Dictionary<SyntaxTree, SyntaxTree> Trees)>();
            var changed = compilation;
            open.RemoveAll(group =>
            {
                while (group._loop.Next() is { } attempt)
                {
                    if (attempt.Proposal.Edit.Apply(changed, cancellationToken) is not var (applied, trees))
                        continue;
                    changed = applied;
                    steps.Add((group, attempt, trees));
                    return false;
                }

                return true;
            });
            if (steps.Count == 0)
                return;
            foreach (var (group, attempt, trees) in steps)
            {
                if (BuilderProof.Prove(group._program, attempt, group._focus, changed, trees, cancellationToken) is not { } after)
                    continue;
                group.Take(after);
                foreach (var pair in trees)
                    compilation = compilation.ReplaceSyntaxTree(pair.Key, pair.Value);
            }
        }
    }

    private IEnumerable<FixCandidate<Attempt>> Candidates()
    {
        for (var i = 0; i < _program.Servers.Count; i++)
        {
            foreach (var finding in _program.Servers[i].Findings)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (PlaceOf(finding) is { } place && !_silenced.Contains(place))
                    yield return new(new FindingName(finding.Rule.Id, finding.SettingKey, "", i), Attempts(i, finding));
            }
        }
    }

    private IEnumerable<Attempt> Attempts(int server, Finding finding) =>
        RemedyChoices.Named(_equivalenceKey)(finding, _program.Servers[server].RemediesOf(finding)) is { } remedy
            ? BuilderFixes.Attempts(_program, server, finding, remedy, _isEditable, _cancellationToken)
            : [];

    private void Take(FixedProgram after)
    {
        foreach (var pair in after.Trees)
        {
            var original = _originals.TryGetValue(pair.Key, out var first) ? first : pair.Key;
            _originals.Remove(pair.Key);
            _originals.Add(pair.Value, original);
            var changes = pair.Value.GetText(_cancellationToken).GetTextChanges(pair.Key.GetText(_cancellationToken));
            _silenced = [.. _silenced.Select(place => place.Tree == pair.Key ? (place.Rule, pair.Value, Moved(place.Span, changes)) : place)];
        }

        (_program, _focus) = (after.Program, after.Focus);
        _loop.Take();
    }

    private static TextSpan Moved(TextSpan span, IEnumerable<TextChange> changes)
    {
        var moved = 0;
        foreach (var change in changes)
        {
            if (change.Span.End <= span.Start)
                moved += change.NewText!.Length - change.Span.Length;
        }

        return new TextSpan(Math.Max(0, span.Start + moved), span.Length);
    }

    private (string Rule, SyntaxTree Tree, TextSpan Span)? PlaceOf(Finding finding)
    {
        var location = _program.Reader.Sources.Locate(finding.Span);
        return location.SourceTree is { } tree ? (finding.Rule.Id, tree, location.SourceSpan) : null;
    }
}
