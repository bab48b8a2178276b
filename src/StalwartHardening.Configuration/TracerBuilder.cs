using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A record of what happens (<c>tracer.ID.*</c>).</summary>
public sealed partial class TracerBuilder : SettingsBuilder<TracerBuilder>
{
    internal TracerBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>The folder of log files (<c>path</c>).</summary>
    /// <param name="path">The folder, on the mail server.</param>
    [Setting("path", Value = "{path}")]
    public partial TracerBuilder WithPath(string path);

    /// <summary>What the names of log files begin with (<c>prefix</c>).</summary>
    /// <param name="prefix">The beginning.</param>
    [Setting("prefix", Value = "{prefix}")]
    public partial TracerBuilder WithPrefix(string prefix);

    /// <summary>Where events are sent (<c>endpoint</c>): OpenTelemetry.</summary>
    /// <param name="url">With <c>https://</c>.</param>
    [Setting("endpoint", Value = "{url}")]
    public partial TracerBuilder WithEndpoint(string url);

    /// <summary>Leaves events out (<c>disabled-events</c>). Without <c>auth.*</c> and <c>security.*</c> nobody sees an attack.</summary>
    /// <param name="events">Their names, with <c>*</c>.</param>
    [Setting("disabled-events", Value = "{events}", Kind = SettingKind.List)]
    public partial TracerBuilder WithoutEvents(params string[] events);

    /// <summary>Switches it on or off (<c>enable</c>, on by default).</summary>
    /// <param name="enabled">Whether it is on.</param>
    [Setting("enable", Value = "{enabled}")]
    public partial TracerBuilder Enable(bool enabled = true);
}

/// <summary>Where events are written to.</summary>
public enum TracerType
{
    /// <summary>Files.</summary>
    [SettingText("log")]
    LogFile,

    /// <summary>The console.</summary>
    [SettingText("console")]
    Console,

    /// <summary>The system's journal.</summary>
    [SettingText("journal")]
    Journal,

    /// <summary>An OpenTelemetry collector.</summary>
    [SettingText("open-telemetry")]
    OpenTelemetry,
}

/// <summary>How much is written.</summary>
public enum TracerLevel
{
    /// <summary>Errors.</summary>
    [SettingText("error")]
    Error,

    /// <summary>Warnings too.</summary>
    [SettingText("warn")]
    Warn,

    /// <summary>What happens, in short; the server's default.</summary>
    [SettingText("info")]
    Info,

    /// <summary>What happens, at length.</summary>
    [SettingText("debug")]
    Debug,

    /// <summary>Every byte, passwords included.</summary>
    [SettingText("trace")]
    Trace,
}
