using System.Globalization;
using System.Text;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>Workflow commands: GitHub shows them beside the changed lines of a pull request (ten of each kind for a step).</summary>
internal sealed class GitHubFormat : ReportFormat
{
    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        var output = new StringBuilder();
        if (report.Problem is { } problem)
            output.Append("::error file=").Append(Property(report.File.Path)).Append("::").Append(Data(problem.ToString())).Append('\n');
        foreach (var finding in report.Findings)
        {
            output.Append(CultureInfo.InvariantCulture, $"::{Command(finding.Severity)} file={Property(report.File.Path)},line={finding.Start.Line},endLine={finding.End.Line},col={finding.Start.Column},endColumn={finding.End.Column}");
            output.Append(",title=").Append(Property(finding.Rule.Id + " " + finding.Rule.Title)).Append("::").Append(Data(finding.Message)).Append('\n');
        }

        return output.ToString();
    }

    private static string Command(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        _ => "notice",
    };

    // A log is read on terminals too: what moves a cursor is no part of a message. Line breaks are written as theirs.
    private static string Data(string text)
    {
        var lines = text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
        return Printable.Text(lines);
    }

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
