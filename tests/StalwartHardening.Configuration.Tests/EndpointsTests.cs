using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>What the names of endpoints stand for, by what servers of both generations answer.</summary>
public class EndpointsTests
{
    [Fact]
    public void Rules_for_mail_clients_keep_the_management_api_closed()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls();
        server.Http.WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));
        var findings = server.Build().Judge();
        Assert.DoesNotContain(findings, static finding => finding.RuleId.StartsWith("SWH20", StringComparison.Ordinal) && finding.RuleId != "SWH2008");
    }

    [Fact]
    public void Mail_clients_get_what_they_need_and_nothing_more() =>
        AssertAdmits(static rules => rules.Allow(Endpoints.ForMailClients), static endpoint => endpoint.IsNeededFromElsewhere);

    [Fact]
    public void People_can_log_in_where_log_in_is_allowed()
    {
        var (old, plan) = Admitted(static rules => rules.Allow(Endpoints.OAuth));
        Assert.Equal(["/auth/device", "/auth/token", "/auth/introspect", "/auth/userinfo", "/auth/register", "/auth/jwks.json"], old);
        Assert.Equal(["/auth/device", "/auth/token", "/auth/introspect", "/auth/userinfo", "/auth/register", "/auth/jwks.json", "/login", "/device", "/api/auth"], plan);
    }

    [Fact]
    public void Refusing_the_management_api_leaves_log_in_open()
    {
        AssertAdmits(static rules => rules.Refuse(403, Endpoints.ManagementApi).Also(rules).Otherwise(200), static endpoint => endpoint.Group != HttpEndpointGroup.ManagementApi);
        AssertAdmits(static rules => rules.Allow(Endpoints.Autodiscover), static endpoint => endpoint.Path.StartsWith("/autodiscover", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_path_that_is_written_out_stays_that_path()
    {
        var (old, plan) = Admitted(static rules => rules.Allow(Endpoints.PathsBeginningWith("/auth")));
        Assert.Equal(old, plan);
        Assert.DoesNotContain("/login", plan);
        Assert.Throws<InvalidServerException>(static () => Admitted(static rules => rules.Allow(Endpoints.PathsBeginningWith("auth"))));
    }

    // A base that others change and write again keeps its rules, until somebody writes others.
    [Fact]
    public void Layers_keep_the_paths_of_their_generation()
    {
        var layered = StalwartServer.CreateBuilder();
        layered.Overlay(Begin(static rules => rules.Allow(Endpoints.OAuth)).Build());
        Assert.Contains("/login", Plan(layered.Build().ToBuilder().Build()));

        var replaced = Begin(static rules => rules.Allow(Endpoints.OAuth)).Build().ToBuilder();
        replaced.Http.WithAllowedEndpoint("if_then(starts_with(url_path, '/jmap'), 200, 404)");
        Assert.DoesNotContain("/login", Plan(replaced.Build()));
        Assert.Contains("/jmap", Plan(replaced.Build()));

        var others = Begin(static rules => rules.Allow(Endpoints.OAuth)).Build().ToBuilder();
        others.Set("http.allowed-endpoint", "404");
        Assert.Empty(Plan(others.Build()));
    }

    private static void AssertAdmits(Action<AccessRulesBuilder> configure, Predicate<Server.Access.HttpEndpoint> isAdmitted)
    {
        var (old, plan) = Admitted(configure);
        Assert.Equal(SettingsEndpoints.Instance.All.Where(endpoint => isAdmitted(endpoint)).Select(static endpoint => endpoint.Path), old);
        Assert.Equal(PlanEndpoints.Instance.All.Where(endpoint => isAdmitted(endpoint)).Select(static endpoint => endpoint.Path), plan);
        Assert.Equal(plan, Typed(configure));
    }

    private static (IReadOnlyList<string> Toml, IReadOnlyList<string> Plan) Admitted(Action<AccessRulesBuilder> configure)
    {
        var server = Begin(configure).Build();
        return (Admitted(Generation.ReadFile(server.ToToml(), ServerVersion.Newest, TestContext.Current.CancellationToken), SettingsEndpoints.Instance), Plan(server));
    }

    private static StalwartServerBuilder Begin(Action<AccessRulesBuilder> configure)
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls();
        server.Http.WithAccessRules(configure);
        return server;
    }

    private static List<string> Plan(StalwartServer server) => OfPlan(server.ToPlan());

    // The same rules on typed objects.
    private static List<string> Typed(Action<AccessRulesBuilder> configure)
    {
        var plan = new StalwartPlan();
        plan.Update(new Configuration.Objects.Http { AllowedEndpoints = Configuration.Objects.Expression.FromAccessRules(configure) });
        return OfPlan(plan.ToNdjson());
    }

    private static List<string> OfPlan(string plan)
    {
        var reading = PlanGeneration.ReadPlan(plan, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken);
        Assert.Empty(reading.Run.Problems);
        return Admitted(PlanGeneration.Instance.Read(reading.Document, PlanGeneration.Instance.Newest), PlanEndpoints.Instance);
    }

    private static List<string> Admitted(ServerConfiguration server, HttpEndpoints endpoints) =>
        [.. endpoints.All.Where(endpoint => server.HttpAccess.Decide(new HttpRequest { Target = endpoint.Path, Method = endpoint.Methods[0] }).Decision == HttpDecision.LetThrough).Select(static endpoint => endpoint.Path)];
}

file static class Chaining
{
    public static AccessRulesBuilder Also(this AccessRuleBuilder rule, AccessRulesBuilder rules) => rule is null ? throw new ArgumentNullException(nameof(rule)) : rules;
}
