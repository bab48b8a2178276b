using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>
/// One mail server as its settings make it, with the server's own defaults. What rules look at. Its generation provides the parts;
/// they are computed when first asked for, and an instance is used by one thread.
/// </summary>
/// <param name="document">The flat stream that the server is made of.</param>
/// <param name="version">The server version that reads it.</param>
/// <param name="features">What that version does.</param>
internal abstract class ServerConfiguration(SettingsDocument document, ServerVersion version, ServerFeatures features)
{
    private IReadOnlyList<Listener>? _listeners;
    private IReadOnlyList<AccountDirectory>? _directories;
    private IReadOnlyList<DeclaredPrincipal>? _principals;
    private HttpSettings? _http;
    private HttpAccessPolicy? _httpAccess;
    private IReadOnlyList<HttpAccessMistake>? _httpAccessMistakes;
    private HttpExposure? _httpExposure;
    private HttpAccessCoverage? _httpAccessCoverage;

    /// <summary>The flat stream that the server is made of.</summary>
    public SettingsDocument Document { get; } = document;

    /// <summary>The server version that reads the configuration.</summary>
    public ServerVersion Version { get; } = version;

    /// <summary>What that version does and others do not.</summary>
    public ServerFeatures Features { get; } = features;

    /// <summary>Whether it is what the run of a plan leaves behind, so that a mistake stops the run and not the server.</summary>
    public virtual bool IsPlan => false;

    /// <summary>The server's name; null where the configuration does not say.</summary>
    public abstract Setting? Hostname { get; }

    /// <summary>The listeners the server tries to start, in the order of their keys.</summary>
    public IReadOnlyList<Listener> Listeners => _listeners ??= ReadListeners();

    /// <summary>Whether anything is written about a listener, good or bad.</summary>
    public abstract bool DeclaresListeners { get; }

    /// <summary>The directories that are declared, active or not.</summary>
    public IReadOnlyList<AccountDirectory> Directories => _directories ??= ReadDirectories();

    /// <summary>The accounts and roles that are declared beside the directories' own.</summary>
    public IReadOnlyList<DeclaredPrincipal> Principals => _principals ??= ReadPrincipals();

    /// <summary>The accounts whose rights the configuration decides by itself; none in a generation that keeps them elsewhere.</summary>
    public virtual IReadOnlyList<ServerAccount> Accounts => [];

    /// <summary>Who may do what, as far as the configuration tells.</summary>
    /// <param name="isCommunity">Whether the server runs the community edition, which knows no tenants.</param>
    public abstract AccountOverview ReadAccountRights(bool isCommunity = false);

    /// <summary>The administrator that exists only in the configuration; null where there is none, or none that can log in.</summary>
    public abstract ConfiguredAccount? FallbackAdministrator { get; }

    /// <summary>The user whose password opens every account; null where there is none, or none that can log in.</summary>
    public abstract ConfiguredAccount? MasterUser { get; }

    /// <summary>What decides about log-ins on submission: whether the configuration says so itself.</summary>
    public abstract bool DeclaresSubmissionMechanisms { get; }

    /// <summary>Whether IMAP, POP3 and ManageSieve take passwords in clear text.</summary>
    public abstract BooleanSetting AllowsPlainText { get; }

    /// <summary>The switches of the HTTP server.</summary>
    public HttpSettings Http => _http ??= ReadHttp();

    /// <summary>What the HTTP server answers to.</summary>
    public abstract HttpEndpoints Endpoints { get; }

    /// <summary>The key under which this version reads HTTP access control; null where it has none.</summary>
    public abstract string? HttpAccessControlKey { get; }

    /// <summary>What the server does with HTTP requests before anything else.</summary>
    public HttpAccessPolicy HttpAccess => _httpAccess ??= ReadHttpAccess();

    /// <summary>What is written and has no effect, because this version reads no setting of that name; in text order.</summary>
    public virtual IReadOnlyList<IgnoredSetting> IgnoredSettings => [];

    /// <summary>What the configuration's own list leaves to the database although it is in the file; null where there is nothing.</summary>
    public virtual UncoveredSettings? UncoveredSettings => null;

    /// <summary>The connections that the server opens to other programs.</summary>
    public virtual IReadOnlyList<OutgoingConnection> Connections => [];

    /// <summary>What is asked of other mail servers, where something is switched off.</summary>
    public virtual IReadOnlyList<TlsStrategy> TlsStrategies => [];

    /// <summary>The secrets that the configuration holds or names, in text order.</summary>
    public virtual IReadOnlyList<WrittenSecret> Secrets => [];

    /// <summary>What the server demands of SMTP sessions.</summary>
    public virtual SmtpPolicy Smtp => SmtpPolicy.NotWritten;

    /// <summary>Rules about SMTP sessions that the server cannot read, so that its own hold instead; each with its first mistake.</summary>
    public virtual IReadOnlyList<UnreadableRule> UnreadableRules => [];

    /// <summary>Networks that the server cannot read.</summary>
    public virtual IReadOnlyList<UnreadableNetwork> UnreadableNetworks => [];

    /// <summary>Whether every user may list the others.</summary>
    public virtual BooleanSetting AllowsDirectoryQueries => default;

    /// <summary>What the server demands of passwords that users choose.</summary>
    public virtual PasswordDemands PasswordDemands => default;

