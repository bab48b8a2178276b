using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules;

/// <summary>The pages about the rules say what the rules say, and their examples behave as they claim.</summary>
public class DocumentationTests
{
    public static TheoryData<string> RuleIds => [.. RuleCatalog.All.Select(rule => rule.Id)];

    [Fact]
    public void Ids_and_names_are_unique_and_ids_match_their_category()
    {
        Assert.Equal(RuleCatalog.All.Count, RuleCatalog.All.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(RuleCatalog.All.Count, RuleCatalog.All.Select(rule => rule.Name).Distinct().Count());
        Assert.All(RuleCatalog.All, rule => Assert.Equal(rule.GetType().Namespace!.Split('.')[^1], rule.Category.ToString()));
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_states_itself_in_sentences(string id)
    {
        var rule = RuleCatalog.Find(id)!;
        Assert.Matches("^SWH[0-7][0-9]{3}$", rule.Id);
        Assert.False(rule.Title.EndsWith('.'), "A title is no sentence.");
        Assert.EndsWith(".", rule.Why, StringComparison.Ordinal);
        Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal);
        Assert.True(rule.Severity <= RuleSeverity.Warning, "No rule is an error by default.");
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void The_page_of_a_rule_is_up_to_date(string id) =>
        GeneratedFile.AssertPartUpToDate(PagePath(id), "rule", Header(RuleCatalog.Find(id)!));

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void The_examples_of_a_page_behave_as_it_says(string id)
    {
        var page = File.ReadAllText(PagePath(id));
        if (RuleCatalog.Find(id)!.IsAboutPrograms)
        {
            // Judging them takes a compiler; the tests of the analyzer do that.
            Assert.NotEmpty(Blocks(page, "Reported", "csharp"));
            Assert.NotEmpty(Blocks(page, "Not reported", "csharp"));
            return;
        }

        var insecure = Examples(page, "Reported");
        var secure = Examples(page, "Not reported");
        Assert.NotEmpty(insecure);
        Assert.NotEmpty(secure);
        var insecureOptions = Options(page, "Reported");
        var secureOptions = Options(page, "Not reported");
        Assert.All(insecure, example => Assert.Contains(RuleTest.Judged(example, insecureOptions.TargetVersion.ToString(), insecureOptions), finding => finding.Rule.Id == id));
        Assert.All(secure, example => Assert.DoesNotContain(RuleTest.Judged(example, secureOptions.TargetVersion.ToString(), secureOptions), finding => finding.Rule.Id == id));
    }

    [Fact]
    public void Every_page_belongs_to_a_rule() =>
        Assert.All(
            Directory.GetFiles(Repository.PathOf("docs", "rules"), "SWH*.md"),
            path => Assert.NotNull(RuleCatalog.Find(Path.GetFileNameWithoutExtension(path))));

    [Fact]
    public void The_table_of_rules_is_up_to_date()
    {
        GeneratedFile.AssertPartUpToDate(Repository.PathOf("README.md"), "rules", Table("docs/rules/"));
        GeneratedFile.AssertPartUpToDate(Repository.PathOf("docs", "rules", "README.md"), "rules", Table(""));
    }

    [Fact]
    public void The_table_of_actions_is_up_to_date()
    {
        var actions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in RuleCatalog.All.Where(static rule => !rule.IsAboutPrograms))
        {
            var page = File.ReadAllText(PagePath(rule.Id));
            foreach (var example in Examples(page, "Reported").Concat(Blocks(page, "Reported", "ndjson")))
            {
                var server = RuleTest.Read(example, Options(page, "Reported").TargetVersion);
                foreach (var finding in ConfigurationJudge.Judge(server, Options(page, "Reported"), TestContext.Current.CancellationToken))
                {
                    if (finding.Rule != rule)
                        continue;
                    foreach (var remedy in rule.Remedies(server, finding))
                    {
                        Assert.StartsWith($"{(remedy.Safety == RemedySafety.Safe ? "safe" : "review")}/{rule.Id}/", remedy.EquivalenceKey, StringComparison.Ordinal);
                        actions.TryAdd(remedy.EquivalenceKey, remedy.Title);
                    }
                }
            }
        }

        // A rule without an action says why it has none.
        Assert.All(RuleCatalog.All, rule => Assert.True(rule.NoRemedyReason is not null || actions.Keys.Any(key => key.Contains(rule.Id, StringComparison.Ordinal)), $"{rule.Id} has no remedy for what its page reports, and no {nameof(rule.NoRemedyReason)}."));
        var table = new StringBuilder("| Action | For example |\n|---|---|\n");
        foreach (var action in actions)
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{action.Key}` | {action.Value} |\n");
        GeneratedFile.AssertPartUpToDate(Repository.PathOf("docs", "fixes.md"), "actions", table.ToString());
    }

    [Fact]
    public void The_readme_shows_what_the_quick_start_really_gives()
    {
        var text = File.ReadAllText(Repository.PathOf("samples", "Quickstart", "config.toml"));
        var shown = File.ReadLines(Repository.PathOf("README.md")).Where(line => line.StartsWith("samples/Quickstart/config.toml(", StringComparison.Ordinal)).ToList();
        var warnings = RuleTest.Judged(text).Where(finding => finding.Severity == RuleSeverity.Warning).Select(finding =>
        {
            var before = text[..finding.Span.Start];
            return $"samples/Quickstart/config.toml({before.Count(c => c == '\n') + 1},{finding.Span.Start - before.LastIndexOf('\n')}): warning {finding.Rule.Id}: {finding.Message}";
        }).ToList();
        Assert.Equal(warnings.Count, shown.Count);
        // The README cuts long messages short.
        Assert.All(shown.Zip(warnings), pair => Assert.StartsWith(pair.First.Replace(" …", "", StringComparison.Ordinal), pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_shows_what_the_insecure_plan_really_gives()
    {
        const string Plan = "samples/PlanQuickstart/plan.ndjson";
        var text = File.ReadAllText(Repository.PathOf(Plan.Split('/')));
        var target = new ReadingTarget(ServerVersion.Newest);
        var given = ConfigurationJudge.Judge(ConfigurationReader.Read(text, target, TestContext.Current.CancellationToken), JudgementOptions.Default, TestContext.Current.CancellationToken).Select(finding =>
        {
            var before = text[..finding.Span.Start];
            return (Message: $"{finding.Severity.ToString().ToLowerInvariant()}[{finding.Rule.Id}]: {finding.Message}", Place: $" --> {Plan}:{before.Count(c => c == '\n') + 1}:{finding.Span.Start - before.LastIndexOf('\n')}");
        }).ToList();
        var lines = File.ReadAllLines(Repository.PathOf("README.md"));
        var shown = 0;
        for (var i = 0; i + 1 < lines.Length; i++)
        {
            if (!lines[i].StartsWith("warning[SWH", StringComparison.Ordinal) || !lines[i + 1].Contains(Plan, StringComparison.Ordinal))
                continue;
            shown++;
            Assert.Contains(given, finding => finding.Message.StartsWith(lines[i].Replace(" …", "", StringComparison.Ordinal), StringComparison.Ordinal) && finding.Place == lines[i + 1]);
        }

        Assert.True(shown >= 3);

        // The operations shown are those of the sample, cut down.
        Assert.All(lines.SkipWhile(line => line != "```json").Skip(1).TakeWhile(line => line != "```"), line =>
            Assert.Equal(PlanTextKind.Plan, PlanIdentification.Of(line)));
    }

    [Fact]
    public void The_judgement_of_an_empty_text_is_empty() => Assert.Empty(RuleTest.Judged(""));

    private static string PagePath(string id) => Repository.PathOf("docs", "rules", id + ".md");

    private static string Header(Rule rule) =>
        $"""
        # {rule.Id}: {rule.Title}

        | Name | Category | Severity | Strict | Fix | Since |
        |---|---|---|---|---|---|
        | {rule.Name} | {rule.Category} | {rule.Severity} | {(rule.IsHeart ? "Error" : rule.IsAboutPrograms && !rule.IsLoudWhereStrict ? rule.Severity : "Warning")} | {FixesOf(rule)} | {rule.Since} |

        ## Why

        {rule.Why}

        ## How to fix

        {rule.Remedy}

        """.ReplaceLineEndings("\n") + InPlan(rule) + Standards(rule);

    // What of the vendor's guide and of standards the rule enforces.
    private static string Standards(Rule rule)
    {
        var rows = File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "Coverage.tsv")).Skip(1).Select(static line => line.Split('\t'))
            .Where(row => row.Length > 3 && row[3].Split(' ').Contains(rule.Id)).ToList();
        if (rows.Count == 0)
            return "";
        var text = new StringBuilder("\n## Standards\n\n");
        foreach (var row in rows)
            text.Append("- ").Append(row[0]).Append(": ").Append(row[1]).Append(row[2].Length > 0 ? " (" + row[2] + ")" : "").Append('\n');
        return text.ToString();
    }

    // What the fixes of the page's examples are: nobody loses anything, or somebody has to look first.
    private static string FixesOf(Rule rule)
    {
        if (rule.NoRemedyReason is not null)
            return "By hand";
        if (rule.IsAboutPrograms)
            return "Review";
        var page = File.ReadAllText(PagePath(rule.Id));
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var example in Examples(page, "Reported"))
        {
            var options = Options(page, "Reported");
            var server = RuleTest.Read(example, options.TargetVersion);
            foreach (var finding in ConfigurationJudge.Judge(server, options).Where(finding => finding.Rule == rule))
                kinds.UnionWith(rule.Remedies(server, finding).Select(static remedy => remedy.Safety.ToString()));
        }

        return kinds.Count == 0 ? "By hand" : string.Join(", ", kinds.Reverse());
    }

    // What people read who write plans, where it differs.
    private static string InPlan(Rule rule)
    {
        string[] texts = [.. new[] { rule.WhyInPlan, rule.RemedyInPlan }.Where(text => text != rule.Why && text != rule.Remedy)];
        return texts.Length == 0 ? "" : $"\nIn a [plan](../plans.md): {string.Join(' ', texts)}\n";
    }

    private static string Table(string folder)
    {
        var table = new StringBuilder("| Id | Title | Severity | Fix |\n|---|---|---|---|\n");
        foreach (var rule in RuleCatalog.All)
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| [{rule.Id}]({folder}{rule.Id}.md) | {rule.Title} | {rule.Severity} | {FixesOf(rule)} |\n");
        return table.ToString();
    }

    /// <summary>What the page of a rule shows as found, and under which options.</summary>
    internal static IEnumerable<(string Text, JudgementOptions Options)> Reported(string id)
    {
        var page = File.ReadAllText(PagePath(id));
        var options = Options(page, "Reported");
        return Examples(page, "Reported").Select(example => (example, options));
    }

    /// <summary>Whether the page of a rule shows TOML below a heading.</summary>
    internal static bool HasExamples(string id, string heading) => Examples(File.ReadAllText(PagePath(id)), heading).Count > 0;

    // The options below the heading, if it shows some.
    private static JudgementOptions Options(string page, string heading)
    {
        var values = Blocks(page, heading, "ini")
            .SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => line.Split(" = "))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return HardeningOptions.Read(name => values.GetValueOrDefault(name), values.Keys).Judgement;
    }

    // The TOML blocks below the heading, each exactly as a reader would copy it; the plans of a rule that is about nothing else.
    private static List<string> Examples(string page, string heading) =>
        // A page cannot show a missing line break at the end of a block, so it says so.
        [.. Blocks(page, heading, Blocks(page, "Reported", "toml").Count > 0 ? "toml" : "ndjson").Select(example => example.Replace("⏎̸\n", "", StringComparison.Ordinal))];

    private static List<string> Blocks(string page, string heading, string language)
    {
        // A heading on the first line has no line break before it.
        page = "\n" + page;
        var start = page.IndexOf("\n## " + heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no section '{heading}'.");
        var end = page.IndexOf("\n## ", start + 4, StringComparison.Ordinal);
        var section = end < 0 ? page[start..] : page[start..end];
        var blocks = new List<string>();
        var opening = "```" + language + "\n";
        for (var open = section.IndexOf(opening, StringComparison.Ordinal); open >= 0; open = section.IndexOf(opening, open, StringComparison.Ordinal))
        {
            open += opening.Length;
            var close = section.IndexOf("```", open, StringComparison.Ordinal);
            blocks.Add(section[open..close]);
            open = close + 3;
        }

        return blocks;
    }

    // Rows of the table of terms that can be told by their letters alone.
    [Theory]
    [InlineData("log-in")]
    [InlineData("log-ins")]
    [InlineData("set-up")]
    [InlineData("whoever")]
    [InlineData("whitelist")]
    [InlineData("leave in peace")]
    public void Rules_use_the_terms_of_the_project(string wrong)
    {
        Assert.Contains(wrong.TrimEnd('s'), File.ReadAllText(Repository.PathOf("docs", "contributing.md")), StringComparison.Ordinal);
        var word = new System.Text.RegularExpressions.Regex($@"(?<![\w-]){wrong}(?![\w-])", System.Text.RegularExpressions.RegexOptions.IgnoreCase);
        foreach (var rule in RuleCatalog.All)
            Assert.All(new[] { rule.Title, rule.MessageFormat, rule.Why, rule.Remedy, rule.WhyInPlan, rule.RemedyInPlan }, text => Assert.DoesNotMatch(word, text));
    }
}
