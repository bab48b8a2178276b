using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
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
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<SyntaxTree, SyntaxTree> _originals = [];
    private readonly HashSet<(int Server, string Rule, string Key)> _hopeless = [];
    private List<(string Rule, SyntaxTree Tree, TextSpan Span)> _silenced = [];
    private IEnumerator<Attempt> _attempts;
    private BuilderServers _program;
    private BuilderFocus _focus;
    private bool _hasChanged;
    private int _left;

    /// <summary>Begins with the findings that were reported; those that somebody has silenced stay, wherever they move.</summary>
    public GroupFix(BuilderServers program, BuilderFocus focus, string equivalenceKey, HashSet<(string Rule, SyntaxTree Tree, TextSpan Span)> reported, Func<SyntaxTree, bool> isEditable, CancellationToken cancellationToken)
    {
        _program = program;
        _focus = focus;
        _equivalenceKey = equivalenceKey;
        _isEditable = tree => isEditable(_originals.TryGetValue(tree, out var original) ? original : tree);
        _cancellation = cancellationToken;
        foreach (var server in program.Servers)
        {
            foreach (var finding in server.Findings)
            {
                if (PlaceOf(finding) is { } place && !reported.Contains(place))
                    _silenced.Add(place);
            }
        }

        _attempts = Attempts().GetEnumerator();
        // Each step ends a finding and brings none of its weight; the bound is for rules with a mistake.
        _left = (program.Servers.Sum(static server => server.Findings.Count) * 3) + 10;
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
                while (group.Next() is { } attempt)
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

    private Attempt? Next()
    {
        while (true)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_left > 0 && _attempts.MoveNext())
                return _attempts.Current;
            // What could not be done before may be possible now.
            if (_left <= 0 || _hopeless.Count == 0 || !_hasChanged)
                return null;
            _hopeless.Clear();
            _hasChanged = false;
            _attempts = Attempts().GetEnumerator();
        }
    }

    private IEnumerable<Attempt> Attempts()
    {
        for (var i = 0; i < _program.Servers.Count; i++)
        {
            var server = _program.Servers[i];
            foreach (var finding in server.Findings)
            {
                var name = (i, finding.Rule.Id, finding.SettingKey);
                if (PlaceOf(finding) is not { } place || _silenced.Contains(place) || _hopeless.Contains(name))
                    continue;
                if (finding.Rule.Remedies(server.Configuration, finding).FirstOrDefault(remedy => remedy.EquivalenceKey == _equivalenceKey) is { } remedy)
                {
                    foreach (var attempt in BuilderFixes.Attempts(_program, i, finding, remedy, _isEditable, _cancellation))
                        yield return attempt;
                }

                _hopeless.Add(name);
            }
        }
    }

    private void Take(FixedProgram after)
    {
        foreach (var pair in after.Trees)
        {
            var original = _originals.TryGetValue(pair.Key, out var first) ? first : pair.Key;
            _originals.Remove(pair.Key);
            _originals.Add(pair.Value, original);
            var changes = pair.Value.GetText(_cancellation).GetTextChanges(pair.Key.GetText(_cancellation));
            _silenced = [.. _silenced.Select(place => place.Tree == pair.Key ? (place.Rule, pair.Value, Moved(place.Span, changes)) : place)];
        }

        (_program, _focus) = (after.Program, after.Focus);
        _attempts = Attempts().GetEnumerator();
        _hasChanged = true;
        _left--;
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
