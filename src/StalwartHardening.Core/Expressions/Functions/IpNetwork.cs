using System.Globalization;

namespace StalwartHardening.Expressions.Functions;

/// <summary>
/// A network as <c>is_ip_in_cidr</c> reads it (<c>types/ipmask.rs</c>, 0.16.18): an address, or an address and a prefix of at least 8 bits. Shorter
/// prefixes, like everything else that is unreadable, hold no address at all.
/// </summary>
internal readonly struct IpNetwork
{
    private const int MinPrefix = 8;

    private IpNetwork(byte[] address, int prefix)
    {
        Address = address;
        Prefix = prefix;
    }

    /// <summary>4 or 16 bytes; those beyond the prefix may be anything.</summary>
    public byte[] Address { get; }

    /// <summary>The bits that count.</summary>
    public int Prefix { get; }

    private bool IsSingle => Prefix == Address.Length * 8;

    public static bool Holds(string network, string address) =>
        TryParse(network, out var read) && IpText.Parse(address) is { } bytes && read.Holds(bytes);

    public static bool TryParse(string text, out IpNetwork network)
    {
        network = default;
        var slash = text.LastIndexOf('/');
        if (IpText.Parse((slash < 0 ? text : text.Substring(0, slash)).Trim()) is not { } address)
            return false;
        var bits = address.Length * 8;
        var prefix = bits;
        if (slash >= 0)
        {
            var digits = text.Substring(slash + 1).Trim();
            if (digits.StartsWith("+", StringComparison.Ordinal))
                digits = digits.Substring(1);
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix < MinPrefix || prefix > bits)
                return false;
        }

        network = new IpNetwork(address, prefix);
        return true;
    }

    private bool Holds(byte[] address)
    {
        if (address.Length == Address.Length)
            return Agree(address);
        if (Address.Length == 16)
            return Agree(Mapped(address));

        // A whole address stands for its IPv4-mapped form; a network also for the older form without ffff.
        return IsMapped(address) || (!IsSingle && IsCompatible(address)) ? Agree(address.AsSpan(12).ToArray()) : false;
    }

    private bool Agree(byte[] address)
    {
        for (var bit = 0; bit < Prefix; bit += 8)
        {
            var mask = Prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (Prefix - bit)) & 0xFF;
            if (((address[bit / 8] ^ Address[bit / 8]) & mask) != 0)
                return false;
        }

        return true;
    }

    private static byte[] Mapped(byte[] address)
    {
        var mapped = new byte[16];
        mapped[10] = mapped[11] = 0xFF;
        address.CopyTo(mapped, 12);
        return mapped;
    }

    private static bool IsMapped(byte[] address) => IsZero(address, 10) && address[10] == 0xFF && address[11] == 0xFF;

    private static bool IsCompatible(byte[] address) => IsZero(address, 12);

    private static bool IsZero(byte[] address, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (address[i] != 0)
                return false;
        }

        return true;
    }
}
