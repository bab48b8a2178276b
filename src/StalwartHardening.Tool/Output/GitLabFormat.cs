using System.Buffers;
using System.Text;
using System.Text.Json;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>GitLab's code quality report.</summary>
internal sealed class GitLabFormat : ReportFormat
{
    private bool _isFirst = true;

    /// <inheritdoc/>
    public override void Begin(TextWriter output) => output.Write("[");

    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        var output = new StringBuilder();
        foreach (var finding in report.Findings)
            output.Append(output.Length == 0 ? "" : ",\n").Append(Entry(report, finding));
        return output.ToString();
    }

    /// <inheritdoc/>
    public override void Write(TextWriter output, string rendered)
    {
        if (rendered.Length == 0)
            return;
        output.Write(_isFirst ? "\n" : ",\n");
        _isFirst = false;
        output.Write(rendered);
    }

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary) => output.Write(_isFirst ? "]\n" : "\n]\n");

    private static string Entry(FileReport report, ReportedFinding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteString("description", finding.Message);
            json.WriteString("check_name", finding.Rule.Id);

            // Theirs must differ between files too.
            json.WriteString("fingerprint", Fingerprint.Hash(report.File.Path + "\n" + finding.Fingerprint));
            json.WriteString("severity", Severity(finding));
            json.WriteStartObject("location");
            json.WriteString("path", report.File.Path);
            json.WriteStartObject("lines");
            json.WriteNumber("begin", finding.Start.Line);
            json.WriteNumber("end", finding.End.Line);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return JsonText.Of(buffer.WrittenSpan);
    }

    private static string Severity(ReportedFinding finding) => finding.Severity switch
    {
        RuleSeverity.Error => "critical",
        RuleSeverity.Warning => "major",
        _ => "info",
    };
}
