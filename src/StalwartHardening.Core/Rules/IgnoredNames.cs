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

    /// <summary>Takes everything away that is ignored for the same reason.</summary>
    public static IReadOnlyList<SettingEdit> Removal(IgnoredSetting ignored)
    {
        var edits = new List<SettingEdit> { new SettingEdit.Remove(ignored.Name, WithChildren: true) };
        foreach (var other in ignored.Others)
            edits.Add(new SettingEdit.Remove(other, WithChildren: true));
        return edits;
    }
}
