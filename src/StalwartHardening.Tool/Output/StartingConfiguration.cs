using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;

namespace StalwartHardening.Tool.Output;

/// <summary>A configuration with nothing open that need not be.</summary>
internal sealed class StartingConfiguration
{
    // Both are advised against unless somebody needs them, and somebody has just said so.
    private const string Wanted = " # swh:ignore SWH1008 -- asked for when this file was written";

    public required string Hostname { get; init; }

    public required IReadOnlySet<string> Protocols { get; init; }

    public required string Store { get; init; }

    public required string Path { get; init; }

    public string? AcmeContact { get; init; }

    public bool IsForSetUp { get; init; }

    /// <summary>The text, with a line break at its end as the server wants it.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# Mail for other servers on 25; everything for people begins with TLS.\n\n");
        text.Append("[server]\nhostname = \"").Append(Hostname).Append("\"\n\n");
        Listener(text, "smtp", "[::]:25", "smtp", isImplicit: false);
        Listener(text, "submissions", "[::]:465", "smtp", isImplicit: true);
        if (Protocols.Contains("imap"))
            Listener(text, "imaptls", "[::]:993", "imap", isImplicit: true);
        if (Protocols.Contains("pop3"))
            Listener(text, "pop3s", "[::]:995", "pop3", isImplicit: true, Wanted);
        if (Protocols.Contains("sieve"))
            Listener(text, "sieve", "[::]:4190", "managesieve", isImplicit: true, Wanted);
        if (Protocols.Contains("http"))
        {
            Listener(text, "https", "[::]:443", "http", isImplicit: true);
            text.Append("[http]\n")
                .Append("# What mail clients and calendars ask for. The management API and the web administration answer this machine only.\n")
                .Append("allowed-endpoint = \"").Append(SettingsEndpoints.AllowList).Append("\"\n")
                .Append("hsts = true\n\n");
        }

        text.Append("[store.data]\ntype = \"").Append(Store).Append("\"\npath = \"").Append(Path).Append(Store == "sqlite" ? "/stalwart.sqlite3" : "").Append("\"\n");
        if (Store == "rocksdb")
            text.Append("compression = \"lz4\"\n");
        text.Append("\n[storage]\ndata = \"data\"\nblob = \"data\"\nfts = \"data\"\nlookup = \"data\"\ndirectory = \"internal\"\n\n");
        text.Append("[directory.internal]\ntype = \"internal\"\nstore = \"data\"\n\n");
        if (AcmeContact is not null)
        {
            text.Append("[acme.letsencrypt]\ndirectory = \"https://acme-v02.api.letsencrypt.org/directory\"\nchallenge = \"tls-alpn-01\"\ncontact = [\"mailto:").Append(AcmeContact)
                .Append("\"]\ndomains = [\"").Append(Hostname).Append("\"]\ndefault = true\n\n");
        }

        text.Append("[tracer.log]\ntype = \"stdout\"\nlevel = \"info\"\nansi = false\nenable = true\n");
        if (IsForSetUp)
        {
            text.Append("\n# For the first account only: remove these lines as soon as an administrator exists in the directory.\n")
                .Append("[authentication.fallback-admin]\nuser = \"setup\"\nsecret = \"%{env:STALWART_SETUP_SECRET}%\"\n");
        }

        return text.ToString();
    }

    private static void Listener(StringBuilder text, string id, string bind, string protocol, bool isImplicit, string remark = "")
    {
        text.Append("[server.listener.").Append(id).Append("]\nbind = [\"").Append(bind).Append("\"]").Append(remark).Append("\nprotocol = \"").Append(protocol).Append("\"\n");
        if (isImplicit)
            text.Append("tls.implicit = true\n");
        text.Append('\n');
    }
}
