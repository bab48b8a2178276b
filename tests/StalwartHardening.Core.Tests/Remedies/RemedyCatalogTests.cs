using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Remedies;

/// <summary>What remedies are called, and that having none is a decision.</summary>
public class RemedyCatalogTests
{
    public static TheoryData<string> Rules => new(RuleCatalog.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_offers_remedies_or_says_why_not(string id)
    {
        var rule = RuleCatalog.Find(id)!;
        var offers = rule.GetType().GetMethod(nameof(Rule.Remedies))!.DeclaringType != typeof(Rule);
        Assert.Equal(offers, rule.NoRemedyReason is null);
        Assert.True(rule.NoRemedyReason is null || (rule.NoRemedyReason.Length > 20 && rule.NoRemedyReason.EndsWith('.')), "The reason is a sentence.");
    }

    [Fact]
    public void Titles_and_equivalence_keys_tell_safe_remedies_from_others()
    {
        var firstKeys = new Dictionary<string, HashSet<string>>();
        var seen = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var server = Generation.ReadServer(ServerTomlReader.Read(RandomConfiguration.Create(seed), JudgementOptions.Default.TargetVersion, TestContext.Current.CancellationToken), ServerVersion.Newest);
            foreach (var finding in ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken))
            {
                var isFirst = true;
                foreach (var remedy in finding.Remedies(server))
                {
                    var isSafe = remedy.Safety == RemedySafety.Safe;
                    Assert.StartsWith((isSafe ? "safe/" : "review/") + finding.Rule.Id + "/", remedy.EquivalenceKey, StringComparison.Ordinal);
                    Assert.True(isSafe != remedy.Title.Contains(" (", StringComparison.Ordinal), $"Who may be cut off is said exactly where somebody may be: «{remedy.Title}».");
                    Assert.NotEmpty(remedy.Edits);
                    if (isFirst)
                        (firstKeys.TryGetValue(finding.Rule.Id, out var keys) ? keys : firstKeys[finding.Rule.Id] = []).Add(remedy.EquivalenceKey);
                    isFirst = false;
                    seen++;
                }
            }
        }

        Assert.True(seen > 1000);
        Assert.All(firstKeys, pair => Assert.Single(pair.Value));
    }
}
