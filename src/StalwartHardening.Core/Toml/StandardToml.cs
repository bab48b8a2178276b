using System.Runtime.CompilerServices;
using StalwartHardening.Settings;
using Tomlyn.Parsing;

namespace StalwartHardening.Toml;

/// <summary>
/// The second opinion: whether a text is standard TOML 1.1, asked of Tomlyn. The only file that knows Tomlyn.
/// </summary>
internal static class StandardToml
{
    /// <summary>What TOML 1.1 objects to in <paramref name="text"/>, first the first; empty for standard TOML, null where this host cannot load the parser or what it needs.</summary>
    public static IReadOnlyList<StandardTomlError>? Check(string text)
    {
        try
        {
            // Tomlyn throws where the text ends inside an escape. A line break after the last line changes nothing else, except after half of one.
            return Ask(WithoutLoneSurrogates(text.Length > 0 && text[text.Length - 1] is '\n' or '\r' ? text : text + "\n"), text.Length);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException or MissingMethodException or BadImageFormatException or TypeInitializationException)
        {
            // Compilers built on .NET 8 carry no System.Text.Json 10, which Tomlyn wants.
            return null;
        }
    }

    // Not inlined, so that what cannot be loaded is noticed inside the try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<StandardTomlError> Ask(string text, int length)
    {
        var errors = new List<StandardTomlError>();
        foreach (var message in SyntaxParser.Parse(text).Diagnostics)
        {
            var start = Math.Min(Math.Max(message.Span.Start.Offset, 0), length);
            var end = Math.Min(Math.Max(message.Span.End.Offset + 1, start), length);
            errors.Add(new StandardTomlError(SourceSpan.FromBounds(start, end), KindOf(message.Message)));
        }

        return errors;
    }

    // Tomlyn throws at a backslash before one. No file holds one: what writes the text puts U+FFFD there.
    private static string WithoutLoneSurrogates(string text)
    {
        char[]? replaced = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                (replaced ??= text.ToCharArray())[i] = '\uFFFD';
        }

        return replaced is null ? text : new string(replaced);
    }

    private static StandardTomlErrorKind KindOf(string message) =>
        message.Contains("already defined") ? StandardTomlErrorKind.DefinedTwice
        : message.Contains("escape character") ? StandardTomlErrorKind.Escape
        : message.Contains("newline in a string") ? StandardTomlErrorKind.Newline
        : StandardTomlErrorKind.Syntax;
}

/// <summary>Something that TOML 1.1 does not allow.</summary>
/// <param name="Span">Where it is.</param>
/// <param name="Kind">What kind of error it is. The parser's own message is kept out: it quotes the text, which may be a secret.</param>
internal readonly record struct StandardTomlError(SourceSpan Span, StandardTomlErrorKind Kind);

/// <summary>The kinds of errors that are told apart.</summary>
internal enum StandardTomlErrorKind
{
    /// <summary>The text does not follow the grammar.</summary>
    Syntax,

    /// <summary>A key or table is defined a second time.</summary>
    DefinedTwice,

    /// <summary>A backslash in a text comes before something that is no escape.</summary>
    Escape,

    /// <summary>A text in one pair of quotes goes on over the end of its line.</summary>
    Newline,
}
