using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules;

/// <summary>
/// For each rule: found, not found, look-alike, unknown value, other spellings, builder, plan, fix. What other tables have already is
/// taken from them (the rules' pages, <c>PlanRows.tsv</c>, the findings of real configurations); <c>RuleCases.tsv</c> holds the rest, and the
/// reason where a rule has no such case.
/// </summary>
public class RuleCaseTests
{
    private static readonly string[] Columns = ["found", "not-found", "look-alike", "unknown", "spelling", "builder", "plan", "fix"];

    private sealed record Case(string Rule, string Column, string Kind, string Content);

    private static readonly List<Case> Cases =
    [
        .. SettingRows.Read("RuleCases.tsv").Select(static row => new Case(row[0], row[1], row[2], row[3])),
    ];

    public static TheoryData<string> Rules => [.. RuleCatalog.All.Select(static rule => rule.Id)];

    public static TheoryData<string, string, string, string> Silent =>
        [.. Cases.Where(static row => row.Kind.StartsWith("toml ", StringComparison.Ordinal)).Select(static row => (row.Rule, row.Column, row.Kind[5..], SettingRows.Text(row.Content)))];

    public static TheoryData<string, string> Plans => [.. Cases.Where(static row => row.Kind == "plan").Select(static row => (row.Rule, row.Content.Replace('⏎', '\n')))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_has_every_case_or_a_reason(string id)
    {
        foreach (var column in Columns)
            Assert.True(Has(RuleCatalog.Find(id)!, column), $"{id} has no case '{column}', and RuleCases.tsv gives no reason.");
    }

    [Fact]
    public void Every_case_belongs_to_a_rule_and_a_column() => Assert.All(Cases, static row =>
    {
        Assert.NotNull(RuleCatalog.Find(row.Rule));
        Assert.Contains(row.Column, Columns);
        if (row.Kind == "reason")
            Assert.EndsWith(".", row.Content, StringComparison.Ordinal);
        else if (row.Kind == "test")
            Assert.True(Directory.GetFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Any(file => IsIn(file, row.Content)), $"There is no test {row.Content}.");
    });

    // What looks like a finding, and what nobody knows.
    [Theory]
    [MemberData(nameof(Silent))]
    public void A_look_alike_and_an_unknown_value_are_not_found(string id, string column, string version, string text) =>
        Assert.DoesNotContain(RuleTest.Judged(text, version), finding => finding.Rule.Id == id && column.Length > 0);

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_plan_is_found(string id, string plan) =>
        Assert.Contains(ConfigurationJudge.Judge(ConfigurationReader.Read(plan, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken), JudgementOptions.Default, TestContext.Current.CancellationToken), finding => finding.Rule.Id == id);

    // As the web administration writes it, with quoted names, and in one table a setting: the server reads the same.
    [Theory]
    [MemberData(nameof(Rules))]
    public void Other_spellings_of_what_a_page_shows_are_found_too(string id)
    {
        if (Cases.Exists(row => row.Rule == id && row is { Column: "spelling", Kind: "reason" }))
            return;
        foreach (var (text, options) in DocumentationTests.Reported(id))
        {
            var document = ServerTomlReader.Read(text, options.TargetVersion, TestContext.Current.CancellationToken);
            foreach (var spelled in Spellings(document))
                Assert.True(RuleTest.Judged(spelled, options.TargetVersion.ToString(), options).Any(finding => finding.Rule.Id == id), $"{id} is not found in\n{spelled}");
        }
    }

    // The first remedy of what a page shows ends the finding.
    [Theory]
    [MemberData(nameof(Rules))]
    public void A_remedy_ends_what_a_page_shows(string id)
    {
        var rule = RuleCatalog.Find(id)!;
        if (rule.NoRemedyReason is not null || Cases.Exists(row => row.Rule == id && row.Column == "fix"))
            return;
        foreach (var (text, options) in DocumentationTests.Reported(id))
        {
            var server = Generation.ReadServer(ServerTomlReader.Read(text, options.TargetVersion, TestContext.Current.CancellationToken), options.TargetVersion);
            var findings = ConfigurationJudge.Judge(server, options, TestContext.Current.CancellationToken).Where(finding => finding.Rule == rule).ToList();
            if (findings.Any(finding => finding.Remedies(server).Any(remedy => RemedyApplication.Apply(server, options, finding, remedy, cancellationToken: TestContext.Current.CancellationToken) is not null)))
                return;
        }

        Assert.Fail($"No remedy of {id} helps with what its page shows.");
    }

    private static bool Has(Rule rule, string column) =>
        Cases.Exists(row => row.Rule == rule.Id && row.Column == column)
        || column switch
        {
            // The tests of the pages hold both to account.
            "found" or "not-found" => DocumentationTests.HasExamples(rule.Id, column == "found" ? "Reported" : "Not reported"),
            "spelling" => true,
            // Every real configuration becomes a program, in which the same is found (ImportedFindingsTests).
            "builder" => File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "CorpusFindings.txt")).Any(line => line.Contains(" " + rule.Id + " ", StringComparison.Ordinal)),
            "plan" => SettingRows.Read("PlanRows.tsv").Any(row => row[3] == rule.Id),
            // Without a remedy the rule itself says why.
            "fix" => true,
            _ => false,
        };

    private static IEnumerable<string> Spellings(SettingsDocument document)
    {
        var dotted = new System.Text.StringBuilder();
        var quoted = new System.Text.StringBuilder();
        var tables = new System.Text.StringBuilder();
        foreach (ref readonly var setting in document.InTextOrder)
        {
            var value = setting.Value.Contains('\n', StringComparison.Ordinal) ? "\"\"\"\n" + setting.Value + "\"\"\"" : setting.Value.Contains('\\', StringComparison.Ordinal) ? "'''" + setting.Value + "'''" : "\"" + setting.Value.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
            dotted.Append('"').Append(setting.Key).Append("\" = ").Append(value).Append('\n');
            quoted.Append(string.Join('.', setting.Key.Split('.').Select(static part => "\"" + part + "\""))).Append("  =  ").Append(value).Append("  # ...\r\n");
            tables.Append(setting.Key.LastIndexOf('.') is > 0 and var dot ? $"[{Table(setting.Key[..dot])}]\n\"{setting.Key[(dot + 1)..]}\"={value}\n" : $"\"{setting.Key}\"={value}\n");
        }

        yield return dotted.ToString();
        yield return quoted.ToString();

        // What is under no table has to come first.
        if (document.InTextOrder.Length > 0 && document.InTextOrder[0].Key.Contains('.', StringComparison.Ordinal))
            yield return tables.ToString();
    }

    // A header lowers what is not quoted, and must not begin with a quote.
    private static string Table(string key) => string.Join('.', key.Split('.').Select(static (part, index) => index == 0 ? part : "\"" + part + "\""));

    private static bool IsIn(string file, string test)
    {
        var parts = test.Split('.');
        var text = File.ReadAllText(file);
        return text.Contains("class " + parts[0], StringComparison.Ordinal) && (parts.Length == 1 || text.Contains(" " + parts[1] + "(", StringComparison.Ordinal));
    }
}
