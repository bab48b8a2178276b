using System.Globalization;

namespace StalwartHardening.Expressions.Patterns;

/// <summary>The text of a pattern while it is read, and what is wrong with it.</summary>
internal sealed class PatternText(string text)
{
    private const int MaxDepth = 250;

    private int _depth;

    public int At { get; set; }

    public bool IsAtEnd => At >= text.Length;

    public char Current => text[At];

    /// <summary>Why the server refuses the pattern; the first reason counts.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether it holds something that this tool does not follow.</summary>
    public bool IsUnsupported { get; private set; }

    public bool IsStopped => Error is not null || IsUnsupported;

    /// <summary>Goes one level deeper; false beyond the crate's own limit, which also bounds our recursion.</summary>
    public bool TryEnter(string what)
    {
        if (++_depth > MaxDepth)
            Fail($"its {what} are nested too deeply");
        return _depth <= MaxDepth;
    }

    public void Leave() => _depth--;

    public void Fail(string error) => Error ??= error;

    public void GiveUp() => IsUnsupported = true;

    /// <summary>The character after the current one; a null character where there is none.</summary>
    public char Peek(int distance = 1) => At + distance < text.Length ? text[At + distance] : '\0';

    public bool Take(string expected)
    {
        if (string.CompareOrdinal(text, At, expected, 0, expected.Length) != 0)
            return false;
        At += expected.Length;
        return true;
    }

    /// <summary>Takes what comes before <paramref name="end"/>, and this; null where it does not come.</summary>
    public string? TakeUntil(string end)
    {
        var found = text.IndexOf(end, At, StringComparison.Ordinal);
        if (found < 0)
            return null;
        var taken = text.Substring(At, found - At);
        At = found + end.Length;
        return taken;
    }

    public string TakeDigits()
    {
        var start = At;
        while (!IsAtEnd && Current is >= '0' and <= '9')
            At++;
        return text.Substring(start, At - start);
    }

    public char TakeCharacter() => text[At++];

    public int TakeCodePoint()
    {
        var c = text[At++];
        if (char.IsHighSurrogate(c) && !IsAtEnd && char.IsLowSurrogate(Current))
            return char.ConvertToUtf32(c, text[At++]);
        return c;
    }

    /// <summary>Reads a backslash and the character it stands for.</summary>
    public bool TryTakeEscapedCharacter(out int codePoint)
    {
        codePoint = 0;
        At++;
        if (IsAtEnd)
        {
            Fail("it ends with a backslash");
            return false;
        }

        var c = text[At++];
        switch (c)
        {
            case >= '0' and <= '9':
                Fail("back-references are not supported");
                return false;
            case 'a':
                codePoint = '\a';
                return true;
            case 'f':
                codePoint = '\f';
                return true;
            case 'n':
                codePoint = '\n';
                return true;
            case 'r':
                codePoint = '\r';
                return true;
            case 't':
                codePoint = '\t';
                return true;
            case 'v':
                codePoint = '\v';
                return true;
            case 'x' or 'u' or 'U':
                return TryTakeCode(c == 'x' ? 2 : c == 'u' ? 4 : 8, out codePoint);
            case 'p' or 'P' or '<' or '>':
                GiveUp();
                return false;
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= (char)128:
                Fail($"'\\{c}' is not an escape");
                return false;
            default:
                codePoint = c;
                return true;
        }
    }

    // \x41, \x{1F600}, \u0041, \U0001F600
    private bool TryTakeCode(int length, out int codePoint)
    {
        codePoint = 0;
        var digits = "";
        if (!IsAtEnd && Current == '{')
        {
            At++;
            digits = TakeUntil("}") ?? "";
        }
        else if (At + length <= text.Length)
        {
            digits = text.Substring(At, length);
            At += length;
        }

        if (digits.Length is 0 or > 8 || !digits.All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'))
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out codePoint) || codePoint is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            Fail("a character's code is none");
            return false;
        }

        return true;
    }
}
