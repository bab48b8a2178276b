using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>An upsert that lists a whole server becomes a reconcile: offered where that can be meant, proven to take exactly what its title says.</summary>
public sealed class PlanListAllTests
{
    private const string Four = """
        "smtp":{"name":"smtp","bind":{"[::]:25":true},"protocol":"smtp"},"submissions":{"name":"submissions","bind":{"[::]:465":true},"protocol":"smtp","tlsImplicit":true},"imaps":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true},"https":{"name":"https","bind":{"[::]:443":true},"protocol":"http","tlsImplicit":true}
        """;

    private const string Sieve = """,  "sieve":{"name":"sieve","bind":{"[::]:4190":true},"protocol":"manageSieve"}""";

    private static string Upsert(string value) => "{\"@type\":\"upsert\", \"object\":\"NetworkListener\",\"value\":{" + value + "}}\n";

    [Fact]
    public void One_word_closes_what_the_first_boot_left_open()
    {
        var plan = Upsert(Four) + "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":true}}\n";
        var remedy = Assert.Single(Offered(plan));
        Assert.StartsWith("Keep only the listeners that the plan lists: 'upsert' becomes 'reconcile', which removes 'http', 'pop3s' and 'sieve', and any", remedy.Remedy.Title, StringComparison.Ordinal);
        Assert.Equal(RemedySafety.Review, remedy.Remedy.Safety);
        Assert.Equal(plan.Replace("upsert", "reconcile", StringComparison.Ordinal), remedy.Fixed);
    }

    [Fact]
    public void What_another_operation_writes_stays()
    {
        var plan = Upsert(Four) + Upsert(Sieve[1..]);
        var remedy = Assert.Single(Offered(plan));
        Assert.Contains("which removes 'http' and 'pop3s', and any", remedy.Remedy.Title, StringComparison.Ordinal);
        Assert.Equal(Upsert(Four).Replace("upsert", "reconcile", StringComparison.Ordinal) + Upsert(Sieve[1..]), remedy.Fixed);
    }

    [Theory]
    [InlineData("\"imaps\":{\"name\":\"imaps\",\"maxConnections\":100}")]
    [InlineData("\"smtp\":{\"name\":\"smtp\",\"maxConnections\":100},\"imaps\":{\"name\":\"imaps\",\"maxConnections\":100},\"submissions\":{\"name\":\"submissions\"}")]
    [InlineData("\"https\":{\"name\":\"https\"},\"imaps\":{\"name\":\"imaps\"},\"submissions\":{\"name\":\"submissions\"}")]
    public void A_part_of_a_server_is_not_all_of_it(string value) => Assert.Empty(Offered(Upsert(value)));

    [Fact]
    public void It_is_offered_only_where_what_goes_is_known_and_not_wanted()
    {
        Assert.Empty(Offered(Upsert(Four), static options => options with { ServerState = ServerState.Existing }));
        Assert.Empty(Offered(Upsert(Four), static options => options with { AllowedPorts = [4190] }));
        Assert.Single(Offered(Upsert(Four + Sieve), static options => options with { AllowedPorts = [4190] }));
        // What is limited by a scope lists no more than that, and older tools know no reconcile.
        Assert.Empty(Offered(Upsert(Four).Replace("\"object\"", "\"scope\":{\"useTls\":true},\"object\"", StringComparison.Ordinal)));
        Assert.Empty(Offered(Upsert(Four), static options => options with { ToolPatch = 10 }));
    }

    [Theory]
    [InlineData("NetworkListener/http")]
    [InlineData("NetworkListener/http NetworkListener/pop3s")]
    [InlineData("NetworkListener/http NetworkListener/pop3s NetworkListener/sieve NetworkListener/smtp")]
    [InlineData("NetworkListener/http NetworkListener/pop3s NetworkListener/sieve NetworkListener/other")]
    public void The_writer_refuses_where_other_objects_would_go_than_it_was_told(string keys) =>
        Assert.Null(Write(Upsert(Four), keys.Split(' ')));

    [Fact]
    public void The_writer_takes_exactly_what_it_was_told() =>
        Assert.NotNull(Write(Upsert(Four), ["NetworkListener/http", "NetworkListener/pop3s", "NetworkListener/sieve"]));

    private static IReadOnlyList<TextChange>? Write(string plan, string[] keys) =>
        new PlanWriter(new PlanRunOptions()).Write(plan, [new SettingEdit.RemoveUnlisted(keys)], TestContext.Current.CancellationToken);

    private static List<(Remedy Remedy, string Fixed)> Offered(string plan, Func<JudgementOptions, JudgementOptions>? with = null)
    {
        var options = (with ?? (static given => given))(JudgementOptions.Default);
        var server = ConfigurationReader.Read(plan, options.Target, TestContext.Current.CancellationToken);
        var offered = new List<(Remedy, string)>();
        foreach (var finding in ConfigurationJudge.Judge(server, options, TestContext.Current.CancellationToken).Where(static finding => finding.Rule.Id == "SWH1004"))
        {
            foreach (var remedy in finding.Remedies(server).Where(static remedy => remedy.EquivalenceKey == "review/SWH1004/list-all"))
                offered.Add((remedy, TextChange.Apply(plan, Assert.IsAssignableFrom<IReadOnlyList<TextChange>>(RemedyApplication.Apply(server, options, finding, remedy, cancellationToken: TestContext.Current.CancellationToken)))));
        }

        return offered;
    }
}
