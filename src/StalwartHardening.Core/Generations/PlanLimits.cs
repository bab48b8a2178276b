using System.Globalization;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Plans;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the limits that somebody has changed (<c>common/network/security.rs</c>, 0.16.18; defaults from the schema).</summary>
internal static class PlanLimits
{
    private const double Day = 86_400_000;
    private const string OneByOne = "one connection may guess as long as it likes";
    private const string Flooding = "one client may ask as often as it likes";

    private static readonly (string Type, string Field, double ADay, string Consequence, bool IsAboutPasswords)[] Rates =
    [
        ("Security", "authBanRate", 100, "addresses that fail to log in again and again are not banned", true),
        ("Security", "abuseBanRate", 35, "addresses that try one recipient after the other are not banned", false),
        ("Security", "loiterBanRate", 150, "addresses that only hold connections open are not banned", false),
        ("Security", "scanBanRate", 30, "addresses that look for holes in other programs are not banned", false),
        ("Http", "rateLimitAnonymous", 100 * 24 * 60, Flooding, false),
        ("Http", "rateLimitAuthenticated", 1000 * 24 * 60, Flooding, false),
        ("Imap", "maxRequestRate", 2000 * 24 * 60, Flooding, false),
    ];

    public static IReadOnlyList<Limit> Read(PlanServer server)
    {
        var limits = new List<Limit>();
        foreach (var (type, field, usual, consequence, isAboutPasswords) in Rates)
        {
            foreach (var element in PlanElement.Of(server, type))
                ReadRate(element, field, usual, consequence, isAboutPasswords, limits);
        }

        foreach (var form in PlanElement.Of(server, "HttpForm"))
        {
            if (form.Switch("enable").Value == true)
                ReadRate(form, "rateLimit", 120, "anybody may send any number of mails through the contact form", false, limits);
        }

        ReadCount(server, "Imap", "maxAuthFailures", limits);
        ReadCount(server, "OidcProvider", "authCodeMaxAttempts", limits);
        foreach (var stage in PlanElement.Of(server, "MtaStageAuth"))
        {
            if (stage.Constant("maxFailures") is { } failures && IsTooMany(failures))
                limits.Add(new Limit(failures, LimitState.Meaningless, OneByOne, true));
        }

        foreach (var throttle in PlanElement.Of(server, "MtaInboundThrottle"))
        {
            if (throttle.Written("enable") is { Value: "false" } off)
                limits.Add(new Limit(off, LimitState.Off, "one sender may flood one recipient", false));
        }

        foreach (var allowed in PlanElement.Of(server, "AllowedIp"))
        {
            if (allowed.Written("address") is { } address && PublicAddress.IsWideNetwork(address.Value))
                limits.Add(new Limit(address, LimitState.TooWide, "an attacker from there is never banned", true));
        }

        return limits;
    }

    private static void ReadRate(PlanElement element, string field, double usualADay, string consequence, bool isAboutPasswords, List<Limit> limits)
    {
        if (element.Owner[field] is not { IsWritten: true } rate)
            return;
        if (rate.Kind == PlanValueKind.Null)
        {
            if (element.Written(field) is { } off)
                limits.Add(new Limit(off, LimitState.Off, consequence, isAboutPasswords));
            return;
        }

        if (rate["count"] is not { Kind: PlanValueKind.Number } count || rate["period"] is not { Kind: PlanValueKind.Number } period || element.Written(field + "/count") is not { } place)
            return;
        if (Number(count.Content) is { } times && Number(period.Content) is > 0 and var milliseconds && times >= LimitReader.Handful && times * Day / milliseconds >= usualADay * 100)
            limits.Add(new Limit(place, LimitState.Meaningless, consequence, isAboutPasswords));
    }

    private static void ReadCount(PlanServer server, string type, string field, List<Limit> limits)
    {
        foreach (var element in PlanElement.Of(server, type))
        {
            if (element.Written(field) is { } setting && IsTooMany(setting))
                limits.Add(new Limit(setting, LimitState.Meaningless, type == "OidcProvider" ? "codes may be guessed" : OneByOne, true));
        }
    }

    // A hundred times the three attempts that the server allows.
    private static bool IsTooMany(in Setting setting) => Number(setting.Value.Trim()) >= 300;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
