using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>A server of 0.16 or later, as the run of a plan leaves it behind or a snapshot describes it.</summary>
internal sealed class PlanServer(SettingsDocument document, PlanReading reading, ServerVersion version, ServerFeatures features) : ServerConfiguration(document, version, features)
{
    /// <summary>What every key of the setting with the access rules begins with.</summary>
    internal const string AccessControl = "Http/allowedEndpoints";

    private IReadOnlyList<ServerAccount>? _accounts;
    private IReadOnlyList<Refusal>? _refusals;
    private IReadOnlyList<Surprise>? _surprises;
    private IReadOnlyList<WrittenSecret>? _secrets;
    private IReadOnlyList<OutgoingConnection>? _connections;
    private IReadOnlyList<TlsStrategy>? _tlsStrategies;
    private SmtpPolicy? _smtp;

    /// <summary>The run that the settings come from.</summary>
    public PlanReading Reading { get; } = reading;

    /// <inheritdoc/>
    public override bool IsPlan => true;

    /// <inheritdoc/>
    public override Setting? Hostname => Find("SystemSettings/defaultHostname");

    /// <inheritdoc/>
    public override bool DeclaresListeners => Document.StartingWith(PlanListeners.Prefix).Count > 0;

    // From 0.16 on it is in the environment, where no plan reaches it (store/registry/local.rs).
    /// <inheritdoc/>
    public override ConfiguredAccount? FallbackAdministrator => null;

    // Replaced by a permission, see ServerAccount.Impersonates.
    /// <inheritdoc/>
    public override ConfiguredAccount? MasterUser => null;

    /// <inheritdoc/>
    public override IReadOnlyList<ServerAccount> Accounts => _accounts ??= PlanAccounts.Read(this);

    /// <inheritdoc/>
    public override AccountOverview ReadAccountRights(bool isCommunity = false) => PlanAccountRights.Read(this, isCommunity);

    /// <inheritdoc/>
    public override bool DeclaresSubmissionMechanisms => IsDeclared("MtaStageAuth/saslMechanisms");

    /// <inheritdoc/>
    public override BooleanSetting AllowsPlainText => Switch("Imap/allowPlainTextAuth");

    /// <inheritdoc/>
    public override HttpEndpoints Endpoints => PlanEndpoints.Instance;

    /// <inheritdoc/>
    public override string? HttpAccessControlKey => AccessControl;

    /// <inheritdoc/>
    public override IReadOnlyList<Refusal> Refusals => _refusals ??= PlanRefusals.Read(Reading);

    /// <inheritdoc/>
    public override IReadOnlyList<Surprise> Surprises => _surprises ??= PlanSurprises.Read(Reading);

    /// <inheritdoc/>
    public override IReadOnlyList<WrittenSecret> Secrets => _secrets ??= PlanSecretReader.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<OutgoingConnection> Connections => _connections ??= PlanConnections.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<TlsStrategy> TlsStrategies => _tlsStrategies ??= PlanTlsStrategies.Read(this);

    /// <inheritdoc/>
    public override SmtpPolicy Smtp => _smtp ??= PlanSmtp.Read(this);

    /// <inheritdoc/>
    public override BooleanSetting AllowsDirectoryQueries => Switch("Sharing/allowDirectoryQueries");

    /// <inheritdoc/>
    internal override ServerConfiguration? Repaired => Reading.Forgive() is { } repaired ? new PlanServer(repaired.Document, repaired, Version, Features) : null;

    /// <inheritdoc/>
    internal override bool IsKeptFromEffect(SourceSpan place) => Reading.IsLeftOut(place) && !Reading.Run.Problems.Any(problem => problem.Cause == PlanProblemCause.Expression && problem.Span.Contains(place));

    /// <inheritdoc/>
    public override PasswordDemands PasswordDemands => new(Find("Authentication/passwordMinLength"), Find("Authentication/passwordMinStrength"));

    // Everybody may, unless somebody says no (schema.json, OidcProvider.anonymousClientRegistration).
    /// <inheritdoc/>
    public override OAuthProvider OAuth => new(Switch("OidcProvider/anonymousClientRegistration", fallback: true)) { IsOpenByDefault = true, Place = PlaceOf("OidcProvider") };

    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits => PlanLimits.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<InboundCheck> InboundChecks => PlanInboundChecks.Read(this);

