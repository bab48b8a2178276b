using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>Which call a finding is about. Settings that were built have no text; their spans count them instead.</summary>
internal sealed class WrittenPlaces(WrittenSetting[] settings)
{
    /// <summary>The span that stands for the setting with this number.</summary>
    public static SourceSpan SpanOf(int index) => new(index, 1);

    /// <summary>The call that wrote a setting, and where it is.</summary>
    /// <param name="key">The setting; empty where something is about the whole.</param>
    /// <param name="span">What stands for it.</param>
    public (string? Call, SourceLine? Place) Of(string key, SourceSpan span)
    {
        if (key.Length == 0 || span.Start >= settings.Length)
            return default;
        var site = settings[span.Start].Site;
        return (site.Method, site.Find());
    }
}
