using System.Globalization;
using System.Text;

namespace StalwartHardening.Expressions;

/// <summary>Numbers as Rust reads, writes and adds them, which is what the server does.</summary>
internal static class ServerNumber
{
    /// <summary>A sign and decimal digits within 64 bits, nothing else: no blanks, no point, no exponent.</summary>
    public static bool TryParseInteger(string text, out long value)
    {
        value = 0;
        var start = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (start == text.Length)
            return false;
        var negative = start == 1 && text[0] == '-';
        for (var i = start; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if (digit is < 0 or > 9)
                return false;

            // Counted downwards, because the smallest number has no positive twin.
            if (value < (long.MinValue + digit) / 10)
                return false;
            value = (value * 10) - digit;
        }

        if (negative)
            return true;
        if (value == long.MinValue)
            return false;
        value = -value;
        return true;
    }

    /// <summary>Digits with a point or an exponent, or <c>inf</c>, <c>infinity</c>, <c>nan</c> in any case; no blanks.</summary>
    public static bool TryParseFloat(string text, out double value)
    {
        value = 0;
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var negative = at == 1 && text[0] == '-';
        var word = text.Substring(at);
        if (word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (word.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            value = double.NaN;
            return true;
        }

        var digits = 0;
        while (at < text.Length && IsDigit(text[at]))
            (at, digits) = (at + 1, digits + 1);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            while (at < text.Length && IsDigit(text[at]))
                (at, digits) = (at + 1, digits + 1);
        }

        if (digits == 0)
            return false;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
                at++;
            var exponent = at;
            while (at < text.Length && IsDigit(text[at]))
                at++;
            if (at == exponent)
                return false;
        }

        if (at != text.Length)
            return false;

        // Old runtimes refuse what is too large instead of saying infinity.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The crate ryu's form: always a point or an exponent (<c>2.0</c>, <c>1e16</c>, <c>0.00001</c>, <c>1e-6</c>).</summary>
    public static string FormatFloat(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        Decompose(value, out var negative, out var digits, out var point);
        var text = new StringBuilder();
        if (negative)
            text.Append('-');
        if (digits.Length <= point && point <= 16)
            text.Append(digits).Append('0', point - digits.Length).Append(".0");
        else if (point is > 0 and <= 16)
            text.Append(digits, 0, point).Append('.').Append(digits, point, digits.Length - point);
        else if (point is > -5 and <= 0)
            text.Append("0.").Append('0', -point).Append(digits);
        else
        {
            text.Append(digits[0]);
            if (digits.Length > 1)
                text.Append('.').Append(digits, 1, digits.Length - 1);
            text.Append('e').Append(Format(point - 1));
        }

        return text.ToString();
    }

    /// <summary>Rust's own text form, which <c>+</c> joins: no exponent, no <c>.0</c>.</summary>
    public static string FormatPlainFloat(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            return FormatFloat(value);
        Decompose(value, out var negative, out var digits, out var point);
        var text = new StringBuilder();
        if (negative)
            text.Append('-');
        if (point <= 0)
            return text.Append(digits == "0" ? "0" : "0.").Append('0', digits == "0" ? 0 : -point).Append(digits == "0" ? "" : digits).ToString();
        if (digits.Length <= point)
            return text.Append(digits).Append('0', point - digits.Length).ToString();
        return text.Append(digits, 0, point).Append('.').Append(digits, point, digits.Length - point).ToString();
    }

    /// <summary>Cut towards zero, kept within 64 bits; NaN is 0.</summary>
    public static long Cut(double value) =>
        double.IsNaN(value) ? 0
        : value >= 9223372036854775808.0 ? long.MaxValue
        : value <= -9223372036854775808.0 ? long.MinValue
        : (long)value;

    public static long SaturatingAdd(long left, long right)
    {
        var sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) < 0 ? left < 0 ? long.MinValue : long.MaxValue : sum;
    }

    public static long SaturatingSubtract(long left, long right)
    {
        var difference = unchecked(left - right);
        return ((left ^ right) & (left ^ difference)) < 0 ? left < 0 ? long.MinValue : long.MaxValue : difference;
    }

    public static long SaturatingMultiply(long left, long right)
    {
        if (left == 0 || right == 0)
            return 0;
        var limit = (left < 0) == (right < 0) ? long.MaxValue : long.MinValue;
        var product = unchecked(left * right);
        if ((left == -1 && right == long.MinValue) || (right == -1 && left == long.MinValue) || product / right != left)
            return limit;
        return product;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    // value = 0.DIGITS * 10^point, with the fewest digits that read back as the value.
    private static void Decompose(double value, out bool negative, out string digits, out int point)
    {
        negative = BitConverter.DoubleToInt64Bits(value) < 0;
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        var e = text.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(text.Substring(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text.Substring(0, e);
        }

        var dot = text.IndexOf('.');
        point = (dot < 0 ? text.Length : dot) + exponent;
        var all = dot < 0 ? text : text.Remove(dot, 1);
        var significant = all.TrimStart('0');
        point -= all.Length - significant.Length;
        digits = significant.TrimEnd('0');
        if (digits.Length == 0)
        {
            digits = "0";
            point = 1;
        }
    }
}
