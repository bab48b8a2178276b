using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Accounts;

namespace StalwartHardening.Migration;

/// <summary>
/// A server as the typed builders keep it, as a plan: its settings migrated, its accounts and roles as objects. What a plan cannot say
/// is listed with the setting that says it.
/// </summary>
internal sealed class ServerPlan
{
    /// <summary>The key under which a builder keeps which generations its server is for: <c>toml</c>, <c>plan</c> or <c>both</c>.</summary>
    public const string GenerationKey = "server-generation";

    private readonly ConfigurationMigration _migration;
    private readonly DraftText _accounts;
    private readonly int _accountsStart;
    private readonly IReadOnlyList<Setting> _settings;

    private ServerPlan(ConfigurationMigration migration, string settings, Plans.DraftText accounts, IReadOnlyList<KeyValuePair<Setting, string>> problems, IReadOnlyList<Setting> all)
    {
        _migration = migration;
        _accounts = new DraftText(accounts);
        _accountsStart = settings.Length;
        _settings = all;
        Text = settings + accounts.Text;
        Problems = problems;
    }

    /// <summary>The plan: one operation a line.</summary>
    public string Text { get; }

    /// <summary>What a plan cannot say: the setting that says it, and why not, as a sentence.</summary>
    public IReadOnlyList<KeyValuePair<Setting, string>> Problems { get; }

    /// <summary>What is outside of a server's objects: the setting, and what to do, as a sentence.</summary>
    public IEnumerable<KeyValuePair<Setting, string>> Notes => _migration.Settings.Where(static setting => setting.Outcome == MigrationOutcome.Elsewhere).Select(static setting => new KeyValuePair<Setting, string>(setting.Setting, setting.Note));

    /// <summary>Whether <paramref name="document"/> is of a server that is written as a plan; and whether as TOML, too.</summary>
    public static (bool Toml, bool Plan) GenerationsOf(SettingsDocument document) =>
        document.TryGet(GenerationKey, out var generation) ? (generation.Value != "plan", generation.Value is "plan" or "both") : (true, false);

    /// <summary>Makes the plan.</summary>
    /// <param name="document">The settings of the server, in the names of 0.15, with its accounts under <see cref="DeclaredPrincipal.Family"/>.</param>
    /// <param name="reconciles">Whether objects that the server has besides are deleted, its default listeners among them.</param>
    /// <param name="target">The server that the plan is for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ServerPlan Create(SettingsDocument document, bool reconciles, ReadingTarget target, CancellationToken cancellationToken = default)
    {
        var settings = new List<Setting>(document.Count);
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (setting.Key == TypedAccessRules.Key)
                settings.Add(new Setting(setting.Key, TypedAccessRules.Readdress(setting, document.AccessRules, SettingsEndpoints.Instance, PlanEndpoints.Instance), setting.KeySpan, setting.ValueSpan));
            else if (setting.Key != GenerationKey && !SettingPath.IsBelow(setting.Key, DeclaredPrincipal.Family))
                settings.Add(setting);
        }

        var migrated = document.WithSettings([.. settings], settings.Count);
        var migration = ConfigurationMigration.Create(Generation.ReadServer(migrated, ServerVersion.Newest), target, cancellationToken);
        var problems = new List<KeyValuePair<Setting, string>>();
        foreach (var setting in migration.Settings)
        {
            if (setting.Outcome is MigrationOutcome.NoCounterpart or MigrationOutcome.NotWritable or MigrationOutcome.Database)
                problems.Add(new(setting.Setting, setting.Note.Length > 0 ? setting.Note : "Servers from 0.16 on have nothing like it."));
        }

        var accounts = new PrincipalMigration(document, problems).Write();
        return new ServerPlan(migration, reconciles ? migration.Plan : WithoutDeletions(migration.Plan), accounts, problems, settings);
    }

    /// <summary>The setting of the builder that something in the plan was made of; what begins the server where a default is meant.</summary>
    /// <param name="key">The setting of the plan: <c>NetworkListener/imap/bind/[::]:143</c>.</param>
    /// <param name="span">Its place in the plan.</param>
    public Setting? SourceOf(string key, SourceSpan span)
    {
        if (span.Start >= _accountsStart)
            return _accounts.OriginAt(span.Start - _accountsStart);
        var written = span.Start >= 0 && span.End <= Text.Length ? Text.Substring(span.Start, span.Length).Trim('"') : "";
        Setting? best = null;
        var most = -1;
        foreach (var setting in _migration.Settings)
        {
            foreach (var target in setting.Targets)
            {
                if (!IsOfOneObject(target, key))
                    continue;

                // What is at the place is what is meant; otherwise the nearest field.
                var isIn = PlanKey.IsAtOrBelow(key, target);
                var score = (written == setting.Setting.Value ? 1 << 20 : 0) + (isIn ? target.Length : 0);
                if (score > most)
                    (best, most) = (setting.Setting, score);
            }
        }

        return best ?? (_settings.Count > 0 ? _settings[0] : null);
    }

    // NetworkListener/imap/bind and NetworkListener/imap/tlsImplicit, Http/enableHsts and Http/allowedEndpoints.
    private static bool IsOfOneObject(string target, string key) => PlanKey.Parse(key) is { Path.Length: > 0 } parsed && PlanKey.IsBelow(target, parsed.Owner);

    private static string WithoutDeletions(string plan)
    {
        const string reconcile = "{\"@type\":\"reconcile\"";
        var lines = plan.Split('\n').Where(static line => !line.StartsWith("{\"@type\":\"destroy\"", StringComparison.Ordinal))
            .Select(static line => line.StartsWith(reconcile, StringComparison.Ordinal) ? "{\"@type\":\"upsert\"" + line.Substring(reconcile.Length) : line);
        return string.Join("\n", lines);
    }

    // The draft of this room has a text of its own.
    private sealed class DraftText(Plans.DraftText text)
    {
        public Setting? OriginAt(int offset) => text.OriginAt(offset) is Setting setting ? setting : null;
    }
}
