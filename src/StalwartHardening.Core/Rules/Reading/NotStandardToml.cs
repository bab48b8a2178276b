using StalwartHardening.Server;
using StalwartHardening.Toml;

namespace StalwartHardening.Rules.Reading;

/// <summary>The server reads the text, and TOML tools refuse it.</summary>
public sealed class NotStandardToml() : Rule(
    id: "SWH0008",
    title: "Keep the file readable for TOML tools",
    message: "The server reads this, but it is not standard TOML, so editors, formatters and other checks refuse the file: {0}",
    why: "The server accepts more than TOML 1.1 allows: bare words, sets in braces, text behind a table's bracket. Tools that refuse the file cannot format, validate or generate it, and a later reader of TOML may stop on it.",
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
        if (server.Document is not { MayDepartFromStandard: true, Text: { } text, Problems.Count: 0 })
            return;
        judgement.Cancellation.ThrowIfCancellationRequested();
        // One error of a TOML parser is apt to cause the next, so only the first is shown.
        if (StandardToml.Check(text) is { Count: > 0 } errors)
            judgement.Add(this, errors[0].Span, "", Sentence(text, errors[0]));
    }

    // The parser's own message quotes the text, and the text may be a secret.
    private static string Sentence(string text, StandardTomlError error)
    {
        var line = error.Span.Start == 0 ? 0 : text.LastIndexOf('\n', error.Span.Start - 1) + 1;
        while (line < error.Span.Start && text[line] is ' ' or '\t')
            line++;
        return error.Kind switch
        {
            StandardTomlErrorKind.DefinedTwice => "TOML lets no key or table be defined a second time.",
            StandardTomlErrorKind.Escape => "TOML does not know this escape.",
            _ when line < text.Length && text[line] == '[' && line < error.Span.Start => "what stands behind the table's name on its line is ignored by the server.",
            StandardTomlErrorKind.Newline => "a text in one pair of quotes ends on its line in TOML.",
            _ => "TOML expects something else here; texts stand in quotes, and every key has one value.",
        };
    }
}
