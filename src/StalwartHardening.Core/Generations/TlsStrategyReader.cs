using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the strategies that are in use.</summary>
internal static class TlsStrategyReader
{
    private const string Choice = "queue.strategy.tls";
    private const string InvalidTls = "'invalid-tls'";

    public static IReadOnlyList<TlsStrategy> Read(SettingsDocument document, ServerVersion version)
    {
        if (!version.IsAtLeast(13))
        {
            var only = ReadOne(document, "", "queue.outbound.tls");
            return only is null ? [] : [only];
        }

        var strategies = new List<TlsStrategy>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        const string Family = "queue.tls";
        foreach (ref readonly var setting in document.Below(Family))
        {
            var key = SettingPath.ChildOf(Family, setting.Key);
            if (key.Length == setting.Key.Length)
                continue;
            var id = SettingPath.Relative(key, Family);

            // 'invalid-tls' is what the server itself tries after TLS has failed, and comes with any certificate (boot.rs).
            if (id != "invalid-tls" && seen.Add(id) && IsUsed(document, id) && ReadOne(document, id, key) is { } strategy)
                strategies.Add(strategy);
        }

        if (FirstChoice(document) is { } choice && !(document.TryGet(SettingPath.Join(Family, "invalid-tls.allow-invalid-certs"), out var own) && own.Value == "false"))
            strategies.Add(new TlsStrategy("invalid-tls") { AnyCertificate = new ConnectionSwitch(choice.Key, "'default'", choice) });
        return strategies;
    }

    // Where the strategy for after a failure is the one without conditions, it is tried first.
    private static Setting? FirstChoice(SettingsDocument document)
    {
        if (document.TryGet(Choice, out var single))
            return single.Value.Trim() == InvalidTls ? single : null;
        foreach (ref readonly var part in document.Below(Choice))
        {
            if (SettingPath.EndsIn(part.Key, "else") && part.Value.Trim() == InvalidTls)
                return part;
        }

        return null;
    }

    private static bool IsUsed(SettingsDocument document, string id)
    {
        var isChosenHere = false;
        if (document.TryGet(Choice, out var single))
        {
            isChosenHere = true;
            if (single.Value.IndexOf("'" + id + "'", StringComparison.Ordinal) >= 0)
                return true;
        }

        foreach (ref readonly var part in document.Below(Choice))
        {
            isChosenHere = true;
            if (part.Value.IndexOf("'" + id + "'", StringComparison.Ordinal) >= 0)
                return true;
        }

        return !isChosenHere && id == "default";
    }

    private static TlsStrategy? ReadOne(SettingsDocument document, string id, string table)
    {
        var strategy = new TlsStrategy(id)
        {
            AnyCertificate = Find(document, SettingPath.Join(table, "allow-invalid-certs"), static value => value == "true", "false"),
            NoTls = Find(document, SettingPath.Join(table, "starttls"), IsOff, "optional"),
            NoDane = Find(document, SettingPath.Join(table, "dane"), IsOff, "optional"),
            NoMtaSts = Find(document, SettingPath.Join(table, "mta-sts"), IsOff, "optional"),
        };
        return strategy is { AnyCertificate: null, NoTls: null, NoDane: null, NoMtaSts: null } ? null : strategy;
    }

    // Rules with conditions are for some servers only, and somebody has thought about them.
    private static ConnectionSwitch? Find(SettingsDocument document, string key, Func<string, bool> isBad, string good) =>
        document.TryGet(key, out var setting) && isBad(setting.Value.Trim()) ? new ConnectionSwitch(key, good, setting) : null;

    private static bool IsOff(string value) => value is "disable" or "disabled" or "none" or "false";
}
