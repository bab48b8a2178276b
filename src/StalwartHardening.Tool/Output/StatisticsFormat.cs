using System.Globalization;
using System.Text;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>How often each rule was found, the most frequent first.</summary>
internal sealed class StatisticsFormat(Style style) : ReportFormat
{
    /// <inheritdoc/>
    public override string Render(FileReport report) => "";

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary)
    {
        var text = new StringBuilder();
        foreach (var (id, count) in summary.ByRule.OrderByDescending(static rule => rule.Value).ThenBy(static rule => rule.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{count,6}  {style.Bold}{id}{style.End}  {RuleCatalog.Find(id)!.Title}\n");
        text.Append(CultureInfo.InvariantCulture, $"{summary.Findings,6}  in {summary.Files} {(summary.Files == 1 ? "file" : "files")}");
        if (summary.Findings > 0)
            text.Append(" (").Append(TextFormat.BySeverity(summary)).Append(')');
        output.Write(text.Append('\n').ToString());
    }
}
