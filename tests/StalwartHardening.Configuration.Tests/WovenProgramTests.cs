using System.Globalization;
using Microsoft.CodeAnalysis;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests;

/// <summary>What is found in the source of a program is what is found in the server that it really writes, in whatever form it is written.</summary>
public sealed class WovenProgramTests
{
    private static readonly int Programs = ProgramCount.Of(300);

    [Fact]
    public async Task Nothing_is_missed_and_nothing_is_made_up()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("STALWART_HARDENING_SEED") ?? "20261127", CultureInfo.InvariantCulture);
        var insecure = 0;
        var written = 0;
        for (var i = 0; written < Programs; i++)
        {
            var source = WovenProgram.Create(unchecked(seed + i));
            var compilation = BuilderProgram.Compile(source);
            var server = BuilderProgram.Run(compilation);
            written++;
            var really = Ids(ConfigurationJudge.Judge(Generation.ReadServer(ServerTomlReader.Read(server.ToToml(), ServerVersion.Newest, TestContext.Current.CancellationToken), ServerVersion.Newest), new Rules.JudgementOptions(), TestContext.Current.CancellationToken));
            var diagnostics = await BuilderProgram.Analyze(compilation);
            var shown = diagnostics.Select(static diagnostic => RuleCatalog.Find(diagnostic.Id)!).Where(IsDecisive).Select(static rule => rule.Id).Distinct().Order().ToList();
            Assert.True(really.SequenceEqual(shown), $"seed {unchecked(seed + i)}: the server has {string.Join(" ", really)}, the source shows {string.Join(" ", shown)}\n{source}");
            Assert.True(diagnostics.All(static diagnostic => diagnostic.Id != LostSight.RuleId), $"seed {unchecked(seed + i)}: sight is lost of something that is a constant\n{source}");
            insecure += really.Count > 0 ? 1 : 0;
        }

        // Both kinds come, so the comparison says something.
        Assert.InRange(insecure, Programs / 10, Programs * 95 / 100);
        ProgramCount.Record("builders in many forms: the findings in the source, and in the TOML", written, seed);
    }

    private static List<string> Ids(IEnumerable<Finding> findings) => [.. findings.Select(static finding => finding.Rule).Where(IsDecisive).Select(static rule => rule.Id).Distinct().Order()];

    private static bool IsDecisive(Rule rule) => rule.Severity >= RuleSeverity.Warning && rule.Category != RuleCategory.Reading;
}
