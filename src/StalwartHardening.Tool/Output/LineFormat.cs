using System.Globalization;
using System.Text;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Output;

/// <summary>A line for each finding and nothing else, as compilers write it; for those who only want to jump to the places.</summary>
internal sealed class LineFormat(Style style) : ReportFormat
{
    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        var output = new StringBuilder();
        foreach (var group in FindingGroups.Of(report.Findings))
        {
            foreach (var finding in group)
                output.Append(CultureInfo.InvariantCulture, $"{Printable.Text(report.File.Path)}:{finding.Start.Line}:{finding.Start.Column}: {style.Of(finding.Severity)}{Severities.Name(finding.Severity)}[{finding.Rule.Id}]{style.End}: {finding.Message}\n");
        }

        return output.ToString();
    }
}
