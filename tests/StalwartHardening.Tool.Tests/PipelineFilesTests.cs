using System.Text;

namespace StalwartHardening.Tests;

/// <summary>What <c>action.yml</c> and <c>.pre-commit-hooks.yaml</c> run, run.</summary>
public sealed class PipelineFilesTests : IDisposable
{
    private const string Renamed = "server.http.use-x-forwarded = false\n" + TemporaryFolder.Hardened;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("warning", "", 1)]
    [InlineData("error", "", 0)]
    [InlineData("warning", "out.sarif", 1)]
    [InlineData("error", "out.sarif", 0)]
    public void The_action_reports_and_fails_on_findings(string minimum, string sarif, int exitCode)
    {
        _folder.Write("deploy/config.toml", TemporaryFolder.Cleartext);
        _folder.Write("step.sh", LastStep(File.ReadAllLines(Repository.PathOf("action.yml"))));
        Install();
        var result = ToolProcess.Shell(_folder.Root, $"RUNNER_TEMP=\"$PWD\" PATHS='deploy/*.toml' MIN_SEVERITY={minimum} BASELINE= SARIF={sarif} bash -eo pipefail step.sh").Expect(exitCode);
        Assert.Equal(exitCode == 1, result.Output.Contains("::warning file=deploy/config.toml,line=2", StringComparison.Ordinal));
        Assert.Equal(sarif.Length > 0, File.Exists(Path.Combine(_folder.Root, "out.sarif")));
        if (sarif.Length > 0)
            Assert.Contains("\"version\": \"2.1.0\"", _folder.Read("out.sarif"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hooks_judge_and_repair_the_files_they_are_given()
    {
        var entries = File.ReadAllLines(Repository.PathOf(".pre-commit-hooks.yaml")).Where(static line => line.StartsWith("  entry: stalwart-harden ", StringComparison.Ordinal)).Select(static line => line["  entry: stalwart-harden ".Length..]).ToList();
        Assert.Equal(["check", "fix --write"], entries);
        _folder.Write("cleartext.toml", TemporaryFolder.Cleartext);
        _folder.Write("renamed.toml", Renamed);
        Assert.Contains("SWH1001", ToolProcess.Shell(_folder.Root, $"$TOOL {entries[0]} cleartext.toml renamed.toml").Expect(1).Output, StringComparison.Ordinal);
        ToolProcess.Shell(_folder.Root, $"$TOOL {entries[1]} renamed.toml").Expect(0);
        Assert.StartsWith("http.use-x-forwarded = false\n", _folder.Read("renamed.toml"), StringComparison.Ordinal);
        ToolProcess.Shell(_folder.Root, $"$TOOL {entries[0]} renamed.toml").Expect(0);
    }

    // A tag can be moved to other code; a commit cannot.
    [Fact]
    public void Every_action_is_pinned_to_a_commit()
    {
        var files = Directory.GetFiles(Repository.PathOf(".github/workflows")).Append(Repository.PathOf("action.yml")).Append(Repository.PathOf("docs/ci.md"));
        var count = 0;
        foreach (var line in files.SelectMany(File.ReadLines))
        {
            var start = line.IndexOf("uses: ", StringComparison.Ordinal);
            if (start < 0 || line.Contains("stalwart-hardening/stalwart-hardening@", StringComparison.Ordinal))
                continue;
            count++;
            Assert.Matches("^[\\w./-]+@[0-9a-f]{40} # v[0-9.]+$", line[(start + 6)..]);
        }

        Assert.True(count > 8, "The workflows were not found.");
    }

    // The block below the last "run: |".
    private static string LastStep(string[] lines)
    {
        var start = Array.FindLastIndex(lines, static line => line.TrimEnd().EndsWith("run: |", StringComparison.Ordinal));
        Assert.True(start > 0);
        var script = new StringBuilder();
        foreach (var line in lines.AsSpan(start + 1))
            script.Append(line.Trim()).Append('\n');
        return script.ToString();
    }

    // Where the action puts the tool.
    private void Install()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "stalwart-harden.dll");
        var program = _folder.Write("stalwart-harden/stalwart-harden", $"#!/bin/sh\nexec dotnet '{library}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
