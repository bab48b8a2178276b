using StalwartHardening.Server;

namespace StalwartHardening.Rules.Reading;

/// <summary>The server reads the text, and TOML tools refuse it.</summary>
internal sealed class NotStandardToml() : Rule(
    id: "SWH0008",
    title: "Write standard TOML",
    message: "The server reads this, but it is not standard TOML, so editors, formatters and other checks refuse the file: {0}",
    why: "The server accepts more than TOML 1.1 allows: bare words, sets in braces, text after a table's bracket. Tools that refuse the file cannot format, validate or generate it, and a later reader of TOML may stop on it.",
    remedy: "Write it as TOML: quote texts, give every key in braces a value, open each table once.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Rewriting what TOML does not allow would change more text than the finding is about.";

    /// <inheritdoc/>
    public override bool DependsOnHost => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        // What the server itself refuses is SWH0001 or SWH0006.
        if (server.Document is not { MayDepartFromStandard: true, Problems.Count: 0 })
            return;
        judgement.Cancellation.ThrowIfCancellationRequested();
        if (server.FindDepartureFromStandard() is { } departure)
            judgement.Add(this, departure.Span, "", departure.Reason);
    }
}
