using StalwartHardening.Edits;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Edits that can be made in one step, because none moves or renames what another is about: values that are replaced, or settings that
/// go from the last to the first. A listener with thousands of addresses would have its text read once for each otherwise.
/// </summary>
internal readonly struct TomlEditRun
{
    private readonly TomlSyntax _syntax;
    private readonly IReadOnlyList<SettingEdit> _edits;
    private readonly int _first;
    private readonly int _count;
    private readonly Dictionary<string, TomlItem> _items;

    private TomlEditRun(TomlSyntax syntax, IReadOnlyList<SettingEdit> edits, int first, int count, Dictionary<string, TomlItem> items)
    {
        _syntax = syntax;
        _edits = edits;
        _first = first;
        _count = count;
        _items = items;
    }

    /// <summary>The longest run of such edits that begins with the one at <paramref name="first"/>; null where it would be that one alone.</summary>
    public static TomlEditRun? At(TomlSyntax syntax, IReadOnlyList<SettingEdit> edits, int first)
    {
        if (first + 1 >= edits.Count || !IsAlike(edits[first], edits[first + 1]))
            return null;
        var items = new Dictionary<string, TomlItem>(StringComparer.Ordinal);
        foreach (var item in syntax.Items())
        {
            if (item.HasSetting && !items.ContainsKey(item.Key))
                items.Add(item.Key, item);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var end = first;
        var lastStart = int.MaxValue;
        while (end < edits.Count && IsAlike(edits[first], edits[end]) && items.TryGetValue(KeyOf(edits[end]), out var item) && seen.Add(item.Key))
        {
            if (edits[end] is SettingEdit.Remove)
            {
                if (item.Start >= lastStart)
                    break;
                lastStart = item.Start;
            }

            end++;
        }

        return end - first > 1 ? new TomlEditRun(syntax, edits, first, end - first, items) : null;
    }

    /// <summary>The changes that make the edits, in text order; null where one of them cannot be written.</summary>
    /// <param name="count">How many edits the run has.</param>
    public IReadOnlyList<TextChange>? Changes(out int count)
    {
        count = _count;
        if (_edits[_first] is SettingEdit.Remove)
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            for (var i = _first; i < _first + _count; i++)
                keys.Add(KeyOf(_edits[i]));
            return TomlRemoval.Of(_syntax, keys);
        }

        var changes = new List<TextChange>(_count);
        for (var i = _first; i < _first + _count; i++)
        {
            if (TomlEditor.Replacement(_syntax, _items[KeyOf(_edits[i])], ((SettingEdit.Set)_edits[i]).Value) is not { } change)
                return null;
            changes.Add(change);
        }

        return TextChange.InTextOrder(changes);
    }

    private static bool IsAlike(SettingEdit left, SettingEdit right) =>
        left is SettingEdit.Set && right is SettingEdit.Set
        || left is SettingEdit.Remove { WithChildren: false } && right is SettingEdit.Remove { WithChildren: false };

    private static string KeyOf(SettingEdit edit) => edit is SettingEdit.Set set ? set.Key : ((SettingEdit.Remove)edit).Key;
}
