using StalwartHardening.Plans;
using StalwartHardening.Server.Connections;

namespace StalwartHardening.Generations;

/// <summary>Finds the strategies for outgoing mail that are in use at the first attempt (<c>config/smtp/queue.rs</c>, 0.16.18).</summary>
internal static class PlanTlsStrategies
{
    public static IReadOnlyList<TlsStrategy> Read(PlanServer server)
    {
        var strategies = new List<TlsStrategy>();
        List<string>? chosen = null;
        foreach (var strategy in PlanElement.Of(server, "MtaTlsStrategy"))
        {
            if (strategy.Owner.IsFactory || strategy.Owner.Label is not { } name || !(chosen ??= Chosen(server)).Contains(name))
                continue;
            strategies.Add(new TlsStrategy(name)
            {
                AnyCertificate = Find(strategy, "allowInvalidCerts", "true", "false"),
                NoTls = Find(strategy, "startTls", "disable", "optional"),
                NoDane = Find(strategy, "dane", "disable", "optional"),
                NoMtaSts = Find(strategy, "mtaSts", "disable", "optional"),
            });
        }

        // 'invalid-tls' comes with any certificate: it is what is tried after TLS has failed, unless somebody makes it the first choice.
        if (server.Find("MtaOutboundStrategy/tls/else") is { } choice && choice.Value.Trim() == "'invalid-tls'"
            && PlanElement.Of(server, "MtaTlsStrategy").Any(static strategy => strategy.Owner is { IsFactory: true, Label: "invalid-tls" }))
        {
            strategies.Add(new TlsStrategy("invalid-tls") { AnyCertificate = new ConnectionSwitch(choice.Key, "'default'", choice) });
        }

        return strategies;
    }

    // The names that the outcome without conditions can be; what conditions choose is for some servers, or for later attempts.
    private static List<string> Chosen(PlanServer server)
    {
        var names = new List<string>();
        var state = server.Reading.Run.State;
        if (state.Singleton("MtaOutboundStrategy") is not { } outbound)
            return PlanSchema.Instance.FindObject("MtaOutboundStrategy".AsSpan()) is { } type && state.MayHoldMore(type) ? names : ["default"];
        if (outbound["tls"] is { Kind: PlanValueKind.Object } expression && expression["else"] is { Kind: PlanValueKind.Text, IsUnknown: false } otherwise)
            names.Add(otherwise.Content.Trim().Trim('\''));
        return names;
    }

    private static ConnectionSwitch? Find(PlanElement strategy, string field, string bad, string good) =>
        strategy.Written(field) is { } setting && setting.Value == bad ? new ConnectionSwitch(setting.Key, good, setting) : null;
}
