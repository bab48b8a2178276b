using System.Text.Json;
using System.Xml.Linq;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Fuzz;

/// <summary>Reports in every format: they can be read by who is meant to read them, nothing in them moves a cursor, and no password is there.</summary>
internal sealed class ReportFuzzer : Fuzzer
{
    private const string Planted = "Tr0ub4dor";

    public override string Name => "reports";

    public override int Weight => 20;

    public override string Create(Random random)
    {
        var text = random.Next(3) == 0 ? PlanFuzzer.Text(random) : ReaderFuzzer.Text(random);
        return text.Replace("hunter2", Planted, StringComparison.Ordinal);
    }

    public override void Try(string input)
    {
        // What an accident took the name of is no password any more, and what it cut in two are two words.
        var isWhole = input.Split('\n').Where(static line => line.Contains(Planted, StringComparison.Ordinal)).All(static line => IsAssignment(line.Trim()));
        foreach (var format in (ReportFormat[])[new TextFormat(new Style(false), 0), new JsonFormat(), new SarifFormat(), new GitHubFormat(), new GitLabFormat(), new JUnitFormat()])
        {
            var output = Report(input, format);
            foreach (var c in output)
                Demand(c is '\n' or (>= ' ' and not ('\u007F' or (>= '\u0080' and <= '\u009F') or '\u2028' or '\u2029' or '\u202E' or '\u202D')), "a character reaches the output that is not shown but obeyed");
            Demand(!isWhole || !output.Contains(Planted, StringComparison.Ordinal), "a password is shown");
            if (format is JsonFormat or SarifFormat or GitLabFormat)
                JsonDocument.Parse(output).Dispose();
            else if (format is JUnitFormat)
                XDocument.Parse(output);
        }
    }

    private static bool IsAssignment(string line) =>
        (line.StartsWith("secret", StringComparison.Ordinal) || line.StartsWith("authentication.fallback-admin.secret", StringComparison.Ordinal))
        && line[(line.IndexOf("secret", StringComparison.Ordinal) + 6)..].Replace(" ", "", StringComparison.Ordinal) is "='" + Planted + "'" or "=\"" + Planted + "\"";

    private static string Report(string input, ReportFormat format)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var report = new FileJudge(new OptionResolver(new CommandLineOptions { IgnoresFiles = true, MinimumSeverity = Rules.RuleSeverity.Info })) { KeepsServer = format.NeedsServer }
            .Judge(new InputFile("a.toml", "/a.toml", true), new InputText(input, -1, null));
        var summary = new Summary();
        format.Begin(output);
        summary.Add(report);
        format.Write(output, format.Render(report));
        format.End(output, summary);
        return output.ToString();
    }
}
