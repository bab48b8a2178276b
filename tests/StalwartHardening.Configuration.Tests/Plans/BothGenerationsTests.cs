using StalwartHardening.Configuration;

namespace StalwartHardening.Tests.Plans;

/// <summary>Random programs, judged as TOML and as a plan: the same findings, but for what the generations have otherwise.</summary>
public sealed class BothGenerationsTests
{
    private const int Seed = 20261127;

    private static readonly int Programs = ProgramCount.Of(100);

    // In 0.16 every end point that a new server opens asks for a log-in, so that absent access rules are advice; the fallback
    // administrator is a variable of the server's environment, and no object.
    private static readonly string[] OnlyInToml = ["SWH2001", "SWH3001"];

    [Fact]
    public void The_same_is_found_in_both()
    {
        var found = 0;
        for (var seed = Seed; seed < Seed + Programs; seed++)
        {
            var source = WovenProgram.Create(seed);
            var server = BuilderProgram.Run(BuilderProgram.Compile(source));
            Assert.Empty(server.PlanProblems());
            var toml = Findings(server.Judge());
            var plan = Findings(server.Judge(new JudgementOptions { TargetVersion = new Version(0, 16) }));
            Assert.True(toml.Except(OnlyInToml).SequenceEqual(plan), $"seed {seed}\nTOML: {string.Join(", ", toml)}\nplan: {string.Join(", ", plan)}\n{source}");
            found += plan.Count;
        }

        Assert.True(found > Programs / 4);
        ProgramCount.Record("builders in many forms: the findings in the TOML, and in the plan", Programs, Seed);
    }

    private static List<string> Findings(ServerFindings findings) => [.. findings.Select(static finding => finding.RuleId).Distinct().Order(StringComparer.Ordinal)];
}
