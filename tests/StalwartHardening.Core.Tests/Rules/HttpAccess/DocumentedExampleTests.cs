using StalwartHardening.Server;

namespace StalwartHardening.Tests.Rules.HttpAccess;

/// <summary>The four examples the server's documentation gives for access control, and what is wrong with each.</summary>
public sealed class DocumentedExampleTests
{
    private static readonly string[] Public =
        ["server.listener.https.bind", "[::]:443", "server.listener.https.protocol", "http", "server.listener.https.tls.implicit", "true"];

    [Fact]
    public void The_example_by_address_leaves_the_web_administration_open() =>
        Assert.Equal(
            ["SWH2004: the web administration"],
            Say("starts_with( url_path, '/api' ) && remote_ip != '127.0.0.1'", "404", "200"));

    [Fact]
    public void The_example_by_range_names_a_network_of_strangers() =>
        Assert.Equal(
            ["SWH2005: 192.180.1."],
            Say("starts_with( remote_ip, '192.180.1.' ) || contains( [ 'robots.txt', '.well-known' ], split( url_path, '/' )[1] )", "200", "400"));

    [Fact]
    public void The_example_by_listener_has_nothing_wrong() =>
        Assert.Equal([], Say("listener == 'private-http' || contains( [ 'jmap', 'robots.txt', '.well-known' ], split( url_path, '/' )[1] )", "200", "404"));

    [Fact]
    public void The_example_by_method_is_bypassed_by_the_absolute_form() =>
        Assert.Equal(
            ["SWH2004: the management API", "SWH2004: the web administration", "SWH2005: http://x/jmap"],
            Say("!starts_with( url, '/jmap' ) || method == 'OPTIONS'", "200", "400"));

    [Fact]
    public void The_examples_under_their_old_name_are_not_read_at_all()
    {
        var findings = HttpAccessRuleTests.All([.. Public, "server.http.allowed-endpoint.0000.if", "starts_with( url_path, '/api' )", "server.http.allowed-endpoint.0000.then", "404", "server.http.allowed-endpoint.0001.else", "200"]);
        Assert.Equal(["SWH0003", "SWH2001"], findings.Select(static finding => finding.Rule.Id).Where(static id => id is "SWH0003" or "SWH2001" or "SWH2002" or "SWH2003" or "SWH2004").Distinct().Order(StringComparer.Ordinal));
    }

    private static string[] Say(string condition, string then, string otherwise)
    {
        var said = new List<string>();
        foreach (var finding in HttpAccessRuleTests.Findings([.. Public, .. HttpAccessRuleTests.Rules(condition, then, otherwise)]))
        {
            foreach (var part in new[] { "the management API", "the web administration", "192.180.1.", "http://x/jmap" })
            {
                if (finding.Message.Contains(part, StringComparison.Ordinal))
                {
                    said.Add($"{finding.Rule.Id}: {part}");
                    break;
                }
            }
        }

        said.Sort(StringComparer.Ordinal);
        return [.. said];
    }
}
