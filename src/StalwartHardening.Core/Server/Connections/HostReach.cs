using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Connections;

/// <summary>How far away another program is, as far as its name tells.</summary>
internal enum HostReach
{
    /// <summary>Nobody knows yet.</summary>
    Unknown,

    /// <summary>On the machine itself: a loopback address, a socket in the file system.</summary>
    ThisMachine,

    /// <summary>A name that only containers or machines of one house know (<c>postgres</c>, <c>db.svc.cluster.local</c>): probably near.</summary>
    Neighbourhood,

    /// <summary>Across a network.</summary>
    Network,
}

internal static class HostReaches
{
    private static readonly string[] LocalSuffixes = [".local", ".internal", ".svc", ".localdomain", ".lan", ".home.arpa"];

    /// <summary>How far <paramref name="host"/> is away: a name or an address, in brackets or not.</summary>
    public static HostReach Of(string host)
    {
        host = host.Trim().Trim('[', ']').TrimEnd('.');
        // A placeholder that another program fills in is no name.
        if (host.Length == 0 || host.IndexOf(Setting.UnknownPart) >= 0 || host.IndexOfAny(['$', '{', '<']) >= 0)
            return HostReach.Unknown;
        if (host[0] is '/' or '@' or '.' || host.StartsWith("%2f", StringComparison.OrdinalIgnoreCase) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return HostReach.ThisMachine;
        Span<byte> bytes = stackalloc byte[16];
        if (IpAddressText.TryParse(host.AsSpan(), bytes, out var isIPv4))
            return IpAddressText.IsLoopback(bytes, isIPv4) ? HostReach.ThisMachine : HostReach.Network;
        if (host.IndexOf('.') < 0)
            return HostReach.Neighbourhood;
        foreach (var suffix in LocalSuffixes)
        {
            if (host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return HostReach.Neighbourhood;
        }

        return HostReach.Network;
    }
}

/// <summary>An address of the form <c>scheme://user:password@host:port/path</c>, as far as it is known.</summary>
/// <param name="Scheme">In lower case; empty where there is none.</param>
/// <param name="Host">The host; empty where there is none.</param>
/// <param name="Port">The port; null where none is written, or nobody knows it.</param>
/// <param name="HasPassword">Whether a password is in it.</param>
internal readonly record struct ServiceAddress(string Scheme, string Host, int? Port, bool HasPassword)
{
    /// <summary>Takes a text apart in which unknown parts are masked.</summary>
    public static ServiceAddress Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = start;
        while (end < text.Length && text[end] is not ('/' or '?' or '#' or ',' or ' '))
            end++;
        var authority = text.Substring(start, end - start);
        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : authority.Substring(0, at);
        authority = authority.Substring(at + 1);
        var colon = authority.Length > 0 && authority[0] == '[' ? authority.IndexOf("]:", StringComparison.Ordinal) + 1 : authority.LastIndexOf(':');

        // An IPv6 address by itself has more than one, and no port.
        if (colon > 0 && authority[0] != '[' && authority.IndexOf(':') != colon)
            colon = -1;
        var host = colon > 0 ? authority.Substring(0, colon) : authority;
        int? port = colon > 0 && int.TryParse(authority.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new ServiceAddress(scheme < 0 ? "" : text.Substring(0, scheme).ToLowerInvariant(), host, port, user.IndexOf(':') >= 0 && user.IndexOf(':') < user.Length - 1);
    }
}
