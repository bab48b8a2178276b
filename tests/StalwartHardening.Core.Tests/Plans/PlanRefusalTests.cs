using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>What the tool and the server refuse, when, and what they take although it looks odd.</summary>
public sealed class PlanRefusalTests
{
    private const string Domain = """{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}""";

    // The operations one a line, then what is refused: line, stage, kind.
    [Theory]
    [InlineData("""{"@type":"destroy","object":"Account","value":{"domainId":"NOT AN ID"}}""", "1 Apply MethodError")]
    [InlineData("""{"@type":"destroy","object":"Account","value":{"domainId":"#d"}}""", "1 Apply MethodError")]
    [InlineData("""{"@type":"destroy","object":"Account","value":{"@type":"user"}}""", "1 Apply MethodError")]
    [InlineData("""{"@type":"destroy","object":"Account","value":{"@type":"User"}}""", "")]
    [InlineData("""{"@type":"destroy","object":"AllowedIp","value":{"address":"0.0.0.0/0"}}""", "1 Apply MethodError")]
    [InlineData("""{"@type":"destroy","object":"AllowedIp","value":{"address":"1.2.3.4/32"}}""", "")]
    [InlineData("""{"@type":"destroy","object":"Action"}""", "1 Apply MethodError")]
    [InlineData("""{"@type":"upsert","object":"Action","value":{"a":{"@type":"ReloadSettings"}}}""", "1 Apply MethodError")]
    [InlineData("""{"@type":"create","object":"Action","value":{"a":{"@type":"ReloadSettings"}}}""", "")]
    [InlineData("""{"@type":"create","object":"Account/User","value":{"a":{"name":"ann"}}}""", "1 Plan UnknownObject")]
    [InlineData("""{"@type":"reconcile","object":"Account","matchOn":["name"],"scope":{"domainId":"#d"},"value":{}}""", "1 Plan UnresolvedReference")]
    [InlineData("""{"@type":"update","object":"Security","value":{"scanBanPaths/*":true}}""", "1 Apply InvalidPatch")]
    [InlineData("""{"@type":"update","object":"Http","value":{"allowedEndpoints/match/+1":{"if":"path == '/'","then":"404"}}}""", "")]
    [InlineData("""{"@type":"create","object":"Domain","value":{"d":{"name":"example.org","certificateManagement":{"@type":"Automatic"}}}}""", "1 Apply InvalidProperties")]
    public void One_operation(string line, string refused) => Assert.Equal(refused, Refused(line));

