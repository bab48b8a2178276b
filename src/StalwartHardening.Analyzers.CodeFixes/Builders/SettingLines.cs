using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Settings as lines that can be compared: a list is counted anew where an entry goes, and one entry is as good as the text alone.</summary>
internal static class SettingLines
{
    /// <summary>The lines of a server, sorted.</summary>
    public static IEnumerable<string> Of(JudgedServer server, IReadOnlyCollection<string> except)
    {
        var settings = new List<KeyValuePair<string, string>>();
        foreach (ref readonly var setting in server.Written.Document.InTextOrder)
            settings.Add(new(setting.Key, setting.Value));
        return Of(settings, except);
    }

    /// <summary>The lines of settings, sorted.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="except">Keys that do not count.</param>
    public static IEnumerable<string> Of(IEnumerable<KeyValuePair<string, string>> settings, IReadOnlyCollection<string> except) =>
        settings.Where(pair => !except.Contains(pair.Key)).Select(static pair => SettingPath.WithoutIndexes(pair.Key) + " = " + pair.Value).OrderBy(static line => line, StringComparer.Ordinal);
}
