using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>How each kind of change is written into a plan.</summary>
public sealed class PlanFixTests
{
    private const string Upsert = """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true,"[::1]:143":true}}}}""";

    /// <summary>A value is changed where it is written, a member is renamed, what is missing is added to the body.</summary>
    [Theory]
    [InlineData(Upsert, "NetworkListener/imap/bind/[::]:143", "[::]:993", """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:993":true,"[::1]:143":true}}}}""")]
    [InlineData(Upsert, "NetworkListener/imap/tlsImplicit", "true", """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true,"[::1]:143":true},"tlsImplicit":true}}}""")]
    [InlineData("""{"@type": "update", "object": "Http", "value": {"useXForwarded": true, "enableHsts": true}}""", "Http/useXForwarded", "false", """{"@type": "update", "object": "Http", "value": {"useXForwarded": false, "enableHsts": true}}""")]
    [InlineData("""{"@type": "update", "object": "Http", "value": {"useXForwarded": true}}""", "Http/allowedEndpoints/else", "403", """{"@type": "update", "object": "Http", "value": {"useXForwarded": true, "allowedEndpoints": {"match": {}, "else": "403"}}}""")]
    [InlineData(Upsert, "Http/enableHsts", "true", Upsert + "\n" + """{"@type":"update","object":"Http","value":{"enableHsts":true}}""")]
    [InlineData("""{"@type":"create","object":"Action","value":{"r":{"@type":"ReloadSettings"}}}""" + "\n", "Http/enableHsts", "true", """{"@type":"update","object":"Http","value":{"enableHsts":true}}""" + "\n" + """{"@type":"create","object":"Action","value":{"r":{"@type":"ReloadSettings"}}}""" + "\n")]
    [InlineData("""{"@type":"update","object":"x:Http","value":{"enableHsts":true}}""", "NetworkListener/http/bind/[::]:8080", "[::1]:8080", """{"@type":"update","object":"x:Http","value":{"enableHsts":true}}""" + "\n" + """{"@type":"upsert","object":"NetworkListener","value":{"http":{"name":"http","bind":{"[::1]:8080":true}}}}""")]
    public void Sets(string plan, string key, string value, string expected) => Demand(plan, [new SettingEdit.Set(key, value)], expected);

    /// <summary>An object goes with its body and a destroy, or with its body alone where the plan deletes what it does not list.</summary>
    [Theory]
    [InlineData(Upsert, "NetworkListener/imap", """{"@type":"destroy","object":"NetworkListener","value":{"name":"imap"}}""" + "\n")]
    [InlineData("""{"@type":"update","object":"Http","value":{"enableHsts":true}}""", "NetworkListener/http", """{"@type":"destroy","object":"NetworkListener","value":{"name":"http"}}""" + "\n" + """{"@type":"update","object":"Http","value":{"enableHsts":true}}""")]
    [InlineData("""{"@type":"reconcile","object":"NetworkListener","value":{"a":{"name":"a","protocol":"imap","bind":{"[::]:143":true}},"b":{"name":"b","protocol":"imap","bind":{"[::]:993":true}}}}""", "NetworkListener/a", """{"@type":"reconcile","object":"NetworkListener","value":{"b":{"name":"b","protocol":"imap","bind":{"[::]:993":true}}}}""")]
    [InlineData(Upsert, "NetworkListener/imap/bind/[::]:143", """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::1]:143":true}}}}""")]
    public void Removes(string plan, string key, string expected) => Demand(plan, [new SettingEdit.Remove(key, WithChildren: true)], expected);

