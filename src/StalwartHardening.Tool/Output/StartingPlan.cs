using System.Text;
using StalwartHardening.Generations;

namespace StalwartHardening.Tool.Output;

/// <summary>A plan after which nothing is open on a running server that need not be. It can be applied again without changing anything.</summary>
internal sealed class StartingPlan
{
    /// <summary>A name of letters, digits, hyphens and dots.</summary>
    public required string Hostname { get; init; }

    public required IReadOnlySet<string> Protocols { get; init; }

    /// <summary>An address without quotes and backslashes; null where certificates are somebody else's business.</summary>
    public string? AcmeContact { get; init; }

    // mail.example.org takes mail for example.org.
    private string Domain => Hostname.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Hostname.IndexOf('.', dot + 1) > 0 ? Hostname[(dot + 1)..] : Hostname;

    /// <summary>The operations, one a line.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        if (AcmeContact is not null)
        {
            Line(text, $$$$$"""{"@type":"upsert","object":"AcmeProvider","matchOn":["directory"],"value":{"letsencrypt":{"directory":"https://acme-v02.api.letsencrypt.org/directory","contact":{"{{{{{AcmeContact}}}}}":true}}}}""");
            Line(text, $$$$$"""{"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"domain":{"name":"{{{{{Domain}}}}}","certificateManagement":{"@type":"Automatic","acmeProviderId":"#letsencrypt"}}}}""");
        }

        Line(text, $$$$$"""{"@type":"update","object":"SystemSettings","value":{"defaultHostname":"{{{{{Hostname}}}}}"}}""");

        // Reconciled, so that the default listeners that are not here are closed.
        Line(text, "{\"@type\":\"reconcile\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{" + Listeners() + "}}");
        if (Protocols.Contains("http"))
            Line(text, $$$$$"""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"{{{{{PlanInspection.AllowList}}}}}"},"enableHsts":true,"usePermissiveCors":false,"useXForwarded":false}}""");
        Line(text, """{"@type":"update","object":"OidcProvider","value":{"anonymousClientRegistration":false}}""");

        // The role is there; this finds its id. Administrators have the user's role, too, unless somebody says otherwise.
        Line(text, """{"@type":"upsert","object":"Role","matchOn":["description"],"value":{"administrator":{"description":"System Administrator"}}}""");
        Line(text, """{"@type":"update","object":"Authentication","value":{"defaultAdminRoleIds":{"#administrator":true}}}""");
        Line(text, """{"@type":"create","object":"Action","value":{"reload":{"@type":"ReloadSettings"}}}""");
        return text.ToString();
    }

    private string Listeners()
    {
        var listeners = new List<string> { Listener("smtp", 25, "smtp", isImplicit: false), Listener("submissions", 465, "smtp") };
        if (Protocols.Contains("imap"))
            listeners.Add(Listener("imaps", 993, "imap"));
        if (Protocols.Contains("pop3"))
            listeners.Add(Listener("pop3s", 995, "pop3"));
        if (Protocols.Contains("sieve"))
            listeners.Add(Listener("sieve", 4190, "manageSieve"));

        // Without any the server could not be administered: stalwart-cli speaks HTTP.
        listeners.Add(Listener("https", 443, "http", hosts: Protocols.Contains("http") ? ["[::]"] : ["127.0.0.1", "[::1]"]));
        return string.Join(',', listeners);
    }

    private static string Listener(string name, int port, string protocol, bool isImplicit = true, params string[] hosts)
    {
        var addresses = string.Join(',', (hosts.Length > 0 ? hosts : ["[::]"]).Select(host => FormattableString.Invariant($"\"{host}:{port}\":true")));
        return $"\"{name}\":{{\"name\":\"{name}\",\"bind\":{{{addresses}}},\"protocol\":\"{protocol}\",\"useTls\":true,\"tlsImplicit\":{(isImplicit ? "true" : "false")}}}";
    }

    private static void Line(StringBuilder text, string operation) => text.Append(operation).Append('\n');
}
