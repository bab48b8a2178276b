using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>
/// Writes changes of settings into a plan. Every step is tried the ways it can be written and the plan is run again: what counts is
/// the server that it then leaves behind.
/// </summary>
/// <param name="options">What the server is, and how the tool is called.</param>
internal sealed class PlanWriter(PlanRunOptions options)
{
    // A value that two operations write goes in two rounds.
    private const int MaxRounds = 8;

    // A listener with thousands of addresses would be run once for each of them otherwise.
    private const int ManySteps = 16;

    /// <summary>The changes to <paramref name="text"/>, in text order and without overlap; null where there is no way that leaves everything else as it is.</summary>
    /// <param name="text">The text of a plan or snapshot.</param>
    /// <param name="edits">What is to be changed, in this order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public IReadOnlyList<TextChange>? Write(string text, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default)
    {
        var before = PlanReading.Read(text, options, cancellationToken);
        if (edits.Count == 1 && edits[0] is SettingEdit.AddFinalNewline)
            return [new TextChange(text.Length, 0, "\n")];
        if (edits.Count > 0 && edits[0] is SettingEdit.Replace)
            return Replace(before, edits, cancellationToken);
        if (PlanStep.From(before, edits) is not { } steps)
            return null;
        var edited = new EditedText(text);
        var current = before;
        if (steps.Count >= ManySteps && AllAtOnce(before, steps, cancellationToken) is { } whole)
        {
            edited.Apply(whole.Way);
            current = whole.Reading;
        }

        foreach (var step in steps)
        {
            for (var round = 0; !step.IsDone(current); round++)
            {
                if (round == MaxRounds || Better(before, current, step, cancellationToken) is not { } better)
                    return null;
                edited.Apply(better.Way);
                current = better.Reading;
            }
        }

        return PlanProof.Holds(before, current, steps) ? edited.Changes() : null;
    }

    // What is refused leaves nothing behind that could be compared: what counts is that less is refused than before.
    private IReadOnlyList<TextChange>? Replace(PlanReading before, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken)
    {
        var text = before.Texts[0].Text;
        var changes = new List<TextChange>(edits.Count);
        foreach (var edit in edits)
        {
            if (edit is not SettingEdit.Replace replace || replace.Start < 0 || replace.Length < 0 || replace.Start + replace.Length > text.Length)
                return null;
            changes.Add(new TextChange(replace.Start, replace.Length, replace.Text));
        }

        if (TextChange.InTextOrder(changes) is not { } sorted)
            return null;
        var after = PlanReading.Read(TextChange.Apply(text, sorted), options, cancellationToken);
        return after.Kind == before.Kind && after.Run.Problems.Count <= before.Run.Problems.Count && after.Texts.Count == before.Texts.Count && after.Texts.Sum(static text => text.Problems.Count) <= before.Texts.Sum(static text => text.Problems.Count) ? sorted : null;
    }

    // The best way of each step, where none of them gets into another's way and all are done by it.
    private (IReadOnlyList<TextChange> Way, PlanReading Reading)? AllAtOnce(PlanReading before, IReadOnlyList<PlanStep> steps, CancellationToken cancellationToken)
    {
        var changes = new List<TextChange>();
        foreach (var step in steps)
        {
            if (step.Ways(before).FirstOrDefault() is { } way)
                changes.AddRange(way);
        }

        if (changes.Count == 0 || TextChange.InTextOrder(changes) is not { } sorted)
            return null;
        var reading = PlanReading.Read(TextChange.Apply(before.Texts[0].Text, sorted), options, cancellationToken);
        return reading.Run.Problems.Count <= before.Run.Problems.Count && reading.Kind == before.Kind && steps.All(step => step.IsDone(reading)) ? (sorted, reading) : null;
    }

    // The first way that does it; else the first that takes text away and changes what is there.
    private (IReadOnlyList<TextChange> Way, PlanReading Reading)? Better(PlanReading before, PlanReading current, PlanStep step, CancellationToken cancellationToken)
    {
        (IReadOnlyList<TextChange>, PlanReading)? partly = null;
        var text = current.Texts[0].Text;
        foreach (var way in step.Ways(current))
        {
            if (way.Count == 0)
                continue;
            var changed = TextChange.Apply(text, way);
            if (changed == text)
                continue;
            var next = PlanReading.Read(changed, options, cancellationToken);
            if (next.Run.Problems.Count > before.Run.Problems.Count || next.Kind != before.Kind)
                continue;
            if (step.IsDone(next))
                return (way, next);
            if (changed.Length < text.Length)
                partly ??= (way, next);
        }

        return partly;
    }
}
