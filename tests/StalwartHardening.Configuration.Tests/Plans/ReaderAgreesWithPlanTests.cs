namespace StalwartHardening.Tests.Plans;

/// <summary>The plan that the reader sees in the source is the one that the program writes when it runs.</summary>
public sealed class ReaderAgreesWithPlanTests
{
    private const string Imaps = "new NetworkListener { Name = \"imaps\", Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true }";

    private const string Https = "new NetworkListener { Name = \"https\", Bind = [\"[::]:443\"], Protocol = NetworkListenerProtocol.Http, TlsImplicit = true }";

    public static TheoryData<string, string, string> Programs => new()
    {
        { "plan.Reconcile(" + Imaps + ");", "", "" },
        { "plan.Upsert(" + Imaps + ").MatchOn(\"name\").Within(new NetworkListener { Name = \"imaps\" });", "", "" },
        { "plan.DestroyAll<Tracer>(); plan.Destroy(new NetworkListener { Name = \"http\" }); plan.Reconcile<MtaRoute>();", "", "" },
        { "plan.Update(new Http { EnableHsts = true, AllowedEndpoints = \"200\", RateLimitAnonymous = new Rate { Count = 5, Period = TimeSpan.FromMinutes(1) }, ResponseHeaders = new Dictionary<string, string> { [\"X-A\"] = \"1\", [\"X-B\"] = \"2\" } });", "", "" },
        { "plan.Update(new MtaStageAuth { SaslMechanisms = new Expression { Match = [new ExpressionMatch { If = \"is_tls\", Then = \"[plain]\" }], Else = \"false\" }, Require = Expression.FromText(\"true\") });", "", "" },
        { "var domain = new Domain { Name = \"example.org\" }; var role = new Role { Description = \"Operators\", EnabledPermissions = [ServerPermission.Authenticate, ServerPermission.SysDomainGet] }; plan.Upsert(new Account.User { Name = \"ops\", DomainId = domain, Roles = new UserRoles.Custom { RoleIds = [role, ObjectReference.FromId<Role>(\"e\")] }, Credentials = [new Credential.Password { Secret = Secret.Hash(\"$6$x$y\") }], Quotas = new Dictionary<StorageQuota, long> { [StorageQuota.MaxDiskQuota] = 1024 } }); plan.Upsert(role); plan.Upsert(domain);", "", "" },
        { "plan.Update(ObjectReference.FromId<Domain>(\"b\"), new Domain { IsEnabled = false }); var d = new Domain { Name = \"a.org\" }; plan.Upsert(d); plan.Update(d, new Domain { AllowRelaying = true });", "", "" },
        { "plan.Update(new SystemSettings()).Set(\"services/smtp/cleartext\", false).Set(\"threadPoolSize\", 4).Set(\"services/imap/hostname\", \"imap.example.org\").Set(\"proxyTrustedNetworks/10.0.0.0~18\", null);", "", "" },
        { "plan.Upsert<Tracer>(new Tracer.Log { Path = \"/var/log\", Level = TracingLevel.Warn }, new Tracer.Stdout { Ansi = false }); plan.Create(new ServerAction.ReloadSettings());", "", "" },
        { "plan.Upsert(new MtaRoute.Relay { Name = \"a\", Address = \"r\", AuthSecret = Secret.FromEnvironment(\"A\") }, new MtaRoute.Relay { Name = \"b\", Address = \"r\", AuthSecret = Secret.FromFile(\"/b\") }, new MtaRoute.Relay { Name = \"c\", Address = \"r\", AuthSecret = null });", "", "" },
        { "var l = " + Imaps + "; l.TlsTimeout = null; l.MaxConnections = 10; l.MaxConnections = 20; l.Protocol = NetworkListenerProtocol.Pop3; l.Bind = new List<string> { \"[::]:995\" }; plan.Reconcile(l); l.SocketBacklog = 5;", "", "" },
        { "foreach (var (name, port) in new[] { (\"a\", 465), (\"b\", 993) }) plan.Upsert(Listener(name, port));", "static NetworkListener Listener(string name, int port) => new() { Name = name, Bind = [$\"[::]:{port}\"], TlsImplicit = port != 25 };", "" },
        { "plan.Reconcile(Specs.Where(s => s.Port > 0).Select(s => s.ToListener()).ToArray());", "static readonly Spec[] Specs = { new(\"a\", 465), new(\"b\", -1), new(\"c\", 993) };", "public sealed record Spec(string Name, int Port) { public NetworkListener ToListener() => new NetworkListener { Name = Name, Bind = new[] { \"[::]:\" + Port } }; }" },
        { "Harden(plan); plan.AddTracer();", "static void Harden(StalwartPlan target) => target.Update(new Http { EnableHsts = true }); static PlanOperationBuilder AddTracer(this StalwartPlan plan) => plan.Upsert(new Tracer.Stdout());", "" },
        { "plan.Update(new DnsResolver.System()); plan.Update(new Authentication { PasswordMinLength = 16, PasswordMinStrength = PasswordStrength.Four, PasswordHashAlgorithm = PasswordHashAlgorithm.Argon2id, DefaultAdminRoleIds = [ObjectReference.FromId<Role>(\"e\")] });", "", "" },
        { "plan.Upsert(new Domain { Name = \"x.org\", Description = \"it's \\\"x\\\"\\n\\\\ \\ud83d\\udcec\" }); plan.Update(new Security { AuthBanRate = null, ScanBanPaths = [] });", "", "" },
        { "plan.Update(new TaskManager { Strategy = new TaskRetryStrategy.ExponentialBackoff { Factor = 2, InitialDelay = TimeSpan.FromSeconds(1.5), Jitter = true } });", "", "" },
        { "plan.Update(new Http { AllowedEndpoints = Expression.FromAccessRules(rules => rules.Allow(Endpoints.ForMailClients)) });", "", "" },
        { "plan.Update(new Http { AllowedEndpoints = Expression.FromAccessRules(Rules) }); plan.Update(new MtaStageAuth { Require = Expression.FromAccessRules(static rules => { rules.Refuse(403).OnListener(\"smtp\"); rules.Otherwise(200); }) });", "static void Rules(AccessRulesBuilder rules) { foreach (var network in new[] { \"10.0.0.0/8\", \"2001:db8::/32\" }) rules.Allow().From(network); rules.Refuse(403, Endpoints.ManagementApi); rules.Allow(Endpoints.Jmap, Endpoints.WebDav); }", "" },
        { "var extra = new[] { \"[::]:26\" }; plan.Upsert(new NetworkListener { Name = \"s\", Bind = [\"[::]:25\", .. extra] });", "", "" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Reading_the_source_gives_what_the_program_writes(string statements, string members, string types) =>
        PlanProgram.AssertSame(PlanProgram.Source(statements, members, types));

    public static TheoryData<string, string[]> Judged => new()
    {
        { "plan.Reconcile(" + Imaps + ", new NetworkListener { Name = \"imap\", Bind = [\"[::]:143\"], Protocol = NetworkListenerProtocol.Imap });", ["SWH1001 \"[::]:143\""] },
        { "plan.Upsert(" + Imaps + ");", ["SWH1004 Upsert"] },
        { "plan.Reconcile(" + Https + "); plan.Update(new Http { AllowedEndpoints = Expression.FromAccessRules(rules => rules.Otherwise(200)) });", ["SWH2002 Expression.FromAccessRules(rules => rules.Otherwise(200))"] },
        { "plan.Reconcile(" + Https + "); plan.Update(new Http { AllowedEndpoints = Expression.FromAccessRules(rules => rules.Allow(Endpoints.ForMailClients)) });", [] },
        { "plan.Reconcile(new NetworkListener { Name = \"x\", Bind = [\"localhost:993\"], TlsImplicit = true });", ["SWH1004 Reconcile", "SWH0002 \"localhost:993\""] },
    };

    [Theory]
    [MemberData(nameof(Judged))]
    public async Task Plans_are_judged_where_they_are_written(string statements, string[] findings) =>
        Assert.Equal(findings, await BuilderProgram.Judge(PlanProgram.Source(statements)));
}
