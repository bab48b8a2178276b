using StalwartHardening.Plans;
using StalwartHardening.Server.Connections;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Finds the connections of a plan's server: stores, directories, filters, routes and what it downloads
/// (<c>store/src/backend</c>, <c>directory/src/backend</c>, <c>registry/src/schema/structs.rs</c>, 0.16.18).
/// </summary>
internal sealed class PlanConnections
{
    private const string Mail = "mail, accounts and password hashes cross it";
    private const string Passwords = "the passwords of everybody who logs in cross it";
    private const string Nodes = "what the nodes of the cluster tell each other crosses it";

    // What may hold a store, and what the store is for.
    private static readonly (string Type, string What)[] Stores =
    [
        ("BlobStore", "Blob store"), ("Coordinator", "Coordinator"), ("DataStore", "Data store"), ("InMemoryStore", "In-memory store"),
        ("MetricsStore", "Metrics store"), ("SearchStore", "Search store"), ("StoreLookup", "Lookup store"), ("TracingStore", "Tracing store"),
    ];

    private readonly PlanServer _server;
    private readonly List<OutgoingConnection> _connections = [];

    private PlanConnections(PlanServer server) => _server = server;

    public static IReadOnlyList<OutgoingConnection> Read(PlanServer server)
    {
        var reader = new PlanConnections(server);
        foreach (var (type, what) in Stores)
            reader.ReadStores(type, what);
        reader.ReadStores("Directory", "Directory");
        foreach (var directory in PlanElement.Of(server, "Directory"))
            reader.ReadDirectory(directory);
        foreach (var milter in PlanElement.Of(server, "MtaMilter"))
        {
            if (!IsOff(milter.Constant("enable")))
                reader.AddHost(milter, $"Milter '{milter.Name}'", "every mail crosses it", "hostname");
        }

        foreach (var hook in PlanElement.Of(server, "MtaHook"))
        {
            if (!IsOff(hook.Constant("enable")))
                reader.AddUrl(hook, "Hook", "every mail crosses it, and anybody who answers in its place decides about it", "url");
        }

        foreach (var hook in PlanElement.Of(server, "WebHook"))
        {
            if (hook.Switch("enable", true).Value == true)
                reader.AddUrl(hook, "Webhook", "addresses, account names and what happens to them cross it", "url");
        }

        foreach (var route in PlanElement.Of(server, "MtaRoute"))
            reader.ReadRoute(route);
        foreach (var tracer in PlanElement.Of(server, "Tracer"))
        {
            if (tracer.Switch("enable", true).Value == true)
                reader.AddUrl(tracer, "Tracer", "logs and the headers that authenticate them cross it", "endpoint");
        }

        foreach (var metrics in PlanElement.Of(server, "Metrics"))
            reader.AddUrl(metrics with { Prefix = metrics.Prefix + "openTelemetry/" }, "Metrics", "figures and the headers that authenticate them cross it", "endpoint");
        foreach (var model in PlanElement.Of(server, "AiModel"))
            reader.AddUrl(model, $"Model '{model.Name}'", "the text of mail crosses it", "url");
        reader.ReadDownloads();
        return reader._connections;
    }

    private static bool IsOff(Setting? constant) => constant?.Value.Trim() == "false";

