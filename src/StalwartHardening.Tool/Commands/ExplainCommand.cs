using System.CommandLine;
using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>explain</c>: one rule at length.</summary>
internal sealed class ExplainCommand(Terminal terminal)
{
    private readonly Argument<string> _rule = new("rule") { Description = "The rule, by id (SWH2003) or name." };

    public Command Build()
    {
        var command = new Command("explain", "Explain a rule: what it finds, why it matters, what to do.");
        _rule.CompletionSources.Add(static _ => RuleCatalog.All.Select(static rule => new System.CommandLine.Completions.CompletionItem(rule.Id)));
        command.Arguments.Add(_rule);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var name = result.GetValue(_rule) ?? "";
        var rule = RuleCatalog.Find(name) ?? RuleCatalog.All.FirstOrDefault(rule => rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"unknown rule '{Printable.Text(name)}'{Suggestion.ForRule(name)}");
        var style = new Style(terminal.UsesColour("auto"));
        var plan = rule.WhyInPlan == rule.Why && rule.RemedyInPlan == rule.Remedy ? ""
            : $"""

            {style.Bold}In a plan{style.End}
            {string.Join('\n', new[] { rule.WhyInPlan, rule.RemedyInPlan }.Where(text => text != rule.Why && text != rule.Remedy))}

            """;
        terminal.Output.Write(
            $"""
            {style.Bold}{rule.Id} {rule.Name}{style.End}: {rule.Title}
            {rule.Category}, {Severities.Name(rule.Severity)}, fix: {RulePage.FixOf(rule).ToLowerInvariant()}, since {rule.Since}

            {style.Bold}Why{style.End}
            {rule.Why}

            {style.Bold}What to do{style.End}
            {OptionAdvice.Say(rule.Remedy, AdviceHost.Tool)}
            {OptionAdvice.Say(plan, AdviceHost.Tool)}
            {RulePage.Examples(rule)}
            {style.Bold}To accept it{style.End}
            On the line of a TOML file:  # swh:ignore {rule.Id} -- the reason
            In the option file, for one setting of any file: [[ignore]] with rule, at and reason in {OptionFile.FileName}
            For good: severity.{rule.Id} = "none" in {OptionFile.FileName}

            {rule.HelpLink}

            """);
        return ExitCode.Success;
    }
}
