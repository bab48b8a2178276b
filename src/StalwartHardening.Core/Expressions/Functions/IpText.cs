using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Expressions.Functions;

/// <summary>Addresses in expressions: strict, without networks, brackets or zones.</summary>
internal static class IpText
{
    /// <summary>4 or 16 bytes, or null.</summary>
    public static byte[]? Parse(string text)
    {
        var bytes = new byte[16];
        if (!IpAddressText.TryParse(text.AsSpan(), bytes, out var isIPv4))
            return null;
        return isIPv4 ? bytes.AsSpan(0, 4).ToArray() : bytes;
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