    // A store may be in another one: shards, replicas, the store of a look-up.
    private void ReadStores(string type, string what)
    {
        foreach (var element in PlanElement.Of(_server, type))
        {
            var name = type is "StoreLookup" or "Directory" ? $"{what} '{element.Name}'" : what;
            foreach (ref readonly var setting in _server.Document.StartingWith(element.Prefix))
            {
                var key = setting.Key;
                if (!PlanKey.EndsIn(key, "@type"))
                    continue;
                var own = element with { Prefix = PlanKey.PrefixOf(PlanKey.Parent(key)) };
                switch (setting.Value)
                {
                    case "PostgreSql" or "MySql":
                        AddHost(own, name, Mail, "host");
                        ReadReplicas(own, name);
                        break;
                    case "ElasticSearch" or "Meilisearch":
                        AddUrl(own, name, "the text of every mail crosses it", "url");
                        break;
                    case "Redis":
                        AddUrl(own, name, type == "Coordinator" ? Nodes : "sessions, counters and queued mail cross it", "url", "redis", "rediss");
                        break;
                    case "RedisCluster" or "RedisSentinel":
                        AddMembers(own, "urls/", (url, address) => Url(name, type == "Coordinator" ? Nodes : "sessions, counters and queued mail cross it", url, address, "redis", "rediss"));
                        break;
                    case "S3":
                        AddUrl(own with { Prefix = own.Prefix + "region/" }, name, "every mail crosses it", "customEndpoint", anyCertificateKey: own.Prefix + "allowInvalidCerts");
                        break;
                    case "Nats":
                        AddMembers(own, "addresses/", (address, text) => Host(name, Nodes, address, text, own.Prefix + "useTls", own.Switch("useTls").Value, null));
                        break;
                    case "Kafka":
                        AddMembers(own, "brokers/", (address, text) => Host(name, Nodes, address, text, null, false, null));
                        break;
                }
            }
        }
    }

    // Replicas have addresses of their own, and the switches of the store that they belong to.
    private void ReadReplicas(PlanElement store, string name)
    {
        foreach (ref readonly var host in _server.Document.StartingWith(store.Prefix + "readReplicas/"))
        {
            if (PlanKey.EndsIn(host.Key, "host") && PlanElement.Written(_server, host.Key) is { } written)
                Host(name, Mail, written, written.Value, store.Prefix + "useTls", store.Switch("useTls").Value, store.Prefix + "allowInvalidCerts");
        }
    }

    private void ReadDirectory(PlanElement directory)
    {
        if (directory.VariantOf() == "Oidc")
            AddUrl(directory, $"Directory '{directory.Name}'", "the tokens of everybody who logs in cross it, and anybody who answers in its place decides who they are", "issuerUrl");
        if (directory.VariantOf() != "Ldap" || directory.Written("url") is not { } url)
            return;
        var address = ServiceAddress.Parse(url.Value);
        var startTls = directory.Switch("useTls");
        bool? isEncrypted = address.Scheme == "ldaps" ? true : address.Scheme == "ldap" ? startTls.Value : null;
        _connections.Add(new OutgoingConnection($"Directory '{directory.Name}'", Passwords, url)
        {
            Address = SecretKeys.MaskUserInformation(url.Value),
            Reach = address.Scheme == "ldapi" ? HostReach.ThisMachine : HostReaches.Of(address.Host),
            IsEncrypted = isEncrypted,
            Encryption = new ConnectionSwitch(directory.Prefix + "useTls", "true", PlanElement.Written(_server, directory.Prefix + "useTls")),
            AnyCertificate = isEncrypted == true ? AnyCertificate(directory.Prefix + "allowInvalidCerts") : null,
        });
    }

    // Without implicit TLS it asks for STARTTLS as the strategy says, so that only certificates are certain.
    private void ReadRoute(PlanElement route)
    {
        if (route.VariantOf() == "Relay" && route.Written("address") is { } address)
            Host($"Route '{route.Name}'", "mail crosses it", address, address.Value, null, null, route.Prefix + "allowInvalidCerts");
    }

    private void ReadDownloads()
    {
        foreach (var list in PlanElement.Of(_server, "HttpLookup"))
        {
            if (list.Switch("enable", true).Value == true)
                AddDownload(list, $"List '{list.Name}'", "anybody who answers in its place decides what the list holds", "url");
        }

        foreach (var provider in PlanElement.Of(_server, "AcmeProvider"))
            AddDownload(provider, "ACME provider", "anybody who answers in its place decides which certificates the server gets", "directory");
        foreach (var spam in PlanElement.Of(_server, "SpamSettings"))
            AddDownload(spam, "Spam filter rules", "anybody who answers in its place decides what is spam", "spamFilterRulesUrl");
        foreach (var application in PlanElement.Of(_server, "Application"))
        {
            if (application.Switch("enabled", true).Value == true)
                AddDownload(application, $"Application '{application.Name}'", "anybody who answers in its place writes the pages that people log in to", "resourceUrl");
        }

        foreach (var networks in PlanElement.Of(_server, "Asn"))
        {
            AddMembers(networks, "asnUrls/", (url, text) => Download("Network list", "anybody who answers in its place decides which network an address belongs to", url, text));
            AddMembers(networks, "geoUrls/", (url, text) => Download("Country list", "anybody who answers in its place decides which country an address belongs to", url, text));
        }
    }

