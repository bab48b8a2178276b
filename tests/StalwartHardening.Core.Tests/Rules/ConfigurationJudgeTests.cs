using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Tests.Rules;

public class ConfigurationJudgeTests
{
    [Fact]
    public void Rules_that_cost_too_much_are_said_once_all_others_have_judged()
    {
        var server = Generation.ReadServer(HostilePolicies.Document(HostilePolicies.Shapes["text that doubles from rule to rule"](new Random(1), 2_000)), ServerVersion.Newest);
        Assert.Single(ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken), static finding => finding.Rule.Id == "SWH0014");
    }
}
