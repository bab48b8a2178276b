using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Objects;

namespace StalwartHardening.Tests.Plans;

/// <summary>Plans of typed objects: what is written, and what is refused.</summary>
public sealed class StalwartPlanTests
{
    [Fact]
    public void Objects_refer_to_each_other_and_come_in_an_order_in_which_that_works()
    {
        var domain = new Domain { Name = "example.org" };
        var operators = new Role { Description = "Mail operators", EnabledPermissions = [ServerPermission.Authenticate, ServerPermission.SysDomainGet] };
        var plan = new StalwartPlan();
        plan.Upsert(new Account.User
        {
            Name = "ops",
            DomainId = domain,
            Roles = new UserRoles.Custom { RoleIds = [operators, ObjectReference.FromId<Role>("e")] },
            Credentials = [new Credential.Password { Secret = Secret.Hash("$6$salt$hash") }],
        });
        plan.Upsert(operators);
        plan.Upsert(domain);
        Assert.Equal(
            """
            {"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"domain-example-org":{"name":"example.org"}}}
            {"@type":"upsert","object":"Role","matchOn":["description"],"value":{"role-mail-operators":{"description":"Mail operators","enabledPermissions":{"authenticate":true,"sysDomainGet":true}}}}
            {"@type":"upsert","object":"Account","matchOn":["name","domainId"],"value":{"account-ops":{"@type":"User","name":"ops","domainId":"#domain-example-org","roles":{"@type":"Custom","roleIds":{"#role-mail-operators":true,"e":true}},"credentials":{"0":{"@type":"Password","secret":"$6$salt$hash"}}}}}

            """,
            plan.ToNdjson());
    }

