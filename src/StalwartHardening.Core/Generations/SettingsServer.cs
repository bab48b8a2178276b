using StalwartHardening.Expressions;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Generations;

/// <summary>A server that reads flat settings (0.5 to 0.15), by the names its version reads.</summary>
internal sealed partial class SettingsServer(SettingsDocument document, ServerVersion version, ServerFeatures features) : ServerConfiguration(document, version, features)
{
    /// <summary>What access control is called in the newest version.</summary>
    public const string HttpAccessControl = "http.allowed-endpoint";

    private const string FallbackAdministratorPrefix = "authentication.fallback-admin";

    private TomlKeyPlaces? _places;

    /// <inheritdoc/>
    public override Setting? Hostname => Find("server.hostname");

    /// <inheritdoc/>
    public override bool DeclaresListeners => Document.Below(Listener.Family).Count > 0;

    // Since 0.7.0 (jmap/settings.rs).
    /// <inheritdoc/>
    public override ConfiguredAccount? FallbackAdministrator =>
        Version.IsAtLeast(7) ? ConfiguredAccount.Read(Document, FallbackAdministratorPrefix, Features) : null;

    // Since 0.8.1; in 0.8.0 the fallback administrator's password opened every account, where 'enable-master' was set.
    /// <inheritdoc/>
    public override ConfiguredAccount? MasterUser =>
        Version.IsAtLeast(8, 1) ? ConfiguredAccount.Read(Document, "authentication.master", Features)
        : Version.IsAtLeast(8) && Document.TryGet(FallbackAdministratorPrefix + ".enable-master", out var master) && master.Value == "true" && FallbackAdministrator is { } administrator ? administrator with { IsBorrowed = true }
        : null;

    // Macros of this form exist since 0.7.0 (config/mod.rs).
    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit>? TakeFromEnvironment(WrittenSecret secret, string variable) =>
        Features.HasBareEnvironmentMacros ? null : [new SettingEdit.Set(secret.Setting.Key, "%{env:" + variable + "}%")];

    /// <inheritdoc/>
    public override AccountOverview ReadAccountRights(bool isCommunity = false) => SettingsAccountRights.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<Refusal> Refusals => Document.Origin is UnreadGeneration unread ? [unread.Refuse(Document, Version)] : [];

    /// <inheritdoc/>
    public override bool DeclaresSubmissionMechanisms => IsDeclared("session.auth.mechanisms");

    /// <inheritdoc/>
    public override BooleanSetting AllowsPlainText => Switch("imap.auth.allow-plain-text");

    /// <inheritdoc/>
    public override HttpEndpoints Endpoints => SettingsEndpoints.Instance;

    // Before 0.9.1 there is none (network.rs).
    /// <inheritdoc/>
    public override string? HttpAccessControlKey => Version.IsAtLeast(9, 1) ? Name(HttpAccessControl) : null;

    /// <inheritdoc/>
    public override SourceSpan FindName(in Setting setting, string name) =>
        setting.Key != name && Document.Text is { } text ? (_places ??= TomlKeyPlaces.Read(text, Document.Version)).Find(name) ?? setting.KeySpan : setting.KeySpan;

    /// <inheritdoc/>
    public override DepartureFromStandard? FindDepartureFromStandard() => Document.Text is { } text ? StandardTomlDeparture.Find(text) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit>? ReplaceHttpAccessControl(string expression)
    {
        if (HttpAccessControlKey is not { } key)
            return null;
        // One scalar: a list in the file would merge with one in the database, key by key, and end in letting everything through.
        var edits = new List<SettingEdit>();
        if (Document.Below(key).Count > 0)
            edits.Add(new SettingEdit.Remove(key, WithChildren: true));
        edits.Add(new SettingEdit.Set(key, expression));
        if (LocalKeys.Widen(Document, key) is { } widening)
            edits.Add(widening);
        return edits;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Listener> ReadListeners() => ListenerReader.Read(Document, Features);

    /// <inheritdoc/>
    protected override IReadOnlyList<AccountDirectory> ReadDirectories() => AccountDirectoryReader.Read(Document, Features);

    /// <inheritdoc/>
    protected override IReadOnlyList<DeclaredPrincipal> ReadPrincipals() => DeclaredPrincipal.Read(Document);

    /// <inheritdoc/>
    protected override HttpSettings ReadHttp() => new(
        Features.HasHsts ? Switch(Name("http.hsts")) : null,
        Switch(Name("http.permissive-cors")),
        Switch(Name("http.use-x-forwarded")),
        List(Name("http.headers")));

    /// <inheritdoc/>
    protected override HttpAccessPolicy ReadHttpAccess()
    {
        var key = HttpAccessControlKey;
        return new HttpAccessPolicy(Document, key, key is null ? new IfBlock() : IfBlockReader.Read(Document, key), Features.ExemptsLoopback, SettingsHttpAccessEdits.Instance);
    }

    private string Name(string currentName) => SettingRenames.NameFor(currentName, Version);

    private Setting? Find(string key) => Document.TryGet(key, out var setting) ? setting : null;

    private BooleanSetting Switch(string key) => BooleanSetting.Read(Document, key, false, Features, MacroStage.Everything);

    private List<Setting> List(string key)
    {
        var list = new List<Setting>();
        if (Document.TryGet(key, out var single))
            list.Add(single);
        foreach (ref readonly var entry in Document.Below(key))
            list.Add(entry);
        return list;
    }
}
