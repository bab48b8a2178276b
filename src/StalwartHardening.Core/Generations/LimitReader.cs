using System.Globalization;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the limits (<c>common/listener/blocked.rs</c>, <c>config/jmap/settings.rs</c>, 0.15.5).</summary>
internal static class LimitReader
{
    private const string Guessing = "addresses that fail to log in again and again are not banned";
    private const string Flooding = "one client may ask as often as it likes";
    private const string Harvesting = "addresses that try one recipient after the other are not banned";
    private const long Day = 86_400_000;

    /// <summary>Below this number a rate limits an attacker who tries hard, however short its period.</summary>
    internal const int Handful = 100;

    public static IReadOnlyList<Limit> Read(SettingsDocument document, ServerVersion version, ServerFeatures features, SettingFamilies families)
    {
        var limits = new List<Limit>();
        void Rate(string key, double usual, string consequence, bool isAboutPasswords)
        {
            if (document.TryGet(key, out var setting) && !Macros.HasUnknownPart(Macros.MaskUnknown(setting.Value, features, MacroStage.Everything)))
                limits.Add(new Limit(setting, StateOf(setting.Value, usual), consequence, isAboutPasswords));
        }

        void Count(string key, long usual, string consequence)
        {
            if (document.TryGet(key, out var setting) && long.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                limits.Add(new Limit(setting, count >= usual * 100 ? LimitState.Meaningless : LimitState.InForce, consequence, true));
        }

        if (version.IsAtLeast(10, 4) && document.Below("server.auto-ban").Count > 0)
        {
            Rate("server.auto-ban.auth.rate", 100, Guessing, true);
            Rate("server.auto-ban.abuse.rate", 35, Harvesting, false);
            Rate("server.auto-ban.loiter.rate", 150, "addresses that only hold connections open are not banned", false);
            Rate("server.auto-ban.scan.rate", 30, "addresses that look for holes in other programs are not banned", false);
        }
        else if (!version.IsAtLeast(10, 4) && version.IsAtLeast(9, 3))
        {
            Rate("server.fail2ban.authentication", 100, Guessing, true);
            Rate("server.fail2ban.invalid-rcpt", 35, Harvesting, false);
        }

        var http = version.IsAtLeast(12) ? "http" : "jmap";
        if (families.Hold(http))
        {
            Rate(http + ".rate-limit.account", 1000.0 * 24 * 60, Flooding, false);
            Rate(http + ".rate-limit.anonymous", 100.0 * 24 * 60, Flooding, false);
        }

        if (families.Hold("imap"))
            Count("imap.auth.max-failures", 3, "one connection may guess as long as it likes");
        if (families.Hold("session"))
            Count("session.auth.errors.total", 3, "one connection may guess as long as it likes");
        if (families.Hold("oauth"))
            Count("oauth.auth.max-attempts", 3, "codes may be guessed");
        if (families.Hold("form") && document.TryGet("form.enable", out var form) && form.Value == "true")
            Rate("form.rate-limit", 120, "anybody may send any number of mails through the contact form", false);
        if (families.Hold("queue"))
            ReadInbound(document, limits);
        ReadAllowed(document, version, limits);
        return limits;
    }

    private static void ReadInbound(SettingsDocument document, List<Limit> limits)
    {
        foreach (ref readonly var setting in document.Below("queue.limiter.inbound"))
        {
            if (SettingPath.EndsIn(setting.Key, "enable") && setting.Value == "false")
                limits.Add(new Limit(setting, LimitState.Off, "one sender may flood one recipient", false));
        }
    }

    private static void ReadAllowed(SettingsDocument document, ServerVersion version, List<Limit> limits)
    {
        const string Family = "server.allowed-ip";
        if (!version.IsAtLeast(8, 1))
            return;
        foreach (ref readonly var setting in document.Below(Family))
        {
            if (PublicAddress.IsWideNetwork(SettingPath.Relative(setting.Key, Family)))
                limits.Add(new Limit(setting, LimitState.TooWide, "an attacker from there is never banned", true));
        }
    }

    private static LimitState StateOf(string text, double usualADay)
    {
        var plain = text.Trim().ToLowerInvariant();
        if (plain is "none" or "unlimited")
            return LimitState.Breaks;
        if (plain is "" or "false" or "disable" or "disabled" or "never" or "0")
            return LimitState.Off;
        var slash = plain.IndexOf('/');
        if (slash < 0
            || !double.TryParse(plain.Substring(0, slash).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || Milliseconds(plain.Substring(slash + 1)) is not (> 0 and var period))
        {
            return LimitState.InForce;
        }

        return count >= Handful && count * Day / period >= usualADay * 100 ? LimitState.Meaningless : LimitState.InForce;
    }

    private static double Milliseconds(string text)
    {
        var digits = "";
        var unit = "";
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9')
                digits += c;
            else if (c != ' ')
                unit += c;
        }

        double factor = unit switch { "d" => Day, "h" => 3_600_000, "m" => 60_000, "s" => 1000, "ms" or "" => 1, _ => 0 };
        return double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count * factor : 0;
    }
}
