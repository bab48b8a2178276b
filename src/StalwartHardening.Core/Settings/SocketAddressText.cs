using System.Globalization;

namespace StalwartHardening.Settings;

/// <summary>An address with a port as text, <c>1.2.3.4:25</c> or <c>[::]:25</c>: where one ends and the other begins. Whether either is any good is another question.</summary>
internal static class SocketAddressText
{
    /// <summary>Where the address ends and its port follows, at the last colon; -1 where there is none.</summary>
    public static int EndOfHost(ReadOnlySpan<char> text) => text.LastIndexOf(':');

    /// <summary>The address without brackets; all of the text where it has no port.</summary>
    public static string Host(string text) => EndOfHost(text.AsSpan()) is >= 0 and var colon ? text.Substring(0, colon).Trim('[', ']') : text;

    /// <summary>The same address with another port.</summary>
    public static string WithPort(string text, int port) => text.Substring(0, EndOfHost(text.AsSpan()) + 1) + port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The same port, if there is one, at <paramref name="host"/>, which is in brackets where it needs them.</summary>
    public static string WithHost(string text, string host) => host + text.Substring(Math.Max(0, EndOfHost(text.AsSpan())));

    /// <summary>Takes a text apart; what is in brackets may hold colons. False where one of the two is not there.</summary>
    public static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
    {
        host = port = default;
        if (!text.IsEmpty && text[0] == '[')
        {
            var bracket = text.LastIndexOf(']');
            if (bracket < 0 || bracket + 1 >= text.Length || text[bracket + 1] != ':')
                return false;
            host = text.Slice(1, bracket - 1);
            port = text.Slice(bracket + 2);
            return true;
        }

        var colon = EndOfHost(text);
        if (colon < 0)
            return false;
        host = text.Slice(0, colon);
        port = text.Slice(colon + 1);
        return true;
    }
}
