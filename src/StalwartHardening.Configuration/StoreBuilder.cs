using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A store for data (<c>store.ID.*</c>; documented in <c>storage/backends</c>).</summary>
public sealed partial class StoreBuilder : SettingsBuilder<StoreBuilder>
{
    internal StoreBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Keeps something in this store (<c>storage.data</c> …). If one role names no store, the server uses none.</summary>
    /// <param name="roles">What it keeps.</param>
    [Setting("/storage.{roles}", Value = "{scope:id}")]
    public partial StoreBuilder UseFor(StorageRoles roles);

    /// <summary>Where it is on disk (<c>path</c>): RocksDB, SQLite, files.</summary>
    /// <param name="path">The folder or file, on the mail server.</param>
    [Setting("path", Value = "{path}")]
    public partial StoreBuilder WithPath(string path);

    /// <summary>The machine it runs on (<c>host</c>, <c>port</c>): PostgreSQL, MySQL.</summary>
    /// <param name="host">The name or address.</param>
    /// <param name="port">The port.</param>
    [Setting("host", Value = "{host}")]
    [Setting("port", Value = "{port}")]
    public partial StoreBuilder WithHost(string host, int port);

    /// <summary>The address it answers at (<c>url</c>): Elasticsearch, Meilisearch.</summary>
    /// <param name="url">With <c>https://</c>.</param>
    [Setting("url", Value = "{url}")]
    public partial StoreBuilder WithUrl(string url);

    /// <summary>The addresses it answers at (<c>urls</c>): Redis.</summary>
    /// <param name="urls">With <c>rediss://</c>.</param>
    [Setting("urls", Value = "{urls}", Kind = SettingKind.List)]
    public partial StoreBuilder WithUrls(params string[] urls);

    /// <summary>The name of the database (<c>database</c>).</summary>
    /// <param name="database">The name.</param>
    [Setting("database", Value = "{database}")]
    public partial StoreBuilder WithDatabase(string database);

    /// <summary>Logs in (<c>user</c>, <c>password</c>).</summary>
    /// <param name="user">The name.</param>
    /// <param name="password">The password, not hashed.</param>
    [Setting("user", Value = "{user}")]
    [Setting("password", Value = "{password}")]
    public partial StoreBuilder WithLogin(string user, Secret password);

    /// <summary>Encrypts the connection (<c>tls.enable</c>, off by default): PostgreSQL, MySQL, NATS.</summary>
    /// <param name="allowInvalidCertificates">Whether any certificate is accepted, also an attacker's.</param>
    [Setting("tls.enable", Value = "true")]
    [Setting("tls.allow-invalid-certs", Value = "{allowInvalidCertificates}")]
    public partial StoreBuilder WithTls(bool allowInvalidCertificates = false);
}

/// <summary>The kinds of stores.</summary>
public enum StoreType
{
    /// <summary>RocksDB, on this machine.</summary>
    [SettingText("rocksdb")]
    RocksDb,

    /// <summary>SQLite, on this machine.</summary>
    [SettingText("sqlite")]
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    [SettingText("postgresql")]
    PostgreSql,

    /// <summary>MySQL or MariaDB.</summary>
    [SettingText("mysql")]
    MySql,

    /// <summary>FoundationDB.</summary>
    [SettingText("foundationdb")]
    FoundationDb,

    /// <summary>S3 and what speaks like it.</summary>
    [SettingText("s3")]
    S3,

    /// <summary>Azure Blob Storage.</summary>
    [SettingText("azure")]
    Azure,

    /// <summary>Files, on this machine.</summary>
    [SettingText("fs")]
    FileSystem,

    /// <summary>Redis and what speaks like it.</summary>
    [SettingText("redis")]
    Redis,

    /// <summary>Elasticsearch.</summary>
    [SettingText("elasticsearch")]
    Elasticsearch,

    /// <summary>Meilisearch. Since 0.15.0.</summary>
    [SettingText("meilisearch")]
    Meilisearch,
}

/// <summary>What stores are used for (<c>storage.*</c>).</summary>
[Flags]
public enum StorageRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Mailboxes' structure, settings, accounts.</summary>
    [SettingText("data")]
    Data = 1,

    /// <summary>Messages themselves.</summary>
    [SettingText("blob")]
    Blob = 2,

    /// <summary>Full-text search.</summary>
    [SettingText("fts")]
    FullText = 4,

    /// <summary>Short-lived values: limits, bans.</summary>
    [SettingText("lookup")]
    Lookup = 8,

    /// <summary>All of them.</summary>
    All = Data | Blob | FullText | Lookup,
}
