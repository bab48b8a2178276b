using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Generations;

/// <summary>What in a text the server reads and TOML tools refuse.</summary>
internal static class StandardTomlDeparture
{
    /// <summary>The first departure; null where there is none, or nobody can tell on this host.</summary>
    public static DepartureFromStandard? Find(string text) =>
        // One error of a TOML parser is apt to cause the next, so only the first is shown.
        StandardToml.Check(text) is { Count: > 0 } errors ? new DepartureFromStandard(errors[0].Span, Sentence(text, errors[0])) : null;

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
            _ when line < text.Length && text[line] == '[' && line < error.Span.Start => "the server ignores whatever follows the table's name on its line.",
            StandardTomlErrorKind.Newline => "a text in one pair of quotes ends on its line in TOML.",
            _ => "TOML expects something else here; strings must be quoted, and every key has one value.",
        };
    }
}
