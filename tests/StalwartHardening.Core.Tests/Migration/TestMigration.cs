using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Migration;

/// <summary>Migrates a text, and looks at what came of it.</summary>
internal sealed class TestMigration
{
    private static readonly ReadingTarget Target = new(PlanGeneration.Instance.Newest, ServerState.Fresh);

    private readonly ConfigurationMigration _migration;

    private TestMigration(string text, ServerVersion version)
    {
        Server = ConfigurationReader.Read(text, new ReadingTarget(version), TestContext.Current.CancellationToken);
        _migration = ConfigurationMigration.Create(Server, Target, TestContext.Current.CancellationToken);
        NewServer = ConfigurationReader.Read(_migration.Plan, Target, TestContext.Current.CancellationToken);
    }

    public static TestMigration Of(string text) => new(text, ServerVersion.Newest);

    public static TestMigration Of(string text, string version) => new(text, ServerVersion.TryParse(version, out var parsed) ? parsed : throw new ArgumentException(version, nameof(version)));

    public ServerConfiguration Server { get; }

    public ServerConfiguration NewServer { get; }

    public string Plan => _migration.Plan;

    public IReadOnlyList<MigratedSetting> Settings => _migration.Settings;

    public ConfigurationMigration Result => _migration;

    /// <summary>What the new server has under a key of the plan's own names; null where there is nothing.</summary>
    public string? this[string key] => NewServer.Document.TryGet(key, out var setting) ? setting.Value : null;

    public MigratedSetting About(string key) => Settings.Single(setting => setting.Setting.Key == key);

    public IReadOnlyList<Finding> Before => ConfigurationJudge.Judge(Server, new JudgementOptions { TargetVersion = Server.Version }, TestContext.Current.CancellationToken);

    public IReadOnlyList<Finding> After => ConfigurationJudge.Judge(NewServer, new JudgementOptions { TargetVersion = Target.Version, ServerState = Target.State }, TestContext.Current.CancellationToken);

    /// <summary>What holds for every migration, whatever the file says.</summary>
    public void AssertSound()
    {
        Assert.True(_migration.Plan.Length == 0 || NewServer.IsPlan);
        var run = PlanRun.Create([PlanText.Read(Plan, 0, TestContext.Current.CancellationToken)], PlanGeneration.OptionsFor(Target), TestContext.Current.CancellationToken);
        Assert.True(run.IsSuccess, string.Join("\n", run.Problems.Select(static problem => problem.Message)) + "\n" + Plan);

        // Nothing is lost without a word.
        Assert.Equal(Server.Document.Count, Settings.Count);
        Assert.All(Settings, static setting => Assert.True(setting.Targets.Count > 0 == setting.Outcome <= MigrationOutcome.Changed && (setting.Targets.Count > 0 || setting.Note.Length > 0), $"{setting.Setting.Key}: {setting.Outcome} {setting.Note}"));

        // A second run changes nothing.
        var again = PlanRun.Create([PlanText.Read(Plan, 0, TestContext.Current.CancellationToken)], run.State, PlanGeneration.OptionsFor(Target), TestContext.Current.CancellationToken);
        Assert.True(again.IsSuccess, string.Join("\n", again.Problems.Select(static problem => problem.Message)) + "\n" + Plan);

        // Of a secret in the text, each generation knows for itself what more there is to say.
        static string Name(Finding finding) => finding.Rule.Id.StartsWith("SWH4", StringComparison.Ordinal) ? "SWH4" : finding.Rule.Id;
        var known = Before.Select(Name).ToHashSet(StringComparer.Ordinal);

        // Before 0.8.1 there was no HSTS to be without.
        if (!Server.Features.HasHsts)
            known.Add("SWH2008");
        var appeared = After.Where(finding => !known.Contains(Name(finding))).Select(static finding => finding.Rule.Id + " " + finding.SettingKey + " " + finding.Message).ToList();
        Assert.True(appeared.Count == 0, string.Join("\n", appeared) + "\n" + Plan);
    }
}
