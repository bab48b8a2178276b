using StalwartHardening.Remedies;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Takes settings out of a text, in whatever spelling: what holds nothing else goes with them (the array, the braces, the table, the
/// comments about it), because <c>{ }</c> stops the server and an empty listener is a trap.
/// </summary>
internal sealed class TomlRemoval
{
    private readonly TomlSyntax _syntax;
    private readonly string _text;
    private readonly HashSet<string> _keys;
    private readonly string? _parent;
    private readonly HashSet<TomlItem> _removed = [];
    private readonly List<TextChange> _changes = [];

    private TomlRemoval(TomlSyntax syntax, HashSet<string> keys, string? parent)
    {
        _syntax = syntax;
        _text = syntax.Text;
        _keys = keys;
        _parent = parent;
    }

    /// <summary>The changes that take <paramref name="key"/> away; none where it is not there, null where they would get into each other's way.</summary>
    public static IReadOnlyList<TextChange>? Of(TomlSyntax syntax, string key, bool withChildren) =>
        new TomlRemoval(syntax, new HashSet<string>(StringComparer.Ordinal) { key }, withChildren ? key : null).Run();

    /// <summary>The changes that take all <paramref name="keys"/> away, without what is below them; null where they would get into each other's way.</summary>
    public static IReadOnlyList<TextChange>? Of(TomlSyntax syntax, HashSet<string> keys) => new TomlRemoval(syntax, keys, null).Run();

    private IReadOnlyList<TextChange>? Run()
    {
        var stretches = new List<SourceSpan>();
        foreach (var section in _syntax.Sections)
        {
            foreach (var statement in section.Statements)
                Mark(statement);
            if (GoesWhole(section))
            {
                stretches.Add(WholeSection(section));
                continue;
            }

            foreach (var statement in section.Statements)
            {
                if (_removed.Contains(statement))
                    stretches.Add(SourceSpan.FromBounds(TomlLines.Start(_text, statement.Start), statement.End));
                else
                    RemoveInside(statement);
            }
        }

        foreach (var stretch in Merged(stretches))
            _changes.Add(new TextChange(stretch.Start, stretch.Length, ""));
        return TextChange.InTextOrder(_changes);
    }

    private bool Matches(string key) =>
        _keys.Contains(key) || (_parent is not null && SettingPath.IsBelow(key, _parent));

    private bool Mark(TomlItem item)
    {
        bool goes;
        if (item.Container == TomlContainer.None)
        {
            goes = item.HasSetting && Matches(item.Key);
        }
        else if (item.Children.Count == 0)
        {
            goes = Matches(item.Key);
        }
        else
        {
            goes = true;
            foreach (var child in item.Children)
                goes &= Mark(child);
        }

        if (goes)
            _removed.Add(item);
        return goes;
    }

    private bool GoesWhole(TomlSection section)
    {
        if (section.Header is null || section.HasBrokenStatement)
            return false;
        foreach (var statement in section.Statements)
        {
            if (!_removed.Contains(statement))
                return false;
        }

        // An empty element of an array of tables still counts for the ones after it.
        return Matches(section.Name) ? _parent is not null : section.Statements.Count > 0 && !section.Header.IsArray;
    }

    private SourceSpan WholeSection(TomlSection section)
    {
        var end = section.Header!.End;
        if (section.Statements.Count > 0)
            end = section.Statements[section.Statements.Count - 1].End;
        return SourceSpan.FromBounds(TomlLines.Start(_text, section.Header.Start), TomlPlaces.AfterOwnComments(_syntax, end));
    }

    private List<SourceSpan> Merged(List<SourceSpan> stretches)
    {
        var groups = Joined(stretches, IsEmptyBetween);
        for (var i = 0; i < groups.Count; i++)
            groups[i] = SourceSpan.FromBounds(CommentsAbove(groups[i].Start, groups[i].End), groups[i].End);
        return Joined(groups, static (from, to) => from >= to);
    }

    private static List<SourceSpan> Joined(List<SourceSpan> stretches, Func<int, int, bool> belongTogether)
    {
        var result = new List<SourceSpan>(stretches.Count);
        foreach (var stretch in stretches)
        {
            if (result.Count > 0 && belongTogether(result[result.Count - 1].End, stretch.Start))
                result[result.Count - 1] = SourceSpan.FromBounds(result[result.Count - 1].Start, stretch.End);
            else
                result.Add(stretch);
        }

        return result;
    }

    // What is between two parts of one listener and is only blank goes with them, and so does what suppresses findings there.
    private bool IsEmptyBetween(int from, int to)
    {
        for (; from < to; from = TomlLines.End(_text, from))
        {
            if (!(_parent is not null && TomlLines.IsBlank(_text, from)) && !IsSuppression(from))
                return false;
        }

        return true;
    }

    // Comments directly above, if they can be about nothing else; comments that suppress findings here in any case.
    private int CommentsAbove(int start, int end)
    {
        var first = start;
        var firstSuppression = start;
        var isUnbroken = true;
        while (first > 0)
        {
            var line = TomlLines.Start(_text, first - 1);
            if (!TomlLines.IsComment(_text, line))
                break;
            isUnbroken &= IsSuppression(line);
            if (isUnbroken)
                firstSuppression = line;
            first = line;
        }

        var isFollowedByGap = end >= _text.Length || TomlLines.IsBlank(_text, end) || TomlLines.IsComment(_text, end);
        var isBanner = first == 0;
        return isFollowedByGap && !isBanner ? first : firstSuppression;
    }

    private bool IsSuppression(int line)
    {
        foreach (var comment in _syntax.Document.SuppressionComments)
        {
            if (comment.Span.Start >= line && comment.Span.Start < TomlLines.End(_text, line))
                return comment.AloneOnLine;
        }

        return false;
    }

    private void RemoveInside(TomlItem item)
    {
        var children = item.Children;
        for (var i = 0; i < children.Count; i++)
        {
            if (!_removed.Contains(children[i]))
            {
                RemoveInside(children[i]);
                continue;
            }

            var last = i;
            while (last + 1 < children.Count && _removed.Contains(children[last + 1]))
                last++;
            _changes.Add(Removed(item, i, last));
            i = last;
        }
    }

    private TextChange Removed(TomlItem parent, int first, int last)
    {
        var children = parent.Children;
        var start = children[first].Start;
        var end = children[last].ValueSpan.End;
        var hasCommaBehind = children[last].End < _text.Length && _text[children[last].End] == ',';
        // A trailing comma may end an array, never braces.
        var commaMayStay = parent.Container == TomlContainer.Array;
        if (OwnLines(start, hasCommaBehind ? children[last].End + 1 : end) is { } lines && (hasCommaBehind || first == 0 || commaMayStay))
            return lines;
        if (hasCommaBehind)
        {
            var after = children[last].End + 1;
            var next = AfterBlanks(after);
            // The last on its line leaves the line break to those before it.
            return next < _text.Length && _text[next] == '\n' ? Span(BeforeBlanks(start), after) : Span(start, next);
        }

        if (first == 0)
            return Span(start, end);
        var comma = children[first - 1].End;
        return commaMayStay && HasLineBreak(comma, start) ? Span(BeforeBlanks(start), end) : Span(comma, end);
    }

    private TextChange? OwnLines(int start, int end)
    {
        if (!TomlLines.IsFirstOnLine(_text, start))
            return null;
        var rest = AfterBlanks(end);
        if (rest < _text.Length && _text[rest] is not ('\n' or '#'))
            return null;
        var from = TomlLines.Start(_text, start);
        while (from > 0 && IsSuppression(TomlLines.Start(_text, from - 1)))
            from = TomlLines.Start(_text, from - 1);
        return Span(from, TomlLines.End(_text, rest));
    }

    private bool HasLineBreak(int from, int to) => _text.IndexOf('\n', from, to - from) >= 0;

    private int AfterBlanks(int at)
    {
        while (at < _text.Length && _text[at] is ' ' or '\t' or '\r')
            at++;
        return at;
    }

    private int BeforeBlanks(int at)
    {
        while (at > 0 && _text[at - 1] is ' ' or '\t')
            at--;
        return at;
    }

    private static TextChange Span(int start, int end) => new(start, end - start, "");
}
