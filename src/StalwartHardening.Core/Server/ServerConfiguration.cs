using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>
/// One mail server as its settings make it, with the server's own defaults. What rules look at. Parts are computed when first
/// asked for; an instance is used by one thread.
/// </summary>
public sealed class ServerConfiguration(SettingsDocument document, JudgementOptions options)
{
    private IReadOnlyList<Listener>? _listeners;
    private IReadOnlyList<AccountDirectory>? _directories;
    private HttpAccessPolicy? _httpAccess;
    private IReadOnlyList<HttpAccessMistake>? _httpAccessMistakes;
    private HttpExposure? _httpExposure;
    private HttpAccessCoverage? _httpAccessCoverage;

    /// <summary>The flat stream behind this view.</summary>
    public SettingsDocument Document { get; } = document;

    /// <summary>What the file cannot say about the server.</summary>
    public JudgementOptions Options { get; } = options;

    /// <summary>The server version that reads the configuration.</summary>
    public ServerVersion Version => Options.TargetVersion;

    /// <summary>The listeners the server tries to start, in the order of their keys.</summary>
    public IReadOnlyList<Listener> Listeners => _listeners ??= ListenerReader.Read(Document, Version);

    /// <summary>The directories that are declared, active or not.</summary>
    public IReadOnlyList<AccountDirectory> Directories => _directories ??= AccountDirectoryReader.Read(Document, Version);

    /// <summary>
    /// The administrator that exists only in the configuration; null where there is none, or none that can log in.
    /// Since 0.7.0 (<c>jmap/settings.rs</c>).
    /// </summary>
    public ConfiguredAccount? FallbackAdministrator =>
        Version.IsAtLeast(7) ? ConfiguredAccount.Read(Document, "authentication.fallback-admin", Version) : null;

    /// <summary>
    /// The user whose password opens every account; null where there is none, or none that can log in. Since 0.8.1; in 0.8.0 the
    /// fallback administrator's password did, where <c>enable-master</c> was set.
    /// </summary>
    public ConfiguredAccount? MasterUser =>
        Version.IsAtLeast(8, 1) ? ConfiguredAccount.Read(Document, "authentication.master", Version)
        : Version.IsAtLeast(8) && Document.TryGet("authentication.fallback-admin.enable-master", out var master) && master.Value == "true" ? FallbackAdministrator
        : null;

    /// <summary>The key under which this version reads HTTP access control; null before 0.9.1, which has none (<c>network.rs</c>).</summary>
    public string? HttpAccessControlKey =>
        Version.IsAtLeast(9, 1) ? SettingRenames.NameFor("http.allowed-endpoint", Version) : null;

    /// <summary>What the server does with HTTP requests before anything else.</summary>
    public HttpAccessPolicy HttpAccess => _httpAccess ??= new HttpAccessPolicy(Document, HttpAccessControlKey, Version);

    /// <summary>Ways in which access control lets through what it was meant to judge.</summary>
    internal IReadOnlyList<HttpAccessMistake> HttpAccessMistakes => _httpAccessMistakes ??= HttpAccessMistakeSearch.Find(this);

    /// <summary>Where HTTP requests come in from elsewhere.</summary>
    internal HttpExposure HttpExposure => _httpExposure ??= HttpExposure.Of(this);

    /// <summary>Whether access control refuses anything there.</summary>
    internal HttpAccessCoverage HttpAccessCoverage => _httpAccessCoverage ??= HttpAccessCoverages.Of(this);

    /// <summary>Whether anything is written under the key this version reads access control from, good or bad.</summary>
    public bool DeclaresHttpAccessControl => HttpAccessControlKey is { } key && IsDeclared(key);

    /// <summary>Whether <paramref name="key"/> or anything below it is set.</summary>
    public bool IsDeclared(string key) => Document.TryGet(key, out _) || Document.StartingWith(key, key.Length, ".").Count > 0;
}
