using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StalwartHardening.Expressions.Functions;

/// <summary>Functions about texts (<c>expr/functions/text.rs</c>, 0.15.5).</summary>
internal static class TextFunctions
{
    public static ExpressionValue? Trim(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(text.Trim()));

    public static ExpressionValue? TrimStart(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(text.TrimStart()));

    public static ExpressionValue? TrimEnd(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(text.TrimEnd()));

    public static ExpressionValue? ToLowercase(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(LetterCase.Lower(text)));

    public static ExpressionValue? ToUppercase(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(LetterCase.Upper(text)));

    public static ExpressionValue? IsUppercase(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(AllLetters(text, UnicodeCategory.UppercaseLetter)));

    public static ExpressionValue? IsLowercase(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text => ExpressionValue.From(AllLetters(text, UnicodeCategory.LowercaseLetter)));

    public static ExpressionValue? HasDigits(ReadOnlySpan<ExpressionValue> v) => PerItem(v[0], static text =>
    {
        foreach (var c in text)
        {
            if (c is >= '0' and <= '9')
                return ExpressionValue.From(true);
        }

        return ExpressionValue.From(false);
    });

    public static ExpressionValue? EmailPart(ReadOnlySpan<ExpressionValue> v)
    {
        var part = v[1].AsText();
        return PerItem(v[0], text => ExpressionValue.From(EmailText.Part(text, part)));
    }

    public static ExpressionValue? StripPrefix(ReadOnlySpan<ExpressionValue> v)
    {
        var prefix = v[1].AsText();
        return PerItem(v[0], text => ExpressionValue.From(text.StartsWith(prefix, StringComparison.Ordinal) ? text.Substring(prefix.Length) : ""));
    }

    public static ExpressionValue? StripSuffix(ReadOnlySpan<ExpressionValue> v)
    {
        var suffix = v[1].AsText();
        return PerItem(v[0], text => ExpressionValue.From(text.EndsWith(suffix, StringComparison.Ordinal) ? text.Substring(0, text.Length - suffix.Length) : ""));
    }

    public static ExpressionValue? Length(ReadOnlySpan<ExpressionValue> v) =>
        ExpressionValue.From(v[0].IsArray ? v[0].Items.Length : (long)Encoding.UTF8.GetByteCount(v[0].AsText()));

    public static ExpressionValue? CountCharacters(ReadOnlySpan<ExpressionValue> v)
    {
        var count = 0L;
        foreach (var c in v[0].AsText())
            count += char.IsLowSurrogate(c) ? 0 : 1;
        return ExpressionValue.From(count);
    }

    public static ExpressionValue? CountSpaces(ReadOnlySpan<ExpressionValue> v)
    {
        var count = 0L;
        foreach (var c in v[0].AsText())
            count += char.IsWhiteSpace(c) ? 1 : 0;
        return ExpressionValue.From(count);
    }

    public static ExpressionValue? CountUppercase(ReadOnlySpan<ExpressionValue> v) => CountLetters(v[0].AsText(), UnicodeCategory.UppercaseLetter);

    public static ExpressionValue? CountLowercase(ReadOnlySpan<ExpressionValue> v) => CountLetters(v[0].AsText(), UnicodeCategory.LowercaseLetter);

    public static ExpressionValue? Contains(ReadOnlySpan<ExpressionValue> v) => ExpressionValue.From(
        v[0].IsArray ? ListFunctions.Holds(v[0].Items, v[1]) : v[0].AsText().IndexOf(v[1].AsText(), StringComparison.Ordinal) >= 0);

    public static ExpressionValue? ContainsIgnoreCase(ReadOnlySpan<ExpressionValue> v)
    {
        var part = v[1].AsText();
        if (!v[0].IsArray)
        {
            return ExpressionValue.From(v[0].IsText
                ? LetterCase.Lower(v[0].Text).IndexOf(LetterCase.Lower(part), StringComparison.Ordinal) >= 0
                : v[0].AsText().IndexOf(part, StringComparison.Ordinal) >= 0);
        }

        foreach (var item in v[0].Items)
        {
            if (item.IsText && EqualsIgnoringAsciiCase(item.Text, part))
                return ExpressionValue.From(true);
        }

        return ExpressionValue.From(false);
    }

    public static ExpressionValue? Substring(ReadOnlySpan<ExpressionValue> v)
    {
        var text = v[0].AsText();
        long from = v[1].AsIndex(), count = v[2].AsIndex();
        if (from < 0)
            return ExpressionValue.From("");
        var start = Skip(text, 0, from);
        return ExpressionValue.From(text.Substring(start, (count < 0 ? text.Length : Skip(text, start, count)) - start));
    }

    [SuppressMessage("Security", "CA5350", Justification = "The server's expression language offers these; nothing is protected with them here.")]
    [SuppressMessage("Security", "CA5351", Justification = "The server's expression language offers these; nothing is protected with them here.")]
    public static ExpressionValue? Hash(ReadOnlySpan<ExpressionValue> v)
    {
        using HashAlgorithm? algorithm = v[1].AsText() switch
        {
            "md5" => MD5.Create(),
            "sha1" => SHA1.Create(),
            "sha256" => SHA256.Create(),
            "sha512" => SHA512.Create(),
            _ => null,
        };
        if (algorithm is null)
            return ExpressionValue.From("");
        var hex = new StringBuilder();
        foreach (var b in algorithm.ComputeHash(Encoding.UTF8.GetBytes(v[0].AsText())))
            hex.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        return ExpressionValue.From(hex.ToString());
    }

    public static bool EqualsIgnoringAsciiCase(string left, string right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (AsciiLower(left[i]) != AsciiLower(right[i]))
                return false;
        }

        return true;
    }

    private static char AsciiLower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

    private static ExpressionValue PerItem(in ExpressionValue value, Func<string, ExpressionValue> change)
    {
        if (!value.IsArray)
            return change(value.AsText());
        var items = new ExpressionValue[value.Items.Length];
        for (var i = 0; i < items.Length; i++)
            items[i] = change(value.Items[i].AsText());
        return ExpressionValue.From(items);
    }

    private static bool AllLetters(string text, UnicodeCategory wanted)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetter(text, i) && CharUnicodeInfo.GetUnicodeCategory(text, i) != wanted)
                return false;
            if (char.IsSurrogatePair(text, i))
                i++;
        }

        return true;
    }

    private static ExpressionValue CountLetters(string text, UnicodeCategory wanted)
    {
        var count = 0L;
        for (var i = 0; i < text.Length; i++)
        {
            count += CharUnicodeInfo.GetUnicodeCategory(text, i) == wanted ? 1 : 0;
            if (char.IsSurrogatePair(text, i))
                i++;
        }

        return ExpressionValue.From(count);
    }

    private static int Skip(string text, int at, long characters)
    {
        while (characters-- > 0 && at < text.Length)
            at += at + 1 < text.Length && char.IsSurrogatePair(text, at) ? 2 : 1;
        return at;
    }
}
