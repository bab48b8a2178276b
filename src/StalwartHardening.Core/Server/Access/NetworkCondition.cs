using System.Globalization;
using System.Net;

namespace StalwartHardening.Server.Access;

/// <summary>"The client is in this network" in the server's expression language, which knows addresses only as text.</summary>
internal static class NetworkCondition
{
    /// <summary>
    /// Writes the condition for an address or <c>address/prefix</c>. IPv4 takes every prefix from 1 to 32; IPv6 whole addresses and prefixes that end
    /// between two groups, none of which is zero, because the text of an address drops zeros.
    /// </summary>
    public static bool TryWrite(string network, out string condition)
    {
        condition = "";
        var slash = network.IndexOf('/');
        var address = slash < 0 ? network : network.Substring(0, slash);
        Span<byte> bytes = stackalloc byte[16];
        if (!IpAddressText.TryParse(address.AsSpan(), bytes, out var isIPv4))
            return false;
        var bits = isIPv4 ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(network.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix < 1 || prefix > bits))
            return false;
        if (isIPv4)
        {
            condition = IPv4(bytes, prefix);
            return true;
        }

        return TryWriteIPv6(bytes, prefix, out condition);
    }

    private static string IPv4(ReadOnlySpan<byte> bytes, int prefix)
    {
        var whole = prefix / 8;
        var text = "";
        for (var i = 0; i < whole; i++)
            text += bytes[i].ToString(CultureInfo.InvariantCulture) + (i < 3 ? "." : "");
        if (prefix == 32)
            return "remote_ip == '" + text + "'";
        var start = whole == 0 ? "is_ipv4_addr(remote_ip)" : "starts_with(remote_ip, '" + text + "')";
        var rest = prefix % 8;
        if (rest == 0)
            return start;
        var low = bytes[whole] & (0xFF << (8 - rest)) & 0xFF;
        var high = low | (0xFF >> rest);
        var part = "split(remote_ip, '.')[" + whole.ToString(CultureInfo.InvariantCulture) + "]";
        return $"({start} && {part} >= {low.ToString(CultureInfo.InvariantCulture)} && {part} <= {high.ToString(CultureInfo.InvariantCulture)})";
    }

    private static bool TryWriteIPv6(ReadOnlySpan<byte> bytes, int prefix, out string condition)
    {
        condition = "";
        if (prefix == 128)
        {
            // Both write the shortest form of RFC 5952; addresses with an IPv4 address in them differ.
            var isLoopback = IpAddressText.IsLoopback(bytes, isIPv4: false) && bytes[15] == 1;
            if (!isLoopback && bytes.Slice(0, 10).SequenceEqual(stackalloc byte[10]))
                return false;
            condition = "remote_ip == '" + new IPAddress(bytes.Slice(0, 16).ToArray()).ToString() + "'";
            return true;
        }

        if (prefix % 16 != 0)
            return false;
        var text = "";
        for (var group = 0; group < prefix / 16; group++)
        {
            var value = (bytes[group * 2] << 8) | bytes[(group * 2) + 1];
            if (value == 0)
                return false;
            text += value.ToString("x", CultureInfo.InvariantCulture) + ":";
        }

        condition = "starts_with(remote_ip, '" + text + "')";
        return true;
    }
}
