using System.Net;
using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>
/// A mail server while it is written. Begin with <see cref="StalwartServer.CreateBuilder(string)"/>, end with <see cref="Build"/>.
/// The settings have the names of servers up to 0.15, the last that read TOML; for later ones the same server is written as a plan.
/// </summary>
/// <example>
/// <code>
/// var server = StalwartServer.CreateBuilder("mail.example.org");
/// server.AddListener("submissions", MailProtocol.Smtp).Bind("[::]:465").WithImplicitTls();
/// server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls();
/// var store = server.AddStore("rocksdb", StoreType.RocksDb).WithPath("/var/lib/stalwart").UseFor(StorageRoles.All);
/// server.AddInternalDirectory("internal", store).UseForLogin();
/// server.Build().WriteToml("config.toml");
/// </code>
/// </example>
public sealed partial class StalwartServerBuilder : SettingsBuilder<StalwartServerBuilder>
{
    internal StalwartServerBuilder(SettingsSheet sheet)
        : base(sheet, "")
    {
    }

    /// <summary>HTTP: who may ask for what, headers, limits (<c>http.*</c>).</summary>
    [SettingScope("http")]
    public partial HttpBuilder Http { get; }

    /// <summary>Log-in over SMTP, IMAP and POP3, bans.</summary>
    [SettingScope("")]
    public partial AuthenticationBuilder Authentication { get; }

    /// <summary>What SMTP clients may do (<c>session.*</c>).</summary>
    [SettingScope("session")]
    public partial SmtpBuilder Smtp { get; }

    /// <summary>Adds a listener (<c>server.listener.ID</c>; documented in <c>server/listener</c>). It needs <see cref="ListenerBuilder.Bind(string[])"/> too.</summary>
    /// <param name="id">Its name; also what <c>listener</c> is in expressions.</param>
    /// <param name="protocol">What it speaks.</param>
    [SettingScope("server.listener.{id}")]
    [Setting("protocol", Value = "{protocol}")]
    public partial ListenerBuilder AddListener(string id, MailProtocol protocol);

    /// <summary>Adds a listener and sets it up in place.</summary>
    /// <param name="id">Its name; also what <c>listener</c> is in expressions.</param>
    /// <param name="protocol">What it speaks.</param>
    /// <param name="configure">Sets it up.</param>
    [SettingScope("server.listener.{id}")]
    [Setting("protocol", Value = "{protocol}")]
    public partial ListenerBuilder AddListener(string id, MailProtocol protocol, [Configures] Action<ListenerBuilder> configure);

    /// <summary>
    /// Adds the administrator that exists only in the configuration (<c>authentication.fallback-admin</c>): every permission, on every
    /// protocol, also when the directory is down. Meant for setting a server up; remove it afterwards (SWH3001).
    /// </summary>
    /// <param name="user">The login name.</param>
    /// <param name="secret">The password.</param>
    [Setting("authentication.fallback-admin.user", Value = "{user}")]
    [Setting("authentication.fallback-admin.secret", Value = "{secret}")]
    public partial StalwartServerBuilder AddFallbackAdministrator(string user, Secret secret);

    /// <summary>
    /// Adds a user whose password opens every account (<c>authentication.master</c>): <c>john%master</c> logs in as john. Since 0.8.1.
    /// </summary>
    /// <param name="user">The name after the percent sign.</param>
    /// <param name="secret">The password.</param>
    [Setting("authentication.master.user", Value = "{user}")]
    [Setting("authentication.master.secret", Value = "{secret}")]
    public partial StalwartServerBuilder AddMasterUser(string user, Secret secret);

    /// <summary>
    /// Adds an administrator of the internal directory: every permission, but none of the mail services, unless
    /// <see cref="AccountBuilder.AllowServices"/> gives them. Written as JSON for the management API, see <see cref="StalwartServer.Principals"/>.
    /// </summary>
    /// <param name="name">The login name.</param>
    [SettingScope("principal.{name}")]
    [Setting("name", Value = "{name}")]
    [Setting("type", Value = "individual")]
    [Setting("roles", Value = "admin", Kind = SettingKind.List)]
    [Setting("mailServices", Value = "listed")]
    public partial AccountBuilder AddAdministrator(string name);

    /// <summary>Adds an ordinary account of the internal directory, which may use all mail services unless <see cref="AccountBuilder.AllowServices"/> names some.</summary>
    /// <param name="name">The login name.</param>
    [SettingScope("principal.{name}")]
    [Setting("name", Value = "{name}")]
    [Setting("type", Value = "individual")]
    [Setting("roles", Value = "user", Kind = SettingKind.List)]
    public partial AccountBuilder AddAccount(string name);

