namespace StalwartHardening.Tests.Rules.Reading;

public class UnreadableNetworkTests() : RuleTest("SWH0002")
{
    private const string Door = "[server.listener.imaps]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n";

    [Theory]
    [InlineData("[server.proxy]\ntrusted-networks = [\"10.0.0.0/8\", ⟦\"0.0.0.0/0\"⟧, \"::/0\"]\n")]
    [InlineData("[server.proxy]\ntrusted-networks = ⟦\"10.0.0.1/33\"⟧\n")]
    [InlineData("[server.listener.imaps.proxy]\ntrusted-networks = [\"10.0.0.0/8\", ⟦\"proxy\"⟧, \"10.0.0.256\"]\n")]
    [InlineData("server.proxy.trusted-networks = {⟦\"10.0.0.0/8\"⟧}\n")]
    [InlineData("[server.allowed-ip]\n⟦\"0.0.0.0/0\"⟧ = \"\"\n\"10.0.0.0/8\" = \"\"\n")]
    [InlineData("server.allowed-ip = [⟦\"10.0.0.1\"⟧, \"10.0.0.2\"]\n")]
    [InlineData("[server]\nblocked-ip = ⟦\"192.0.2.7\"⟧\n")]
    [InlineData("[server]\nblocked-ip = ⟦\"x\"⟧\n")]
    [InlineData("⟦server.blocked-ip.mallory⟧ = \"\"\n")]
    public void A_network_that_the_server_drops_triggers(string marked) => Finds(marked.StartsWith("[server.", StringComparison.Ordinal) || marked[0] == '[' ? Door + marked : marked + Door);

    [Fact]
    public void One_list_is_one_finding()
    {
        var finding = Assert.Single(Finds(Door + "[server.proxy]\ntrusted-networks = [⟦\"0.0.0.0/0\"⟧, \"::/0\"]\n"));
        Assert.EndsWith("The same holds of '::/0'.", finding.Message, StringComparison.Ordinal);
        Assert.Single(finding.Related);
    }

    [Theory]
    [InlineData("[server.proxy]\ntrusted-networks = [\"10.0.0.0/8\", \"::1\", \"fe80::/10\", \" 192.0.2.0/24 \"]\n")]
    [InlineData("[server.proxy]\ntrusted-networks = \"%{env:PROXY}%\"\n")]
    [InlineData("[server.allowed-ip]\n\"10.0.0.0/8\" = \"\"\n")]
    [InlineData("[server]\nallowed-ip = { \"192.0.2.1\", \"2001:db8::/32\" }\n")]
    public void A_network_that_it_reads_does_not(string text) => FindsNothing(Door + text);

    [Fact]
    public void Old_servers_had_other_names() => FindsNothing(Door + "[server.blocked-ip]\nx = \"\"\n", "0.6");
}
