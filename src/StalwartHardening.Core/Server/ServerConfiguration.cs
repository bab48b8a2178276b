using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>One mail server as its settings make it, with the server's own defaults. What rules look at.</summary>
public sealed class ServerConfiguration(SettingsDocument document, JudgementOptions options)
{
    /// <summary>The flat stream behind this view.</summary>
    public SettingsDocument Document { get; } = document;

    /// <summary>What the file cannot say about the server.</summary>
    public JudgementOptions Options { get; } = options;

    /// <summary>The server version that reads the configuration.</summary>
    public ServerVersion Version => Options.TargetVersion;
}
