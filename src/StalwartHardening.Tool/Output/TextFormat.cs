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
    public override bool NeedsServer => true;

    /// <summary>What to type to have what was found fixed, from what can be fixed; null where there is nothing to type.</summary>
    public Func<Summary, string?> NextCommand { get; init; } = static _ => null;

    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        if (report.Findings.Count == 0)
            return "";
        var output = new StringBuilder(report.Findings.Count * 512);
        foreach (var group in FindingGroups.Of(report.Findings))
            Group(output, report, group);
        return output.ToString();
    }

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary)
    {
        var text = new StringBuilder();
        if (summary.Files == 0)
            text.Append("No files checked");
        else if (summary.Findings == 0)
            text.Append(style.Good).Append("No findings").Append(style.End);
        else
            text.Append(style.Bold).Append(Count(summary.Findings, "finding")).Append(style.End);
        if (summary.Files > 0)
            text.Append(" in ").Append(Count(summary.Files, "file"));
        if (summary.Findings > 0)
            text.Append(" (").Append(BySeverity(summary)).Append(')');
        if (summary.Problems.Count > 0)
            text.Append("; ").Append(Count(summary.Problems.Count, "error"));
        text.Append('.');
        if (summary.Quieter > 0)
            text.Append(' ').Append(summary.Quieter).Append(" below the threshold (--min-severity).");
        if (summary.Known > 0)
            text.Append(' ').Append(summary.Known).Append(" known from the baseline.");
        if (summary.Gone > 0)
            text.Append(' ').Append(Count(summary.Gone, "entry", "entries")).Append(" of the baseline no longer found: regenerate it with --write-baseline.");
        text.Append('\n');
        Fixes(text, summary);
        output.Write(text.ToString());
    }

    /// <summary>The counts by severity, the worst first.</summary>
    public static string BySeverity(Summary summary)
    {
        var parts = new List<string>(3);
        if (summary.Errors > 0)
            parts.Add(Count(summary.Errors, "error"));
        if (summary.Warnings > 0)
            parts.Add(Count(summary.Warnings, "warning"));
        if (summary.Infos > 0)
            parts.Add(Count(summary.Infos, "suggestion"));
        return string.Join(", ", parts);
    }

    private void Fixes(StringBuilder text, Summary summary)
    {
        var fixable = summary.SafeFixes + summary.ReviewFixes;
        if (fixable == 0)
            return;
        text.Append("Fixes are available for ").Append(fixable == summary.Findings ? fixable == 1 ? "it" : "all of them" : fixable.ToString(CultureInfo.InvariantCulture) + " of them").Append(": ");
        var parts = new List<string>(2);
        if (summary.SafeFixes > 0)
            parts.Add(summary.SafeFixes.ToString(CultureInfo.InvariantCulture) + " safe");
        if (summary.ReviewFixes > 0)
            parts.Add(summary.ReviewFixes.ToString(CultureInfo.InvariantCulture) + " to review");
        text.AppendJoin(", ", parts).Append('.');
        if (NextCommand(summary) is { } command)
            text.Append(" Next: ").Append(command);
        text.Append('\n');
    }

    // One rule: each finding with its places, and then, once, why it matters and what to do.
    private void Group(StringBuilder output, FileReport report, IReadOnlyList<ReportedFinding> group)
    {
        var first = group[0];
        var margin = group.Max(static finding => Math.Max(Digits(finding.Start), finding.Related.Select(static place => Digits(place.Start)).DefaultIfEmpty(0).Max()));
        foreach (var same in group.GroupBy(static finding => finding.Message, StringComparer.Ordinal))
        {
            output.Append(style.Of(first.Severity)).Append(Severities.Name(first.Severity)).Append('[').Append(first.Rule.Id).Append(']').Append(style.End);
            output.Append(": ");
            Sentence(output, style.Bold, same.Key, 0, first.Rule.Id.Length + Severities.Name(first.Severity).Length + 4);
            var shown = new HashSet<(int Start, int Line)>();
            foreach (var finding in same)
            {
                if (shown.Add((finding.Span.Start, finding.Start.Line)))
                    Place(output, report, finding.Span, finding.Start, margin, "-->", style.Of(finding.Severity), isFramed: group.Count == 1);
                foreach (var place in finding.Related)
                {
                    if (shown.Add((place.Span.Start, place.Start.Line)))
                        Place(output, report, place.Span, place.Start, margin, ":::", style.Frame, isFramed: group.Count == 1);
                }
            }
        }

        Empty(output, margin);
        Note(output, margin, "why", first.Why);
        Note(output, margin, "do", OptionAdvice.Say(first.Remedy, AdviceHost.Tool));
        Note(output, margin, "see", first.Rule.HelpLink);
        output.Append('\n');
    }

    private static int Digits(TextPosition position) => position.Line.ToString(CultureInfo.InvariantCulture).Length;

    private static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    private void Place(StringBuilder output, FileReport report, SourceSpan span, TextPosition start, int margin, string arrow, string colour, bool isFramed)
    {
        output.Append(' ', margin).Append(style.Frame).Append(arrow).Append(style.End).Append(' ')
            .Append(Printable.Text(report.File.Path)).Append(':').Append(start.Line).Append(':').Append(start.Column).Append('\n');
        var snippet = SnippetLine.Create(report.Text, report.Lines, span, report.Secrets);
        if (isFramed)
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