    /// <summary>Adds a role of the internal directory: permissions that accounts get together (<see cref="AccountBuilder.InRole(string[])"/>).</summary>
    /// <param name="name">The role's name.</param>
    [SettingScope("principal.{name}")]
    [Setting("name", Value = "{name}")]
    [Setting("type", Value = "role")]
    public partial RoleBuilder AddRole(string name);

    /// <summary>Adds a directory whose accounts are written in the configuration. Fit for tests: an administrator in it has every permission on every protocol.</summary>
    /// <param name="id">Its name.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "memory")]
    public partial MemoryDirectoryBuilder AddMemoryDirectory(string id);

    /// <summary>Adds the directory whose accounts are in one of the server's stores, the usual one.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="store">The name of the store.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "internal")]
    [Setting("store", Value = "{store}")]
    public partial DirectoryBuilder AddInternalDirectory(string id, string store);

    /// <summary>Adds the directory whose accounts are in one of the server's stores, the usual one.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="store">The store.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "internal")]
    [Setting("store", Value = "{store}")]
    public partial DirectoryBuilder AddInternalDirectory(string id, StoreBuilder store);

    /// <summary>Adds an LDAP directory (documented in <c>auth/backend/ldap</c>).</summary>
    /// <param name="id">Its name.</param>
    /// <param name="url">Where it is: <c>ldaps://ldap.example.org</c>. With <c>ldap://</c> switch StartTLS on.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "ldap")]
    [Setting("url", Value = "{url}")]
    public partial LdapDirectoryBuilder AddLdapDirectory(string id, string url);

    /// <summary>Adds a directory in an SQL database (documented in <c>auth/backend/sql</c>).</summary>
    /// <param name="id">Its name.</param>
    /// <param name="store">The name of the store with the database.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "sql")]
    [Setting("store", Value = "{store}")]
    public partial SqlDirectoryBuilder AddSqlDirectory(string id, string store);

    /// <summary>Adds a directory in an SQL database (documented in <c>auth/backend/sql</c>).</summary>
    /// <param name="id">Its name.</param>
    /// <param name="store">The store with the database.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "sql")]
    [Setting("store", Value = "{store}")]
    public partial SqlDirectoryBuilder AddSqlDirectory(string id, StoreBuilder store);

    /// <summary>Adds a directory that asks an OpenID Connect provider (documented in <c>auth/backend/oidc</c>). Since 0.11.5 in all editions.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="url">The provider's endpoint, with <c>https://</c>.</param>
    /// <param name="method">How tokens are checked.</param>
    [SettingScope("directory.{id}")]
    [Setting("type", Value = "oidc")]
    [Setting("endpoint.url", Value = "{url}")]
    [Setting("endpoint.method", Value = "{method}")]
    public partial OidcDirectoryBuilder AddOidcDirectory(string id, string url, OidcMethod method);

    /// <summary>Adds a store for data (documented in <c>storage/backends</c>).</summary>
    /// <param name="id">Its name.</param>
    /// <param name="type">What kind of store.</param>
    [SettingScope("store.{id}")]
    [Setting("type", Value = "{type}")]
    public partial StoreBuilder AddStore(string id, StoreType type);

    /// <summary>Adds a certificate with its key, both PEM (documented in <c>server/tls/certificates</c>). Without any, the server makes one that nobody trusts.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="certificatePath">The file with the certificate chain, on the mail server.</param>
    /// <param name="privateKeyPath">The file with the key, on the mail server.</param>
    [SettingScope("certificate.{id}")]
    [Setting("cert", Value = "%{file:{certificatePath}}%")]
    [Setting("private-key", Value = "%{file:{privateKeyPath}}%")]
    public partial CertificateBuilder AddCertificate(string id, string certificatePath, string privateKeyPath);

    /// <summary>Has certificates made by an ACME provider (documented in <c>server/tls/acme</c>).</summary>
    /// <param name="id">Its name.</param>
    /// <param name="contact">An address at which the provider reaches you; the server refuses a provider without.</param>
    /// <param name="directory">The provider's directory; Let's Encrypt by default.</param>
    [SettingScope("acme.{id}")]
    [Setting("directory", Value = "{directory}")]
    [Setting("contact", Value = "{contact}", Kind = SettingKind.List)]
    public partial AcmeBuilder AddAcmeProvider(string id, string contact, string directory = AcmeBuilder.LetsEncrypt);

