using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Looks at the logs (<c>config/telemetry.rs</c>, 0.15.5).</summary>
internal static class LogReader
{
    private const string Family = "tracer";

    public static IReadOnlyList<LogRemark> Read(SettingsDocument document, ServerVersion version, ServerFeatures features)
    {
        var remarks = new List<LogRemark>();
        if (!version.IsAtLeast(7))
        {
            if (document.TryGet("global.tracing.level", out var only) && only.Value == "trace")
                remarks.Add(new LogRemark(only, LogRemarkKind.RecordsEverything));
            return remarks;
        }

        ReadTracers(document, features, remarks);

        // Single events may be raised; those with the bytes themselves end in raw-input and raw-output.
        foreach (ref readonly var setting in document.Below("tracing.level"))
        {
            if (setting.Value == "trace" || !IsRaw(setting.Key))
                continue;
            if (setting.Value is "debug" or "info" or "warn" or "error")
                remarks.Add(new LogRemark(setting, LogRemarkKind.RecordsEverything));
        }

        return remarks;
    }

    private static void ReadTracers(SettingsDocument document, ServerFeatures features, List<LogRemark> remarks)
    {
        Setting? quiet = null;
        Setting? off = null;
        var hasOther = false;
        foreach (ref readonly var type in document.Below(Family))
        {
            if (SettingPath.OwnerOf(type.Key, "type") is not { } tracer)
                continue;
            if (BooleanSetting.Read(document, tracer + ".enable", true, features, MacroStage.Everything) is { Value: false } enable)
            {
                off ??= enable.Setting;
                continue;
            }

            var level = document.TryGet(tracer + ".level", out var written) ? written : (Setting?)null;
            switch (level?.Value.ToLowerInvariant())
            {
                case "trace":
                    remarks.Add(new LogRemark(level.Value, LogRemarkKind.RecordsEverything));
                    hasOther = true;
                    break;
                case "error" or "disable":
                    quiet ??= level;
                    break;
                default:
                    hasOther = true;
                    break;
            }

            foreach (ref readonly var hidden in document.Below(tracer))
            {
                if (!SettingPath.HasPartLike(hidden.Key, "disabled-events", tracer.Length))
                    continue;
                if (hidden.Value is "*" or "auth.*" or "security.*" or "auth*" or "security*" || hidden.Value.StartsWith("auth.failed", StringComparison.Ordinal) || SettingPath.IsBelow(hidden.Value, "security"))
                    remarks.Add(new LogRemark(hidden, LogRemarkKind.LeavesOut));
            }
        }

        if (quiet is { } setting && !hasOther)
            remarks.Add(new LogRemark(setting, LogRemarkKind.RecordsTooLittle));
        else if (off is { } last && quiet is null && !hasOther)
            remarks.Add(new LogRemark(last, LogRemarkKind.RecordsNothing));
    }

    private static bool IsRaw(string key) => SettingPath.EndsIn(key, "raw-input") || SettingPath.EndsIn(key, "raw-output");
}
