using System.Net;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>What a program refers to by the object that it declared, instead of by its name.</summary>
public sealed class TypedReferencesTests
{
    [Fact]
    public void An_object_stands_for_its_name()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        var store = server.AddStore("a.b", StoreType.PostgreSql);
        server.AddInternalDirectory("internal", store);
        server.AddSqlDirectory("sql", store);
        var listener = server.AddListener("https.1", MailProtocol.Http).Bind(443).WithImplicitTls();
        server.Http.AccessRules.Allow(Endpoints.Everything).OnListener(listener);
        var operators = server.AddRole("operators");
        server.AddAccount("joe").InRole(operators, server.AddRole("readers").InRole(operators));
        server.NeverBan(IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32"));
        var built = server.Build();
        Assert.Equal("a.b", built.Settings["directory.internal.store"]);
        Assert.Equal("a.b", built.Settings["directory.sql.store"]);
        Assert.Equal("", built.Settings["server.allowed-ip.2001:db8::/32"]);
        Assert.Contains("listener == 'https.1'", built.Settings["http.allowed-endpoint"], StringComparison.Ordinal);
        Assert.Contains("\"roles\":[\"user\",\"operators\",\"readers\"]", Assert.Single(built.Principals, static principal => principal.Name == "joe").Json.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => server.AddInternalDirectory("other", (StoreBuilder)null!));
    }

    [Fact]
    public void A_store_of_another_server_is_refused()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddInternalDirectory("internal", StalwartServer.CreateBuilder().AddStore("elsewhere", StoreType.RocksDb));
        Assert.Equal("'directory.internal.store' (AddInternalDirectory): 'store.elsewhere' is not an object of this server.", Assert.Single(Assert.Throws<InvalidServerException>(() => server.Build()).Problems));
        server.AddInternalDirectory("again", server.AddStore("taken-back", StoreType.RocksDb)).Set("store", "elsewhere");
        server.Without("directory.internal").Without("store.taken-back");
        server.Build();
    }

    [Theory]
    [InlineData("var store = server.AddStore(\"db\", StoreType.PostgreSql).WithHost(\"db.internal\", 5432); server.AddInternalDirectory(\"d\", store).UseForLogin(); server.AddSqlDirectory(\"s\", store);")]
    [InlineData("server.AddInternalDirectory(\"d\", Store(server, \"x\"));", "static StoreBuilder Store(StalwartServerBuilder server, string id) => server.AddStore(id, StoreType.RocksDb).WithPath(\"/data\");")]
    [InlineData("foreach (var id in new[] { \"a\", \"b\" }) { var store = server.AddStore(id, StoreType.RocksDb); store.UseFor(StorageRoles.All); server.AddInternalDirectory(\"of-\" + id, store); }")]
    [InlineData("var https = server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); var admin = server.AddListener(\"admin\", MailProtocol.Http).Bind(IPEndPoint.Parse(\"127.0.0.1:8080\")); server.Http.WithAccessRules(rules => { rules.Allow(Endpoints.Everything).OnListener(admin); rules.Allow(Endpoints.ForMailClients).OnListener(https, admin).From(IPNetwork.Parse(\"10.0.0.0/8\"), new IPNetwork(IPAddress.Parse(\"2001:db8::\"), 32)); });")]
    [InlineData("var role = server.AddRole(\"ops\").Grant(Permission.ManageAccounts); foreach (var name in new[] { \"ann\", \"bob\" }) server.AddAccount(name).WithEmail(name + \"@example.org\").InRole(role);")]
    [InlineData("IPNetwork[] networks = [IPNetwork.Parse(\"10.0.0.0/8\"), IPNetwork.Parse(\"192.168.0.0/16\")]; server.TrustProxies(networks[0], networks[1]).NeverBan(networks[1]); if (IPNetwork.TryParse(\"10.0.0/33\", out var wrong)) server.Block(wrong);")]
    public void The_analyzer_reads_what_the_program_writes(string statements, string members = "") => BuilderProgram.AssertSame(BuilderProgram.Source(statements, members));
}