    /// <summary>One name instead of hundreds of permissions, where it is known which role it names.</summary>
    [Theory]
    [InlineData("""{"@type":"User","name":"ops","roles":{"@type":"Admin"},"domainId":"#d"}""", """{"@type":"User","name":"ops","roles":{"@type":"Custom","roleIds":{"e":true}},"domainId":"#d"}""")]
    [InlineData("""{"@type": "User", "name": "ops", "domainId": "#d", "permissions": {"@type": "Inherit"}, "roles": {"@type": "Admin"}}""", """{"@type": "User", "name": "ops", "domainId": "#d", "permissions": {"@type": "Inherit"}, "roles": {"@type":"Custom","roleIds":{"e":true}}}""")]
    public void Gives_an_administrator_the_narrower_role(string account, string expected)
    {
        var (plan, edits) = TakeAwayServices(account, null);
        Demand(plan, edits, Administrator(expected));
    }

    [Fact]
    public void Names_the_permissions_of_an_administrator_where_nobody_knows_the_role()
    {
        const string Account = """{"@type":"User","name":"ops","roles":{"@type":"Admin"},"domainId":"#d"}""";
        var (_, edits) = TakeAwayServices(Account, ServerState.RecoveryFirst);
        Assert.DoesNotContain(edits, static edit => edit is SettingEdit.Insert insert && insert.Settings.Any(static setting => setting.Key.Contains("/roleIds/", StringComparison.Ordinal)));
        Assert.Contains(edits, static edit => edit is SettingEdit.Insert insert && insert.Settings.Any(static setting => setting.Value == "Replace"));
    }

    private static string Administrator(string account) =>
        """{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n" + """{"@type":"upsert","object":"Account","matchOn":["name"],"value":{"ops":""" + account + "}}";

    private static (string Plan, IReadOnlyList<SettingEdit> Edits) TakeAwayServices(string account, ServerState? state)
    {
        var plan = Administrator(account);
        var server = ConfigurationReader.Read(plan, new ReadingTarget(ServerVersion.Newest, state), TestContext.Current.CancellationToken);
        return (plan, Assert.Single(server.Accounts).TakeAwayServices());
    }

    /// <summary>A new object goes to the others of its type.</summary>
    [Fact]
    public void Inserts() =>
        Demand(
            Upsert,
            [new SettingEdit.Insert([new("NetworkListener/tls/name", "tls"), new("NetworkListener/tls/bind/[::]:993", "true"), new("NetworkListener/tls/protocol", "imap"), new("NetworkListener/tls/tlsImplicit", "true")])],
            Upsert[..^2] + ""","tls":{"name":"tls","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true}}}""");

    /// <summary>What is not there cannot be changed, and nothing is written.</summary>
    [Theory]
    [InlineData("NetworkListener/nobody/tlsImplicit")]
    [InlineData("NoSuchType/a/b")]
    [InlineData("Http/noSuchField")]
    public void RefusesWhatIsNotThere(string key) =>
        Assert.Null(Syntax(Upsert).Write(Upsert, [new SettingEdit.Set(key, "true")], TestContext.Current.CancellationToken));

    /// <summary>Every fix of every finding in real plans.</summary>
    [Fact]
    public void FixesRealPlans()
    {
        var folder = Path.Combine(AppContext.BaseDirectory.Split("tests", 2)[0], "..", "shared", "corpus16");
        Assert.SkipUnless(Directory.Exists(folder), $"There is no folder {folder}.");
        var properties = new PlanRemedyProperties(TestContext.Current.CancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            if (PlanIdentification.MayBePlan(text))
                properties.Check(Path.GetFileName(file), text);
        }

        properties.Report(TestContext.Current.TestOutputHelper!.WriteLine);
        Assert.Equal("", properties.Failures);
        Assert.True(properties.Applied > 50);
    }

    private static ISettingsSyntax Syntax(string plan) => ConfigurationReader.SyntaxOf(plan, new ReadingTarget(new ServerVersion(16, ServerVersion.AnyPatch)), TestContext.Current.CancellationToken);

    private static void Demand(string plan, IReadOnlyList<SettingEdit> edits, string expected)
    {
        var changes = Syntax(plan).Write(plan, edits, TestContext.Current.CancellationToken);
        Assert.NotNull(changes);
        Assert.Equal(expected, TextChange.Apply(plan, changes));
    }
}
