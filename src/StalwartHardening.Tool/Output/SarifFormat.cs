using System.Text;
using System.Text.Json;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Output;

/// <summary>SARIF 2.1.0, for code scanning. Same input, same bytes: nothing in it tells the time or the machine.</summary>
internal sealed class SarifFormat : ReportFormat
{
    private const string SourceRoot = "SRCROOT";
    private static readonly Dictionary<string, int> RuleIndexes = RuleCatalog.All.Select((rule, index) => (rule.Id, index)).ToDictionary(rule => rule.Id, rule => rule.index, StringComparer.Ordinal);
    private readonly List<FileResults> _files = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public override bool NeedsServer => true;

    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        if (report.IsForeign)
            return "";
        var artifact = LocationOf(report.File);
        var results = new List<SarifResult>(report.Findings.Count);
        foreach (var finding in report.Findings)
            results.Add(Result(report, finding, artifact));
        lock (_lock)
            _files.Add(new FileResults(report.File, report.Problem, artifact, results, report.Budget.IsSpent));
        return "";
    }

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary)
    {
        _files.Sort(static (left, right) => left.File.Order - right.File.Order);
        var rules = RuleCatalog.All;
        var artifacts = new List<SarifArtifact>(_files.Count);
        var results = new List<SarifResult>();
        var notifications = new List<SarifNotification>();
        foreach (var file in _files)
        {
            file.Artifact.Index = artifacts.Count;
            artifacts.Add(new SarifArtifact(LocationOf(file.File)));
            if (file.Problem is { } problem)
                notifications.Add(new SarifNotification("error", new SarifMessage(PlainText(Sentence(problem.ToString()))), [new SarifLocation(PhysicalLocation: new SarifPhysicalLocation(file.Artifact))]));
            if (file.LacksFixes)
                notifications.Add(new SarifNotification("note", new SarifMessage("This file has so many findings that fixes were looked for only for the first of them."), [new SarifLocation(PhysicalLocation: new SarifPhysicalLocation(file.Artifact))]));
            results.AddRange(file.Results);
        }

        foreach (var problem in summary.Problems.Where(problem => !_files.Exists(file => file.File.Path == problem.Path)))
            notifications.Add(new SarifNotification("error", new SarifMessage(PlainText(Sentence(new InputProblem(problem.Path, problem.Message).ToString()))), []));

        var run = new SarifRun(
            new SarifTool(new SarifDriver("stalwart-harden", "stalwart-harden " + ToolVersion.Text, ToolVersion.Text, "https://github.com/stalwart-hardening/stalwart-hardening", [.. rules.Select(Describe)])),
            "utf16CodeUnits",
            [new SarifInvocation(notifications.TrueForAll(static notification => notification.Level != "error"), notifications.Count == 0 ? null : notifications)],
            new Dictionary<string, SarifArtifactLocation>(StringComparer.Ordinal) { [SourceRoot] = new(Description: new SarifMessage("The directory the tool was started in.")) },
            new SarifAutomationDetails("stalwart-harden/"),
            artifacts,
            results);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
            JsonSerializer.Serialize(json, new SarifLog("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", [run]), SarifContext.Default.SarifLog);
        output.Write(JsonText.Of(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        output.Write('\n');
    }

    private static SarifRule Describe(Rule rule) => new(
        rule.Id,
        rule.Name,
        new SarifMessage(rule.Title + "."),
        new SarifMessage(rule.Why),
        new SarifMultiformatMessage(Help(rule), $"{Help(rule)}\n\n[{rule.Id}]({rule.HelpLink})"),
        rule.HelpLink,
        new SarifConfiguration(Level(rule.Severity)),
        new SarifRuleProperties(["security", rule.Category.ToString()], SecuritySeverity(rule)));

    // A rule is described once for whatever files the run is about.
    private static string Help(Rule rule)
    {
        var help = rule.Why + "\n\n" + OptionAdvice.Say(rule.Remedy, AdviceHost.Tool);
        return rule.RemedyInPlan == rule.Remedy && rule.WhyInPlan == rule.Why ? help
            : $"{help}\n\nIn a plan: {(rule.WhyInPlan == rule.Why ? "" : rule.WhyInPlan + " ")}{(rule.RemedyInPlan == rule.Remedy ? "" : OptionAdvice.Say(rule.RemedyInPlan, AdviceHost.Tool))}".TrimEnd();
    }

    private static SarifResult Result(FileReport report, ReportedFinding finding, SarifArtifactLocation artifact)
    {
        var location = new SarifLocation(
            PhysicalLocation: new SarifPhysicalLocation(artifact, Region(report, finding)),
            LogicalLocations: finding.SettingKey.Length == 0 ? null : [new SarifLogicalLocation(finding.SettingKey, "member")]);
        List<SarifLocation>? related = finding.Related.Count == 0 ? null :
            [.. finding.Related.Select((place, index) => new SarifLocation(index + 1, new SarifPhysicalLocation(artifact, Region(place.Start, place.End)), Message: new SarifMessage("This belongs to it.")))];
        return new SarifResult(
            finding.Rule.Id,
            RuleIndexes[finding.Rule.Id],
            Level(finding.Severity),
            new SarifMessage(PlainText(finding.Message)),
            [location],
            new Dictionary<string, string>(StringComparer.Ordinal) { [Fingerprint.Version] = finding.Fingerprint },
            related,
            CodeFlow(finding, artifact, report),
            SarifFixes.Of(report, finding, artifact));
    }

    // The way of a request that access control lets through: in at a listener, past the rule.
    private static List<SarifCodeFlow>? CodeFlow(ReportedFinding finding, SarifArtifactLocation artifact, FileReport report)
    {
        if (finding.Entrance is not { } entrance)
            return null;
        return
        [
            new SarifCodeFlow(
            [
                new SarifThreadFlow(
                [
                    new(new SarifLocation(PhysicalLocation: new SarifPhysicalLocation(artifact, Region(entrance.Start, entrance.End)), Message: new SarifMessage("A request from elsewhere comes in here."))),
                    new(new SarifLocation(PhysicalLocation: new SarifPhysicalLocation(artifact, Region(report, finding)), Message: new SarifMessage(PlainText(finding.Message)))),
                ]),
            ]),
        ];
    }

    private static SarifRegion Region(FileReport report, ReportedFinding finding)
    {
        var snippet = SnippetLine.Create(report.Text, report.Lines, finding.Span, report.Secrets).Text;
        return Region(finding.Start, finding.End) with { Snippet = snippet.Length == 0 ? null : new SarifMessage(snippet) };
    }

    private static SarifRegion Region(TextPosition start, TextPosition end) => new(start.Line, start.Column, end.Line, end.Column);

    private static SarifArtifactLocation LocationOf(InputFile file)
    {
        if (Path.IsPathRooted(file.Path))
            return new SarifArtifactLocation(new Uri(file.Path).AbsoluteUri);
        return new SarifArtifactLocation(string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString)), SourceRoot);
    }

    private static string Level(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        RuleSeverity.Info => "note",
        _ => "none",
    };

    // Viewers make a link of [x](y); in a message of ours there is none.
    internal static string PlainText(string text) => text.Replace("](", "\\](", StringComparison.Ordinal);

    // GitHub sorts security findings by this number: high from 7, medium from 4.
    private static string SecuritySeverity(Rule rule) => rule switch
    {
        { IsHeart: true } => "8.0",
        { Severity: RuleSeverity.Info } => "3.0",
        { Category: RuleCategory.Reading } => "4.0",
        _ => "6.0",
    };

    private sealed record FileResults(InputFile File, InputProblem? Problem, SarifArtifactLocation Artifact, IReadOnlyList<SarifResult> Results, bool LacksFixes);

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
