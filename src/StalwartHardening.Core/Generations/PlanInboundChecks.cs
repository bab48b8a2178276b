using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the checks of incoming mail that a plan switches off for every mail (<c>config/smtp/auth.rs</c>, 0.16.18).</summary>
internal static class PlanInboundChecks
{
    private const string Forged = "forged senders are not noticed";

    public static IReadOnlyList<InboundCheck> Read(PlanServer server)
    {
        var checks = new List<InboundCheck>();
        void Add(Setting? setting, string bad, string what, string consequence)
        {
            if (setting is { } found && found.Value.Trim() == bad)
                checks.Add(new InboundCheck(found, what, consequence));
        }

        foreach (var auth in PlanElement.Of(server, "SenderAuth"))
        {
            Add(auth.Constant("dkimVerify"), "disable", "the check of DKIM signatures", Forged);
            Add(auth.Constant("dmarcVerify"), "disable", "DMARC", Forged);
            Add(auth.Constant("spfFromVerify"), "disable", "SPF", Forged);
            Add(auth.Written("dkimStrict"), "false", "the demand that a signature covers the whole mail", "somebody may add to a signed mail");
        }

        foreach (var spam in PlanElement.Of(server, "SpamSettings"))
            Add(spam.Written("enable"), "false", "the spam filter", "spam and fraud reach everybody");
        foreach (var stage in PlanElement.Of(server, "MtaStageData"))
            Add(stage.Constant("enableSpamFilter"), "false", "the spam filter", "spam and fraud reach everybody");
        foreach (var policy in PlanElement.Of(server, "MtaSts"))
            Add(policy.Written("mode"), "disable", "MTA-STS for mail to this server", "somebody in between can keep other servers from using TLS");
        foreach (var type in new[] { "MtaMilter", "MtaHook" })
        {
            foreach (var filter in PlanElement.Of(server, type))
                Add(filter.Written("tempFailOnError"), "false", "the wait for a filter that does not answer", "mail passes unfiltered while it is down, and anybody who can stop it can send what it would refuse");
        }

        return checks;
    }
}
