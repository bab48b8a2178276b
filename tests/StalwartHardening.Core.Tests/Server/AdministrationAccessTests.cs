using StalwartHardening.Generations;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Server;

public sealed class AdministrationAccessTests
{
    private const string Https = "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";
    private const string Fallback = "[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"x\"\n";

    private static AdministrationAccess From(string text)
    {
        var server = ConfigurationReader.Read(text, new(ServerVersion.Newest, null, int.MaxValue), TestContext.Current.CancellationToken);
        return AdministrationAccess.From(server, ExposureMap.From(server, TestContext.Current.CancellationToken));
    }

    private static string Rule(string expression) => $"[http]\nallowed-endpoint = \"{expression}\"\n";

    [Theory]
    [InlineData("", false)]
    [InlineData("if_then(starts_with(url_path, '/jmap'), 200, 404)", true)]
    [InlineData("if_then(starts_with(remote_ip, '10.') || starts_with(url_path, '/jmap'), 200, 404)", false)]
    [InlineData("if_then(remote_ip == '192.0.2.7', 200, 404)", false)]
    [InlineData("if_then(listener == 'other', 200, 404)", true)]
    public void Access_control_takes_the_entrance_where_nobody_elsewhere_gets_through(string expression, bool isLost)
    {
        var loss = From(Https + Fallback).LossTo(From(Https + Fallback + (expression.Length == 0 ? "" : Rule(expression))));
        Assert.Equal(isLost ? AdministrationLoss.Entrance : AdministrationLoss.None, loss);
    }

    [Theory]
    [InlineData("127.0.0.1:443", true)]
    [InlineData("[::1]:443", true)]
    [InlineData("10.0.0.5:443", false)]
    [InlineData("%{env:ADDRESS}%:443", false)]
    public void Loopback_is_no_way_in_from_elsewhere(string address, bool isLost) =>
        Assert.Equal(isLost ? AdministrationLoss.Entrance : AdministrationLoss.None, From(Https).LossTo(From(Https.Replace("[::]:443", address, StringComparison.Ordinal))));

    [Fact]
    public void The_last_administrator_counts_where_the_server_is_administered()
    {
        Assert.Equal(AdministrationLoss.Administrator, From(Https + Fallback).LossTo(From(Https)));
        Assert.Equal(AdministrationLoss.Entrance | AdministrationLoss.Administrator, From(Https + Fallback).LossTo(From("")));
        Assert.Equal(AdministrationLoss.None, From(Fallback).LossTo(From("")));
        Assert.Equal(AdministrationLoss.None, From(Https).LossTo(From(Https + Fallback)));
        Assert.Empty(From(Https + "[authentication.master]\nuser = \"m\"\nsecret = \"x\"\n").Administrators);
    }

    [Fact]
    public void A_server_of_objects_is_administered_through_jmap()
    {
        const string Listener = """{"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"a":{"name":"web","bind":{"[::]:443":true},"protocol":"http","tlsImplicit":true}}}""" + "\n";
        const string Policy = """{"@type":"update","object":"Http","value":{"allowedEndpoints":{"else":"404","match":{"0":{"if":"starts_with(path, '/PATH')","then":"200"}}}}}""" + "\n";
        Assert.Equal(AdministrationLoss.None, From(Listener).LossTo(From(Listener + Policy.Replace("PATH", "jmap", StringComparison.Ordinal))));
        Assert.Equal(AdministrationLoss.Entrance, From(Listener).LossTo(From(Listener + Policy.Replace("PATH", "dav", StringComparison.Ordinal))));
    }
}
