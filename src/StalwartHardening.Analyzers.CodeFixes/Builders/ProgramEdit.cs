using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Changes of the files of a program, collected in any order.</summary>
internal sealed class ProgramEdit
{
    private readonly Dictionary<SyntaxTree, List<TextChange>> _changes = [];

    /// <summary>The files that change.</summary>
    public IEnumerable<SyntaxTree> Trees => _changes.Keys;

    /// <summary>Whether nothing changes.</summary>
    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Whether something would be written that nobody knows.</summary>
    public bool HoldsUnknownPart => _changes.Values.Any(static changes => changes.Exists(static change => change.NewText!.IndexOf(Setting.UnknownPart) >= 0));

    /// <summary>A copy that can be changed further.</summary>
    public ProgramEdit Copy()
    {
        var copy = new ProgramEdit();
        copy.Add(this);
        return copy;
    }

    /// <summary>Whether a piece of the program goes or is written anew.</summary>
    public bool Covers(SyntaxTree tree, TextSpan span) => _changes.TryGetValue(tree, out var changes) && changes.Exists(change => !change.Span.IsEmpty && change.Span.Contains(span));

    /// <summary>The pieces of a file that go or are written anew.</summary>
    public IEnumerable<TextSpan> SpansOf(SyntaxTree tree) => _changes.TryGetValue(tree, out var changes) ? changes.Select(static change => change.Span).Where(static span => !span.IsEmpty) : [];

    /// <summary>Takes the changes of another.</summary>
    public void Add(ProgramEdit other)
    {
        foreach (var pair in other._changes)
        {
            foreach (var change in pair.Value)
                Replace(pair.Key, change.Span, change.NewText!);
        }
    }

    public void Remove(SyntaxTree tree, TextSpan span) => Replace(tree, span, "");

    public void Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    public void Replace(SyntaxTree tree, TextSpan span, string text)
    {
        if (!_changes.TryGetValue(tree, out var changes))
            _changes.Add(tree, changes = []);
        var change = new TextChange(span, text);
        if (!changes.Contains(change))
            changes.Add(change);
    }

    /// <summary>The changes of a file in text order; null where two of them ask for different things.</summary>
    public List<TextChange>? ChangesOf(SyntaxTree tree)
    {
        var result = new List<TextChange>();
        // An insertion belongs to what comes before it; of the others, what contains another comes first.
        foreach (var change in _changes[tree].OrderBy(static change => change.Span.Start).ThenByDescending(static change => change.Span.IsEmpty).ThenByDescending(static change => change.Span.Length))
        {
            if (result.Count == 0 || change.Span.Start >= result[result.Count - 1].Span.End)
            {
                result.Add(change);
                continue;
            }

            var last = result[result.Count - 1];
            // What stood in a part that goes is gone with it.
            if (last.NewText!.Length == 0 && last.Span.Contains(change.Span))
                continue;
            if (last.NewText!.Length > 0 || change.NewText!.Length > 0)
                return null;
            result[result.Count - 1] = new TextChange(TextSpan.FromBounds(last.Span.Start, change.Span.End), "");
        }

        return result;
    }

    /// <summary>The program with the changes made, and what became of each file; null where they contradict each other.</summary>
    public (Compilation Compilation, Dictionary<SyntaxTree, SyntaxTree> Trees)? Apply(Compilation compilation, CancellationToken cancellationToken)
    {
        var trees = new Dictionary<SyntaxTree, SyntaxTree>();
        foreach (var tree in _changes.Keys)
        {
            if (ChangesOf(tree) is not { } changes)
                return null;
            var changed = tree.WithChangedText(tree.GetText(cancellationToken).WithChanges(changes));
            trees.Add(tree, changed);
            compilation = compilation.ReplaceSyntaxTree(tree, changed);
        }

        return (compilation, trees);
    }
}
