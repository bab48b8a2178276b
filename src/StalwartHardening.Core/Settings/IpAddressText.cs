namespace StalwartHardening.Settings;

/// <summary>
/// IP addresses as the server reads them: Rust's <c>std::net</c> parser, which knows no short forms (<c>127.1</c>), no leading
/// zeros in IPv4 parts and no names.
/// </summary>
internal static class IpAddressText
{
    /// <summary>Reads an IPv4 or IPv6 address without port, brackets and zone.</summary>
    /// <param name="text">The address.</param>
    /// <param name="bytes">16 bytes; an IPv4 address uses the first 4.</param>
    /// <param name="isIPv4">Which of the two it is.</param>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> bytes, out bool isIPv4)
    {
        isIPv4 = text.IndexOf(':') < 0;
        return isIPv4 ? TryParseIPv4(text, bytes) : TryParseIPv6(text, bytes);
    }

    /// <summary>Whether only the machine itself can reach the address; IPv4-mapped IPv6 addresses count as what they map.</summary>
    public static bool IsLoopback(ReadOnlySpan<byte> bytes, bool isIPv4)
    {
        if (isIPv4)
            return bytes[0] == 127;
        for (var i = 0; i < 10; i++)
        {
            if (bytes[i] != 0)
                return false;
        }

        if (bytes[10] == 0xFF && bytes[11] == 0xFF)
            return bytes[12] == 127;
        return bytes[10] == 0 && bytes[11] == 0 && bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && bytes[15] == 1;
    }

    private static bool TryParseIPv4(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        for (var part = 0; part < 4; part++)
        {
            var length = 0;
            var value = 0;
            while (length < text.Length && length < 4 && text[length] is >= '0' and <= '9')
                value = (value * 10) + text[length++] - '0';
            if (length is 0 or > 3 || value > 255 || (length > 1 && text[0] == '0'))
                return false;
            bytes[part] = (byte)value;
            text = text.Slice(length);
            if (part == 3)
                return text.IsEmpty;
            if (text.IsEmpty || text[0] != '.')
                return false;
            text = text.Slice(1);
        }

        return false;
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        bytes.Slice(0, 16).Clear();
        var gap = text.IndexOf("::".AsSpan(), StringComparison.Ordinal);
        if (gap < 0)
            return TryParseGroups(text, bytes, out var all) && all == 16;

        Span<byte> tail = stackalloc byte[16];
        var before = text.Slice(0, gap);
        var after = text.Slice(gap + 2);
        // An address in dots may only end the whole text.
        if (before.IndexOf('.') >= 0)
            return false;
        if (!TryParseGroups(before, bytes, out var head) || !TryParseGroups(after, tail, out var count) || head + count > 14)
            return false;
        tail.Slice(0, count).CopyTo(bytes.Slice(16 - count));
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<char> text, Span<byte> bytes, out int count)
    {
        count = 0;
        if (text.IsEmpty)
            return true;
        while (true)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text.Slice(0, colon);
            if (colon < 0 && group.IndexOf('.') >= 0)
            {
                if (count > 12 || !TryParseIPv4(group, bytes.Slice(count)))
                    return false;
                count += 4;
                return true;
            }

            if (group.Length is 0 or > 4 || count > 14)
                return false;
            var value = 0;
            foreach (var c in group)
            {
                var digit = HexValue(c);
                if (digit < 0)
                    return false;
                value = (value << 4) | digit;
            }

            bytes[count++] = (byte)(value >> 8);
            bytes[count++] = (byte)value;
            if (colon < 0)
                return true;
            text = text.Slice(colon + 1);
        }
    }

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
