using Microsoft.CodeAnalysis;
using StalwartHardening.Generations;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Plans;

/// <summary>What a server would refuse of typed objects is said while they are typed, at the text whose change ends it, in the words that a plan in a file gets.</summary>
public sealed class RefusedWhileTypingTests
{
    // The text between «» is where the finding points.
    public static TheoryData<string, string> Refused => new()
    {
        { "no address", "plan.Reconcile(new NetworkListener { Name = \"x\", Bind = [«\"localhost:993\"»], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true });" },
        { "an empty name", "plan.Reconcile(new NetworkListener { Name = «\"\"», Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true });" },
        { "a negative number", "plan.Update(new SystemSettings { ThreadPoolSize = «-1» });" },
        { "a number out of range", "plan.Update(new Authentication { PasswordMinLength = «100000» });" },
        { "a negative duration", "plan.Reconcile(new NetworkListener { Name = \"x\", Bind = [\"[::]:993\"], TlsImplicit = true, TlsTimeout = «TimeSpan.FromSeconds(-1)» });" },
        { "no duration", "plan.Reconcile(new NetworkListener { Name = \"x\", Bind = [\"[::]:993\"], TlsImplicit = true, TlsTimeout = «TimeSpan.Zero» });" },
        { "half a millisecond", "plan.Reconcile(new NetworkListener { Name = \"x\", Bind = [\"[::]:993\"], TlsImplicit = true, TlsTimeout = «TimeSpan.FromMilliseconds(0.5)» });" },
        { "no member of an enumeration", "plan.Reconcile(new NetworkListener { Name = \"x\", Bind = [\"[::]:993\"], TlsImplicit = true, Protocol = «(NetworkListenerProtocol)99» });" },
        { "no member of an enumeration in a set", "plan.Upsert(new Role { Description = \"r\", EnabledPermissions = [ServerPermission.Authenticate, «(ServerPermission)99999»] });" },
        { "a field that only a new object takes", "plan.Update(ObjectReference.FromId<NetworkListener>(\"x\"), new NetworkListener { Name = «\"other\"» });" },
        { "an expression that does not compile", "plan.Update(new Http { AllowedEndpoints = «\"starts_with(url_path, '/')\"» });" },
        { "a rule that does not compile", "plan.Update(new Http { AllowedEndpoints = new Expression { Match = [new ExpressionMatch { If = «\"starts_with(path, '/'\"», Then = \"200\" }], Else = \"404\" } });" },
        { "a variable that this field does not know", "plan.Update(new MtaStageAuth { Require = «\"path == '/'\"» });" },
        { "a network that is too wide", "plan.Update(new SystemSettings { ProxyTrustedNetworks = [«\"0.0.0.0/0\"»] });" },
        { "a reference out of the plan", "plan.Upsert(new Account.User { Name = \"a\", DomainId = «new Domain { Name = \"example.org\" }» });" },
        { "a reference out of the plan, by variable", "var domain = new Domain { Name = \"example.org\" }; plan.Upsert(new Account.User { Name = \"a\", DomainId = «domain» });" },
        { "an object twice", "var domain = new Domain { Name = \"example.org\" }; plan.Upsert(domain); plan.«Upsert»(domain);" },
        { "two of one name", "plan.Upsert(new Domain { Name = \"example.org\" }, new «Domain» { Name = \"example.org\" });" },
        { "nothing to match on", "plan.«Upsert<Tracer>»(new Tracer.Log { Path = \"/a\" }, new Tracer.Log { Path = \"/b\" });" },
        { "what is matched on is missing", "plan.Upsert(new «Domain» { Description = \"x\" });" },
        { "a circle", "var tenant = new Tenant { Name = \"t\" }; var role = new Role { Description = \"r\", MemberTenantId = tenant }; tenant.Roles = new Roles.Custom { RoleIds = [role] }; plan.«Upsert»(tenant); plan.Upsert(role);" },
        { "a path that leads nowhere", "plan.Update(new SystemSettings()).«Set»(\"services/smtp/nothing\", true);" },
        { "a path to a value of another type", "plan.Update(new SystemSettings()).Set(\"services/smtp/cleartext\", «\"yes\"»);" },
        { "half a character", "plan.Upsert(new Domain { Name = \"example.org\", Description = «\"\\ud83d\"» });" },
        { "a singleton that is made", "plan.AddOperation(«\"{\\\"@type\\\":\\\"upsert\\\",\\\"object\\\":\\\"Http\\\",\\\"value\\\":{\\\"a\\\":{}}}\"»);" },
        { "a singleton that is destroyed", "plan.AddOperation(«\"{\\\"@type\\\":\\\"destroy\\\",\\\"object\\\":\\\"Http\\\"}\"»);" },
        { "a field that there is not", "plan.AddOperation(«\"{\\\"@type\\\":\\\"update\\\",\\\"object\\\":\\\"Http\\\",\\\"value\\\":{\\\"hsts\\\":true}}\"»);" },
        { "a missing field", "plan.Upsert(new «MtaRoute.Relay» { Name = \"r\" });" },
        { "an id that is none", "plan.Update(«ObjectReference.FromId<Domain>(\"#x\")», new Domain { IsEnabled = false });" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_is_said_at_the_argument(string what, string statements)
    {
        var source = PlanProgram.Source(statements.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal));
        var start = PlanProgram.Source(statements).IndexOf('«', StringComparison.Ordinal);
        var end = PlanProgram.Source(statements).IndexOf('»', StringComparison.Ordinal) - 1;
        var compilation = BuilderProgram.Compile(source);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var said = (await BuilderProgram.Analyze(compilation)).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("SWH00", StringComparison.Ordinal)).ToList();
        Assert.True(said.Exists(diagnostic => diagnostic.Location.SourceSpan.Start == start && diagnostic.Location.SourceSpan.End == end), what + " is said elsewhere:\n" + string.Join('\n', said.Select(diagnostic => source[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End] + ": " + diagnostic)));
    }

    // One judgement: the source shows the very sentences that the written plan would get.
    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_is_said_in_the_words_of_a_plan_in_a_file(string what, string statements)
    {
        var compilation = BuilderProgram.Compile(PlanProgram.Source(statements.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)));
        var said = (await BuilderProgram.Analyze(compilation)).Select(static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
        var text = Assert.Single(PlanProgram.Flatten(compilation));
        var target = new Server.ReadingTarget(PlanGeneration.Instance.Newest);
        var found = ConfigurationJudge.Judge(Generation.ReadServer(PlanGeneration.ReadPlan(text, target, TestContext.Current.CancellationToken).Document, target.Version), new JudgementOptions(), TestContext.Current.CancellationToken)
            .Where(static finding => finding.Rule.Id.StartsWith("SWH00", StringComparison.Ordinal)).Select(static finding => finding.Message).ToList();
        // What the library refuses by itself never gets into a file.
        Assert.True(found.Exists(said.Contains) || said.Any(static message => message.EndsWith("WritePlan refuses the plan.", StringComparison.Ordinal)), what + ":\n" + string.Join('\n', found) + "\n\n" + string.Join('\n', said));
    }

    [Fact]
    public async Task What_others_may_have_added_is_not_missing() =>
        Assert.DoesNotContain("SWH0002", string.Join(' ', await BuilderProgram.Judge(PlanProgram.Source(
            "var domain = new Domain { Name = \"example.org\" }; Elsewhere.Add(plan, domain); plan.Upsert(new Account.User { Name = \"a\", DomainId = domain });",
            types: "public static class Elsewhere { public static extern void Add(StalwartPlan plan, Domain domain); }"))), StringComparison.Ordinal);
}
