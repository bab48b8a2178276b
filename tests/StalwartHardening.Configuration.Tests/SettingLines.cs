using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>Settings as lines that can be compared, without those that a server's file does not have.</summary>
internal static class SettingLines
{
    public static IReadOnlyList<string> Of(SettingsDocument document)
    {
        var lines = new List<string>();
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (!setting.Key.StartsWith("principal.", StringComparison.Ordinal))
                lines.Add(setting.Key + " = " + setting.Value);
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
