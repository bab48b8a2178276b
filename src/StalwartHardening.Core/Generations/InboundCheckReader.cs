using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the checks that are switched off (<c>config/smtp/{auth,session}.rs</c>, 0.15.5).</summary>
internal static class InboundCheckReader
{
    private const string Forged = "forged senders are not noticed";

    public static IReadOnlyList<InboundCheck> Read(SettingsDocument document, ServerVersion version)
    {
        var checks = new List<InboundCheck>();
        void Add(string key, Func<string, bool> isOff, string what, string consequence)
        {
            if (OffAlways(document, key, isOff) is { } setting)
                checks.Add(new InboundCheck(setting, what, consequence));
        }

        Add("auth.dkim.verify", IsDisabled, "the check of DKIM signatures", Forged);
        Add("auth.arc.verify", IsDisabled, "the check of ARC seals", "what a forwarding server has found out is lost");
        Add("auth.dmarc.verify", IsDisabled, "DMARC", Forged);
        Add("auth.spf.verify.mail-from", IsDisabled, "SPF", Forged);
        if (version.IsAtLeast(8, 1))
            Add("auth.dkim.strict", IsFalse, "the demand that a signature covers the whole mail", "somebody may add to a signed mail");
        if (version.IsAtLeast(11))
        {
            Add("spam-filter.enable", IsFalse, "the spam filter", "spam and fraud reach everybody");
            Add("session.data.spam-filter", IsFalse, "the spam filter", "spam and fraud reach everybody");
        }

        Add("session.mta-sts.mode", static value => value is "none", "MTA-STS for mail to this server", "somebody in between can keep other servers from using TLS");
        foreach (var filters in new[] { "session.milter", "session.hook" })
        {
            foreach (ref readonly var setting in document.Below(filters))
            {
                if (SettingPath.EndsIn(setting.Key, "options.tempfail-on-error") && IsFalse(setting.Value))
                    checks.Add(new InboundCheck(setting, "the wait for a filter that does not answer", "mail passes unfiltered while it is down, and anybody who can stop it can send what it would refuse"));
            }
        }

        return checks;
    }

    // Rules with conditions say it for some mail only; they count where every way leads to the same.
    private static Setting? OffAlways(SettingsDocument document, string key, Func<string, bool> isOff)
    {
        if (document.TryGet(key, out var single))
            return isOff(single.Value.Trim()) ? single : null;
        Setting? first = null;
        foreach (ref readonly var part in document.Below(key))
        {
            if (SettingPath.LastPart(part.Key) is not ("then" or "else"))
                continue;
            if (!isOff(part.Value.Trim()))
                return null;
            first ??= part;
        }

        return first;
    }

    private static bool IsDisabled(string value) => value is "disable" or "disabled" or "never" or "none";

    private static bool IsFalse(string value) => value is "false";
}
