using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Applies one action to all findings about servers that share files, finding by finding, until nothing more can be shown to help.</summary>
internal sealed class GroupFix
{
    private readonly string _equivalenceKey;
    private readonly Func<SyntaxTree, bool> _isEditable;
    private readonly Dictionary<SyntaxTree, SyntaxTree> _originals = [];
    private readonly HashSet<(int Server, string Rule, string Key)> _hopeless = [];
    private List<(string Rule, SyntaxTree Tree, TextSpan Span)> _silenced = [];
    private BuilderServers _program;
    private BuilderFocus _focus;

    /// <summary>Begins with the findings that were reported; those that somebody has silenced stay, wherever they move.</summary>
    public GroupFix(BuilderServers program, BuilderFocus focus, string equivalenceKey, HashSet<(string Rule, SyntaxTree Tree, TextSpan Span)> reported, Func<SyntaxTree, bool> isEditable)
    {
        _program = program;
        _focus = focus;
        _equivalenceKey = equivalenceKey;
        _isEditable = isEditable;
        foreach (var server in program.Servers)
        {
            foreach (var finding in server.Findings)
            {
                if (PlaceOf(finding) is { } place && !reported.Contains(place))
                    _silenced.Add(place);
            }
        }
    }

    /// <summary>What becomes of each file.</summary>
    public IReadOnlyDictionary<SyntaxTree, SyntaxTree> Run(CancellationToken cancellation)
    {
        var hasChanged = false;
        // Each round ends a finding and brings none of its weight; the bound is for rules with a mistake.
        for (var rounds = (_program.Servers.Sum(static server => server.Findings.Count) * 3) + 10; rounds > 0; rounds--)
        {
            if (Next(cancellation) is { } after)
            {
                Take(after, cancellation);
                hasChanged = true;
                continue;
            }

            // What could not be done before may be possible now.
            if (_hopeless.Count == 0 || !hasChanged)
                break;
            _hopeless.Clear();
            hasChanged = false;
        }

        return _originals.ToDictionary(static pair => pair.Value, static pair => pair.Key);
    }

    private FixedProgram? Next(CancellationToken cancellation)
    {
        for (var i = 0; i < _program.Servers.Count; i++)
        {
            var server = _program.Servers[i];
            foreach (var finding in server.Findings)
            {
                cancellation.ThrowIfCancellationRequested();
                var name = (i, finding.Rule.Id, finding.SettingKey);
                if (PlaceOf(finding) is not { } place || _silenced.Contains(place) || _hopeless.Contains(name))
                    continue;
                if (finding.Rule.Remedies(server.Configuration, finding).FirstOrDefault(remedy => remedy.EquivalenceKey == _equivalenceKey) is { } remedy
                    && BuilderFixes.Fix(_program, i, finding, remedy, _focus, tree => _isEditable(_originals.TryGetValue(tree, out var original) ? original : tree), cancellation) is { } after)
                    return after;
                _hopeless.Add(name);
            }
        }

        return null;
    }

    private void Take(FixedProgram after, CancellationToken cancellation)
    {
        foreach (var pair in after.Trees)
        {
            var original = _originals.TryGetValue(pair.Key, out var first) ? first : pair.Key;
            _originals.Remove(pair.Key);
            _originals.Add(pair.Value, original);
            var changes = pair.Value.GetText(cancellation).GetTextChanges(pair.Key.GetText(cancellation));
            _silenced = [.. _silenced.Select(place => place.Tree == pair.Key ? (place.Rule, pair.Value, Moved(place.Span, changes)) : place)];
        }

        (_program, _focus) = (after.Program, after.Focus);
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
