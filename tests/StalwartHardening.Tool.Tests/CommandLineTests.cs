namespace StalwartHardening.Tests;

/// <summary>What the command line says of itself and of what it does not know.</summary>
public sealed class CommandLineTests : IDisposable
{
    private static readonly string[] Commands = ["check", "fix", "settings", "access", "accounts", "exposure", "rules", "explain", "init", "completion"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Fact]
    public void No_arguments_show_the_help()
    {
        var help = Run().Expect(0).Output;
        Assert.Equal(Run("--help").Expect(0).Output, help);
        Assert.All(Commands, command => Assert.Contains($"\n  {command} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_fits_a_terminal_breaks_no_word_and_knows_its_own_exit_codes()
    {
        foreach (var command in Commands)
        {
            var help = Run(command, "--help").Expect(0).Output;
            Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
            Assert.Contains($"stalwart-harden {command}", help, StringComparison.Ordinal);
            Assert.Equal(command == "fix", help.Contains("\n  130 ", StringComparison.Ordinal));
            Assert.Equal(command is "check" or "fix" or "access" or "exposure", help.Contains("\n  1    ", StringComparison.Ordinal));
        }

        Assert.Contains("--http-access-control <place>", Run("check", "--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown command 'chek'; did you mean 'check'?", "chek")]
    [InlineData("unknown command 'exposrue'; did you mean 'exposure'?", "exposrue", "x.toml")]
    [InlineData("unknown command 'pizza'.", "pizza")]
    [InlineData("unknown option '--forma'; did you mean '--format'?", "check", "--forma", "json")]
    [InlineData("unknown option '--wirte'; did you mean '--write'?", "fix", "--wirte")]
    [InlineData("unknown option '--reviw=1'; did you mean '--review'?", "fix", "--reviw=1")]
    [InlineData("unknown option '--pth'; did you mean '--path'?", "access", "x.toml", "--pth", "/")]
    [InlineData("unknown option '--zzz'.", "rules", "--zzz")]
    [InlineData("unknown rule 'SWH1010'; did you mean 'SWH1001'?", "explain", "SWH1010")]
    [InlineData("unknown rule 'CleartextImapListner'; did you mean 'CleartextImapListener'?", "explain", "CleartextImapListner")]
    [InlineData("--only: unknown rule 'SWH3030'; did you mean 'SWH3003'?", "check", "--only", "SWH3030")]
    public void What_is_not_known_names_the_nearest(string message, params string[] arguments) =>
        Assert.Contains(message, Run(arguments).Expect(2).Error, StringComparison.Ordinal);

    [Fact]
    public void The_option_file_names_the_nearest_too()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        _folder.Write("stalwart-harden.toml", "allowed_port = [143]\n");
        Assert.Contains("unknown option 'allowed_port'; did you mean 'allowed_ports'?", Run("check", "config.toml").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_begins_like_an_option_can_be_named()
    {
        _folder.Write("-x.toml", TemporaryFolder.Cleartext);
        Run("check", "--", "-x.toml").Expect(1);
    }

    [Theory]
    [InlineData("stalwart-harden che", "check")]
    [InlineData("stalwart-harden check --min", "--min-severity")]
    [InlineData("stalwart-harden check --format sar", "sarif")]
    [InlineData("stalwart-harden check --preset ", "strict")]
    [InlineData("stalwart-harden explain SWH10", "SWH1001")]
    [InlineData("stalwart-harden completion ", "powershell")]
    public void The_tool_says_what_may_come_next(string line, string expected) =>
        Assert.Contains(expected, Run($"[suggest:{line.Length}]", line).Expect(0).Output.Split('\n'));

    [Fact]
    public void Bash_completes()
    {
        var script = Run("completion", "bash").Expect(0).Output;
        File.WriteAllText(Path.Combine(_folder.Root, "completion.sh"), script);
        var result = ToolProcess.Shell(_folder.Root, "stalwart-harden() { $TOOL \"$@\"; }; source ./completion.sh; COMP_LINE='stalwart-harden explain SWH100'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(stalwart-harden explain SWH100); COMP_CWORD=2; _stalwart_harden; printf '%s\\n' \"${COMPREPLY[@]}\"").Expect(0);
        Assert.Equal(["SWH1001", "SWH1002", "SWH1003", "SWH1004", "SWH1005", "SWH1006", "SWH1007", "SWH1008", "SWH1009"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("zsh", "zsh -n", "compdef _stalwart_harden stalwart-harden")]
    [InlineData("fish", "fish --no-execute", "complete -c stalwart-harden")]
    [InlineData("powershell", "pwsh -NoProfile -File", "Register-ArgumentCompleter -Native -CommandName stalwart-harden")]
    public void Other_shells_have_a_script_that_they_can_read(string shell, string check, string registration)
    {
        var script = Run("completion", shell).Expect(0).Output;
        Assert.Contains(registration, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.Contains($"stalwart-harden completion {shell} >", File.ReadAllText(Repository.PathOf("docs", "tool.md")), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.Root, "script"), script);
        if (OperatingSystem.IsLinux() && ToolProcess.Shell("/", $"command -v {check.Split(' ')[0]}").ExitCode == 0)
            ToolProcess.Shell(_folder.Root, check + " script").Expect(0);
    }
}
