using System.Text.Json;
using System.Text.RegularExpressions;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests;

/// <summary>What a message advises works where it is read: each advice is followed to the letter, and the finding is gone.</summary>
public sealed partial class AdviceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A configuration for each rule that advises an option.
    public static TheoryData<string, string> Advising { get; } = new()
    {
        { "SWH2001", "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n" },
        { "SWH0003", "server.http.hsts = true\n" + TemporaryFolder.Hardened },
        { "SWH0003", "server.http.allowed-endpoint = 404\n" + TemporaryFolder.Hardened },
        { "SWH1005", "[server.listener.x]\nbind = \"[::]:1143\"\nprotocol = \"imap\"\n" },
        { "SWH1008", "[server.listener.sieve]\nbind = \"[::]:4190\"\nprotocol = \"managesieve\"\n" },
        { "SWH1008", "[server.listener.pop3s]\nbind = \"[::]:995\"\nprotocol = \"pop3\"\ntls.implicit = true\n" },
    };

    [Fact]
    public void Every_rule_that_advises_an_option_is_among_them()
    {
        var advising = RuleCatalog.All.Where(rule => (rule.MessageFormat + rule.Remedy).Contains("stalwart_hardening.", StringComparison.Ordinal)).Select(rule => rule.Id);
        Assert.Empty(advising.Except(Advising.Select(row => row.Data.Item1)));
    }

    [Theory]
    [MemberData(nameof(Advising))]
    public void The_option_file_and_the_command_line_end_it(string id, string text)
    {
        _folder.Write("config.toml", text);
        var message = Message(id) ?? "";
        var advice = Advice().Match(message);
        Assert.True(advice.Success, message);
        Assert.DoesNotContain("stalwart_hardening", message, StringComparison.Ordinal);
        _folder.Write("stalwart-harden.toml", advice.Groups["line"].Value + "\n");
        Assert.Null(Message(id));
        File.Delete(Path.Combine(_folder.Root, "stalwart-harden.toml"));
        Assert.Null(Message(id, advice.Groups["option"].Value.Split(' ')));
    }

    [Theory]
    [MemberData(nameof(Advising))]
    public void What_the_compiler_advises_works_in_both_files(string id, string text)
    {
        _folder.Write("config.toml", text);
        var options = JudgementOptions.Default;
        var said = OptionAdvice.Say(ConfigurationJudge.Judge(Generations.Generation.ReadFile(text, options.TargetVersion, TestContext.Current.CancellationToken), options, TestContext.Current.CancellationToken).First(finding => finding.Rule.Id == id).Message, AdviceHost.Compiler);
        var line = Quoted().Match(said).Groups[1].Value;
        Assert.StartsWith("stalwart_hardening.", line, StringComparison.Ordinal);
        Assert.Contains("in a .globalconfig", said, StringComparison.Ordinal);
        _folder.Write(".globalconfig", "is_global = true\n" + line + "\n");
        Assert.Null(Message(id));
        File.Delete(Path.Combine(_folder.Root, ".globalconfig"));
        // Copied as it is, the long name is understood in the tool's own file, too.
        _folder.Write("stalwart-harden.toml", line + "\n");
        Assert.Null(Message(id));
    }

    private string? Message(string id, params string[] options)
    {
        using var json = JsonDocument.Parse(ToolProcess.Run(_folder.Root, ["check", "config.toml", "--min-severity", "info", "--format", "json", .. options]).Output);
        return json.RootElement.GetProperty("files")[0].GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("rule").GetString() == id).Select(finding => finding.GetProperty("message").GetString()).FirstOrDefault();
    }

    [GeneratedRegex("'(?<line>[a-z_]+ = \"[^\"]+\")' in stalwart-harden\\.toml \\(or '(?<option>--[^']+)'\\)")]
    private static partial Regex Advice();

    [GeneratedRegex("'(stalwart_hardening\\.[^']+)'")]
    private static partial Regex Quoted();
}
