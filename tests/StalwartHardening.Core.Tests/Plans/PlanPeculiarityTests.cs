using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>What operators write that is taken and means something else, or that nobody can know, or of which only a part happens.</summary>
public sealed class PlanPeculiarityTests
{
    private const string Domain = """{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n";

    /// <summary>The fields of one variant, left behind where another that takes none is chosen: for every union of the schema that has both.</summary>
    [Fact]
    public void A_variant_without_fields_ignores_those_of_the_others()
    {
        var schema = PlanSchema.Instance;
        var tried = 0;
        foreach (var type in schema.TypeNames.Select(name => schema.FindObject(name.AsSpan())).OfType<PlanType>().Where(static type => type.Kind == PlanTypeKind.Singleton && !PlanSchema.IsCollection(type.Name)))
        {
            foreach (var field in type.Variants.Count > 0 ? [] : type.Fields)
            {
                if (field.Type.Shape != PlanShape.Object || field.IsServerSet || field.ValueType is not { HasVariants: true } union || union.Variants.FirstOrDefault(static variant => variant.Fields.Count == 0) is not { } empty || union.Variants.SelectMany(static variant => variant.Fields).FirstOrDefault() is not { } foreign)
                    continue;
                tried++;
                var plan = """{"@type":"update","object":"TYPE","value":{"FIELD":{"@type":"EMPTY","FOREIGN":null}}}"""
                    .Replace("TYPE", type.Name, StringComparison.Ordinal).Replace("FIELD", field.Name, StringComparison.Ordinal).Replace("EMPTY", empty.Variant, StringComparison.Ordinal).Replace("FOREIGN", foreign.Name, StringComparison.Ordinal);
                var found = Assert.Single(Judge(plan), finding => finding.Rule.Id == "SWH0012" && finding.Severity == RuleSeverity.Warning);
                Assert.Contains($"'{foreign.Name}' is ignored: '{empty.Variant}' takes no fields", found.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(tried > 0);
    }

    [Theory]
    [InlineData("""{"@type":"Inherit","disabledPermissions":{"imapAuthenticate":true}}""", "'disabledPermissions' is ignored: 'Inherit' takes no fields. Those that do: Merge, Replace.")]
    [InlineData("""{"@type":"Inherit"}""", null)]
    [InlineData("""{"@type":"Merge","disabledPermissions":{"imapAuthenticate":true}}""", null)]
    [InlineData("""{"@type":"Inherit","${FIELD}":{}}""", null)]
    public void Permissions_that_are_inherited_have_no_lists_of_their_own(string permissions, string? said)
    {
        var plan = Domain + Account("\"permissions\":" + permissions);
        Assert.Equal(said, Judge(plan).FirstOrDefault(static finding => finding.Rule.Id == "SWH0012" && finding.Severity == RuleSeverity.Warning)?.Message);
    }

    [Theory]
    [InlineData("""{"@type":"update","object":"Http","value":{"enableHsts":true,"enable\u0048sts":false}}""", 1)]
    [InlineData("""{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"a","bind":{"[::]:993":true},"protocol":"imap","protocol":"http","protocol":"imap","tlsImplicit":true}}}""", 2)]
    [InlineData("""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"else":"200","match":{},"else":"404"}}}""", 1)]
    [InlineData("""{"@type":"update","object":"Http","value":{"${A}":true,"${A}":false,"enableHsts":true}}""", 0)]
    public void Of_two_fields_with_one_name_the_last_counts_and_that_is_said(string plan, int times) =>
        Assert.Equal(times, Judge(plan).Count(static finding => finding.Rule.Id == "SWH0012" && finding.Message.Contains("is written twice", StringComparison.Ordinal)));

    [Theory]
    [InlineData("""{"@type":"upsert","object":"AllowedIp","value":{"a":{"address":"10.0.0.1"},"b":{"address":"0.0.0.0/0"}}}""", "The run stops here: a part of this operation has been applied by then.")]
    [InlineData(Domain + """{"@type":"upsert","object":"AllowedIp","value":{"a":{"address":"10.0.0.1"},"b":{"address":"0.0.0.0/0"}}}""", "The run stops here: one operation and a part of this one have been applied by then.")]
    [InlineData(Domain + """{"@type":"update","object":"Http","value":{"enableHsts":true}}""" + "\n" + """{"@type":"upsert","object":"AllowedIp","value":{"a":{"address":"10.0.0.1"},"b":{"address":"0.0.0.0/0"}}}""", "The run stops here: 2 operations and a part of this one have been applied by then.")]
    [InlineData("""{"@type":"upsert","object":"AllowedIp","value":{"b":{"address":"0.0.0.0/0"}}}""", "The run stops here: nothing has been applied by then.")]
    // What is made comes first: where that fails, what is there is not changed any more.
    [InlineData("""{"@type":"upsert","object":"NetworkListener","value":{"https":{"name":"https","tlsImplicit":false},"bad":{"name":"bad","bind":{":143":true}}}}""", "The run stops here: nothing has been applied by then.")]
    [InlineData("""{"@type":"upsert","object":"NetworkListener","value":{"good":{"name":"good","bind":{"[::]:26":true}},"https":{"name":"https","bind":{":143":true}}}}""", "The run stops here: a part of this operation has been applied by then.")]
    public void What_an_operation_did_before_it_failed_stays_done(string plan, string expected) =>
        Assert.EndsWith(expected, Assert.Single(Judge(plan), static finding => finding.Rule.Id == "SWH0002").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"@type":"reconcile","object":"NetworkListener","value":{"https":{"name":"https","bind":${BIND},"protocol":"http","tlsImplicit":true}}}""", false)]
    [InlineData("""{"@type":"update","object":"NetworkListener","id":"abc","value":{"useTls":false}}""", false)]
    [InlineData("""{"@type":"update","object":"NetworkListener","id":"abc","value":{"bind/[::]:25":null}}""", false)]
    [InlineData("""{"@type":"update","object":"NetworkListener","id":"abc","value":{"bind":{"[::]:25":false}}}""", true)]
    public void An_address_that_nobody_knows_is_not_missing(string plan, bool isFound) =>
        Assert.Equal(isFound, Judge(plan).Any(static finding => finding.Rule.Id is "SWH0007" or "SWH0002"));

    [Theory]
    [InlineData("""{"@type":"User"}""", """{"@type":"Merge","enabledPermissions":{"impersonate":true},"disabledPermissions":{}}""", "through permissions of its own.", "role 'User' and permissions of its own")]
    [InlineData("""{"@type":"Admin"}""", """{"@type":"Inherit"}""", "through role 'System Administrator'.", "roles 'System Administrator', 'User'")]
    public void What_lets_an_account_do_something_is_what_is_named(string roles, string permissions, string impersonates, string through)
    {
        var plan = Domain + Account("\"roles\":" + roles + ",\"permissions\":" + permissions);
        Assert.Contains(impersonates, Assert.Single(Judge(plan), static finding => finding.Rule.Id == "SWH3002").Message, StringComparison.Ordinal);
        Assert.Contains("through " + through + ".", Assert.Single(Judge(plan), static finding => finding.Rule.Id == "SWH3003").Message, StringComparison.Ordinal);
        Assert.Equal(through, ThroughOf(plan));
    }

    /// <summary>The roles of a tenant limit what its accounts may do: they give nothing, and no role is named twice.</summary>
    [Theory]
    [InlineData("""{"@type":"Default"}""")]
    [InlineData("""{"@type":"Custom","roleIds":{"#limit":true}}""")]
    public void The_roles_of_a_tenant_give_nothing(string roles)
    {
        var plan = """{"@type":"upsert","object":"Role","value":{"limit":{"description":"limit","enabledPermissions":{"authenticate":true,"sysAccountGet":true}}}}""" + "\n"
            + """{"@type":"upsert","object":"Tenant","value":{"t":{"name":"acme","roles":""" + roles + "}}}\n"
            + """{"@type":"upsert","object":"Domain","value":{"d":{"name":"acme.org","memberTenantId":"#t"}}}""" + "\n"
            + """{"@type":"upsert","object":"Account","matchOn":["name","domainId"],"value":{"a":{"@type":"User","name":"boss","domainId":"#d","memberTenantId":"#t","roles":{"@type":"Admin"}}}}""" + "\n";
        Assert.Equal("roles 'Tenant Administrator', 'User'", ThroughOf(plan));
    }

    /// <summary>A default that an operation would have ended is found there, although the run never comes to it.</summary>
    [Theory]
    [InlineData("""{"@type":"update","object":"Http","value":{"enableHsts":"yes"}}""")]
    [InlineData("""{"@type":"updat","object":"Http","value":{"enableHsts":true}}""")]
    [InlineData("# first the address")]
    public void A_default_that_a_mistake_keeps_open_is_found_at_what_would_have_ended_it(string mistake)
    {
        var plan = """{"@type":"update","object":"SystemSettings","value":{"defaultHostname":"mail.example.org"}}""" + "\n" + mistake + "\n"
            + """{"@type":"upsert","object":"NetworkListener","value":{"https":{"name":"https","bind":{"[::]:443":true},"protocol":"http","tlsImplicit":true}}}""" + "\n"
            + """{"@type":"reconcile","object":"NetworkListener","value":{"https":{"name":"https"}}}""" + "\n";
        var finding = Assert.Single(Judge(plan), static finding => finding.Rule.Id == "SWH1004");
        Assert.Equal(4, plan[..finding.Span.Start].Count(static c => c == '\n') + 1);
    }

    [Fact]
    public void What_is_not_known_is_shown_as_it_is_written()
    {
        var state = PlanStateWriter.Write(TestPlan.Read("""{"@type":"reconcile","object":"NetworkListener","value":{"a":{"name":"${NAME}","bind":{"[::]:{{ port }}":true},"protocol":"imap","tlsImplicit":@TLS@}}}""", new PlanRunOptions()).Run);
        Assert.Contains("""{"NetworkListener":{"${NAME}":{"bind":{"[::]:{{ port }}":true},""", state, StringComparison.Ordinal);
        Assert.Contains("\"tlsImplicit\":\"@TLS@\"", state, StringComparison.Ordinal);
        Assert.DoesNotContain(Setting.UnknownPart, state);
        // Escapes beside a placeholder are those of the text, not a part of it.
        var quoted = PlanStateWriter.Write(TestPlan.Read("""{"@type":"create","object":"Role","value":{"r":{"description":"a \"${NAME}\" \u0041"}}}""", new PlanRunOptions()).Run);
        Assert.Contains("""a \"${NAME}\" A""", quoted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"@type":"upsert","object":"NetworkListener","value":{"http":{"name":"http","bind/[::]:8080":null,"bind/127.0.0.1:8080":true}}}""", true)]
    [InlineData("""{"@type":"create","object":"NetworkListener","value":{"http":{"name":"http","bind/127.0.0.1:8080":true}}}""", false)]
    public void Paths_lead_into_an_object_that_may_be_there(string plan, bool isTaken) =>
        Assert.Equal(isTaken, TestPlan.Run([TestPlan.Text(plan)], new PlanRunOptions { Server = PlanServerState.Existing }).IsSuccess);

    /// <summary>A snapshot is what is there: a note, a mark or an object that only a newer server has takes nothing away from it.</summary>
    [Theory]
    [InlineData("# the server in Vienna\n", "")]
    [InlineData("\uFEFF", "")]
    [InlineData("", "\n# end\n")]
    [InlineData("", "\n{\"@type\":\"upsert\",\"object\":\"Hologram\",\"matchOn\":[\"name\"],\"value\":{\"hologram-a\":{\"name\":\"x\"}}}\n")]
    [InlineData("", "\n{\"@type\":\"update\",\"object\":\"Hologram\",\"value\":{\"enable\":true}}\n")]
    [InlineData("{\"@type\":\"upsert\",\"object\":\"Tracer\",\"value\":{\"tracer-c\":{\"@type\":\"Pigeon\",\"level\":\"info\"}}}\n", "")]
    public void What_is_odd_in_a_snapshot_hides_nothing_else(string before, string after)
    {
        var snapshot = PlanStateWriter.WriteSnapshot(TestPlan.Run([TestPlan.Text("""{"@type":"upsert","object":"NetworkListener","value":{"imap":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap"}}}""")], new PlanRunOptions()).State).Trim();
        var expected = Judge(snapshot + "\n").Select(static finding => finding.Rule.Id + " " + finding.SettingKey).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("SWH1001 NetworkListener/imap/bind/[::]:143", expected);
        Assert.Equal(PlanTextKind.Snapshot, PlanIdentification.Of(before + snapshot + after));
        Assert.Equal(expected, Judge(before + snapshot + after).Where(static finding => finding.Rule.Id != "SWH0001").Select(static finding => finding.Rule.Id + " " + finding.SettingKey).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Judge(before + snapshot + after), static finding => finding.Message.Contains("Nothing of the plan is applied", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_read_in_a_snapshot_is_not_taken_for_missing()
    {
        var snapshot = PlanStateWriter.WriteSnapshot(FactoryServer.State);
        var cut = snapshot.Replace("{\"@type\":\"update\",\"object\":\"Http\"", "{\"@type\":\"update\",\"object\":Http", StringComparison.Ordinal) + "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":tru\n";
        Assert.Contains(Judge(snapshot), static finding => finding.Rule.Id == "SWH2008");
        Assert.DoesNotContain(Judge(cut), static finding => finding.Rule.Id == "SWH2008");
        Assert.Contains(Judge(cut), static finding => finding.Rule.Id == "SWH1004");
        Assert.EndsWith("What this line describes is not known.", Assert.Single(Judge(cut), static finding => finding.Rule.Id == "SWH0001").Message, StringComparison.Ordinal);
    }

    private static string ThroughOf(string plan)
    {
        var state = TestPlan.Read(plan, new PlanRunOptions()).Run.State;
        var account = Assert.Single(state.Objects("Account"));
        return PlanAccounts.Through(account, AccountPermissions.From(state, account));
    }

    private static string Account(string fields) =>
        """{"@type":"upsert","object":"Account","matchOn":["name","domainId"],"value":{"a":{"@type":"User","name":"ann","domainId":"#d",""" + fields + "}}}\n";

    private static IReadOnlyList<Finding> Judge(string plan) =>
        ConfigurationJudge.Judge(ConfigurationReader.Read(plan, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken), JudgementOptions.Default, TestContext.Current.CancellationToken);
}
