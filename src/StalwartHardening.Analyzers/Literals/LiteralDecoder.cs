using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>
/// Takes the tokens of string literals apart. What comes out is compared with the compiler's own value of the token; where the
/// two differ, the compiler is right and the literal has no exact way back.
/// </summary>
internal static class LiteralDecoder
{
    /// <summary>Adds a literal that has no holes: regular, verbatim or raw, UTF-8 or not.</summary>
    public static void Add(LiteralTextBuilder text, SyntaxToken token)
    {
        var start = text.Length;
        var written = token.Text;
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken when written.StartsWith("@", StringComparison.Ordinal):
                AddVerbatim(text, written, 2, EndOfQuoted(written), token.SpanStart, hasBraces: false);
                break;
            case SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken:
                AddRegular(text, written, 1, EndOfQuoted(written), token.SpanStart, hasBraces: false);
                break;
            case SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken:
                var quotes = LeadingQuotes(written, 0);
                text.AddPlain(written, quotes, EndOfQuoted(written) + 1 - (2 * quotes), token.SpanStart + quotes);
                break;
            case SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken:
                AddMultiLineRaw(text, written, token.SpanStart);
                break;
        }

        TrustTheCompiler(text, start, token, token.ValueText);
    }

    /// <summary>Adds a stretch of text between the holes of an interpolated string.</summary>
    public static void Add(LiteralTextBuilder text, InterpolatedStringExpressionSyntax literal, InterpolatedStringTextSyntax part)
    {
        var start = text.Length;
        var token = part.TextToken;
        var written = token.Text;
        var value = token.ValueText;
        switch (literal.StringStartToken.Kind())
        {
            case SyntaxKind.InterpolatedVerbatimStringStartToken:
                AddVerbatim(text, written, 0, written.Length, token.SpanStart, hasBraces: true);
                value = WithSingleBraces(value);
                break;
            case SyntaxKind.InterpolatedStringStartToken:
                AddRegular(text, written, 0, written.Length, token.SpanStart, hasBraces: true);
                value = WithSingleBraces(value);
                break;
            case SyntaxKind.InterpolatedMultiLineRawStringStartToken:
                var isFirst = ReferenceEquals(literal.Contents[0], part);
                AddLines(text, written, 0, written.Length, token.SpanStart, IndentationOf(literal.StringEndToken.Text), atLineStart: isFirst);
                break;
            default:
                text.AddPlain(written, 0, written.Length, token.SpanStart);
                break;
        }

        TrustTheCompiler(text, start, token, value);
    }

    private static void TrustTheCompiler(LiteralTextBuilder text, int start, SyntaxToken token, string value)
    {
        if (text.TextFrom(start) != value)
            text.ReplaceFrom(start, value, token.Span);
    }

    // The compiler undoubles braces later than it takes escapes apart, so the token's value still has both.
    private static string WithSingleBraces(string value) => value.Replace("{{", "{").Replace("}}", "}");

    // Where the closing quotes begin or, for a raw string, the last of them: u8 may follow.
    private static int EndOfQuoted(string written) => Math.Max(written.LastIndexOf('"'), 0);

    private static int LeadingQuotes(string written, int start)
    {
        var end = start;
        while (end < written.Length && written[end] == '"')
            end++;
        return end - start;
    }

    private static void AddVerbatim(LiteralTextBuilder text, string written, int start, int end, int source, bool hasBraces)
    {
        var plain = start;
        for (var i = start; i < end; i++)
        {
            if (!IsDoubled(written, i, end, '"') && !(hasBraces && (IsDoubled(written, i, end, '{') || IsDoubled(written, i, end, '}'))))
                continue;
            text.AddPlain(written, plain, i - plain, source + plain);
            text.AddWhole(written.Substring(i, 1), new TextSpan(source + i, 2));
            plain = ++i + 1;
        }

        text.AddPlain(written, plain, end - plain, source + plain);
    }

    private static void AddRegular(LiteralTextBuilder text, string written, int start, int end, int source, bool hasBraces)
    {
        var plain = start;
        for (var i = start; i < end;)
        {
            var length = 1;
            string? decoded = null;
            if (written[i] == '\\')
                decoded = Escape(written, i, end, out length);
            else if (hasBraces && (IsDoubled(written, i, end, '{') || IsDoubled(written, i, end, '}')))
                (decoded, length) = (written.Substring(i, 1), 2);
            if (decoded is null)
            {
                i++;
                continue;
            }

            text.AddPlain(written, plain, i - plain, source + plain);
            text.AddWhole(decoded, new TextSpan(source + i, length));
            i += length;
            plain = i;
        }

        text.AddPlain(written, plain, end - plain, source + plain);
    }

    private static bool IsDoubled(string written, int at, int end, char c) => written[at] == c && at + 1 < end && written[at + 1] == c;

    // Null where it is none, which is an error the compiler reports itself.
    private static string? Escape(string written, int at, int end, out int length)
    {
        length = 2;
        if (at + 1 >= end)
            return null;
        var kind = written[at + 1];
        var digits = kind switch { 'u' => 4, 'U' => 8, 'x' => 4, _ => 0 };
        if (digits == 0)
            return Named(kind);

        var number = 0u;
        var count = 0;
        while (count < digits && at + 2 + count < end && HexValue(written[at + 2 + count]) is var value and >= 0)
        {
            number = (number << 4) + (uint)value;
            count++;
        }

        length = 2 + count;
        // \x takes as many digits as follow, up to four; the other two need all of theirs.
        if (count == 0 || (kind != 'x' && count < digits))
            return null;
        if (number <= char.MaxValue)
            return ((char)number).ToString();
        return number <= 0x10FFFF ? char.ConvertFromUtf32((int)number) : null;
    }

    private static string? Named(char kind) => kind switch
    {
        '\'' or '"' or '\\' => kind.ToString(),
        '0' => "\0",
        'a' => "\a",
        'b' => "\b",
        'e' => "\u001b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        _ => null,
    };

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };

    private static void AddMultiLineRaw(LiteralTextBuilder text, string written, int source)
    {
        var quotes = LeadingQuotes(written, 0);
        var closing = EndOfQuoted(written) + 1 - quotes;
        var start = EndOfLine(written, quotes);
        start += LineBreakLength(written, start);
        var lastLine = closing;
        while (lastLine > start && !IsLineBreak(written[lastLine - 1]))
            lastLine--;
        // The line break before the closing quotes belongs to them.
        var end = lastLine - 1;
        if (end > start && written[end] == '\n' && written[end - 1] == '\r')
            end--;
        if (start < end)
            AddLines(text, written, start, end, source, written.Substring(lastLine, Math.Max(closing - lastLine, 0)), atLineStart: true);
    }

    private static string IndentationOf(string closing)
    {
        var start = closing.Length;
        while (start > 0 && !IsLineBreak(closing[start - 1]))
            start--;
        var end = start;
        while (end < closing.Length && closing[end] != '"')
            end++;
        return closing.Substring(start, end - start);
    }

    // Line by line, each without the indentation of the closing quotes; a line of blanks may have less of it.
    private static void AddLines(LiteralTextBuilder text, string written, int start, int end, int source, string indentation, bool atLineStart)
    {
        while (start < end)
        {
            var lineEnd = Math.Min(EndOfLine(written, start), end);
            var next = Math.Min(lineEnd + LineBreakLength(written, lineEnd), end);
            if (atLineStart)
            {
                var indented = 0;
                while (indented < indentation.Length && start < lineEnd && written[start] == indentation[indented])
                {
                    indented++;
                    start++;
                }
            }

            text.AddPlain(written, start, next - start, source + start);
            start = next;
            atLineStart = true;
        }
    }

    private static int EndOfLine(string written, int start)
    {
        while (start < written.Length && !IsLineBreak(written[start]))
            start++;
        return start;
    }

    private static int LineBreakLength(string written, int at)
    {
        if (at >= written.Length)
            return 0;
        return written[at] == '\r' && at + 1 < written.Length && written[at + 1] == '\n' ? 2 : 1;
    }

    private static bool IsLineBreak(char c) => c is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029';
}
