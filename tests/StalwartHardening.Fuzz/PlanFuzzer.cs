using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Plans;

namespace StalwartHardening.Fuzz;

/// <summary>Plans, and almost: read, run and judged; twice, with the same outcome.</summary>
internal sealed class PlanFuzzer : Fuzzer
{
    private static readonly string[] Lines =
    [
        """{"@type":"create","object":"Domain","value":{"d":{"name":"example.org"}}}""",
        """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"l":{"name":"imap","protocol":"imap","bind":{"[::]:143":true},"tlsImplicit":false}}}""",
        """{"@type":"create","object":"NetworkListener","value":{"h":{"name":"http","protocol":"http","bind":{"0.0.0.0:8080":true,"[::1]:8081":true},"useTls":false}}}""",
        """{"@type":"update","object":"Http","value":{"useXForwarded":true,"allowedEndpoints":{"match":{"0":{"if":"starts_with(path, '/api')","then":"403"}},"else":"200"}}}""",
        """{"@type":"update","object":"Http","value":{"allowedEndpoints/match/1":{"if":"matches('(.*)', path) && $0 + $0 == 'x'","then":"200"},"enableHsts":false}}""",
        """{"@type":"create","object":"Role","value":{"r":{"description":"ops","roleIds":{"#r":true},"enabledPermissions":{"imapAuthenticate":true,"authenticate":true}}}}""",
        """{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ann","domainId":"#d","credentials":{"0":{"@type":"Password","secret":"hunter2hunter2"}},"roles":{"@type":"Custom","roleIds":{"#r":true}},"permissions":{"@type":"Merge","enabledPermissions":{"pop3Authenticate":true},"disabledPermissions":{}}}}}""",
        """{"@type":"update","object":"Authentication","value":{"passwordMinLength":4,"defaultAdminRoleIds":{"#r":true}}}""",
        """{"@type":"destroy","object":"NetworkListener","value":{}}""",
        """{"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"s":{"name":"submission","protocol":"smtp","bind":{"[::]:587":true}}}}""",
        """{"@type":"update","object":"MtaStageAuth","value":{"saslMechanisms":{"match":{"0":{"if":"local_port == 587","then":"[plain, login]"}},"else":"false"}}}""",
        """{"@type":"update","object":"SystemSettings","id":"singleton","value":{"defaultHostname":"${HOST}"}}""",
        """{"@type":"create","object":"Action","value":{"reload":{"@type":"ReloadSettings"}}}""",
    ];

    public override string Name => "plans";

    public override string Create(Random random) => Text(random);

    /// <summary>A plan, more or less.</summary>
    public static string Text(Random random)
    {
        if (random.Next(40) == 0)
            return Mutation.Of(HostilePlans.Shapes.ElementAt(random.Next(HostilePlans.Shapes.Count)).Value(random.Next(1, 40)), random, 4);
        var lines = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Lines[random.Next(Lines.Length)]);
        return Mutation.Of(string.Join(random.Next(4) == 0 ? "\r\n" : "\n", lines) + (random.Next(4) == 0 ? "" : "\n"), random, random.Next(6));
    }

    public override void Try(string input)
    {
        var first = Findings(input);
        Demand(first.SequenceEqual(Findings(input)), "the findings are not the same the second time");
    }

    private static List<string> Findings(string input)
    {
        var version = new ServerVersion(16, ServerVersion.AnyPatch);
        var server = ConfigurationReader.Read(input, new ReadingTarget(version), CancellationToken.None);
        var said = new List<string>();
        foreach (var finding in ConfigurationJudge.Judge(server, new JudgementOptions { TargetVersion = version }))
        {
            ReaderFuzzer.DemandInside(input, finding.Span);
            said.Add(finding.Rule.Id + finding.Span + finding.Message);
        }

        return said;
    }
}