    /// <inheritdoc/>
    public override PublishedMetrics? Metrics => PlanMetrics.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<LogRemark> LogRemarks => PlanLogs.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<SettingRemark> SignatureRemarks => PlanSignatures.Read(this);

    /// <inheritdoc/>
    public override IReadOnlyList<SettingRemark> TlsRemarks => PlanTlsVersions.Read(this);

    /// <inheritdoc/>
    public override IEnumerable<Vulnerability> Vulnerabilities => KnownVulnerabilities.Of(Version);

    /// <inheritdoc/>
    public override bool IsDeclared(string key) => (Document.TryGet(key, out _) || Document.StartingWith(PlanKey.PrefixOf(key)).Count > 0) && !IsPrintedDefault(key);

    // A snapshot prints what nobody ever wrote as well.
    private bool IsPrintedDefault(string key) =>
        Reading.Kind == PlanTextKind.Snapshot && PlanKey.Parse(key) is { Path.Length: 1 } parsed && parsed.Field(out _) is { } field
        && parsed.Find(Reading.Run.State) is { } value && PlanValue.AreEqual(value, field.Default);

    // Passwords of accounts, and keys that are no objects, have no other form.
    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit>? TakeFromEnvironment(WrittenSecret secret, string variable)
    {
        var key = secret.Setting.Key;
        if (secret.Use == SecretUse.Password || !PlanKey.EndsIn(key, "secret"))
            return null;
        var own = PlanKey.Parent(key);
        return [new SettingEdit.Remove(key), new SettingEdit.Set(PlanKey.Join(own, "@type"), "EnvironmentVariable"), new SettingEdit.Set(PlanKey.Join(own, "variableName"), variable)];
    }

    /// <inheritdoc/>
    public override string InWords(string name, string value) => name + ": " + (value is "true" or "false" ? value : $"\"{value}\"");

    // The rules that are there would come first, so they go.
    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit>? ReplaceHttpAccessControl(string expression)
    {
        var edits = new List<SettingEdit>();
        if (Document.StartingWith(AccessControl + "/match/").Count > 0)
            edits.Add(new SettingEdit.Remove(AccessControl + "/match", WithChildren: true));
        edits.Add(new SettingEdit.Set(AccessControl + "/else", expression));
        return edits;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Listener> ReadListeners() => PlanListeners.Read(this);

    // Directories hold no accounts that a plan writes out.
    /// <inheritdoc/>
    protected override IReadOnlyList<AccountDirectory> ReadDirectories() => [];

    /// <inheritdoc/>
    protected override IReadOnlyList<DeclaredPrincipal> ReadPrincipals() => [];

    /// <inheritdoc/>
    protected override HttpSettings ReadHttp() => new(
        Switch("Http/enableHsts"),
        Switch("Http/usePermissiveCors"),
        Switch("Http/useXForwarded"),
        List("Http/responseHeaders/"));

    /// <inheritdoc/>
    protected override HttpAccessPolicy ReadHttpAccess() =>
        new(Document, AccessControl, PlanAccessControl.Read(this), Features.ExemptsLoopback, PlanHttpAccessEdits.Instance);

    internal BooleanSetting Switch(string key, bool fallback = false) => BooleanSetting.Read(Document, key, fallback, Features, MacroStage.Everything);

    // The operation that writes the singleton and leaves a default of it as it is; null where none does, for then it is no part of the plan.
    private Setting? PlaceOf(string type) =>
        PlanSchema.Instance.FindObject(type.AsSpan()) is { } known && Reading.Run.State.ResponsibleFor(known) is >= 0 and var index
            ? new Setting(type, "", Reading.Run.Operations[index].ObjectSpan, Reading.Run.Operations[index].ObjectSpan)
            : null;

    internal Setting? Find(string key) => Document.TryGet(key, out var setting) ? setting : null;

    private List<Setting> List(string prefix)
    {
        var list = new List<Setting>();
        foreach (ref readonly var entry in Document.StartingWith(prefix))
        {
            // Headers are a map here and lines elsewhere.
            list.Add(entry with { Value = PlanKey.Relative(entry.Key, prefix) + ": " + entry.Value });
        }

        return list;
    }
}
