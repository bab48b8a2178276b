using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Finds the connections in the flat stream of servers up to 0.15 (<c>store/src/backend</c>, <c>directory/src/backend</c>,
/// <c>config/smtp/{session,queue}.rs</c>, <c>config/telemetry.rs</c>, 0.15.5).
/// </summary>
internal sealed class ConnectionReader
{
    private const string Mail = "mail, accounts and password hashes cross it";
    private const string Passwords = "the passwords of everybody who logs in cross it";

    private readonly SettingsDocument _document;
    private readonly ServerVersion _version;
    private readonly ServerFeatures _features;
    private readonly List<OutgoingConnection> _connections = [];

    private ConnectionReader(SettingsDocument document, ServerVersion version, ServerFeatures features)
    {
        _features = features;
        _document = document;
        _version = version;
    }

    public static IReadOnlyList<OutgoingConnection> Read(SettingsDocument document, ServerVersion version, ServerFeatures features, SettingFamilies families)
    {
        var reader = new ConnectionReader(document, version, features);
        if (families.Hold("store"))
            reader.ForEach("store", "type", reader.Store);
        if (families.Hold("directory"))
            reader.ForEach("directory", "type", reader.Directory);
        if (families.Hold("session"))
        {
            reader.ForEach("session.milter", "hostname", reader.Milter);
            reader.ForEach("session.hook", "url", reader.Hook);
        }

        if (families.Hold("webhook"))
            reader.ForEach("webhook", "url", reader.Webhook);
        if (version.IsAtLeast(13) && families.Hold("queue"))
            reader.ForEach("queue.route", "type", reader.Route);
        else if (!version.IsAtLeast(13) && families.Hold("remote"))
            reader.ForEach("remote", "address", reader.Remote);
        if (families.Hold("tracer"))
            reader.ForEach("tracer", "type", reader.Tracer);
        if (families.Hold("enterprise"))
            reader.ForEach("enterprise.ai", "url", reader.Model);
        if (families.Hold("http-lookup"))
            reader.ForEach("http-lookup", "url", reader.Download("List", "anybody who answers in its place decides what the list holds"));
        if (families.Hold("acme"))
            reader.ForEach("acme", "directory", reader.Download("ACME provider", "anybody who answers in its place decides which certificates the server gets"));
        if (families.Hold("metrics"))
            reader.Single("metrics.open-telemetry.endpoint", "Metrics", "figures and the headers that authenticate them cross it");
        if (families.Hold("spam-filter"))
            reader.SingleDownload("spam-filter.resource", "Spam filter rules", "anybody who answers in its place decides what is spam");
        if (families.Hold("webadmin"))
            reader.SingleDownload("webadmin.resource", "Web administration", "anybody who answers in its place writes the pages that administrators log in to");
        if (families.Hold("asn"))
        {
            reader.SingleDownload("asn.urls.asn", "Network list", "anybody who answers in its place decides which network an address belongs to");
            reader.SingleDownload("asn.urls.geo", "Country list", "anybody who answers in its place decides which country an address belongs to");
        }

        return reader._connections;
    }

    // Every key that begins and ends so is one thing; what is between is its name.
    private void ForEach(string family, string name, Action<string, string, Setting> read)
    {
        foreach (ref readonly var setting in _document.Below(family))
        {
            if (SettingPath.OwnerOf(setting.Key, name) is { } key && SettingPath.IsBelow(key, family))
                read(key, SettingPath.Relative(key, family), setting);
        }
    }

    private void Store(string prefix, string id, Setting type)
    {
        var what = $"Store '{Display.Text(id)}'";
        switch (type.Value)
        {
            case "postgresql" or "mysql":
                AddHost(what, Mail, prefix, "host", prefix + ".tls.enable", fallback: false, prefix + ".tls.allow-invalid-certs");
                break;
            case "nats":
                AddHost(what, "what the nodes of the cluster tell each other crosses it", prefix, Has(prefix + ".address") ? "address" : "urls", prefix + ".tls.enable", fallback: false, null);
                break;
            case "redis":
                foreach (var url in Values(prefix + ".urls"))
                    AddUrl(what, "sessions, counters and queued mail cross it", url, null, "redis", "rediss");
                break;
            case "elasticsearch" or "meilisearch":
                foreach (var url in Values(prefix + ".url"))
                    AddUrl(what, "the text of every mail crosses it", url, prefix + ".tls.allow-invalid-certs", "http", "https");
                break;
            case "s3" or "azure":
                foreach (var url in Values(prefix + ".endpoint"))
                    AddUrl(what, "every mail crosses it", url, null, "http", "https");
                break;
            case "kafka":
                foreach (var broker in Values(prefix + ".brokers"))
                    Add(new OutgoingConnection(what, "what the nodes of the cluster tell each other crosses it", broker) { Reach = HostReaches.Of(Parse(broker).Host), Address = broker.Value, IsEncrypted = false });
                break;
        }
    }

    private void Directory(string prefix, string id, Setting type)
    {
        var what = $"Directory '{Display.Text(id)}'";
        switch (type.Value)
        {
            case "ldap":
                foreach (var url in Values(prefix + (_version.IsAtLeast(7) ? ".url" : ".address")))
                    AddLdap(what, prefix, url);
                break;
            case "smtp" or "lmtp":
                AddHost(what, Passwords, prefix, "host", prefix + ".tls.enable", fallback: false, prefix + ".tls.allow-invalid-certs");
                break;
            case "imap":
                // Without tls.enable it still asks for STARTTLS (imap/pool.rs).
                AddHost(what, Passwords, prefix, "host", null, fallback: false, prefix + ".tls.allow-invalid-certs");
                break;
            case "oidc":
                foreach (var url in Values(prefix + ".endpoint.url"))
                    AddUrl(what, "the tokens of everybody who logs in cross it, and anybody who answers in its place decides who they are", url, null, "http", "https");
                break;
        }
    }

    private void AddLdap(string what, string prefix, Setting url)
    {
        var address = Parse(url);
        var startTls = Switch(prefix + ".tls.enable", false);
        bool? isEncrypted = address.Scheme == "ldaps" ? true : address.Scheme == "ldap" ? startTls.Value : null;
        Add(new OutgoingConnection(what, Passwords, url)
        {
            Address = SecretKeys.MaskUserInformation(url.Value),
            Reach = address.Scheme == "ldapi" ? HostReach.ThisMachine : HostReaches.Of(address.Host),
            IsEncrypted = isEncrypted,
            Encryption = new ConnectionSwitch(prefix + ".tls.enable", "true", startTls.Setting),
            AnyCertificate = isEncrypted == true ? AnyCertificate(prefix + ".tls.allow-invalid-certs") : null,
        });
    }

    // A milter or hook that nothing switches on is never called.
    private void Milter(string prefix, string id, Setting host)
    {
        if (IsSwitchedOn(prefix))
            AddHost($"Milter '{Display.Text(id)}'", "every mail crosses it", prefix, "hostname", prefix + ".tls", fallback: false, prefix + ".allow-invalid-certs");
    }

    private void Hook(string prefix, string id, Setting url)
    {
        if (IsSwitchedOn(prefix))
            AddUrl($"Hook '{Display.Text(id)}'", "every mail crosses it, and anybody who answers in its place decides about it", url, prefix + ".allow-invalid-certs", "http", "https");
    }

    private bool IsSwitchedOn(string prefix) =>
        (_document.TryGet(prefix + ".enable", out var single) && single.Value != "false") || _document.Below(prefix + ".enable").Count > 0;

    private void Webhook(string prefix, string id, Setting url)
    {
        if (Values(prefix + ".events").Count > 0 && Switch(prefix + ".enable", true).Value != false)
            AddUrl($"Webhook '{Display.Text(id)}'", "addresses, account names and what happens to them cross it", url, prefix + ".allow-invalid-certs", "http", "https");
    }

    private void Route(string prefix, string id, Setting type)
    {
        if (type.Value == "relay")
            AddRelay($"Route '{Display.Text(id)}'", prefix);
    }

    private void Remote(string prefix, string id, Setting address) => AddRelay($"Remote server '{Display.Text(id)}'", prefix);

    // Without implicit TLS it asks for STARTTLS as the strategy says, so that only certificates are certain.
    private void AddRelay(string what, string prefix) =>
        AddHost(what, "mail crosses it", prefix, "address", null, fallback: true, prefix + ".tls.allow-invalid-certs");

    private void Tracer(string prefix, string id, Setting type)
    {
        if (type.Value is "otel" or "open-telemetry" && Switch(prefix + ".enable", true).Value == true && _document.TryGet(prefix + ".endpoint", out var url))
            AddUrl($"Tracer '{Display.Text(id)}'", "logs and the headers that authenticate them cross it", url, null, "http", "https");
    }

    private void Model(string prefix, string id, Setting url) =>
        AddUrl($"Model '{Display.Text(id)}'", "the text of mail crosses it", url, prefix + ".allow-invalid-certs", "http", "https");

    private Action<string, string, Setting> Download(string what, string consequence) => (_, id, url) => AddDownload($"{what} '{Display.Text(id)}'", consequence, url);

    private void Single(string key, string what, string carries)
    {
        if (_document.TryGet(key, out var url))
            AddUrl(what, carries, url, null, "http", "https");
    }

    private void SingleDownload(string key, string what, string consequence)
    {
        foreach (var url in Values(key))
            AddDownload(what, consequence, url);
    }

    private void AddDownload(string what, string consequence, Setting url)
    {
        if (Parse(url) is { Scheme: "http" } address)
            Add(new OutgoingConnection(what, consequence, url) { Address = SecretKeys.MaskUserInformation(url.Value), Reach = HostReaches.Of(address.Host), IsEncrypted = false, IsDownload = true, Encryption = new ConnectionSwitch(url.Key, WithScheme(url, "http", "https"), url) });
    }

    private void AddHost(string what, string carries, string prefix, string hostName, string? tlsKey, bool fallback, string? anyCertificateKey)
    {
        foreach (var host in Values(SettingPath.Join(prefix, hostName)))
        {
            var address = Parse(host);
            var tls = tlsKey is null ? default : Switch(tlsKey, fallback);
            bool? isEncrypted = tlsKey is null ? null : address.Scheme is "tls" ? true : tls.Value;
            Add(new OutgoingConnection(what, carries, host)
            {
                Address = SecretKeys.MaskUserInformation(host.Value),
                Reach = HostReaches.Of(address.Host),
                IsEncrypted = isEncrypted,
                Encryption = tlsKey is null ? null : new ConnectionSwitch(tlsKey, "true", tls.Setting),
                AnyCertificate = anyCertificateKey is null || isEncrypted == false ? null : AnyCertificate(anyCertificateKey),
            });
        }
    }

    private void AddUrl(string what, string carries, Setting url, string? anyCertificateKey, string plain, string encrypted)
    {
        var address = Parse(url);
        bool? isEncrypted = address.Scheme == plain ? false : address.Scheme == encrypted ? true : null;
        Add(new OutgoingConnection(what, carries, url)
        {
            Address = SecretKeys.MaskUserInformation(url.Value),
            Reach = HostReaches.Of(address.Host),
            IsEncrypted = isEncrypted,
            Encryption = isEncrypted == false ? new ConnectionSwitch(url.Key, WithScheme(url, plain, encrypted), url) : null,
            AnyCertificate = isEncrypted != true ? null
                : url.Value.EndsWith("#insecure", StringComparison.Ordinal) ? new ConnectionSwitch(url.Key, url.Value.Substring(0, url.Value.Length - "#insecure".Length), url) { Shown = "the same address without '#insecure'" }
                : anyCertificateKey is null ? null : AnyCertificate(anyCertificateKey),
        });
    }

    private static string WithScheme(in Setting url, string plain, string encrypted) => encrypted + url.Value.Substring(plain.Length);

    private ConnectionSwitch? AnyCertificate(string key) =>
        Switch(key, false) is { Value: true, Setting: { } setting } ? new ConnectionSwitch(key, "false", setting) : null;

    private BooleanSetting Switch(string key, bool fallback) => BooleanSetting.Read(_document, key, fallback, _features, MacroStage.Everything);

    private ServiceAddress Parse(in Setting setting) => ServiceAddress.Parse(Macros.MaskUnknown(setting.Value, _features, MacroStage.Everything));

    private bool Has(string key) => Values(key).Count > 0;

    private List<Setting> Values(string key)
    {
        var values = new List<Setting>();
        if (_document.TryGet(key, out var single))
            values.Add(single);
        foreach (ref readonly var item in _document.Below(key))
            values.Add(item);
        return values;
    }

    private void Add(OutgoingConnection connection) => _connections.Add(connection);
}
