using System.Text;
using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Tests.Rules.HttpAccess;

/// <summary>What the rules say about the access control of real configurations, by the number of the file.</summary>
public sealed class CorpusVerdictTests
{
    private static string SnapshotPath => Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "HttpAccess", "CorpusVerdicts.txt");

    [Fact]
    public void Every_configuration_gets_the_reviewed_verdict()
    {
        var folder = Repository.SharedOrSkip("corpus", "flattened");
        var actual = new StringBuilder();
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            if (!json.RootElement.TryGetProperty("keys", out var keys) && !json.RootElement.TryGetProperty("partial_keys", out keys))
                continue;
            var settings = new List<Setting>();
            foreach (var entry in keys.EnumerateObject())
                settings.Add(PolicyText.Of(entry.Name, entry.Value.GetString() ?? ""));
            var server = Generation.ReadServer(PolicyText.Document(settings), ServerVersion.Newest);
            var found = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var rule in RuleCatalog.All)
            {
                if (rule.Category != RuleCategory.HttpAccess || rule.Id == "SWH2001")
                    continue;
                var judgement = new Judgement(JudgementOptions.Default, TestContext.Current.CancellationToken);
                rule.Judge(server, judgement);
                foreach (var finding in judgement.Findings)
                    found.Add($"{finding.Rule.Id}@{finding.SettingKey}");
            }

            if (found.Count > 0 || server.DeclaresHttpAccessControl)
                actual.Append(Path.GetFileName(file).AsSpan(0, 3)).Append(' ').Append(server.DeclaresHttpAccessControl ? "policy" : "no-policy").Append(' ').AppendJoin(' ', found).Append('\n');
        }

        var expected = File.Exists(SnapshotPath) ? File.ReadAllText(SnapshotPath) : "";
        if (expected != actual.ToString())
            File.WriteAllText(SnapshotPath + ".actual", actual.ToString());
        Assert.Equal(expected, actual.ToString());
    }
}
