using System.Text.RegularExpressions;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Rules;

/// <summary>
/// Every setting with a security consequence that is known of, in <c>SettingRows.tsv</c> (servers up to 0.15) and <c>PlanRows.tsv</c>
/// (from 0.16 on): its insecure value with the rule that reports it, or the line of the coverage page that says why none does.
/// </summary>
public partial class SettingRowTests
{
    private const string OfPage = "page:";

    private const string PlanDoors =
        """
        {"@type":"reconcile","object":"NetworkListener","value":{"smtp":{"name":"smtp","bind":{"[::]:25":true},"protocol":"smtp"},"submissions":{"name":"submissions","bind":{"[::]:465":true},"protocol":"smtp","tlsImplicit":true},"imaps":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true},"https":{"name":"https","bind":{"[::]:443":true},"protocol":"http","tlsImplicit":true}}}
        {"@type":"update","object":"Http","value":{"enableHsts":true,"allowedEndpoints":{"match":{"0":{"if":"starts_with(path, '/jmap')","then":"200"}},"else":"404"}}}
        {"@type":"update","object":"OidcProvider","value":{"anonymousClientRegistration":false}}

        """;

    public static TheoryData<string, string, string, string> Settings => Judged("SettingRows.tsv");

    public static TheoryData<string, string, string, string> Plans => Judged("PlanRows.tsv");

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_with_its_insecure_value_is_found(string setting, string version, string text, string rule)
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        var findings = ConfigurationJudge.Judge(ConfigurationReader.Read(text, new ReadingTarget(target), TestContext.Current.CancellationToken), JudgementOptions.Default with { TargetVersion = target }, TestContext.Current.CancellationToken);
        Assert.True(findings.Any(finding => finding.Rule.Id == rule), $"{setting}: {rule} is not among {string.Join(", ", findings)} in\n{text}");
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void A_field_with_its_weak_value_is_found(string field, string version, string plan, string rule)
    {
        _ = version;
        var text = plan.StartsWith("{\"@type\":\"PostgreSql\"", StringComparison.Ordinal) ? plan : PlanDoors + plan;
        var known = ConfigurationJudge.Judge(Read(PlanDoors), JudgementOptions.Default, TestContext.Current.CancellationToken).Count(finding => finding.Rule.Id == rule);
        var findings = ConfigurationJudge.Judge(Read(text), JudgementOptions.Default, TestContext.Current.CancellationToken);
        Assert.True(findings.Count(finding => finding.Rule.Id == rule) > known, $"{field}: {rule} is not among {string.Join(", ", findings)} in\n{plan}");
        if (rule != "SWH0002")
            Assert.DoesNotContain(findings, static finding => finding.Rule.Id is "SWH0001" or "SWH0002" or "SWH0004");
    }

    [Theory]
    [InlineData("SettingRows.tsv")]
    [InlineData("PlanRows.tsv")]
    public void What_no_rule_reports_has_a_line_on_the_page(string file)
    {
        var lines = File.ReadLines(PathOf("Coverage.tsv")).Select(static line => line.Split('\t')).Where(static row => row.Length > 4 && row[3].Length == 0).Select(static row => row[1]).ToHashSet(StringComparer.Ordinal);
        var missing = Rows(file).Where(row => row[3].StartsWith(OfPage, StringComparison.Ordinal) && !lines.Contains(row[3][OfPage.Length..])).Select(static row => row[3]).Distinct();
        Assert.Empty(missing);
    }

    // The rows are those of the facts, none left out.
    [Theory]
    [InlineData("SettingRows.tsv", "toml-settings.md", "## 5. Catalogue", "### 5.13")]
    [InlineData("PlanRows.tsv", "plan.md", "## 2. Objects", "## 3. Bootstrap")]
    public void Every_row_of_the_facts_is_there(string file, string facts, string from, string to)
    {
        var text = File.ReadAllText(Path.Combine(Repository.SharedOrSkip("facts"), facts));
        var known = Rows(file).Select(static row => row[0]).ToHashSet(StringComparer.Ordinal);
        var section = "";
        var count = 0;
        foreach (var line in text[text.IndexOf(from, StringComparison.Ordinal)..text.IndexOf(to, StringComparison.Ordinal)].Split('\n'))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
                section = line.Split(' ')[1];
            if (!line.StartsWith("| ", StringComparison.Ordinal))
                continue;
            var cell = Cell().Split(line)[1].Trim();
            if (cell is "key" or "Field" or "useTls" or "Object.field" or "Object" or "true" or "false")
                continue;
            count++;
            var name = (from[3] == '2' ? section + " " : "") + cell.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
            Assert.True(known.Contains(name), $"{file} has no row '{name}'.");
        }

        Assert.True(count > 90, $"only {count} rows read");
    }

    private static ServerConfiguration Read(string plan) => ConfigurationReader.Read(plan, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken);

    private static TheoryData<string, string, string, string> Judged(string file)
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var row in Rows(file).Where(static row => !row[3].StartsWith(OfPage, StringComparison.Ordinal)))
            data.Add(row[0], row[1], SettingRows.Text(row[2]), row[3]);
        return data;
    }

    private static IEnumerable<string[]> Rows(string file) => SettingRows.Read(file);

    private static string PathOf(string file) => Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", file);

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();
}
