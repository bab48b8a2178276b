using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>Which call a finding is about. Settings that were built have no text; their spans count them instead.</summary>
internal sealed class WrittenPlaces(WrittenSetting[] settings)
{
    /// <summary>The span that stands for the setting with this number.</summary>
    public static SourceSpan SpanOf(int index) => new(index, 1);

    /// <summary>The call that wrote what <paramref name="finding"/> is about, and where it is.</summary>
    public (string? Call, SourceLine? Place) Of(Finding finding)
    {
        if (finding.SettingKey.Length == 0 || finding.Span.Start >= settings.Length)
            return default;
        var site = settings[finding.Span.Start].Site;
        return (site.Method, site.Find());
    }
}
