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
internal sealed class AccessReport(ServerConfiguration server, RunPlaces places, Style style)
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
                output.Write($"Nothing is set under '{policy.Key}', so every request is let through, unless the server's database has a rule.\n");
                return;
            case IfBlockState.Invalid:
                output.Write($"The server drops '{policy.Key}' and lets every request through:\n");
                foreach (var problem in block.Problems)
                    output.Write($"  {Place(problem.Span.Start)}  {Printable.Text(problem.Message)}.\n");
                return;
        }

        WriteRules(output, block, request);
        if (verdict.Decision == HttpDecision.LetThrough && verdict is { HasStatus: true, Status: not 200 })
            output.Write(string.Create(CultureInfo.InvariantCulture, $"\nThe rules evaluate to {verdict.Status}, but requests from this machine itself are let through anyway.\n"));
        else if (verdict is { Decision: HttpDecision.LetThrough, HasStatus: false })
            output.Write("\nThis is not a status, and the server treats anything that is not a status as 200.\n");
        else if (verdict.Decision == HttpDecision.Unknown)
            output.Write("\nIt depends on something the file does not show: a macro, a store, the DNS.\n");
    }

    private void WriteRules(TextWriter output, IfBlock block, HttpRequest request)
    {
        var steps = new List<IfBlockStep>();
        block.Evaluate(server.HttpAccess.ContextOf(request), StepBudget.ForQuestionAbout(block.Length), steps, out _, out var decided);
        for (var i = 0; i < steps.Count; i++)
        {
            var (written, state, value) = steps[i];
            var isCondition = i < block.Rules.Count && written == block.Rules[i].If;
            var word = isCondition ? "if" : decided < block.Rules.Count ? "then" : block.Rules.Count == 0 ? "is" : "else";
            var outcome = (state, value) switch
            {
                (EvaluationState.Failed, _) when isCondition => ": " + style.Bold + "fails" + style.End,
                (EvaluationState.Done, { } known) => ": " + style.Bold + (isCondition ? known.IsTrue ? "true" : "false" : Printable.Text(known.AsText())) + style.End,
                _ => isCondition ? ": " + style.Bold + "not known" + style.End : "",
            };
            output.Write($"  {Place(written.Setting.ValueSpan.Start)}  {word} {Printable.Text(written.Setting.Value)}{outcome}\n");
        }
    }

    private string Place(int offset)
    {
        var position = places.At(offset);
        return string.Create(CultureInfo.InvariantCulture, $"{style.Frame}{Printable.Text(places.PartAt(offset).File.Path)}:{position.Line}:{position.Column}{style.End}");
    }
}
