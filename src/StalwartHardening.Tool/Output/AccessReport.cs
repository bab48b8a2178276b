using System.Globalization;
using StalwartHardening.Expressions;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Output;

/// <summary>Says what becomes of a request and which rule decides it.</summary>
internal sealed class AccessReport(ServerConfiguration server, LineMap lines, InputFile file, Style style)
{
    /// <summary>Writes the decision, then the way to it.</summary>
    public void Write(TextWriter output, HttpRequest request, HttpVerdict verdict)
    {
        var policy = server.HttpAccess;
        var (colour, decision) = verdict.Decision switch
        {
            HttpDecision.LetThrough => (style.Of(RuleSeverity.Warning), "let through"),
            HttpDecision.Refused => (style.Good, string.Create(CultureInfo.InvariantCulture, $"refused with {verdict.Status}")),
            _ => (style.Of(RuleSeverity.Info), "not known"),
        };
        output.Write($"{Printable.Text(request.ToString())} on listener '{Printable.Text(request.Listener)}': {colour}{decision}{style.End}\n\n");
        if (policy.Key is null)
        {
            output.Write($"Server {server.Version} has no HTTP access control.\n");
            return;
        }

        var block = policy.Block;
        switch (block.State)
        {
            case IfBlockState.NotSet:
                output.Write($"Nothing is set under '{policy.Key}', so every request is let through, unless the server's database says otherwise.\n");
                return;
            case IfBlockState.Invalid:
                output.Write($"The server drops '{policy.Key}' and lets every request through:\n");
                foreach (var problem in block.Problems)
                    output.Write($"  {Place(problem.Span.Start)}  {Printable.Text(problem.Message)}.\n");
                return;
        }

        WriteRules(output, block, request);
        if (verdict.Decision == HttpDecision.LetThrough && verdict is { HasStatus: true, Status: not 200 })
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\nThe rules say {verdict.Status}, but requests from this machine itself are let through all the same.\n"));
        else if (verdict is { Decision: HttpDecision.LetThrough, HasStatus: false })
            output.Write("\nThis is no status, and the server takes what is no status for 200.\n");
        else if (verdict.Decision == HttpDecision.Unknown)
            output.Write("\nIt depends on something the file does not show: a macro, a store, the DNS.\n");
    }

    private void WriteRules(TextWriter output, IfBlock block, HttpRequest request)
    {
        var evaluator = new ExpressionEvaluator(new HttpRequestContext(request, server.Document), StepBudget.ForQuestionAbout(block.Length));
        foreach (var rule in block.Rules)
        {
            ExpressionValue value = default;
            var state = rule.If.Expression.IsUnknown ? EvaluationState.Unknown : evaluator.Evaluate(rule.If.Expression, out value);
            var outcome = state switch
            {
                EvaluationState.Unknown => "not known",
                EvaluationState.Failed => "fails",
                _ => value.IsTrue ? "true" : "false",
            };
            output.Write($"  {Place(rule.If.Setting.ValueSpan.Start)}  if {Printable.Text(rule.If.Setting.Value)}: {style.Bold}{outcome}{style.End}\n");
            if (outcome == "false")
                continue;
            if (outcome == "true")
                WriteResult(output, "then", rule.Then, evaluator);
            return;
        }

        if (block.Default.Expression is not null)
            WriteResult(output, block.Rules.Count == 0 ? "is" : "else", block.Default, evaluator);
    }

    private void WriteResult(TextWriter output, string word, WrittenExpression written, ExpressionEvaluator evaluator)
    {
        var text = written.Setting.Value;
        if (written.Expression.IsUnknown || evaluator.Evaluate(written.Expression, out var value) is not EvaluationState.Done)
            output.Write($"  {Place(written.Setting.ValueSpan.Start)}  {word} {Printable.Text(text)}\n");
        else
            output.Write($"  {Place(written.Setting.ValueSpan.Start)}  {word} {Printable.Text(text)}: {style.Bold}{Printable.Text(value.AsText())}{style.End}\n");
    }

    private string Place(int offset)
    {
        var position = lines.At(offset);
        return string.Create(CultureInfo.InvariantCulture, $"{style.Frame}{Printable.Text(file.Path)}:{position.Line}:{position.Column}{style.End}");
    }
}
