using System.Text;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Remedies;

/// <summary>The properties over configurations made up by a seed.</summary>
public abstract class GeneratedConfigurationTests(ITestOutputHelper output)
{
    private static readonly RemedySafety?[] Together = [RemedySafety.Safe, RemedySafety.Review, null];

    protected void Check(int firstSeed, int count, string version, bool isTidy = false)
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        var properties = new RemedyProperties(JudgementOptions.Default with { TargetVersion = target });
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
            properties.Check($"seed {seed}", RandomConfiguration.Create(seed, isTidy), Together[seed % 3]);
        properties.Report(output);
        Assert.True(properties.Failures.Length == 0, properties.Failures);
        Assert.True(properties.Applied > count, $"Only {properties.Applied} fixes were applied.");
        // Broken text, comments that still suppress something else, a server too old for the fix.
        var limit = properties.Applied * (isTidy ? 5 : 20) / 1000;
        Assert.True(properties.Refused.Count <= limit, $"{properties.Refused.Count} of {properties.Applied} were not offered, such as {properties.Refused.FirstOrDefault()}");
    }
}

/// <summary>5,000 for the newest server.</summary>
public class NewestServerRemedyTests(ITestOutputHelper output) : GeneratedConfigurationTests(output)
{
    [Fact]
    public void Fixes_keep_their_promises() => Check(0, 5000, "0.15");
}

/// <summary>4,000 for older servers, and 1,000 without mistakes in their syntax.</summary>
public class OlderServerRemedyTests(ITestOutputHelper output) : GeneratedConfigurationTests(output)
{
    [Theory]
    [InlineData(10_000, "0.13.0")]
    [InlineData(20_000, "0.10")]
    public void Fixes_keep_their_promises(int firstSeed, string version) => Check(firstSeed, 2000, version);

    [Fact]
    public void Tidy_configurations_get_a_fix_for_every_finding_that_can_have_one() => Check(100_000, 1000, "0.15", isTidy: true);
}

/// <summary>The properties over texts that are hardly configurations.</summary>
public class UntidyTextRemedyTests(ITestOutputHelper output)
{
    // Changes that begin at one place, and once were made in the wrong order.
    [Fact]
    public void A_name_and_a_line_can_change_at_one_place() =>
        Check("seen", "server.http.allowed-endpoint=0\nserver.http.hsts=e\n[server.http]\nhsts=e\n[server.listener\ns=''\n");

    [Fact]
    public void Fixes_keep_their_promises()
    {
        var properties = new RemedyProperties(JudgementOptions.Default);
        for (var seed = 0; seed < 1500; seed++)
            properties.Check($"seed {seed}", UntidyToml.Create(new Random(seed)), seed % 2 == 0 ? RemedySafety.Safe : null);
        properties.Report(output);
        Assert.True(properties.Failures.Length == 0, properties.Failures);
        Assert.True(properties.Applied > 2000, $"Only {properties.Applied} fixes were applied.");
    }

    [Theory]
    [InlineData("bind = ['127.0.0.1:25', '[::]:143',\r\n'127.0.0.1:143']\r\n")]
    [InlineData("bind = [\r\n '127.0.0.1:25', '[::]:143',\r\n '127.0.0.1:143',\r\n]\r\n")]
    [InlineData("bind = [ '[::]:143',\r\n '127.0.0.1:143', '[::]:1143' ]\r\n")]
    public void Elements_go_and_leave_the_line_breaks_as_they_were(string bind) =>
        Check("array", "[server.listener.imap]\r\nprotocol = 'imap'\r\n" + bind);

    private void Check(string name, string text)
    {
        var properties = new RemedyProperties(JudgementOptions.Default);
        properties.Check(name, text, RemedySafety.Safe, RemedySafety.Review, null);
        properties.Report(output);
        Assert.True(properties.Failures.Length == 0, properties.Failures);
        Assert.True(properties.Applied > 0);
    }
}

/// <summary>The properties over real files.</summary>
public class RealFileRemedyTests(ITestOutputHelper output)
{
    [Fact]
    public void Fixes_keep_their_promises()
    {
        var files = Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml");
        Assert.Equal(121, files.Length);
        var properties = new RemedyProperties(JudgementOptions.Default);
        foreach (var file in files)
            properties.Check(Path.GetFileName(file), Encoding.UTF8.GetString(File.ReadAllBytes(file)), RemedySafety.Safe, RemedySafety.Review, null);
        properties.Report(output);
        Assert.True(properties.Failures.Length == 0, properties.Failures);
        Assert.True(properties.Applied > 400, $"Only {properties.Applied} fixes were applied.");
        // A setting without effect that would be dangerous under its right name is not renamed; 'tls = "default"' leaves no place for tls.implicit.
        Assert.True(properties.Refused.Count <= 40, string.Join("\n#### ", properties.Refused));
    }
}
