using StalwartHardening.Server.Access;

namespace StalwartHardening.Tests.Server.Access;

/// <summary>"The client is in this network", in words of a language that knows addresses only as text.</summary>
public sealed class NetworkConditionTests
{
    [Theory]
    [InlineData("192.0.2.1", "remote_ip == '192.0.2.1'")]
    [InlineData("10.0.0.0/8", "starts_with(remote_ip, '10.')")]
    [InlineData("172.16.0.0/12", "(starts_with(remote_ip, '172.') && split(remote_ip, '.')[1] >= 16 && split(remote_ip, '.')[1] <= 31)")]
    [InlineData("128.0.0.0/1", "(is_ipv4_addr(remote_ip) && split(remote_ip, '.')[0] >= 128 && split(remote_ip, '.')[0] <= 255)")]
    [InlineData("192.0.2.128/25", "(starts_with(remote_ip, '192.0.2.') && split(remote_ip, '.')[3] >= 128 && split(remote_ip, '.')[3] <= 255)")]
    [InlineData("2001:db8::/32", "starts_with(remote_ip, '2001:db8:')")]
    [InlineData("2001:db8:0:0::1", "remote_ip == '2001:db8::1'")]
    [InlineData("::1", "remote_ip == '::1'")]
    [InlineData("8.8.8.8/32", "remote_ip == '8.8.8.8'")]
    [InlineData("10.1.0.0/16", "starts_with(remote_ip, '10.1.')")]
    [InlineData("10.1.2.0/24", "starts_with(remote_ip, '10.1.2.')")]
    [InlineData("10.1.2.3/24", "starts_with(remote_ip, '10.1.2.')")]
    [InlineData("10.0.0.0/9", "(starts_with(remote_ip, '10.') && split(remote_ip, '.')[1] >= 0 && split(remote_ip, '.')[1] <= 127)")]
    [InlineData("192.0.2.77/31", "(starts_with(remote_ip, '192.0.2.') && split(remote_ip, '.')[3] >= 76 && split(remote_ip, '.')[3] <= 77)")]
    [InlineData("2001:db8:1::/48", "starts_with(remote_ip, '2001:db8:1:')")]
    [InlineData("2001:db8::1/128", "remote_ip == '2001:db8::1'")]
    [InlineData("0:0:0:0:1::1", "remote_ip == '::1:0:0:1'")]
    public void Networks_become_conditions_over_the_clients_address(string network, string expected)
    {
        Assert.True(NetworkCondition.TryWrite(network, out var condition));
        Assert.Equal(expected, condition);
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("2001:db8::/33")]
    [InlineData("2001::/32")]
    [InlineData("example.org")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("/8")]
    [InlineData("2001:db8::/0")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::/31")]
    [InlineData("2001:db8::/47")]
    [InlineData("::/16")]
    [InlineData("::2")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::10.0.0.1")]
    public void Networks_that_the_expressions_cannot_say_are_refused(string network) =>
        Assert.False(NetworkCondition.TryWrite(network, out _));
}