    /// <summary>Adds a record of what happens (documented in <c>telemetry/tracing</c>).</summary>
    /// <param name="id">Its name.</param>
    /// <param name="type">Where it is written to.</param>
    /// <param name="level">How much of it. <see cref="TracerLevel.Trace"/> records passwords.</param>
    [SettingScope("tracer.{id}")]
    [Setting("type", Value = "{type}")]
    [Setting("level", Value = "{level}")]
    public partial TracerBuilder AddTracer(string id, TracerType type, TracerLevel level = TracerLevel.Info);

    /// <summary>Networks whose reverse proxies tell the client's address by the PROXY protocol (<c>server.proxy.trusted-networks</c>). A machine in one of them may claim any address.</summary>
    /// <param name="networks">Addresses or networks, <c>10.0.0.0/8</c>; prefixes from 8 on.</param>
    [Setting("server.proxy.trusted-networks", Value = "{networks}", Kind = SettingKind.List)]
    public partial StalwartServerBuilder TrustProxies(params string[] networks);

#if NET8_0_OR_GREATER
    /// <summary>Networks whose reverse proxies tell the client's address by the PROXY protocol (<c>server.proxy.trusted-networks</c>). A machine in one of them may claim any address.</summary>
    /// <param name="network">A network.</param>
    /// <param name="others">More of them.</param>
    [Setting("server.proxy.trusted-networks", Value = "{network}", Kind = SettingKind.List)]
    [Setting("server.proxy.trusted-networks", Value = "{others}", Kind = SettingKind.List)]
    public partial StalwartServerBuilder TrustProxies(IPNetwork network, params IPNetwork[] others);
#endif

    /// <summary>Networks that are never banned (<c>server.allowed-ip</c>).</summary>
    /// <param name="networks">Addresses or networks; prefixes from 8 on.</param>
    [Setting("server.allowed-ip", Value = "{networks}", Kind = SettingKind.Set)]
    public partial StalwartServerBuilder NeverBan(params string[] networks);

#if NET8_0_OR_GREATER
    /// <summary>Networks that are never banned (<c>server.allowed-ip</c>).</summary>
    /// <param name="network">A network.</param>
    /// <param name="others">More of them.</param>
    [Setting("server.allowed-ip", Value = "{network}", Kind = SettingKind.Set)]
    [Setting("server.allowed-ip", Value = "{others}", Kind = SettingKind.Set)]
    public partial StalwartServerBuilder NeverBan(IPNetwork network, params IPNetwork[] others);
#endif

    /// <summary>Networks that are always refused (<c>server.blocked-ip</c>).</summary>
    /// <param name="networks">Addresses or networks; prefixes from 8 on.</param>
    [Setting("server.blocked-ip", Value = "{networks}", Kind = SettingKind.Set)]
    public partial StalwartServerBuilder Block(params string[] networks);

#if NET8_0_OR_GREATER
    /// <summary>Networks that are always refused (<c>server.blocked-ip</c>).</summary>
    /// <param name="network">A network.</param>
    /// <param name="others">More of them.</param>
    [Setting("server.blocked-ip", Value = "{network}", Kind = SettingKind.Set)]
    [Setting("server.blocked-ip", Value = "{others}", Kind = SettingKind.Set)]
    public partial StalwartServerBuilder Block(IPNetwork network, params IPNetwork[] others);
#endif

    /// <summary>Which settings the file decides and the database does not (<c>config.local-keys</c>; documented in <c>configuration</c>). Replaces the server's own list.</summary>
    /// <param name="patterns">Patterns; <c>!</c> in front takes away.</param>
    [Setting("config.local-keys", Value = "{patterns}", Kind = SettingKind.List)]
    public partial StalwartServerBuilder KeepInFile(params string[] patterns);

    /// <summary>Makes <see cref="Build"/> refuse a server with findings, as a policy of the program. Without it findings are only what <see cref="StalwartServer.Judge"/> says.</summary>
    /// <param name="severity">The quietest findings to refuse.</param>
    /// <param name="options">How the server is judged; its <see cref="JudgementOptions.MinimumSeverity"/> does not matter here.</param>
    public StalwartServerBuilder RefuseFindings(Severity severity, JudgementOptions? options = null)
    {
        Sheet.Policy = new RefusalPolicy(severity, options ?? new JudgementOptions());
        return this;
    }

    /// <summary>Ends the writing: checks what the server would refuse.</summary>
    /// <exception cref="InvalidServerException">
    /// The server would refuse or ignore something, it cannot be written, or <see cref="RefuseFindings"/> does not let it pass; the message names
    /// each setting and the call.
    /// </exception>
    public StalwartServer Build() => ServerCheck.Build(Sheet);
}
