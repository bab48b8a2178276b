using System.Globalization;

namespace StalwartHardening.Expressions;

/// <summary>Addresses as Rust reads them: no leading zeros, networks, brackets or zones.</summary>
internal static class IpText
{
    /// <summary>4 or 16 bytes, or null.</summary>
    public static byte[]? Parse(string text) => ParseV4(text, 0) ?? ParseV6(text);

    public static byte[]? ParseV4(string text, int start)
    {
        var bytes = new byte[4];
        var at = start;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0 && (at >= text.Length || text[at++] != '.'))
                return null;
            var first = at;
            var value = 0;
            while (at < text.Length && text[at] is >= '0' and <= '9' && at - first < 4)
                value = (value * 10) + (text[at++] - '0');
            var length = at - first;
            if (length is 0 or > 3 || value > 255 || (length > 1 && text[first] == '0'))
                return null;
            bytes[i] = (byte)value;
        }

        return at == text.Length ? bytes : null;
    }

    public static byte[]? ParseV6(string text)
    {
        var head = new List<byte>(16);
        List<byte>? tail = null;
        var at = 0;
        if (text.StartsWith("::", StringComparison.Ordinal))
        {
            tail = [];
            at = 2;
        }

        while (at < text.Length)
        {
            var target = tail ?? head;
            var end = at;
            while (end < text.Length && Uri.IsHexDigit(text[end]))
                end++;
            if (end < text.Length && text[end] == '.')
            {
                if (ParseV4(text, at) is not { } embedded)
                    return null;
                target.AddRange(embedded);
                break;
            }

            if (end - at is 0 or > 4)
                return null;
            var group = int.Parse(text.Substring(at, end - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            target.Add((byte)(group >> 8));
            target.Add((byte)group);
            at = end;
            if (at == text.Length)
                break;
            if (text[at++] != ':' || at == text.Length)
                return null;
            if (text[at] == ':')
            {
                if (tail is not null)
                    return null;
                tail = [];
                at++;
            }
        }

        var length = head.Count + (tail?.Count ?? 0);
        if (tail is null ? length != 16 : length > 14)
            return null;
        var bytes = new byte[16];
        head.CopyTo(bytes, 0);
        tail?.CopyTo(bytes, 16 - tail.Count);
        return bytes;
    }

    /// <summary>Octets or nibbles in reverse, without the zone's name.</summary>
    public static string ReverseName(byte[] address)
    {
        var parts = new List<string>(32);
        for (var i = address.Length - 1; i >= 0; i--)
        {
            if (address.Length == 4)
            {
                parts.Add(address[i].ToString(CultureInfo.InvariantCulture));
                continue;
            }

            parts.Add((address[i] & 15).ToString("x", CultureInfo.InvariantCulture));
            parts.Add((address[i] >> 4).ToString("x", CultureInfo.InvariantCulture));
        }

        return string.Join(".", parts);
    }
}
