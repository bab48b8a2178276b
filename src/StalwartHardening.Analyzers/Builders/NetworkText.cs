using System.Globalization;
using System.Net;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A <c>System.Net.IPNetwork</c>, which the framework that analyzers are written for does not have.</summary>
internal sealed record NetworkText(IPAddress Address, int Length)
{
    /// <summary>Whether something of the address stands after the prefix.</summary>
    public bool HasHostBits
    {
        get
        {
            var bytes = Address.GetAddressBytes();
            for (var bit = Length; bit < bytes.Length * 8; bit++)
            {
                if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>The network; null where an address has no such prefix.</summary>
    public static NetworkText? Create(IPAddress address, int length) => length >= 0 && length <= address.GetAddressBytes().Length * 8 ? new NetworkText(address, length) : null;

    /// <summary>The network that a text names; null where it names none.</summary>
    public static NetworkText? Parse(string text) =>
        text.LastIndexOf('/') is > 0 and var slash && IPAddress.TryParse(text.Substring(0, slash), out var address)
        && int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? Create(address, length) : null;

    /// <inheritdoc/>
    public override string ToString() => Address + "/" + Length.ToString(CultureInfo.InvariantCulture);
}
