using System.Globalization;
using System.Text;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Output;

/// <summary>For people: the line, what is wrong with it, why it matters, what to do.</summary>
/// <param name="style">Colours.</param>
/// <param name="width">Where long sentences are broken; 0 for nowhere.</param>
internal sealed class TextFormat(Style style, int width) : ReportFormat
{
    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        if (report.Findings.Count == 0)
            return "";
        var output = new StringBuilder(report.Findings.Count * 1024);
        var explained = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in report.Findings)
        {
            var margin = finding.Start.Line.ToString(CultureInfo.InvariantCulture).Length;
            foreach (var place in finding.Related)
                margin = Math.Max(margin, place.Start.Line.ToString(CultureInfo.InvariantCulture).Length);

            output.Append(style.Of(finding.Severity)).Append(Severities.Name(finding.Severity)).Append('[').Append(finding.Rule.Id).Append(']').Append(style.End);
            output.Append(": ");
            Sentence(output, style.Bold, finding.Message, 0, finding.Rule.Id.Length + Severities.Name(finding.Severity).Length + 4);
            Place(output, report, finding.Span, finding.Start, margin, "-->", style.Of(finding.Severity));
            foreach (var place in finding.Related)
                Place(output, report, place.Span, place.Start, margin, ":::", style.Frame);
            Empty(output, margin);

            // The first of each rule explains it; the others need not say it again.
            if (explained.Add(finding.Rule.Id))
            {
                Note(output, margin, "why", finding.Rule.Why);
                Note(output, margin, "do", finding.Rule.Remedy);
                Note(output, margin, "see", finding.Rule.HelpLink);
            }
            else
            {
                Note(output, margin, "do", "see the first " + finding.Rule.Id + " above");
            }

            output.Append('\n');
        }

        return output.ToString();
    }

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary)
    {
        var text = new StringBuilder();
        if (summary.Files == 0)
            text.Append("No file was judged");
        else if (summary.Findings == 0)
            text.Append(style.Good).Append("Nothing found").Append(style.End);
        else
            text.Append(style.Bold).Append(Count(summary.Findings, "finding")).Append(style.End);
        if (summary.Files > 0)
            text.Append(" in ").Append(Count(summary.Files, "file"));
        if (summary.Findings > 0)
        {
            var parts = new List<string>(3);
            if (summary.Errors > 0)
                parts.Add(Count(summary.Errors, "error"));
            if (summary.Warnings > 0)
                parts.Add(Count(summary.Warnings, "warning"));
            if (summary.Infos > 0)
                parts.Add(summary.Infos.ToString(CultureInfo.InvariantCulture) + " advice");
            text.Append(" (").AppendJoin(", ", parts).Append(')');
        }

        text.Append('.');
        if (summary.Quieter > 0)
            text.Append(' ').Append(summary.Quieter).Append(" below the threshold (--min-severity).");
        if (summary.Known > 0)
            text.Append(' ').Append(summary.Known).Append(" known from the baseline.");
        if (summary.Gone > 0)
            text.Append(' ').Append(Count(summary.Gone, "entry", "entries")).Append(" of the baseline no longer found: write it anew.");
        if (summary.Problems.Count > 0)
            text.Append(' ').Append(Count(summary.Problems.Count, "input")).Append(" could not be judged.");
        output.Write(text.Append('\n').ToString());
    }

    private static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    private void Place(StringBuilder output, FileReport report, SourceSpan span, TextPosition start, int margin, string arrow, string colour)
    {
        output.Append(' ', margin).Append(style.Frame).Append(arrow).Append(style.End).Append(' ')
            .Append(Printable.Text(report.File.Path)).Append(':').Append(start.Line).Append(':').Append(start.Column).Append('\n');
        var snippet = SnippetLine.Of(report.Text, report.Lines, span, report.Secrets);
        Empty(output, margin);
        var number = start.Line.ToString(CultureInfo.InvariantCulture);
        output.Append(style.Frame).Append(' ', margin - number.Length).Append(number).Append(" |").Append(style.End);
        if (snippet.Text.Length > 0)
            output.Append(' ').Append(snippet.Text);
        output.Append('\n').Append(style.Frame).Append(' ', margin).Append(" |").Append(style.End);
        if (snippet.Underline.Length > 0)
            output.Append(' ').Append(colour).Append(snippet.Underline).Append(style.End);
        output.Append('\n');
    }

    private void Empty(StringBuilder output, int margin) =>
        output.Append(style.Frame).Append(' ', margin).Append(" |").Append(style.End).Append('\n');

    private void Note(StringBuilder output, int margin, string label, string text)
    {
        output.Append(' ', margin + 1).Append(style.Frame).Append("= ").Append(style.End).Append(style.Bold).Append(label).Append(style.End).Append(": ");
        Sentence(output, "", text, margin + label.Length + 5, margin + label.Length + 5);
    }

    // Broken between words where the output is a terminal; one line everywhere else, for those who search in it.
    private void Sentence(StringBuilder output, string before, string text, int indent, int used)
    {
        output.Append(before);
        if (width == 0 || used + text.Length <= width)
        {
            output.Append(text);
        }
        else
        {
            var column = used;
            var isFirst = true;
            foreach (var word in text.Split(' '))
            {
                if (!isFirst && column + 1 + word.Length > width)
                {
                    output.Append('\n').Append(' ', indent);
                    column = indent;
                }
                else if (!isFirst)
                {
                    output.Append(' ');
                    column++;
                }

                output.Append(word);
                column += word.Length;
                isFirst = false;
            }
        }

        if (before.Length > 0)
            output.Append(style.End);
        output.Append('\n');
    }
}
