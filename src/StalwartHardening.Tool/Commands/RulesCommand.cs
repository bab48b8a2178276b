using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>rules</c>: lists what the tool looks for.</summary>
internal sealed class RulesCommand(Terminal terminal)
{
    private readonly Option<string> _format = new("--format", "-f") { Description = "Output format.", DefaultValueFactory = _ => "text" };

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("text", "md", "json");
        var command = new Command("rules", "List the rules.");
        command.Options.Add(_format);
        command.SetAction(result =>
        {
            terminal.Output.Write(result.GetValue(_format) switch
            {
                "md" => Markdown(),
                "json" => Json(),
                _ => PlainText(),
            });
            return ExitCode.Success;
        });
        return command;
    }

    private static string PlainText()
    {
        var text = new StringBuilder();
        foreach (var rule in RuleCatalog.All)
            text.Append(rule.Id).Append("  ").Append(Severities.Name(rule.Severity).PadRight(9)).Append(rule.Title).Append('\n');
        return text.ToString();
    }

    private static string Markdown()
    {
        var text = new StringBuilder("| Rule | Category | Severity | What to do |\n|---|---|---|---|\n");
        foreach (var rule in RuleCatalog.All)
        {
            text.Append("| [").Append(rule.Id).Append(' ').Append(rule.Name).Append("](").Append(rule.HelpLink).Append(") | ").Append(rule.Category)
                .Append(" | ").Append(Severities.Name(rule.Severity)).Append(" | ").Append(rule.Title.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Json()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartArray();
            foreach (var rule in RuleCatalog.All)
            {
                json.WriteStartObject();
                json.WriteString("id", rule.Id);
                json.WriteString("name", rule.Name);
                json.WriteString("category", rule.Category.ToString());
                json.WriteString("severity", Severities.Name(rule.Severity));
                json.WriteString("title", rule.Title);
                json.WriteString("why", rule.Why);
                json.WriteString("remedy", OptionAdvice.Say(rule.Remedy, AdviceHost.Tool));
                json.WriteString("whyInPlan", rule.WhyInPlan);
                json.WriteString("remedyInPlan", OptionAdvice.Say(rule.RemedyInPlan, AdviceHost.Tool));
                json.WriteString("help", rule.HelpLink);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
