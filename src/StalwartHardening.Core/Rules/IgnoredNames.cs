using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>What the rules about settings without effect share.</summary>
internal static class IgnoredNames
{
    /// <summary>Where the name of what is ignored was written first.</summary>
    public static SourceSpan SpanOf(ServerConfiguration server, IgnoredSetting ignored)
    {
        var first = ignored.Settings[0];
        return server.FindName(first, ignored.Name);
    }

    /// <summary>Where the other names are that are ignored for the same reason.</summary>
    public static IReadOnlyList<SourceSpan> OtherPlaces(ServerConfiguration server, IgnoredSetting ignored)
    {
        if (ignored.Others.Count == 0)
            return [];
        var places = new List<SourceSpan>(ignored.Others.Count);
        var next = 0;
        foreach (var setting in ignored.Settings)
        {
            if (next < ignored.Others.Count && SettingPath.IsAtOrBelow(setting.Key, ignored.Others[next]))
                places.Add(server.FindName(setting, ignored.Others[next++]));
        }

        return places;
    }

    /// <summary>
    /// Whether <paramref name="key"/> is missing only because what was meant for it is under another name: the rule about that name says so, and what follows
    /// from the missing key has no cause of its own.
    /// </summary>
    public static bool IsMeant(ServerConfiguration server, string key)
    {
        foreach (var ignored in server.IgnoredSettings)
        {
            if (ignored.Alive is { } alive && !ignored.AliveIsWritten && SettingPath.IsAtOrBelow(key, alive))
                return true;
        }

        return false;
    }

    /// <summary>Takes everything away that is ignored for the same reason.</summary>
    public static IReadOnlyList<SettingEdit> Removal(IgnoredSetting ignored)
    {
        var edits = new List<SettingEdit> { new SettingEdit.Remove(ignored.Name, WithChildren: true) };
        foreach (var other in ignored.Others)
            edits.Add(new SettingEdit.Remove(other, WithChildren: true));
        return edits;
    }
}