    /// <summary>What the server hands out as an OAuth provider.</summary>
    public virtual OAuthProvider OAuth => new(default(BooleanSetting));

    /// <summary>The limits on guessing and flooding that somebody has set.</summary>
    public virtual IReadOnlyList<Limit> Limits => [];

    /// <summary>Checks of incoming mail that are switched off.</summary>
    public virtual IReadOnlyList<InboundCheck> InboundChecks => [];

    /// <summary>The metrics that the HTTP listeners show; null where nothing is written about them.</summary>
    public virtual PublishedMetrics? Metrics => null;

    /// <summary>What is wrong with the logs.</summary>
    public virtual IReadOnlyList<LogRemark> LogRemarks => [];

    /// <summary>What is wrong with the signatures of outgoing mail.</summary>
    public virtual IReadOnlyList<SettingRemark> SignatureRemarks => [];

    /// <summary>What is wrong with the versions and cipher suites of TLS.</summary>
    public virtual IReadOnlyList<SettingRemark> TlsRemarks => [];

    /// <summary>The known vulnerabilities of the version that the configuration is for.</summary>
    public virtual IEnumerable<Vulnerability> Vulnerabilities => [];

    /// <summary>What the server, or the tool that writes its objects, refuses; none in a generation whose reader says so itself.</summary>
    public virtual IReadOnlyList<Refusal> Refusals => [];

    /// <summary>What is accepted and does otherwise than it seems.</summary>
    public virtual IReadOnlyList<Surprise> Surprises => [];

    /// <summary>
    /// The server as it will be once the mistakes are repaired that keep a part of the configuration from taking effect; null where
    /// nothing is kept.
    /// </summary>
    internal virtual ServerConfiguration? Repaired => null;

    /// <summary>Whether what is written at <paramref name="place"/> does not take effect because of a mistake that is reported.</summary>
    internal virtual bool IsKeptFromEffect(SourceSpan place) => false;

    /// <summary>Ways in which access control lets through what it was meant to judge.</summary>
    internal IReadOnlyList<HttpAccessMistake> HttpAccessMistakes => _httpAccessMistakes ??= FindHttpAccessMistakes();

    /// <summary>Where HTTP requests come in from elsewhere.</summary>
    internal HttpExposure HttpExposure => _httpExposure ??= HttpExposure.From(this);

    /// <summary>Whether access control refuses anything there.</summary>
    internal HttpAccessCoverage HttpAccessCoverage => _httpAccessCoverage ??= HttpAccessCoverages.Of(this);

    /// <summary>Whether anything is written under the key this version reads access control from, good or bad.</summary>
    public bool DeclaresHttpAccessControl => HttpAccessControlKey is { } key && IsDeclared(key);

    /// <summary>Whether <paramref name="key"/> or anything below it is set.</summary>
    public virtual bool IsDeclared(string key) => Document.TryGet(key, out _) || Document.Below(key).Count > 0;

    /// <summary>How somebody writes that a setting has a value, in the words of this configuration.</summary>
    public virtual string InWords(string name, string value) => $"{name} = {value}";

    /// <summary>The edits that take a secret, the whole value of its setting, from the environment variable <paramref name="variable"/>; null where the server cannot.</summary>
    public virtual IReadOnlyList<SettingEdit>? TakeFromEnvironment(WrittenSecret secret, string variable) => null;

    /// <summary>A path that outsiders have no business with, as an example.</summary>
    public string SensitivePath => Endpoints.SensitivePath;

    /// <summary>Where the name <paramref name="name"/> is by which <paramref name="setting"/> was written, or the setting's key.</summary>
    public virtual SourceSpan FindName(in Setting setting, string name) => setting.KeySpan;

    /// <summary>The first place where the text departs from the standard of its format, although the server reads it; null where there is none.</summary>
    public virtual DepartureFromStandard? FindDepartureFromStandard() => null;

    /// <summary>The edits that make <paramref name="expression"/> the server's HTTP access control; null where the server has none.</summary>
    public abstract IReadOnlyList<SettingEdit>? ReplaceHttpAccessControl(string expression);

    /// <summary>Reads <see cref="Listeners"/>.</summary>
    protected abstract IReadOnlyList<Listener> ReadListeners();

    /// <summary>Reads <see cref="Directories"/>.</summary>
    protected abstract IReadOnlyList<AccountDirectory> ReadDirectories();

    /// <summary>Reads <see cref="Principals"/>.</summary>
    protected abstract IReadOnlyList<DeclaredPrincipal> ReadPrincipals();

    /// <summary>Reads <see cref="Http"/>.</summary>
    protected abstract HttpSettings ReadHttp();

    /// <summary>Reads <see cref="HttpAccess"/>.</summary>
    protected abstract HttpAccessPolicy ReadHttpAccess();

    /// <summary>Finds <see cref="HttpAccessMistakes"/>; a generation whose access control fails in other ways finds its own.</summary>
    internal virtual IReadOnlyList<HttpAccessMistake> FindHttpAccessMistakes() => HttpAccessMistakeSearch.Find(this);
}

/// <summary>A place where a text departs from the standard of its format.</summary>
/// <param name="Span">The place.</param>
/// <param name="Reason">What the standard says, a sentence.</param>
internal sealed record DepartureFromStandard(SourceSpan Span, string Reason);
