namespace StalwartHardening.Generations;

/// <summary>Looks keys up in a table, one after the other: those of one table of a text begin alike, and that way is gone once.</summary>
internal sealed class SettingWalk(SettingNames names)
{
    private string _last = "";
    private int _length;
    private SettingNames.Stand? _stand;

    /// <summary>What the table knows about <paramref name="key"/>.</summary>
    public SettingLookup Find(string key)
    {
        var length = SettingPath.StartOfLastPart(key);
        if (length != _length || !key.AsSpan(0, length).SequenceEqual(_last.AsSpan(0, length)))
            (_last, _length, _stand) = (key, length, names.StandAt(key, length));
        return (_stand is { } stand ? SettingNames.FindFrom(stand, key, length) : null) ?? names.Find(key);
    }
}
