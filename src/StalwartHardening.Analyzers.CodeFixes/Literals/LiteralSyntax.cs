using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.CodeFixes.Literals;

/// <summary>How one literal writes a text: with which escapes, and where its lines begin.</summary>
internal sealed class LiteralSyntax
{
    private readonly Form _form;
    private readonly bool _hasBraces;
    private readonly string _margin;

    private LiteralSyntax(Form form, bool hasBraces, string? margin)
    {
        _form = form;
        _hasBraces = hasBraces;
        _margin = margin ?? "";
        HasMargin = margin is not null;
    }

    private enum Form
    {
        Regular,
        Verbatim,
        Raw,
    }

    /// <summary>Whether each line begins with something that belongs to no text: raw literals of several lines.</summary>
    public bool HasMargin { get; }

    /// <summary>Reads how <paramref name="literal"/> is written.</summary>
    public static LiteralSyntax From(ExpressionSyntax literal)
    {
        var written = literal.ToString();
        var quote = written.IndexOf('"');
        var prefix = quote < 0 ? "" : written.Substring(0, quote);
        var isRaw = string.CompareOrdinal(written, Math.Max(quote, 0), "\"\"\"", 0, 3) == 0 && prefix.IndexOf('@') < 0 && written.Length > prefix.Length + 5;
        // In a raw literal the number of dollars says how many braces make a hole; fewer are text.
        return new LiteralSyntax(
            isRaw ? Form.Raw : prefix.IndexOf('@') >= 0 ? Form.Verbatim : Form.Regular,
            !isRaw && prefix.IndexOf('$') >= 0,
            isRaw ? MarginOf(literal) : null);
    }

    /// <summary>How <paramref name="text"/> is written where <paramref name="span"/> of the source goes.</summary>
    public string Write(string text, SourceText source, TextSpan span)
    {
        var written = Write(text);
        if (!HasMargin)
            return written;
        var isLineStart = source.Lines.GetLineFromPosition(span.Start).Start == span.Start;
        // A line that follows has its margin already, and an empty one needs none.
        if (text[text.Length - 1] == '\n' && (isLineStart || source[span.End] is '\r' or '\n'))
            written = written.Substring(0, written.Length - _margin.Length);
        return isLineStart ? _margin + written : written;
    }

    // Raw literals have no escapes, so what they cannot say comes out wrong.
    private string Write(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (_hasBraces && c is '{' or '}')
                written.Append(c);
            switch (_form)
            {
                case Form.Raw:
                    written.Append(c);
                    if (c == '\n')
                        written.Append(_margin);
                    break;
                case Form.Verbatim:
                    written.Append(c == '"' ? "\"\"" : c.ToString());
                    break;
                default:
                    written.Append(Escaped(c));
                    break;
            }
        }

        return written.ToString();
    }

    private static string Escaped(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when char.IsControl(c) || c is '\u2028' or '\u2029' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
        _ => c.ToString(),
    };

    // Raw literals of several lines end on a line of their own, and what is before the quotes there counts for every line.
    private static string? MarginOf(ExpressionSyntax literal)
    {
        var text = literal.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(literal.Span.End);
        if (line.Start <= literal.SpanStart)
            return null;
        var end = line.Start;
        while (end < literal.Span.End && text[end] is ' ' or '\t')
            end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }
}
