using System.Globalization;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions.Abstract;

/// <summary>
/// Which texts of <c>remote_ip</c> stand for machines elsewhere on the Internet: everything but private, shared, loopback,
/// link-local and multicast networks, in IPv6 2000::/3. Networks for documentation count as elsewhere.
/// </summary>
internal static class PublicAddress
{
    public static bool IsPublic(string text) => IpText.Parse(text) is { } bytes
        && (bytes.Length == 4 ? IsPublic(bytes[0], bytes[1]) : (bytes[0] & 0xE0) == 0x20);

    /// <summary>
    /// Whether a network, <c>8.0.0.0/8</c>, holds so many public addresses that an attacker has one of them. The server refuses those
    /// of less than eight bits (<c>config/ipmask.rs</c>).
    /// </summary>
    public static bool IsWideNetwork(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || !int.TryParse(text.Substring(slash + 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
            return false;
        var address = text.Substring(0, slash).Trim();
        return bits >= 8 && bits <= (address.IndexOf(':') < 0 ? 15 : 31) && IsPublic(address);
    }

    /// <summary>False only where no public address, in its shortest form, begins with <paramref name="prefix"/>.</summary>
    public static bool MayStartWith(string prefix)
    {
        if (prefix.Length == 0)
            return true;
        foreach (var c in prefix)
        {
            if (c is not (>= '0' and <= '9' or >= 'a' and <= 'f' or '.' or ':'))
                return false;
        }

        return MayStartIPv6(prefix) || MayStartIPv4(prefix);
    }

    /// <summary>False only where no public address is in the network.</summary>
    public static bool MayBeIn(in IpNetwork network)
    {
        // The texts of public IPv6 addresses never hold an IPv4 address, but a mapped network holds IPv4 addresses.
        if (network.Address.Length == 16)
            return (network.Address[0] & 0xE0) == 0x20 || network.Address[0] == 0;
        for (var second = 0; second < 256; second++)
        {
            var isIn = network.Prefix >= 16 ? second == network.Address[1] : (second ^ network.Address[1]) >> (16 - network.Prefix) == 0;
            if (isIn && IsPublic(network.Address[0], (byte)second))
                return true;
        }

        return false;
    }

    // The first group of 2000::/3 always has four digits.
    private static bool MayStartIPv6(string prefix)
    {
        var colon = prefix.IndexOf(':');
        var group = colon < 0 ? prefix.Length : colon;
        return prefix.IndexOf('.') < 0 && prefix[0] is '2' or '3' && (colon < 0 ? group <= 4 : group == 4);
    }

    private static bool MayStartIPv4(string prefix)
    {
        var parts = prefix.Split('.');
        if (parts.Length > 4)
            return false;
        for (var first = 0; first < 256; first++)
        {
            if (!Fits(first, parts, 0))
                continue;
            for (var second = 0; second < 256; second++)
            {
                if (IsPublic((byte)first, (byte)second) && Fits(second, parts, 1))
                    return true;
            }
        }

        return false;
    }

    // The last part that was written may go on; those before it are complete.
    private static bool Fits(int octet, string[] parts, int index)
    {
        if (index >= parts.Length)
            return true;
        var text = octet.ToString(CultureInfo.InvariantCulture);
        return index == parts.Length - 1 ? text.StartsWith(parts[index], StringComparison.Ordinal) : text == parts[index];
    }

    private static bool IsPublic(byte first, byte second) => first switch
    {
        0 or 10 or 127 or >= 224 => false,
        100 => second is < 64 or > 127,
        169 => second != 254,
        172 => second is < 16 or > 31,
        192 => second != 168,
        _ => true,
    };
}