    [Theory]
    [InlineData("""{"@type":⟦"create"⟧,"object":"Domain"}""")]
    [InlineData("""{"@type":"create","object":"Domain","value":⟦{}⟧}""")]
    public void What_writes_nothing_is_refused_where_that_can_be_seen(string marked)
    {
        var start = marked.IndexOf('⟦', StringComparison.Ordinal);
        var end = marked.IndexOf('⟧', StringComparison.Ordinal) - 1;
        var problem = Assert.Single(TestPlan.Read(marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal), new PlanRunOptions()).Run.Problems);
        Assert.Equal((PlanProblemKind.EmptyValue, start, end), (problem.Kind, problem.Span.Start, problem.Span.End));
    }

    // A patch of one field of an element leaves the others, the first element's too.
    [Theory]
    [InlineData("0", "a.example.org=20 b.example.org=10")]
    [InlineData("1", "a.example.org=10 b.example.org=20")]
    public void A_patch_reaches_into_an_element(string element, string expected)
    {
        var reading = TestPlan.Read(
            """{"@type":"update","object":"SystemSettings","value":{"mailExchangers":{"0":{"hostname":"a.example.org","priority":10},"1":{"hostname":"b.example.org","priority":10}}}}""" + "\n"
            + $$$"""{"@type":"update","object":"SystemSettings","value":{"mailExchangers/{{{element}}}/priority":20}}""",
            new PlanRunOptions());
        Assert.True(reading.Run.IsSuccess);
        var members = reading.Run.State.Singleton("SystemSettings")!["mailExchangers"]!.Members;
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, members!.Count).Select(i => $"{members[i].Value["hostname"]!.Content}={members[i].Value["priority"]!.Content}")));
    }

    [Fact]
    public void An_address_belongs_to_one_account_or_list_whatever_gives_it()
    {
        const string Alias = """{"@type":"create","object":"Account","value":{"u":{"@type":"User","name":"ann","domainId":"#d","aliases":{"0":{"name":"sales","domainId":"#d"}}}}}""";
        const string Name = """{"@type":"create","object":"Account","value":{"v":{"@type":"User","name":"sales","domainId":"#d"}}}""";
        const string List = """{"@type":"create","object":"MailingList","value":{"l":{"name":"team","domainId":"#d","recipients":{"x@example.org":true},"aliases":{"0":{"name":"sales","domainId":"#d"}}}}}""";
        const string NoAlias = """{"@type":"update","object":"Account","id":"#u","value":{"aliases":{}}}""";
        Assert.Equal("3 Apply PrimaryKeyViolation", Refused(Domain, Alias, Name));
        Assert.Equal("3 Apply PrimaryKeyViolation", Refused(Domain, Name, Alias));
        Assert.Equal("3 Apply PrimaryKeyViolation", Refused(Domain, Name, List));
        Assert.Equal("", Refused(Domain, Alias, NoAlias, Name));
        Assert.Equal("", Refused(Domain, Name.Replace("sales", "ann", StringComparison.Ordinal), """{"@type":"update","object":"Account","id":"#v","value":{"name":"eve"}}""", Alias.Replace("sales", "eva", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_domain_has_neither_the_name_nor_an_alias_of_another()
    {
        const string Other = """{"@type":"create","object":"Domain","value":{"e":{"name":"example.net","aliases":{"example.org":true}}}}""";
        Assert.Equal("2 Apply PrimaryKeyViolation", Refused(Domain, Other));
        Assert.Equal("2 Apply PrimaryKeyViolation", Refused(Other, Domain));
        Assert.Equal("", Refused(Other, """{"@type":"update","object":"Domain","id":"#e","value":{"aliases/example.org":null}}""", Domain));
        Assert.Equal("", Refused("""{"@type":"create","object":"Domain","value":{"e":{"name":"example.net","aliases":{"example.net":true}}}}"""));
    }

    [Fact]
    public void Certificates_by_DNS_need_DNS_that_the_server_manages()
    {
        const string Provider = """{"@type":"create","object":"AcmeProvider","value":{"a":{"contact":{"x@example.org":true},"challengeType":"Dns01"}}}""";
        const string Managed = """{"@type":"create","object":"Domain","value":{"d":{"name":"example.org","certificateManagement":{"@type":"Automatic","acmeProviderId":"#a"}}}}""";
        Assert.Equal("2 Apply InvalidProperties", Refused(Provider, Managed));
        Assert.Equal("", Refused(Provider.Replace("Dns01", "TlsAlpn01", StringComparison.Ordinal), Managed));
    }

    [Fact]
    public void Passwords_are_measured_by_the_policy_that_the_server_has_read()
    {
        const string Policy = """{"@type":"update","object":"Authentication","value":{"passwordMinLength":4,"passwordMaxLength":12}}""";
        const string Reload = """{"@type":"create","object":"Action","value":{"r":{"@type":"ReloadSettings"}}}""";
        static string Account(string password) => """{"@type":"create","object":"Account","value":{"u":{"@type":"User","name":"ann","domainId":"#d","credentials":{"0":{"@type":"Password","secret":"PASSWORD"}}}}}""".Replace("PASSWORD", password, StringComparison.Ordinal);
        Assert.Equal("2 Apply InvalidProperties", Refused(Domain, Account("short")));
        Assert.Equal("3 Apply InvalidProperties", Refused(Domain, Policy, Account("short")));
        Assert.Equal("", Refused(Domain, Policy, Reload, Account("short")));
        Assert.Equal("", Refused(Domain, Policy, Account("thirteen chars")));
        Assert.Equal("4 Apply InvalidProperties", Refused(Domain, Policy, Reload, Account("thirteen chars")));
        Assert.Equal("2 Apply InvalidProperties", Refused(Domain, Account(new string('x', 129))));
        var texts = new[] { TestPlan.Text(Policy + "\n" + Reload), TestPlan.Text(Domain + "\n" + Account("short")) };
        Assert.True(TestPlan.Run(texts, new PlanRunOptions()).IsSuccess);
    }

    [Fact]
    public void A_scope_says_what_its_bodies_do_not()
    {
        const string Accounts = """{"@type":"create","object":"Account","value":{"u":{"@type":"User","name":"ann","domainId":"#d"},"g":{"@type":"Group","name":"team","domainId":"#d"}}}""";
        const string Users = """{"@type":"reconcile","object":"Account","matchOn":["name"],"scope":{"@type":"User"},"value":{"v":{"name":"eve","domainId":"#d"}}}""";
        Assert.Equal(["eve", "team"], Names(new PlanRunOptions(), Domain + "\n" + Accounts, Domain + "\n" + Users));
    }

    [Fact]
    public void A_reference_in_a_scope_is_the_object_it_names()
    {
        const string Domains = """{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"},"e":{"name":"example.net"}}}""";
        const string Accounts = """{"@type":"create","object":"Account","value":{"u":{"@type":"User","name":"ann","domainId":"#d"},"v":{"@type":"User","name":"bob","domainId":"#e"}}}""";
        const string None = """{"@type":"reconcile","object":"Account","matchOn":["name"],"scope":{"domainId":"#d"},"value":{}}""";
        Assert.Equal(["bob"], Names(new PlanRunOptions(), Domains + "\n" + Accounts, Domains + "\n" + None));
    }

    [Fact]
    public void The_first_line_that_cannot_be_read_is_the_one_reported()
    {
        string[] bad =
        [
            """{"@type":"update" """, """{"@type":"nope","object":"Http","value":{}}""", """{"@type":"update","object":"Http","note":1,"value":{}}""", """{"@type":"update","value":{}}""", "[]",
            """{"@type":"update","object":"Http","object":"Http","value":{}}""",
        ];
        string[] good = ["""{"@type":"update","object":"Http","value":{"enableHsts":true}}""", "", """{"@type":"destroy","object":"Http"}""", """{"@type":"update","object":"Nothing","value":{}}"""];
        var random = new Random(16);
        for (var round = 0; round < 200; round++)
        {
            var lines = Enumerable.Range(0, 8).Select(_ => random.Next(3) == 0 ? bad[random.Next(bad.Length)] : good[random.Next(good.Length)]).ToArray();
            var first = Array.FindIndex(lines, line => bad.Contains(line)) + 1;
            if (first == 0)
                first = Array.FindIndex(lines, line => line == good[2] || line == good[3]) + 1;
            var reached = TestPlan.Run([TestPlan.Text(string.Join('\n', lines))], new PlanRunOptions()).Problems.Where(problem => problem.IsReached).ToArray();
            Assert.Equal(first == 0 ? [] : [first], reached.Select(problem => problem.Line));
        }
    }

    private static string Refused(params string[] lines)
    {
        var run = TestPlan.Run([TestPlan.Text(string.Join('\n', lines))], new PlanRunOptions());
        return string.Join(", ", run.Problems.Where(problem => problem.IsReached).Select(problem => $"{problem.Line} {problem.Stage} {problem.Kind}"));
    }

    private static string[] Names(PlanRunOptions options, params string[] texts)
    {
        var run = TestPlan.Run([.. texts.Select(TestPlan.Text)], options);
        Assert.True(run.IsSuccess, string.Join('\n', run.Problems));
        return [.. run.State.Objects("Account").Select(account => account["name"]!.Content).Order(StringComparer.Ordinal)];
    }
}
