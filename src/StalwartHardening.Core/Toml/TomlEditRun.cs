using StalwartHardening.Edits;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Edits that can be made in one step, because none moves or renames what another is about: values that are replaced, or settings that
/// go from the last to the first. A listener with thousands of addresses would have its text read once for each otherwise.
/// </summary>
internal static class TomlEditRun
{
    /// <summary>The changes that make the longest run of such edits, in text order; null where there is none, or where it cannot be written together.</summary>
    /// <param name="syntax">The text.</param>
    /// <param name="edits">All edits.</param>
    /// <param name="first">Where the run begins.</param>
    /// <param name="count">How many edits the changes make; 0 where there are none.</param>
    public static IReadOnlyList<TextChange>? Changes(TomlSyntax syntax, IReadOnlyList<SettingEdit> edits, int first, out int count)
    {
        count = 0;
        if (first + 1 >= edits.Count || !IsAlike(edits[first], edits[first + 1]))
            return null;
        var items = Find(syntax, edits, first);
        var changes = items.Count < 2 ? null
            : edits[first] is SettingEdit.Remove ? TomlRemoval.Of(syntax, new HashSet<string>(items.Select(static item => item.Key), StringComparer.Ordinal))
            : Replacements(syntax, edits, first, items);
        count = changes is null ? 0 : items.Count;
        return changes;
    }

    // What the edits of the run are about, in their order.
    private static List<TomlItem> Find(TomlSyntax syntax, IReadOnlyList<SettingEdit> edits, int first)
    {
        var known = new Dictionary<string, TomlItem>(StringComparer.Ordinal);
        foreach (var item in syntax.Items())
        {
            if (item.HasSetting && !known.ContainsKey(item.Key))
                known.Add(item.Key, item);
        }

        var run = new List<TomlItem>();
        // Each is taken once.
        for (var i = first; i < edits.Count && IsAlike(edits[first], edits[i]) && known.TryGetValue(KeyOf(edits[i]), out var item) && known.Remove(item.Key); i++)
        {
            if (edits[i] is SettingEdit.Remove && run.Count > 0 && item.Start >= run[run.Count - 1].Start)
                break;
            run.Add(item);
        }

        return run;
    }

    private static IReadOnlyList<TextChange>? Replacements(TomlSyntax syntax, IReadOnlyList<SettingEdit> edits, int first, List<TomlItem> items)
    {
        var changes = new List<TextChange>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (TomlEditor.Replacement(syntax, items[i], ((SettingEdit.Set)edits[first + i]).Value) is not { } change)
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
