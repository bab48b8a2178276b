using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Tells a mail server's configuration from the other TOML of a project (packages, sites, proxies, runners) by the
/// settings in it. A file with errors is recognised by what could be read.
/// </summary>
internal static class StalwartSignature
{
    /// <summary>Whether <paramref name="document"/> sets what only this server knows.</summary>
    public static bool LooksLikeStalwart(SettingsDocument document)
    {
        string? hint = null;
        foreach (ref readonly var setting in document.InTextOrder)
        {
            var parts = new KeyParts(setting.Key);
            if (IsListenerSetting(setting.Key) || IsProof(in parts, setting.Value))
                return true;

            // Other programs have a "storage" or an "imap" too, but not two such families in one file.
            var family = HintFamily(in parts, setting.Value);
            if (family is null || family == hint)
                continue;
            if (hint is not null)
                return true;
            hint = family;
        }

        return false;
    }

    // In any case and with any id, which may hold dots or be missing: what is meant is a listener.
    private static bool IsListenerSetting(string key) =>
        SettingPath.IsBelow(key, Listener.Family, StringComparison.OrdinalIgnoreCase)
        && (SettingPath.EndsIn(key, "protocol", StringComparison.OrdinalIgnoreCase)
            || SettingPath.HasPartLike(key, "bind", Listener.Family.Length, StringComparison.OrdinalIgnoreCase)
            || SettingPath.HasPartLike(key, "tls.", Listener.Family.Length, StringComparison.OrdinalIgnoreCase)
            || SettingPath.HasPartLike(key, "proxy.", Listener.Family.Length, StringComparison.OrdinalIgnoreCase));

    private static bool IsProof(in KeyParts key, string value) => key.First switch
    {
        "server" => (key.Second == "http" && key.Third is "allowed-endpoint" or "permissive-cors" or "use-x-forwarded")
            || key.Second is "auto-ban" or "fail2ban" or "run-as" or "blocked-ip" or "allowed-ip",
        "http" => key.Third.Length == 0 && key.Second is "allowed-endpoint" or "permissive-cors" or "use-x-forwarded" || key.Second is "allowed-endpoint",
        "authentication" => key.Second is "fallback-admin" || (key.Second == "master" && key.Third is "user" or "secret"),
        "directory" => key.Third is "principals" || (key.Third == "type" && value is "internal" or "memory" or "ldap" or "sql" or "oidc" or "lmtp"),
        "storage" => key.Third.Length == 0 && key.Second is "fts",
        "session" => (key.Second == "rcpt" && key.Third is "relay" or "directory" or "max-recipients")
            || (key.Second == "auth" && key.Third is "mechanisms" or "directory" or "must-match-sender" or "require"),
        "lookup" => key.Second == "default" && key.Third is "hostname",
        "config" => key.Second is "local-keys",
        "spam-filter" or "webadmin" => key.Second.Length > 0,
        _ => false,
    };

    private static string? HintFamily(in KeyParts key, string value) => key.First switch
    {
        "server" when key.Second is "hostname" or "max-connections" or "proxy" or "socket" or "tls" or "security" => "server",
        "store" when key.Third == "type" && IsStoreType(value) => "store",
        "session" when IsSmtpStage(key.Second) && key.Third.Length > 0 => "session",
        "queue" when key.Second is "strategy" or "route" or "outbound" or "schedule" or "virtual" or "limiter" or "throttle" => "queue",
        "oauth" when key.Second is "client-registration" or "oidc" => "oauth",
        "lookup" when key.Second == "default" && key.Third is "hostname" or "domain" => "lookup",
        "storage" when key.Second is "data" or "blob" or "fts" or "lookup" or "in-memory" or "directory" or "encryption" or "full-text" or "undelete" => "storage",
        "directory" when key.Third is "store" or "lookup" or "cache" or "type" or "options" => "directory",
        "tracer" when key.Third is "type" or "level" or "ansi" or "enable" => "tracer",
        "certificate" when key.Third is "cert" or "private-key" or "default" => "certificate",
        "acme" when key.Third is "directory" or "challenge" or "contact" or "renew-before" or "provider" => "acme",
        "signature" when key.Third is "private-key" or "domain" or "selector" or "canonicalization" => "signature",
        "auth" when key.Second is "dkim" or "spf" or "arc" or "dmarc" or "iprev" => "auth",
        "report" when key.Second is "domain" or "submitter" or "analysis" or "dsn" or "dkim" or "spf" or "dmarc" or "tls" => "report",
        "remote" when key.Third is "protocol" or "address" => "remote",
        "sieve" when key.Second is "trusted" or "untrusted" => "sieve",
        "jmap" when key.Second is "protocol" or "push" or "rate-limit" or "email" or "mailbox" or "event-source" or "web-sockets" => "jmap",
        "imap" when key.Second is "auth" or "request" or "timeout" or "rate-limit" or "protocol" => "imap",
        "metrics" when key.Second is "prometheus" or "open-telemetry" => "metrics",
        "resolver" when key.Second is "type" or "public-suffix" or "custom" => "resolver",
        "cluster" when key.Second is "coordinator" or "node-id" => "cluster",
        "email" when key.Second is "folders" or "encryption" or "auto-expunge" => "email",
        "enterprise" when key.Second is "license-key" => "enterprise",
        _ => null,
    };

    private static bool IsSmtpStage(string name) =>
        name is "connect" or "ehlo" or "auth" or "mail" or "rcpt" or "data" or "extensions" or "milter" or "hook" or "mta-sts" or "throttle";

    private static bool IsStoreType(string value) => value is
        "rocksdb" or "sqlite" or "postgresql" or "mysql" or "foundationdb" or "s3" or "azure" or "fs" or "redis" or "elasticsearch"
        or "meilisearch" or "nats" or "kafka" or "zenoh" or "sql-read-replica" or "distributed-blob" or "sharded-in-memory" or "sharded-blob";

    /// <summary>The first four parts of a flat key; empty where the key is shorter.</summary>
    private readonly struct KeyParts
    {
        public KeyParts(string key)
        {
            var start = 0;
            First = Next(key, ref start);
            Second = Next(key, ref start);
            Third = Next(key, ref start);
            Fourth = Next(key, ref start);
        }

        public string First { get; }

        public string Second { get; }

        public string Third { get; }

        public string Fourth { get; }

        private static string Next(string key, ref int start)
        {
            if (start >= key.Length)
                return "";
            var end = SettingPath.EndOfPart(key, start);
            var part = SettingPath.Part(key, start, end);
            start = end + 1;
            return part;
        }
    }
}