    private void AddHost(PlanElement element, string what, string carries, string field)
    {
        if (element.Written(field) is { } host)
            Host(what, carries, host, host.Value, element.Prefix + "useTls", element.Switch("useTls").Value, element.Prefix + "allowInvalidCerts");
    }

    private void Host(string what, string carries, Setting place, string text, string? tlsKey, bool? isEncrypted, string? anyCertificateKey) =>
        _connections.Add(new OutgoingConnection(what, carries, place)
        {
            Address = SecretKeys.MaskUserInformation(text),
            Reach = HostReaches.Of(ServiceAddress.Parse(text).Host),
            IsEncrypted = isEncrypted,
            Encryption = tlsKey is null ? null : new ConnectionSwitch(tlsKey, "true", PlanElement.Written(_server, tlsKey)),
            AnyCertificate = anyCertificateKey is null || isEncrypted == false ? null : AnyCertificate(anyCertificateKey),
        });

    private void AddUrl(PlanElement element, string what, string carries, string field, string plain = "http", string encrypted = "https", string? anyCertificateKey = null)
    {
        if (element.Written(field) is { } url)
            Url(what, carries, url, url.Value, plain, encrypted, anyCertificateKey ?? element.Prefix + "allowInvalidCerts");
    }

    private void Url(string what, string carries, Setting url, string text, string plain, string encrypted, string? anyCertificateKey = null)
    {
        var address = ServiceAddress.Parse(text);
        bool? isEncrypted = address.Scheme == plain ? false : address.Scheme == encrypted ? true : null;
        _connections.Add(new OutgoingConnection(what, carries, url)
        {
            Address = SecretKeys.MaskUserInformation(text),
            Reach = HostReaches.Of(address.Host),
            IsEncrypted = isEncrypted,
            IsByScheme = true,

            // A member of a set is its own name: nothing can be set to another address.
            Encryption = isEncrypted == false && url.Value == text ? new ConnectionSwitch(url.Key, encrypted + text.Substring(plain.Length), url) : null,
            AnyCertificate = isEncrypted == true && anyCertificateKey is not null ? AnyCertificate(anyCertificateKey) : null,
        });
    }

    private void AddDownload(PlanElement element, string what, string consequence, string field)
    {
        if (element.Written(field) is { } url)
            Download(what, consequence, url, url.Value);
    }

    private void Download(string what, string consequence, Setting url, string text)
    {
        if (ServiceAddress.Parse(text) is not { Scheme: "http" } address)
            return;
        _connections.Add(new OutgoingConnection(what, consequence, url)
        {
            Address = SecretKeys.MaskUserInformation(text),
            Reach = HostReaches.Of(address.Host),
            IsEncrypted = false,
            IsByScheme = true,
            IsDownload = true,
            Encryption = url.Value == text ? new ConnectionSwitch(url.Key, "https" + text.Substring("http".Length), url) : null,
        });
    }

    // A member is in its key, with the password that may be in it: the set speaks for it.
    private void AddMembers(PlanElement element, string field, Action<Setting, string> add)
    {
        foreach (ref readonly var member in _server.Document.StartingWith(element.Prefix + field))
        {
            if (PlanElement.Written(_server, member.Key) is { } written && written.Value == "true")
                add(written with { Key = element.Prefix + PlanKey.Parent(field) }, PlanKey.Unescape(PlanKey.Relative(member.Key, element.Prefix + field)));
        }
    }

    private ConnectionSwitch? AnyCertificate(string key) =>
        PlanElement.Written(_server, key) is { Value: "true" } setting ? new ConnectionSwitch(key, "false", setting) : null;
}