    [Fact]
    public void Every_operation_is_written_as_the_tool_reads_it()
    {
        var plan = new StalwartPlan();
        plan.DestroyAll<Tracer>();
        plan.Destroy(new NetworkListener { Name = "http" });
        plan.Reconcile(new NetworkListener { Name = "imaps", Bind = ["[::]:993", "[::]:993"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true, TlsTimeout = null })
            .MatchOn(nameof(NetworkListener.Name)).Within(new NetworkListener { Name = "imaps" });
        plan.Reconcile<MtaRoute>();
        plan.Update(new Http { AllowedEndpoints = "if_then(is_tls, 200, 404)", RateLimitAnonymous = new Rate { Count = 5, Period = TimeSpan.FromMinutes(1) } });
        plan.Update(ObjectReference.FromId<Domain>("b"), new Domain { IsEnabled = false });
        plan.Update(new SystemSettings()).Set("services/smtp/cleartext", false).Set("threadPoolSize", 4).Set("services/imap/hostname", "imap.example.org");
        plan.Upsert<Tracer>(new Tracer.Log { Path = "/var/log" }, new Tracer.Stdout());
        plan.Create(new ServerAction.ReloadSettings());
        Assert.Equal(
            """
            {"@type":"destroy","object":"Tracer"}
            {"@type":"destroy","object":"NetworkListener","value":{"name":"http"}}
            {"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"scope":{"name":"imaps"},"value":{"network-listener-imaps":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true,"tlsTimeout":null}}}
            {"@type":"reconcile","object":"MtaRoute","value":{}}
            {"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"if_then(is_tls, 200, 404)"},"rateLimitAnonymous":{"count":5,"period":60000}}}
            {"@type":"update","object":"Domain","id":"b","value":{"isEnabled":false}}
            {"@type":"update","object":"SystemSettings","value":{"services/smtp/cleartext":false,"threadPoolSize":4,"services/imap/hostname":"imap.example.org"}}
            {"@type":"upsert","object":"Tracer","matchOn":["@type"],"value":{"tracer-log":{"@type":"Log","path":"/var/log"},"tracer-stdout":{"@type":"Stdout"}}}
            {"@type":"create","object":"Action","value":{"action-reloadsettings":{"@type":"ReloadSettings"}}}

            """,
            plan.ToNdjson());
    }

    [Fact]
    public void Secrets_are_written_as_the_field_takes_them()
    {
        var plan = new StalwartPlan();
        plan.Upsert(new MtaRoute.Relay { Name = "relay", Address = "relay.example.org", AuthUsername = "u", AuthSecret = Secret.FromEnvironment("RELAY") });
        plan.Upsert(new MtaRoute.Relay { Name = "file", Address = "relay.example.org", AuthUsername = "u", AuthSecret = Secret.FromFile("/run/secret") });
        plan.Upsert(new MtaRoute.Relay { Name = "none", Address = "relay.example.org", AuthSecret = null });
        var text = plan.ToNdjson();
        Assert.Contains("""authSecret":{"@type":"EnvironmentVariable","variableName":"RELAY"}""", text, StringComparison.Ordinal);
        Assert.Contains("""authSecret":{"@type":"File","filePath":"/run/secret"}""", text, StringComparison.Ordinal);
        Assert.Contains("""authSecret":{"@type":"None"}""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it's \"quoted\" \\ and\nbroken\tup")]
    [InlineData("\U0001F4EC \u0001 \u2028 é")]
    [InlineData("#no-reference")]
    public void Texts_survive(string text)
    {
        var plan = new StalwartPlan();
        plan.Upsert(new Domain { Name = "example.org", Description = text });
        var line = Assert.Single(plan.ToNdjson().TrimEnd('\n').Split('\n'));
        using var json = System.Text.Json.JsonDocument.Parse(line);
        Assert.Equal(text, json.RootElement.GetProperty("value").GetProperty("domain-example-org").GetProperty("description").GetString());
    }

    public static TheoryData<string, Action<StalwartPlan>, string> Refusals => new()
    {
        { "a reference out of the plan", plan => plan.Upsert(new Account.User { Name = "a", DomainId = new Domain { Name = "example.org" } }), "Domain 'example.org' that is referred to is not in this plan" },
        { "an object twice", plan => { var domain = new Domain { Name = "example.org" }; plan.Upsert(domain); plan.Upsert(domain); }, "is in the plan already" },
        { "two of one name", plan => plan.Upsert(new Domain { Name = "example.org" }, new Domain { Name = "example.org" }), "Domain" },
        { "an address that is none", plan => plan.Upsert(new NetworkListener { Name = "imap", Bind = ["localhost:143"] }), "bind" },
        { "no address", plan => plan.Upsert(new NetworkListener { Name = "imap", Bind = [] }), "bind" },
        { "half a character", plan => plan.Upsert(new Domain { Name = "example.org", Description = "\ud83d" }), "half a character" },
        { "an expression that does not compile", plan => plan.Update(new Http { AllowedEndpoints = "starts_with(url_path, '/')" }), "url_path" },
        { "nothing to match on", plan => plan.Upsert<Tracer>(new Tracer.Log { Path = "/a" }, new Tracer.Log { Path = "/b" }), "MatchOn" },
        { "a circle", plan => { var tenant = new Tenant { Name = "t" }; var role = new Role { Description = "r", MemberTenantId = tenant }; tenant.Roles = new Roles.Custom { RoleIds = [role] }; plan.Upsert(tenant); plan.Upsert(role); }, "in a circle" },
        { "what only a new object takes", plan => plan.Update(ObjectReference.FromId<NetworkListener>("x"), new NetworkListener { Name = "other" }), "name" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_every_server_refuses_is_not_written(string what, Action<StalwartPlan> write, string because)
    {
        var plan = new StalwartPlan();
        write(plan);
        var thrown = Assert.Throws<InvalidServerException>(plan.ToNdjson);
        Assert.True(thrown.Problems.Any(problem => problem.Contains(because, StringComparison.Ordinal) && problem.Contains("StalwartPlanTests.cs(", StringComparison.Ordinal)), what + ": " + thrown.Message);
    }

    [Fact]
    public void Values_that_cannot_be_are_refused_where_they_are_assigned()
    {
        var listener = new NetworkListener();
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.TlsTimeout = TimeSpan.FromTicks(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.TlsTimeout = TimeSpan.FromSeconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.TlsTimeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.MaxConnections = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.Protocol = (NetworkListenerProtocol)99);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Role().EnabledPermissions = [(ServerPermission)99999]);
        Assert.Throws<ArgumentException>(() => listener.Bind = [null!]);
        Assert.Throws<ArgumentException>(() => listener.Name = "");
        Assert.Throws<ArgumentException>(() => ObjectReference.FromId<Role>("#ops"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MtaQueueQuota { Size = -1 });
        Assert.Contains("NetworkListener.tlsTimeout: the server counts whole milliseconds", Assert.Throws<ArgumentOutOfRangeException>(() => listener.TlsTimeout = TimeSpan.FromTicks(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operations_that_cannot_be_are_refused_where_they_are_called()
    {
        var plan = new StalwartPlan();
        Assert.Throws<ArgumentException>(() => plan.Upsert<Domain>());
        Assert.Throws<ArgumentException>(() => plan.Upsert(new Domain(), null!));
        Assert.Throws<ArgumentNullException>(() => plan.Update(null!));
        Assert.Throws<ArgumentException>(() => plan.Upsert<ServerObject>(new Domain(), new Role()));
        Assert.Throws<ArgumentException>(() => plan.DestroyAll<ServerObject>());
        Assert.Throws<ArgumentException>(() => plan.Destroy(new Domain()));
        Assert.Throws<ArgumentException>(() => plan.Upsert(new Domain()).MatchOn("hostname"));
        Assert.Throws<InvalidOperationException>(() => plan.Create(new Domain()).MatchOn("name"));
        Assert.Throws<InvalidOperationException>(() => plan.Upsert(new Domain()).Set("name", "x"));
        Assert.Throws<ArgumentException>(() => plan.Update(new Http()).Set("nothing/here", true));
        var domain = new Domain { Name = "a.example.org" };
        Assert.Throws<ArgumentException>(() => plan.Update(domain, domain));
    }

    [Fact]
    public void Null_clears_what_can_be_cleared_and_takes_other_assignments_back()
    {
        var listener = new NetworkListener { Name = "a", MaxConnections = 5, TlsTimeout = TimeSpan.FromSeconds(1) };
        listener.MaxConnections = null;
        listener.Protocol = NetworkListenerProtocol.Imap;
        listener.Protocol = null;
        Assert.Null(listener.Protocol);
        listener.Bind = ["[::]:1"];
        var plan = new StalwartPlan();
        plan.Upsert(listener);
        Assert.Contains("""{"name":"a","maxConnections":null,"tlsTimeout":1000,"bind":{"[::]:1":true}}""", plan.ToNdjson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_name_the_line_that_wrote_the_setting()
    {
        var plan = new StalwartPlan();
        plan.Reconcile(
            new NetworkListener { Name = "imaps", Bind = ["[::]:993"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true },
            new NetworkListener { Name = "imap", Bind = ["[::]:143"], Protocol = NetworkListenerProtocol.Imap });
        var finding = Assert.Single(plan.Judge(), static finding => finding.RuleId == "SWH1001");
        Assert.EndsWith("StalwartPlanTests.cs", finding.FilePath, StringComparison.Ordinal);
        Assert.Equal("Bind", finding.Call);
        Assert.True(finding.Line > 0);

        // A plan that only adds leaves the defaults of a new server open; nothing is known of another one.
        var adds = new StalwartPlan();
        adds.Upsert(new NetworkListener { Name = "imaps", Bind = ["[::]:993"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true });
        Assert.Contains(adds.Judge(), static finding => finding.RuleId == "SWH1004");
        Assert.DoesNotContain(adds.Judge(new JudgementOptions { ServerState = ServerState.Existing }), static finding => finding.RuleId == "SWH1004");
        Assert.Throws<InvalidOperationException>(() => adds.Judge(new JudgementOptions { TargetVersion = new Version(0, 15) }));
    }

    [Fact]
    public async Task A_plan_is_written_to_files_streams_and_writers()
    {
        var plan = new StalwartPlan();
        plan.Update(new Http { EnableHsts = true });
        var text = plan.ToNdjson();
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            plan.WritePlan(path);
            Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            await plan.WritePlanAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            var broken = new StalwartPlan();
            broken.Upsert(new NetworkListener { Name = "x", Bind = ["x"] });
            Assert.Throws<InvalidServerException>(() => broken.WritePlan(path));
            Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }

        using var stream = new MemoryStream();
        plan.WritePlan(stream);
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        using var writer = new StringWriter();
        plan.WritePlan(writer);
        Assert.Equal(text, writer.ToString());
    }

    [Fact]
    public void No_secret_shows() => Assert.DoesNotContain("hash", new Credential.Password { Secret = Secret.Hash("$6$salt$hash") }.ToString(), StringComparison.Ordinal);
}
