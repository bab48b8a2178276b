using StalwartHardening.Rules;
using System.Buffers;
using System.Text.Json;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Output;

/// <summary>
/// For programs. The format has a version: within one, members are only added; a member that changes or goes away makes a new
/// version. Described in <c>docs/tool.md</c>.
/// </summary>
internal sealed class JsonFormat : ReportFormat
{
    /// <summary>The version of the format.</summary>
    public const int FormatVersion = 1;

    private bool _isFirst = true;

    /// <inheritdoc/>
    public override void Begin(TextWriter output)
    {
        output.Write("{\n  \"format\": \"stalwart-harden\",\n  \"version\": ");
        output.Write(FormatVersion);
        output.Write(",\n  \"tool\": \"" + ToolVersion.Text + "\",\n  \"files\": [");
    }

    /// <inheritdoc/>
    public override string Render(FileReport report) => report.IsForeign ? "" : Object(json =>
    {
        json.WriteString("path", report.File.Path);
        if (report.Problem is { } problem)
            json.WriteString("error", problem.Message);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
            Write(json, finding);
        json.WriteEndArray();
    });

    /// <inheritdoc/>
    public override void Write(TextWriter output, string rendered)
    {
        if (rendered.Length == 0)
            return;
        output.Write(_isFirst ? "\n    " : ",\n    ");
        _isFirst = false;
        output.Write(rendered.Replace("\n", "\n    ", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary)
    {
        output.Write(_isFirst ? "],\n  \"summary\": " : "\n  ],\n  \"summary\": ");
        output.Write(Object(json =>
        {
            json.WriteNumber("files", summary.Files);
            json.WriteNumber("findings", summary.Findings);
            json.WriteNumber("errors", summary.Errors);
            json.WriteNumber("warnings", summary.Warnings);
            json.WriteNumber("infos", summary.Infos);
            json.WriteNumber("belowThreshold", summary.Quieter);
            json.WriteNumber("inBaseline", summary.Known);
            json.WriteNumber("goneFromBaseline", summary.Gone);
            json.WriteStartArray("problems");
            foreach (var problem in summary.Problems)
            {
                json.WriteStartObject();
                json.WriteString("path", problem.Path);
                json.WriteString("message", problem.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }).Replace("\n", "\n  ", StringComparison.Ordinal));
        output.Write("\n}\n");
    }

    private static void Write(Utf8JsonWriter json, ReportedFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("name", finding.Rule.Name);
        json.WriteString("severity", Severities.Name(finding.Severity));
        json.WriteString("message", finding.Message);
        json.WriteString("setting", finding.SettingKey);
        Write(json, finding.Start, finding.End);
        json.WriteString("fingerprint", finding.Fingerprint);
        json.WriteString("title", finding.Rule.Title);
        json.WriteString("why", finding.Why);
        json.WriteString("remedy", OptionAdvice.Say(finding.Remedy, AdviceHost.Tool));
        json.WriteString("help", finding.Rule.HelpLink);
        json.WriteStartArray("related");
        foreach (var place in finding.Related)
        {
            json.WriteStartObject();
            Write(json, place.Start, place.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TextPosition start, TextPosition end)
    {
        json.WriteNumber("line", start.Line);
        json.WriteNumber("column", start.Column);
        json.WriteNumber("endLine", end.Line);
        json.WriteNumber("endColumn", end.Column);
    }

    private static string Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return JsonText.Of(buffer.WrittenSpan);
    }
}
