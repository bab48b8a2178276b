using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules;

/// <summary>What is found in real configurations, by the number of the file, one line a finding. A line that comes or goes is to be looked at.</summary>
public sealed class CorpusFindingTests
{
    private static string SnapshotPath => Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "CorpusFindings.txt");

    [Fact]
    public void Every_configuration_has_the_recorded_findings()
    {
        var actual = new StringBuilder();
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml").Order(StringComparer.Ordinal))
        {
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(file));
            var server = Generation.ReadServer(ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken), ServerVersion.Newest);
            foreach (var finding in ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken))
            {
                var line = text.AsSpan(0, Math.Min(finding.Span.Start, text.Length)).Count('\n') + 1;
                actual.Append(Path.GetFileName(file).AsSpan(0, 3)).Append(' ').Append(System.Globalization.CultureInfo.InvariantCulture, $"{line,3} {finding.Rule.Id} {finding.Severity}").Append('\n');
            }
        }

        var expected = File.Exists(SnapshotPath) ? File.ReadAllText(SnapshotPath) : "";
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
            File.WriteAllText(SnapshotPath, expected = actual.ToString());
        else if (expected != actual.ToString())
            File.WriteAllText(SnapshotPath + ".actual", actual.ToString());
        Assert.Equal(expected, actual.ToString());
    }

    [Fact]
    public void Nothing_is_said_twice_of_one_line()
    {
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml"))
        {
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(file));
            var server = Generation.ReadServer(ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken), ServerVersion.Newest);
            var findings = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken);
            Assert.All(findings.GroupBy(finding => (Line: text.AsSpan(0, Math.Min(finding.Span.Start, text.Length)).Count('\n') + 1, finding.Message)), group => Assert.True(group.Count() == 1, $"{Path.GetFileName(file)}: {group.Key}"));
        }
    }
}
