using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>The text does not follow the server's grammar: it refuses to start.</summary>
internal sealed class UnreadableConfiguration() : Rule(
    id: "SWH0001",
    title: "Write configuration that the server can read",
    message: "The server refuses to start on this file: {0}",
    why: "The server reads a small dialect of TOML of its own. Some text that every TOML tool accepts stops it, such as a last line without a line break, and after the first error it reads nothing more.",
    remedy: "Correct the text at the place of the finding. The rest of the file is still checked, as far as it can be understood.",
    whyInPlan: "The tool checks a plan before its first request and refuses it as a whole: nothing of it is applied, and the server stays as open as it was.",
    remedyInPlan: "Correct the operation at the place of the finding. The rest of the plan is still checked.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var problem in server.Document.Problems)
        {
            if (problem.Kind != ReadProblemKind.DuplicateKey)
                judgement.Add(new Finding(this, problem.Span, "", problem.Message) { Subject = problem, Wording = Wording(server, problem) });
        }

        foreach (var refusal in server.Refusals)
        {
            if (refusal.Kind == RefusalKind.Everything)
                judgement.Add(new Finding(this, refusal.Span, "", refusal.Message) { Wording = "The plan is refused: " + refusal.Message, Subject = refusal });
            else if (refusal.Kind is RefusalKind.NotRead or RefusalKind.Unread or RefusalKind.AsPlan)
                judgement.Add(new Finding(this, refusal.Span, "", refusal.Message) { Wording = refusal.Message, Subject = refusal });
        }
    }

    private static string? Wording(ServerConfiguration server, ReadProblem problem) =>
        server.IsPlan ? "The plan is refused: " + problem.Message
        : problem.Kind == ReadProblemKind.NotUtf8 ? "The server logs an error and starts with an empty configuration, so nothing written here takes effect: " + problem.Message
        : null;

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ReadProblem { Kind: ReadProblemKind.MissingFinalNewline }
            ? [new Remedy("Add a line break at the end of the file", "safe/SWH0001/final-newline", RemedySafety.Safe, [new SettingEdit.AddFinalNewline()])]
            : TextRepairs.For(this, finding);
}
