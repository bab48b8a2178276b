using System.Text.Json;

namespace StalwartHardening.Tests;

/// <summary><c>migrate</c>, run as users run it.</summary>
public sealed class MigrateTests : IDisposable
{
    private const string Configuration =
        """
        [server.listener.imaptls]
        bind = ["[::]:993"]
        protocol = "imap"
        tls.implicit = true

        [authentication.fallback-admin]
        user = "admin"
        secret = "hunter2-hunter2"

        [oauth]
        key = "swordfish-swordfish-swordfish"
        no-such-thing = 1
        """ + "\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Fact]
    public void The_plan_is_written_and_every_setting_is_accounted_for()
    {
        _folder.Write("config.toml", Configuration);
        var report = Run("migrate", "config.toml", "-o", "plan.ndjson", "--all").Expect(0).Output;
        Assert.Contains("4 of 7 settings", report, StringComparison.Ordinal);
        Assert.Contains("STALWART_RECOVERY_ADMIN", report, StringComparison.Ordinal);
        Assert.Contains("server.listener.imaptls.bind.0000", report, StringComparison.Ordinal);
        Assert.Contains("anonymousClientRegistration", report, StringComparison.Ordinal);
        Assert.Contains("migrate_v016.py", report, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", report, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", report, StringComparison.Ordinal);
        Assert.Contains("swordfish", File.ReadAllText(Path.Combine(_folder.Root, "plan.ndjson")), StringComparison.Ordinal);
        Run("check", "plan.ndjson", "--min-severity", "error").Expect(0);
    }

    [Fact]
    public void The_plan_goes_through_a_pipe_and_the_report_beside_it()
    {
        var result = ToolProcess.RunWithInput(_folder.Root, Configuration, "migrate", "-");
        result.Expect(0);
        Assert.All(result.Output.TrimEnd('\n').Split('\n'), static line => JsonDocument.Parse(line).Dispose());
        Assert.Contains("STALWART_RECOVERY_ADMIN", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Output, ToolProcess.RunWithInput(_folder.Root, Configuration, "migrate", "-", "--output", "-").Output);
    }

    [Fact]
    public void Programs_read_the_report_as_json()
    {
        _folder.Write("config.toml", Configuration);
        using var report = JsonDocument.Parse(Run("migrate", "config.toml", "-o", "plan.ndjson", "-f", "json").Expect(0).Output);
        var settings = report.RootElement.GetProperty("settings").EnumerateArray().ToList();
        Assert.Equal(7, settings.Count);
        Assert.Equal("NetworkListener/imaptls/bind", settings[0].GetProperty("targets")[0].GetString());
        Assert.Equal("elsewhere", settings[3].GetProperty("outcome").GetString());
        Assert.Equal("not-read", settings[6].GetProperty("outcome").GetString());
        var lines = File.ReadAllLines(Path.Combine(_folder.Root, "plan.ndjson"));
        var operations = report.RootElement.GetProperty("operations").EnumerateArray().ToList();
        Assert.Equal(lines.Length, operations.Count);
        Assert.All(operations, operation => Assert.Contains($"\"object\":\"{operation.GetProperty("object").GetString()}\"", lines[operation.GetProperty("line").GetInt32() - 1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plan.ndjson", "it is already a plan")]
    [InlineData("folder", "this is a directory")]
    [InlineData("missing.toml", "missing.toml")]
    public void What_cannot_be_migrated_is_said(string argument, string expected)
    {
        _folder.Write("plan.ndjson", "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":true}}\n");
        Directory.CreateDirectory(Path.Combine(_folder.Root, "folder"));
        Assert.Contains(expected, Run("migrate", argument).Expect(3).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from-version", "0.16")]
    [InlineData("--target-version", "0.15")]
    [InlineData("--output", "config.toml")]
    public void Wrong_usage_changes_nothing(string option, string value)
    {
        _folder.Write("config.toml", Configuration);
        Run("migrate", "config.toml", option, value).Expect(2);
        Assert.Equal(Configuration, File.ReadAllText(Path.Combine(_folder.Root, "config.toml")));
    }

    [Fact]
    public void An_empty_file_makes_a_plan_that_opens_nothing()
    {
        _folder.Write("config.toml", "");
        Run("migrate", "config.toml", "-o", "plan.ndjson").Expect(0);
        Run("check", "plan.ndjson").Expect(0);
    }

    [Fact]
    public void A_plan_that_exists_is_only_overwritten_on_request()
    {
        _folder.Write("config.toml", Configuration);
        _folder.Write("plan.ndjson", "{}\n");
        Assert.Contains("already exists", Run("migrate", "config.toml", "-o", "plan.ndjson").Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal("{}\n", File.ReadAllText(Path.Combine(_folder.Root, "plan.ndjson")));
        Run("migrate", "config.toml", "-o", "plan.ndjson", "--force").Expect(0);
        Assert.NotEqual("{}\n", File.ReadAllText(Path.Combine(_folder.Root, "plan.ndjson")));
    }
}
