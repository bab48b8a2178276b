using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>Access control that leaves open to strangers what only administrators need.</summary>
internal sealed class SensitiveEndpointExposed() : Rule(
    id: "SWH2004",
    title: "Restrict administrative endpoints",
    message: "Access control lets '{1}' through to {0} on listener '{2}'. Refuse it from elsewhere.",
    why: "Mail clients never ask for the management API, the web administration, metrics or forms. Where strangers reach them, one guessed or leaked password is the whole server, and metrics and forms without a password are open at once.",
    remedy: "Admit the paths that mail clients need and refuse the rest; reach the management through a loopback listener or a tunnel.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var policy = server.HttpAccess;
        if (!policy.IsInForce || policy.IsUnknown || server.HttpAccessMistakes.Count > 0 || server.HttpAccessCoverage != HttpAccessCoverage.SomethingRefused)
            return;
        var groups = new HashSet<HttpEndpointGroup>();
        var inquiry = policy.Ask();
        foreach (var entrance in server.HttpExposure.Entrances)
        {
            foreach (var endpoint in server.Endpoints.All)
            {
                judgement.Cancellation.ThrowIfCancellationRequested();
                if (groups.Contains(endpoint.Group) || !server.Endpoints.IsSensitive(endpoint, server)
                    || HttpExposures.Of(inquiry, entrance, endpoint) is not { } witness)
                {
                    continue;
                }

                groups.Add(endpoint.Group);

                // A rule that counts on 'local_ip' is reported as what it is.
                if (OtherAddress.Refusing(inquiry, witness) is not null)
                    continue;
                inquiry.Decide(witness, out var decided);
                var setting = policy.Block.Branch(decided).Setting;
                judgement.Add(this, setting.ValueSpan, setting.Key, Describe(endpoint.Group), witness.ToString(), Display.Text(witness.Listener));
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) => AllowListRemedy.For(server, finding, "review/SWH2004/allow-list");

    private static string Describe(HttpEndpointGroup group) => group switch
    {
        HttpEndpointGroup.ManagementApi => "the management API",
        HttpEndpointGroup.Metrics => "the metrics, which ask for no password",
        HttpEndpointGroup.Form => "the contact form, which asks for no password",
        _ => "the web administration",
    };
}
