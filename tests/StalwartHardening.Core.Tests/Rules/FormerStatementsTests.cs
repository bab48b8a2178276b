using StalwartHardening.Plans;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>
/// Rules look at one listener, account or setting after the other: what one of them has nothing to say about keeps none of them from what comes after it.
/// </summary>
public sealed class FormerStatementsTests
{
    // On none of these has any of the rules something to say, and none of them decides about another.
    private const string Former =
        """
        server.listener.a1.protocol = "imap"
        server.listener.a1.bind = ["127.0.0.1:1143"]
        server.listener.a2.protocol = "smtp"
        server.listener.a2.bind = ["[::]:25"]
        server.listener.a3.protocol = "imap"
        server.listener.a3.bind = ["[::]:9930"]
        server.listener.a3.tls.implicit = true
        server.listener.a4.protocol = "http"
        server.listener.a4.bind = ["127.0.0.1:8081"]
        server.listener.a5.protocol = "imap"
        server.listener.a5.bind = ["%{env:BIND}%"]
        server.listener.a6.protocol = "lmtp"
        server.listener.a6.bind = ["127.0.0.1:24"]
        tracer.a1.type = "log"
        tracer.a1.level = "info"
        tracer.a1.path = "/var/log/stalwart"
        tracer.a1.prefix = "stalwart.log"
        tracer.a1.enable = true
        store.a1.type = "rocksdb"
        store.a1.path = "/var/lib/stalwart"

        """;

    // These look at the whole: settings that belong elsewhere taken together, options, whether there is a listener at all or one for mail, and what a server can be reached by.
    private static readonly string[] AboutTheWhole = ["SWH0005", "SWH0013", "SWH0015", "SWH3004", "SWH7001"];

    public static TheoryData<string> Rules => [.. RuleCatalog.All.Select(static rule => rule.Id).Except(AboutTheWhole)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Something_is_found_after_what_nothing_is_found_in(string id)
    {
        foreach (var (text, options) in DocumentationTests.Reported(id).Where(static example => !PlanIdentification.MayBePlan(example.Text)))
        {
            var version = options.TargetVersion.ToString();
            Assert.DoesNotContain(RuleTest.Judged(Former, version, options), finding => finding.Rule.Id == id);
            Assert.Equal(
                Places(RuleTest.Judged(text, version, options), id, 0),
                Places(RuleTest.Judged(Former + text, version, options), id, Former.Length));
        }
    }

    private static IEnumerable<string> Places(IReadOnlyList<Finding> findings, string id, int before) =>
        findings.Where(finding => finding.Rule.Id == id).Select(finding => $"{finding.Span.Start - before} {finding.Span.Length} {finding.SettingKey}");
}
