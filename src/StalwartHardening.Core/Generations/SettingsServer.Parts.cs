using StalwartHardening.Expressions;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>The parts beside listeners, accounts and access control.</summary>
internal sealed partial class SettingsServer
{
    private static readonly (string Key, ExpressionVocabulary Vocabulary)[] JudgedRules =
    [
        ("session.auth.directory", ExpressionVocabulary.SmtpGreeting),
        ("session.auth.mechanisms", ExpressionVocabulary.SmtpMechanisms),
        ("session.auth.must-match-sender", ExpressionVocabulary.SmtpSender),
        ("session.auth.require", ExpressionVocabulary.SmtpGreeting),
        ("session.extensions.expn", ExpressionVocabulary.SmtpSender),
        ("session.extensions.vrfy", ExpressionVocabulary.SmtpSender),
        ("session.rcpt.directory", ExpressionVocabulary.SmtpRecipient),
        ("session.rcpt.relay", ExpressionVocabulary.SmtpRecipient),
    ];

    private IReadOnlyList<IgnoredSetting>? _ignoredSettings;
    private IReadOnlyList<OutgoingConnection>? _connections;
    private IReadOnlyList<TlsStrategy>? _tlsStrategies;
    private IReadOnlyList<WrittenSecret>? _secrets;
    private SmtpPolicy? _smtp;
    private SettingFamilies? _families;
    private Dictionary<string, IfBlock>? _sessionRules;

    /// <inheritdoc/>
    public override IReadOnlyList<IgnoredSetting> IgnoredSettings => _ignoredSettings ??= Generations.IgnoredSettings.Find(Document, Version);

    /// <inheritdoc/>
    public override UncoveredSettings? UncoveredSettings => Families.Hold("config") ? LocalKeyList.FindUncovered(Document, Features) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<OutgoingConnection> Connections => _connections ??= ConnectionReader.Read(Document, Version, Features, Families);

    /// <inheritdoc/>
    public override IReadOnlyList<TlsStrategy> TlsStrategies => _tlsStrategies ??= Families.Hold("queue") ? TlsStrategyReader.Read(Document, Version) : [];

    /// <inheritdoc/>
    public override IReadOnlyList<WrittenSecret> Secrets => _secrets ??= SecretReader.Read(Document, Features);

    /// <inheritdoc/>
    public override SmtpPolicy Smtp => _smtp ??= ReadSmtp();

    /// <inheritdoc/>
    public override IReadOnlyList<UnreadableNetwork> UnreadableNetworks => NetworkReader.Read(Document, Version, Features, Listeners);

    /// <inheritdoc/>
    public override IReadOnlyList<UnreadableRule> UnreadableRules
    {
        get
        {
            if (!Version.IsAtLeast(6) || !Families.Hold("session"))
                return [];
            var rules = new List<UnreadableRule>();
            foreach (var (key, vocabulary) in JudgedRules)
            {
                var block = SessionRule(key, vocabulary);
                if (block is { State: IfBlockState.Invalid, IsUnknown: false, Problems: [var first, ..] })
                    rules.Add(new UnreadableRule(key, first.Setting, first.Span, first.Message));
            }

            return rules;
        }
    }

    // Since 0.14.0 (config/groupware.rs).
    /// <inheritdoc/>
    public override BooleanSetting AllowsDirectoryQueries => Version.IsAtLeast(14) && Families.Hold("sharing") ? Switch("sharing.allow-directory-query") : default;

    // Since 0.10.2 (common/auth/oauth/config.rs).
    /// <inheritdoc/>
    public override OAuthProvider OAuth => new(Version.IsAtLeast(10, 2) && Families.Hold("oauth") ? Switch("oauth.client-registration.anonymous") : default);

    /// <inheritdoc/>
    public override IReadOnlyList<Limit> Limits => LimitReader.Read(Document, Version, Features, Families);

    /// <inheritdoc/>
    public override IReadOnlyList<InboundCheck> InboundChecks =>
        Families.Hold("auth") || Families.Hold("session") || Families.Hold("spam-filter") ? InboundCheckReader.Read(Document, Version) : [];

    // Since 0.9.1 (config/telemetry.rs).
    /// <inheritdoc/>
    public override PublishedMetrics? Metrics
    {
        get
        {
            const string User = "metrics.prometheus.auth.username";
            const string Secret = "metrics.prometheus.auth.secret";
            if (!Version.IsAtLeast(9, 1) || !Families.Hold("metrics"))
                return null;
            var asks = (Document.TryGet(User, out _) || Document.MayBeElsewhere(default, User)) && (Document.TryGet(Secret, out _) || Document.MayBeElsewhere(default, Secret));
            return new PublishedMetrics(Switch("metrics.prometheus.enable"), asks, User, Secret);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<LogRemark> LogRemarks =>
        Families.Hold("tracer") || Families.Hold("tracing") || Families.Hold("global") ? LogReader.Read(Document, Version, Features) : [];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingRemark> SignatureRemarks => Families.Hold("signature") || Families.Hold("auth") ? SignatureReader.Read(Document) : [];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingRemark> TlsRemarks => TlsReader.Read(Document, Version, Listeners);

    /// <inheritdoc/>
    public override IEnumerable<Vulnerability> Vulnerabilities => KnownVulnerabilities.Of(Version);

    // What is wrong with a rule, and what it comes to, are two questions.
    private IfBlock SessionRule(string key, ExpressionVocabulary vocabulary)
    {
        _sessionRules ??= new Dictionary<string, IfBlock>(JudgedRules.Length, StringComparer.Ordinal);
        if (!_sessionRules.TryGetValue(key, out var block))
            _sessionRules.Add(key, block = IfBlockReader.Read(Document, key, vocabulary));
        return block;
    }

    private SettingFamilies Families => _families ??= new SettingFamilies(Document);

    // Until 0.6 nothing was asked for where nothing was written (config/smtp/session.rs).
    private SmtpPolicy ReadSmtp() => Document.IsComplete && !Families.Hold("session")
        ? SmtpPolicy.NotWritten
        : new SmtpPolicy(
            Rule("session.auth.require", ExpressionVocabulary.SmtpGreeting),
            Rule("session.auth.mechanisms", ExpressionVocabulary.SmtpMechanisms),
            Rule("session.auth.must-match-sender", ExpressionVocabulary.SmtpSender),
            Rule("session.rcpt.relay", ExpressionVocabulary.SmtpRecipient),
            Rule("session.extensions.vrfy", ExpressionVocabulary.SmtpSender),
            Rule("session.extensions.expn", ExpressionVocabulary.SmtpSender),
            hasStrictDefaults: Version.IsAtLeast(7));

    // Until 0.5 rules were tables of tests, and nothing here reads those.
    private SmtpRule Rule(string key, ExpressionVocabulary vocabulary)
    {
        var block = SessionRule(key, vocabulary);
        return SmtpRule.Create(key, block, (!Version.IsAtLeast(6) && block.Settings.Count > 0) || (block.Settings.Count == 0 && Document.MayBeElsewhere(SettingPath.PrefixOf(key).AsSpan(), "")));
    }
}
