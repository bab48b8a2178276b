using System.Text.RegularExpressions;

namespace StalwartHardening.Tests;

/// <summary>Three users type what README and the messages say, and nothing else, from a finding to a safer server.</summary>
public sealed partial class JourneyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string QuickStart => File.ReadAllText(Repository.PathOf("samples", "Quickstart", "config.toml"));

    private static string Readme => File.ReadAllText(Repository.PathOf("README.md"));

    private ToolResult Type(string command) => ToolProcess.Shell(_folder.Root, Regex.Replace(command.Replace("/etc/stalwart/", "", StringComparison.Ordinal), "^stalwart-harden", "$TOOL"));

    [Fact]
    public void An_operator_goes_from_the_first_door_to_a_server_without_findings()
    {
        _folder.Write("config.toml", QuickStart);
        var first = CommandOf("**You run a mail server.**", "stalwart-harden check");
        var report = Type(first).Expect(1).Output;
        // What the door shows is what comes out.
        var door = Readme[Readme.IndexOf("**You run a mail server.**", StringComparison.Ordinal)..Readme.IndexOf("**You run a pipeline.**", StringComparison.Ordinal)];
        foreach (var shown in door.Split("```")[3].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "…"))
            Assert.Contains(shown.Replace("/etc/stalwart/", "", StringComparison.Ordinal).Replace(" …", "", StringComparison.Ordinal), report, StringComparison.Ordinal);

        // The report ends with the next command.
        var next = Next().Match(report).Groups[1].Value;
        var review = ToolProcess.Shell(_folder.Root, "yes | " + Regex.Replace(next, "^stalwart-harden", "$TOOL"));
        Assert.Equal(1, review.ExitCode);
        // Whom that would lock out it does not do; it says what to add.
        Assert.Contains("--allow-lockout", review.Output, StringComparison.Ordinal);
        Assert.Equal(["SWH3001"], Rules(Type("stalwart-harden check config.toml").Output));
        Type("stalwart-harden explain SWH3001").Expect(0);
        // An administrator exists in the directory now.
        Type("stalwart-harden fix config.toml --write --all --allow-lockout").Expect(0);
        Type("stalwart-harden check config.toml").Expect(0);
        Type("stalwart-harden access config.toml --path /api/principal --remote-ip 10.1.2.3 --expect allowed").Expect(0);
        Type("stalwart-harden access config.toml --path /api/principal --remote-ip 203.0.113.7 --expect refused").Expect(0);
    }

    [Fact]
    public void A_platform_engineer_accepts_what_is_there_and_fails_on_what_is_new()
    {
        _folder.Write("config.toml", QuickStart);
        var job = Type(CommandOf("**You run a pipeline.**", "stalwart-harden check")).Expect(1).Output;
        var shown = Readme[Readme.IndexOf("**You run a pipeline.**", StringComparison.Ordinal)..].Split("```")[3].Trim();
        Assert.Contains(shown.Replace(" …", "", StringComparison.Ordinal), job, StringComparison.Ordinal);
        Type("stalwart-harden check . --write-baseline known.json").Expect(0);
        Type("stalwart-harden check . --baseline known.json --format github").Expect(0);
        _folder.Write("config.toml", QuickStart + "[server.listener.more]\nbind = \"[::]:1143\"\nprotocol = \"imap\"\n");
        Assert.Equal(1, Type("stalwart-harden check . --baseline known.json --format github").Expect(1).Output.Split("::warning").Length - 1);
        Type("stalwart-harden check . --baseline known.json --exit-zero --quiet").Expect(0);
        Assert.Contains("SWH1005", Type("stalwart-harden check . --baseline known.json --statistics").Expect(1).Output, StringComparison.Ordinal);
        _folder.Write("old.toml", QuickStart);
        Type("stalwart-harden exposure config.toml --diff old.toml --exit-code").Expect(1);
    }

    // What the build itself says of the sample is compared with README and with the compiler elsewhere.
    [Fact]
    public void A_developer_finds_the_same_lines_in_the_build_and_with_the_command()
    {
        _folder.Write("config.toml", QuickStart);
        var build = BuildLine().Matches(Readme).Select(match => (int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value)).Order().ToList();
        Assert.NotEmpty(build);
        var command = CommandLine().Matches(Type("stalwart-harden check config.toml --quiet").Expect(1).Output).Select(match => (int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[2].Value)).Order().ToList();
        Assert.Equal(build, command);
        Assert.Contains("```sh\ndotnet build samples/Quickstart\n```", Readme, StringComparison.Ordinal);
    }

    private static string CommandOf(string door, string start)
    {
        var text = Readme[Readme.IndexOf(door, StringComparison.Ordinal)..];
        return text[text.IndexOf(start, StringComparison.Ordinal)..].Split('\n')[0];
    }

    private static string[] Rules(string output) => [.. Head().Matches(output).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex("Next: (stalwart-harden .*)")]
    private static partial Regex Next();

    [GeneratedRegex(@"^warning\[(SWH\d{4})\]", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex(@"^samples/Quickstart/config\.toml\((\d+),\d+\): warning (SWH\d{4})", RegexOptions.Multiline)]
    private static partial Regex BuildLine();

    [GeneratedRegex(@"^config\.toml:(\d+):\d+: warning\[(SWH\d{4})\]", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
