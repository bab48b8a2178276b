using BenchmarkDotNet.Attributes;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Benchmarks;

/// <summary>Access control: single requests, and the judgement over all listeners and endpoints.</summary>
[MemoryDiagnoser]
public class AccessControl
{
    private readonly Rule[] _rules = [.. RuleCatalog.All.Where(static rule => rule.Category == RuleCategory.HttpAccess)];
    private SettingsDocument _document = new([], 0, ServerVersion.Newest);
    private HttpAccessPolicy _policy = null!;

    /// <summary>Rules in the policy.</summary>
    [Params(5, 20, 80)]
    public int PolicyRules { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _document = AccessControlDocument.Create(PolicyRules, 5);
        _policy = Generation.ReadServer(_document, ServerVersion.Newest).HttpAccess;
    }

    /// <summary>One request that no rule but the last admits: as many evaluations as there are rules.</summary>
    [Benchmark]
    public int Decide() => (int)_policy.Decide(new HttpRequest { Target = "/api/principal" }).Decision;

    /// <summary>Reading the policy and judging it by all rules about access control, over five listeners and all endpoints.</summary>
    [Benchmark]
    public int Judge()
    {
        var server = Generation.ReadServer(_document, ServerVersion.Newest);
        var judgement = new Judgement(JudgementOptions.Default);
        foreach (var rule in _rules)
            rule.Judge(server, judgement);
        return judgement.Findings.Count;
    }
}
