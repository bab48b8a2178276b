using StalwartHardening.Fixing;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
namespace StalwartHardening.Tests.Rules.Listeners;

public class TlsDisabledOnListenerTests() : RuleTest("SWH1007")
{
    [Theory]
    [InlineData("smtp", 25)]
    [InlineData("imap", 143)]
    [InlineData("managesieve", 4190)]
    public void Switched_off_tls_triggers_at_the_switch(string protocol, int port) =>
        Finds($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\ntls.enable = ⟦false⟧\n");

    [Fact]
    public void On_http_it_triggers_only_where_there_would_be_tls()
    {
        Finds("[server.listener.x]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls = { implicit = true, enable = ⟦false⟧ }\n");
        FindsNothing("[server.listener.x]\nbind = \"[::]:8080\"\nprotocol = \"http\"\ntls.enable = false\n");
    }

    [Theory]
    [InlineData("tls.enable = true\n")]
    [InlineData("tls.enable = \"no\"\n")]
    [InlineData("tls.enable = \"%{env:TLS}%\"\n")]
    [InlineData("enable = false\n")]
    [InlineData("")]
    public void Anything_else_does_not_trigger(string line) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n{line}");

    [Fact]
    public void One_line_that_speaks_for_several_listeners_is_one_finding()
    {
        const string Text = "server.tls.enable = ⟦false⟧\n[server.listener.a]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n[server.listener.b]\nbind = \"[::]:4190\"\nprotocol = \"managesieve\"\n";
        var finding = Assert.Single(Finds(Text, "0.6"));
        Assert.Contains("'a' (SMTP on [::]:25) and 'b' (ManageSieve on [::]:4190)", finding.Message, StringComparison.Ordinal);
        var text = Marks.Take(Text).Text;
        Assert.True(ServerVersion.TryParse("0.6", out var target));
        var options = JudgementOptions.Default with { TargetVersion = target };
        Assert.StartsWith("server.tls.enable = true\n", RemedyApplication.FixAll(text, options, (found, remedies) => found.Rule.Id == Id ? remedies.First() : null, cancellationToken: TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Loopback_and_the_dead_server_wide_switch_do_not_trigger()
    {
        FindsNothing("[server.listener.x]\nbind = \"[::1]:25\"\nprotocol = \"smtp\"\ntls.enable = false\n");
        FindsNothing("[server.listener.x]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n[server.tls]\nenable = false\n");
    }
}
