using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Remedies;

/// <summary>Each fix of access control: what it writes, that the finding is gone, that no other comes, and that a second time does nothing.</summary>
public sealed class AccessControlRemedyTests
{
    private const string Listener = "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n[http]\nhsts = true\n";
    private const string AllowList = "allowed-endpoint = \"" + SettingsEndpoints.AllowList + "\"";

    [Theory]
    [InlineData("SWH2003", "allowed-endpoint = \"'deny'\"", "allowed-endpoint = \"403\"")]
    [InlineData("SWH2003", "allowed-endpoint = [ { if = \"split(url_path, '/')[1] == 'jmap'\", then = \"200\" }, { else = \"'deny'\" } ]", "allowed-endpoint = [ { if = \"split(url_path, '/')[1] == 'jmap'\", then = \"200\" }, { else = \"403\" } ]")]
    [InlineData("SWH2003", "allowed-endpoint = [ { if = \"split(url_path, '/')[1] == 'jmap'\", then = \"200\" } ]", "allowed-endpoint = [ { if = \"split(url_path, '/')[1] == 'jmap'\", then = \"200\" }, { else = \"404\" } ]")]
    [InlineData("SWH2003", "allowed-endpoint = [\n  { if = \"split(url_path, '/')[1] == 'jmap'\", then = \"200\" },\n]", "allowed-endpoint = [\n  { if = \"split(url_path, '/')[1] == 'jmap'\", then = \"200\" },\n  { else = \"404\" },\n]")]
    [InlineData("SWH2003", "allowed-endpoint = [ { if = 'is_tls', then = 403 } ]", "allowed-endpoint = [ { if = 'is_tls', then = 403 }, { else = 404 } ]")]
    [InlineData("SWH2003", "[[http.allowed-endpoint]]\nif = \"split(url_path, '/')[1] == 'jmap'\"\nthen = \"200\"", "[[http.allowed-endpoint]]\nif = \"split(url_path, '/')[1] == 'jmap'\"\nthen = \"200\"\n\n[[http.allowed-endpoint]]\nelse = 404")]
    [InlineData("SWH2003", "allowed_endpoint = \"404\"", "allowed-endpoint = \"404\"")]
    [InlineData("SWH2003", "Allowed-Endpoint = \"404\"", "allowed-endpoint = \"404\"")]
    [InlineData("SWH2005", "allowed-endpoint = [ { if = \"!starts_with(url, '/')\", then = \"200\" }, { else = \"404\" } ]", "allowed-endpoint = [ { if = \"!starts_with(url_path, '/')\", then = \"200\" }, { else = \"404\" } ]")]
    [InlineData("SWH2005", "allowed-endpoint = [ { if = \"!starts_with(url, '/') && !starts_with(url, '/x')\", then = \"200\" }, { else = \"404\" } ]", "allowed-endpoint = [ { if = \"!starts_with(url_path, '/') && !starts_with(url_path, '/x')\", then = \"200\" }, { else = \"404\" } ]")]
    [InlineData("SWH2005", "allowed-endpoint = [ { if = \"contains(headers, 'x-key: y')\", then = \"200\" }, { else = \"404\" } ]", AllowList)]
    [InlineData("SWH2009", "allowed-endpoint = [ { if = \"is_tls\", then = \"404\" }, { if = \"is_tls && method == 'GET'\", then = \"403\" }, { else = \"404\" } ]", "allowed-endpoint = [ { if = \"is_tls\", then = \"404\" }, { else = \"404\" } ]")]
    [InlineData("SWH2001", "allowed-endpoint = \"if_then(listener == 'other', 404, 200)\"", AllowList)]
    [InlineData("SWH2002", "allowed-endpoint = 200", AllowList)]
    [InlineData("SWH2004", "allowed-endpoint = \"if_then(starts_with(url_path, '/api'), 404, 200)\"", AllowList)]
    public void A_fix_keeps_its_promises(string id, string written, string corrected)
    {
        var text = Listener + written + "\n";
        var server = Generation.ReadFile(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        var finding = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).First(finding => finding.Rule.Id == id);
        var remedy = finding.Remedies(server).First();
        var changes = RemedyApplication.Apply(server, JudgementOptions.Default, finding, remedy, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(changes);
        var result = TextChange.Apply(text, changes);
        Assert.Equal(Listener + corrected + "\n", result);

        var properties = new RemedyProperties(JudgementOptions.Default);
        properties.Check(id, text, RemedySafety.Safe, RemedySafety.Review, null);
        Assert.Equal("", properties.Failures);
    }

    [Fact]
    public void A_table_in_capital_letters_gets_its_name()
    {
        var text = "[HTTP]\nallowed-endpoint = \"404\"\n" + Listener.Replace("[http]\nhsts = true\n", "", StringComparison.Ordinal);
        var result = RemedyApplication.FixAll(text, JudgementOptions.Default, RemedyChoices.First(RemedySafety.Safe), cancellationToken: TestContext.Current.CancellationToken);
        var policy = Generation.ReadFile(result, ServerVersion.Newest, TestContext.Current.CancellationToken).HttpAccess;
        Assert.Equal(HttpDecision.Refused, policy.Decide(new HttpRequest { Target = "/api/principal" }).Decision);
        Assert.DoesNotContain("HTTP", result, StringComparison.Ordinal);
        var properties = new RemedyProperties(JudgementOptions.Default);
        properties.Check("HTTP", text, RemedySafety.Safe);
        Assert.Equal("", properties.Failures);
    }

    [Fact]
    public void Access_control_below_the_header_of_a_listener_moves_to_where_the_server_looks()
    {
        var text = Listener.Replace("[http]\nhsts = true\n", "http.allowed-endpoint = \"404\" # nobody\n", StringComparison.Ordinal);
        var result = RemedyApplication.FixAll(text, JudgementOptions.Default, RemedyChoices.First(RemedySafety.Safe), cancellationToken: TestContext.Current.CancellationToken);
        var policy = Generation.ReadFile(result, ServerVersion.Newest, TestContext.Current.CancellationToken).HttpAccess;
        Assert.Equal(HttpDecision.Refused, policy.Decide(new HttpRequest { Target = "/api/principal" }).Decision);
        Assert.Contains("# nobody", result, StringComparison.Ordinal);
        var properties = new RemedyProperties(JudgementOptions.Default);
        properties.Check("below a listener", text, RemedySafety.Safe);
        Assert.Equal("", properties.Failures);
    }

    [Fact]
    public void An_allow_list_is_offered_for_what_no_smaller_fix_helps()
    {
        foreach (var expression in new[] { "if_then(starts_with(remote_ip, '10.1'), 200, 404)", "if_then(contains(url_path, '/.well-known'), 200, 404)", "if_then(matches('^/code/([0-9]+)$', url_path), $1, 404)", "if_then(local_ip == '192.0.2.1', 404, 200)" })
        {
            var server = Generation.ReadFile(Listener + $"allowed-endpoint = \"{expression}\"\n", ServerVersion.Newest, TestContext.Current.CancellationToken);
            var finding = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).First(static finding => finding.Rule.Id == "SWH2005");
            var changes = RemedyApplication.Apply(server, JudgementOptions.Default, finding, finding.Remedies(server).First(), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(Listener + AllowList + "\n", TextChange.Apply(server.Document.Text!, changes!));
        }
    }
}
