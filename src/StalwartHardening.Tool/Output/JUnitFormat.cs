using StalwartHardening.Rules;
using System.Globalization;
using System.Text;
using System.Xml;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Output;

/// <summary>JUnit's XML: every file is a suite, every finding a failed test, a file without findings one that passed.</summary>
internal sealed class JUnitFormat : ReportFormat
{
    private static readonly XmlWriterSettings Fragment = new()
    {
        ConformanceLevel = ConformanceLevel.Fragment,
        Indent = true,
        NewLineChars = "\n",
        OmitXmlDeclaration = true,
    };

    /// <inheritdoc/>
    public override void Begin(TextWriter output) =>
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"stalwart-harden\">\n");

    /// <inheritdoc/>
    public override string Render(FileReport report)
    {
        if (report.IsForeign)
            return "";
        var output = new StringBuilder();
        using (var xml = XmlWriter.Create(output, Fragment))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Printable.Text(report.File.Path));
            xml.WriteAttributeString("tests", Number(Math.Max(1, report.Findings.Count)));
            xml.WriteAttributeString("failures", Number(report.Findings.Count));
            xml.WriteAttributeString("errors", report.Problem is null ? "0" : "1");
            foreach (var finding in report.Findings)
            {
                BeginCase(xml, report, $"{finding.Rule.Id} {finding.Rule.Title} (line {Number(finding.Start.Line)})");
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("type", Severities.Name(finding.Severity));
                xml.WriteAttributeString("message", Valid(finding.Message));
                xml.WriteString(Valid($"{Printable.Text(report.File.Path)}:{Number(finding.Start.Line)}:{Number(finding.Start.Column)}\n{finding.Why}\n{OptionAdvice.Say(finding.Remedy, AdviceHost.Tool)}\n{finding.Rule.HelpLink}"));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            if (report.Findings.Count == 0)
            {
                BeginCase(xml, report, "hardened");
                if (report.Problem is { } problem)
                {
                    xml.WriteStartElement("error");
                    xml.WriteAttributeString("message", Valid(problem.Message));
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return output.Append('\n').ToString();
    }

    /// <inheritdoc/>
    public override void End(TextWriter output, Summary summary) => output.Write("</testsuites>\n");

    private static void BeginCase(XmlWriter xml, FileReport report, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Printable.Text(report.File.Path));
        xml.WriteAttributeString("name", Valid(name));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write most control characters.
    private static string Valid(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Printable.Substitute.ToString() : rune.ToString());
        return result.ToString();
    }
}
