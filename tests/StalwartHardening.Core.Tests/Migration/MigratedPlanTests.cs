using System.Globalization;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Migration;

/// <summary>Whole plans: of a file with settings of every kind, and of the accounts and roles of a builder.</summary>
public sealed class MigratedPlanTests
{
    [Fact]
    public void Settings_of_every_kind_have_their_place_in_the_plan()
    {
        var migration = TestMigration.Of(File.ReadAllText(PathOf("EveryKind.toml")));
        migration.AssertSound();
        var text = new StringBuilder(migration.Plan).Append('\n');
        foreach (var setting in migration.Settings.Where(static setting => setting.Outcome != MigrationOutcome.Written || setting.Note.Length > 0))
            text.Append(CultureInfo.InvariantCulture, $"# {setting.Setting.Key}: {setting.Outcome} {string.Join(' ', setting.Targets)} {setting.Note}\n");
        foreach (var note in migration.Result.Notes)
            text.Append(CultureInfo.InvariantCulture, $"# {note}\n");
        GeneratedFile.AssertUpToDate(PathOf("EveryKind.ndjson"), text.ToString());
    }

    [Fact]
    public void Accounts_and_roles_of_a_builder_are_objects()
    {
        var document = ServerTomlReader.Read(File.ReadAllText(PathOf("Accounts.toml")), ServerVersion.Newest, TestContext.Current.CancellationToken);
        var target = new ReadingTarget(PlanGeneration.Instance.Newest, ServerState.Fresh);
        var plan = ServerPlan.Create(document, reconciles: false, target, TestContext.Current.CancellationToken);
        var text = new StringBuilder(plan.Text).Append('\n');
        foreach (var problem in plan.Problems)
            text.Append(CultureInfo.InvariantCulture, $"# {problem.Key.Key}: {problem.Value}\n");

        // No server refuses it; and where in the program each account comes from.
        var reading = PlanGeneration.ReadPlan(plan.Text, target, TestContext.Current.CancellationToken);
        Assert.Equal([], reading.Run.Problems.Select(static problem => problem.Message));
        foreach (var account in PlanGeneration.Instance.Read(reading.Document, target.Version).Accounts)
            text.Append(CultureInfo.InvariantCulture, $"# {account.Name.Value}: {plan.SourceOf(account.Name.Key, account.Name.ValueSpan)?.Key}\n");
        GeneratedFile.AssertUpToDate(PathOf("Accounts.ndjson"), text.ToString());
    }

    [Theory]
    [InlineData("server.hostname = 'example.net'\n", "example.net")]
    [InlineData("server.hostname = 'mail.example.net'\n", "example.net")]
    [InlineData("server.hostname = 'a.mail.example.net'\n", "mail.example.net")]
    [InlineData("server.hostname = 'localhost'\n", "localhost")]
    public void An_account_without_an_address_is_of_the_servers_own_domain(string hostname, string domain)
    {
        var document = ServerTomlReader.Read(hostname + "[principal.ann]\nname = 'ann'\nroles = ['user']\n", ServerVersion.Newest, TestContext.Current.CancellationToken);
        var plan = ServerPlan.Create(document, reconciles: false, new ReadingTarget(PlanGeneration.Instance.Newest, ServerState.Fresh), TestContext.Current.CancellationToken);
        Assert.Contains($"{{\"name\":\"{domain}\"}}", plan.Text, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"ann\"", plan.Text, StringComparison.Ordinal);
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Migration", name);
}
