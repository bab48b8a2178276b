namespace StalwartHardening.Toml;

/// <summary>What TOML 1.1 makes of single keys, texts and numbers, where the server may make something else of them.</summary>
internal static class StandardTomlText
{
    /// <summary>
    /// Reads a text in double quotes as TOML does. False where TOML refuses it. <paramref name="sameAsServer"/> tells whether every
    /// escape in it means the same to the server, which drops a backslash unless another comes before it.
    /// </summary>
    public static bool TryReadBasicString(string text, int start, out int end, out bool sameAsServer)
    {
        sameAsServer = true;
        for (end = start + 1; end < text.Length;)
        {
            var c = text[end];
            if (c == '"')
            {
                end++;
                return true;
            }

            if (c is '\n' or '\u007F' || (c < ' ' && c != '\t'))
                return false;
            if (c != '\\')
            {
                end++;
                continue;
            }

            if (!TrySkipEscape(text, end, text.Length, out var after))
                return false;
            sameAsServer &= IsSameEscape(text, end);
            end = after;
        }

        return false;
    }

    /// <summary>Whether TOML accepts all escapes between the two offsets of a multi-line text.</summary>
    public static bool HasOnlyValidEscapes(string text, int start, int end)
    {
        for (var at = start; at < end;)
        {
            if (text[at] != '\\')
            {
                at++;
                continue;
            }

            if (TrySkipEscape(text, at, end, out var after))
            {
                at = after;
                continue;
            }

            // A backslash at the end of a line joins it with the next one.
            var line = at + 1;
            while (line < end && text[line] is ' ' or '\t' or '\r')
                line++;
            if (line >= end || text[line] != '\n')
                return false;
            at = line;
        }

        return true;
    }

    /// <summary>Whether what is at <paramref name="at"/> may follow a value.</summary>
    public static bool MayFollowValue(string text, int at)
    {
        at = SkipBlanks(text, at, text.Length);
        return at >= text.Length || text[at] is '\n' or '\r' or '#' or ',' or ']' or '}';
    }

    /// <summary>Reads a dotted key as TOML does. False where TOML refuses it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the key begins.</param>
    /// <param name="end">After its last character.</param>
    /// <param name="differs">Whether the server makes another key of it.</param>
    public static bool TryReadKey(string text, int start, int end, out bool differs)
    {
        differs = false;
        var at = start;
        while (true)
        {
            at = SkipBlanks(text, at, end);
            if (at >= end)
                return false;
            if (text[at] == '\'')
            {
                var close = text.IndexOf('\'', at + 1, end - at - 1);
                if (close < 0)
                    return false;
                differs = true;
                at = close + 1;
            }
            else if (text[at] == '"')
            {
                if (!TryReadBasicString(text, at, out var close, out _) || close > end)
                    return false;
                differs |= !HasOnlyHarmlessEscapes(text, at + 1, close - 1);
                at = close;
            }
            else
            {
                var part = at;
                while (at < end && text[at] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_')
                    at++;
                if (at == part)
                    return false;
            }

            at = SkipBlanks(text, at, end);
            if (at == end)
                return true;
            if (text[at++] != '.')
                return false;
        }
    }

    /// <summary>Whether TOML reads a number that is written otherwise than it would be printed: <c>+1</c>, <c>0xFF</c>, <c>1e5</c>.</summary>
    public static bool IsNumberOfAnotherText(ReadOnlySpan<char> value)
    {
        if (value.Length > 2 && value[0] == '0' && value[1] is 'x' or 'o' or 'b')
            return AllDigits(value.Slice(2), value[1] switch { 'x' => 16, 'o' => 8, _ => 2 });
        var signed = value[0] is '+' or '-';
        var digits = signed ? value.Slice(1) : value;
        var exponent = digits.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? digits : digits.Slice(0, exponent);
        if (!IsDecimal(mantissa))
            return false;
        if (exponent < 0)
            return value[0] == '+';
        var power = digits.Slice(exponent + 1);
        if (!power.IsEmpty && power[0] is '+' or '-')
            power = power.Slice(1);
        return AllDigits(power, 10);
    }

    private static bool IsDecimal(ReadOnlySpan<char> digits)
    {
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits.Slice(0, point);
        if (!AllDigits(whole, 10) || (whole.Length > 1 && whole[0] == '0'))
            return false;
        return point < 0 || AllDigits(digits.Slice(point + 1), 10);
    }

    private static bool AllDigits(ReadOnlySpan<char> digits, int radix)
    {
        foreach (var c in digits)
        {
            var value = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'f' => c - 'a' + 10,
                >= 'A' and <= 'F' => c - 'A' + 10,
                _ => radix,
            };
            if (value >= radix)
                return false;
        }

        return !digits.IsEmpty;
    }

    // In a key the server drops every backslash and keeps what follows: right for a quote, wrong for everything else.
    private static bool HasOnlyHarmlessEscapes(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] != '\\')
                continue;
            if (text[i + 1] != '"')
                return false;
            i++;
        }

        return true;
    }

    private static bool TrySkipEscape(string text, int at, int limit, out int after)
    {
        after = at + 2;
        if (at + 1 >= limit)
            return false;
        var digits = text[at + 1] switch
        {
            'b' or 't' or 'n' or 'f' or 'r' or 'e' or '"' or '\\' => 0,
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => -1,
        };
        if (digits < 0 || after + digits > limit || !(digits == 0 || AllDigits(text.AsSpan(after, digits), 16)))
            return false;
        after += digits;
        return true;
    }

    // One doubled backslash before a character that is no escape gives one backslash in both readings.
    private static bool IsSameEscape(string text, int at) => text[at + 1] switch
    {
        't' or 'n' or 'r' or '"' => true,
        '\\' => at + 2 < text.Length && text[at + 2] is not ('\\' or 't' or 'n' or 'r' or '"'),
        _ => false,
    };

    private static int SkipBlanks(string text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t')
            at++;
        return at;
    }
}
