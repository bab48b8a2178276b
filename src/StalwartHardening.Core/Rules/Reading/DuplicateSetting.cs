using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>One key written twice: the server refuses to start.</summary>
internal sealed class DuplicateSetting() : Rule(
    id: "SWH0006",
    title: "Define each setting once",
    message: "The server refuses to start on this file: {0}",
    why: "The server flattens the file into keys and stops at the first key it has seen before. Keys that look different can be the same to it: blanks and quotes vanish from keys, and `[[tables]]` start counting again when another table comes between them.",
    remedy: "Keep the one that is meant and remove the other.")
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Only the author knows which of the two values was meant.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var problem in server.Document.Problems)
        {
            if (problem.Kind == ReadProblemKind.DuplicateKey)
            {
                judgement.Add(new Finding(this, problem.Span, "", problem.Message)
                {
                    Related = problem.Related is { } first ? [first] : [],
                });
            }
        }
    }
}
