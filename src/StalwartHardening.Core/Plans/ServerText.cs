using System.Globalization;
using System.Text;

namespace StalwartHardening.Plans;

/// <summary>How the server reads the texts that are more than texts, and how it spells them back.</summary>
internal static class ServerText
{
    /// <summary>An address with a port, as Rust's <c>SocketAddr</c> reads it: <c>1.2.3.4:25</c>, <c>[::]:25</c>. Null where it is none.</summary>
    public static string? SocketAddress(string text)
    {
        var colon = SocketAddressText.EndOfHost(text.AsSpan());
        if (colon <= 0 || colon == text.Length - 1 || text.Length - colon > 6)
            return null;
        var port = 0;
        for (var i = colon + 1; i < text.Length; i++)
        {
            if (text[i] is not (>= '0' and <= '9'))
                return null;
            port = (port * 10) + text[i] - '0';
        }

        if (port > ushort.MaxValue)
            return null;
        var address = text.AsSpan(0, colon);
        Span<byte> bytes = stackalloc byte[16];
        if (address[0] == '[')
        {
            if (address[address.Length - 1] != ']')
                return null;
            var inner = address.Slice(1, address.Length - 2);
            var zone = inner.IndexOf('%');
            if (zone >= 0)
                inner = inner.Slice(0, zone);
            if (!IpAddressText.TryParse(inner, bytes, out var isIPv4) || isIPv4)
                return null;
            if (zone >= 0)
                return text;
            return Same(text, "[" + Format(bytes, false) + "]:" + port.ToString(CultureInfo.InvariantCulture));
        }

        return IpAddressText.TryParse(address, bytes, out var four) && four ? Same(text, Format(bytes, true) + ":" + port.ToString(CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>An address without a port. Null where it is none.</summary>
    public static string? IpAddress(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return IpAddressText.TryParse(text.AsSpan(), bytes, out var isIPv4) ? Same(text, Format(bytes, isIPv4)) : null;
    }

    /// <summary>An address or a network, <c>types/ipmask.rs</c>: prefixes from 8 bits on; that of a single address is left out. Null where it is none.</summary>
    public static string? IpNetwork(string text)
    {
        var slash = text.LastIndexOf('/');
        var address = (slash < 0 ? text.AsSpan() : text.AsSpan(0, slash)).Trim();
        Span<byte> bytes = stackalloc byte[16];
        if (!IpAddressText.TryParse(address, bytes, out var isIPv4))
            return null;
        var most = isIPv4 ? 32 : 128;
        var prefix = most;
        if (slash >= 0)
        {
            var digits = text.Substring(slash + 1).Trim();
            if (digits.Length > 0 && digits[0] == '+')
                digits = digits.Substring(1);
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix < 8 || prefix > most)
                return null;
        }

        var formatted = Format(bytes, isIPv4);
        return Same(text, prefix == most ? formatted : formatted + "/" + prefix.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether a network stands for "none" to the server: <c>0.0.0.0</c> with whatever prefix.</summary>
    public static bool IsUnsetNetwork(string network) => network == "0.0.0.0" || network.StartsWith("0.0.0.0/", StringComparison.Ordinal);

    /// <summary>A domain's name: spaces left out, in lower case, with a dot inside (<c>sanitize_domain</c>; which endings exist is not judged here). Null where it is none.</summary>
    public static string? Domain(string text)
    {
        var name = new StringBuilder(text.Length);
        var dot = false;
        var last = '\0';
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
                continue;
            if (c == '.')
            {
                if (!char.IsLetterOrDigit(last))
                    return null;
                dot = true;
            }

            last = c;
            name.Append(char.ToLowerInvariant(c));
        }

        return dot && last != '.' ? Same(text, name.ToString()) : null;
    }

    /// <summary>The part of an e-mail address before the <c>@</c>: in lower case. Null where it is none.</summary>
    public static string? LocalPart(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '@')
                return null;
            if (!char.IsWhiteSpace(c))
                name.Append(char.ToLowerInvariant(c));
        }

        return name.Length == 0 ? null : Same(text, name.ToString());
    }

    /// <summary>An e-mail address in lower case. Null where it is none.</summary>
    public static string? Email(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1 || text.IndexOf('@') != at)
            return null;
        return Same(text, text.Trim().ToLowerInvariant());
    }

    /// <summary>Whether a text may be an id: up to 13 letters and digits of the server's base 32.</summary>
    public static bool IsId(string text)
    {
        if (text.Length is 0 or > 13)
            return false;
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or '7' or '9' or '2' or '0' or '1' or '3'))
                return false;
        }

        return true;
    }

    /// <summary>The id of a number.</summary>
    public static string Id(int number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyz792013";
        var text = "";
        do
        {
            text = Digits[number & 31] + text;
            number >>= 5;
        }
        while (number > 0);
        return text;
    }

    /// <summary>A point in time, RFC 3339.</summary>
    public static bool IsDateTime(string text) =>
        text.Length >= 19 && text[4] == '-' && text[7] == '-' && text[10] is 'T' or 't' or ' '
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    /// <summary>Whether a secret is stored as it stands because the server knows it as a hash.</summary>
    public static bool IsPasswordHash(string secret)
    {
        foreach (var start in s_hashes)
        {
            if (secret.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static readonly string[] s_hashes =
    [
        "$argon2", "$pbkdf2", "$scrypt", "$2", "$1$", "$5$", "$6$", "$sha1", "{SHA}", "{SSHA}", "{SHA256}", "{SSHA256}", "{SHA512}", "{SSHA512}", "{MD5}", "{ARGON2I}", "{ARGON2D}",
        "{ARGON2ID}", "{PBKDF2}", "{CRYPT}",
    ];

    // The text itself where nothing changed, so that equal texts are one.
    private static string Same(string text, string spelled) => spelled == text ? text : spelled;

    private static string Format(ReadOnlySpan<byte> bytes, bool isIPv4)
    {
        var text = new StringBuilder(40);
        if (isIPv4)
            return AppendIPv4(text, bytes).ToString();

        // ::ffff:1.2.3.4 keeps its dots, as Rust prints it.
        var mapped = bytes[10] == 0xFF && bytes[11] == 0xFF;
        for (var i = 0; i < 10 && mapped; i++)
            mapped = bytes[i] == 0;
        if (mapped)
            return AppendIPv4(text.Append("::ffff:"), bytes.Slice(12)).ToString();

        var bestStart = -1;
        var bestLength = 1;
        for (var i = 0; i < 8;)
        {
            var length = 0;
            while (i + length < 8 && bytes[(i + length) * 2] == 0 && bytes[((i + length) * 2) + 1] == 0)
                length++;
            if (length > bestLength)
            {
                bestStart = i;
                bestLength = length;
            }

            i += length + 1;
        }

        for (var i = 0; i < 8; i++)
        {
            if (i == bestStart)
            {
                text.Append("::");
                i += bestLength - 1;
                continue;
            }

            if (text.Length > 0 && text[text.Length - 1] != ':')
                text.Append(':');
            text.Append(((bytes[i * 2] << 8) | bytes[(i * 2) + 1]).ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static StringBuilder AppendIPv4(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
                text.Append('.');
            text.Append(bytes[i].ToString(CultureInfo.InvariantCulture));
        }

        return text;
    }
}
