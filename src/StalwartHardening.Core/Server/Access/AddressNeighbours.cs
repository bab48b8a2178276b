using System.Globalization;
using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Access;

/// <summary>Addresses of other networks that a comparison of addresses as texts may take for the ones it means.</summary>
internal static class AddressNeighbours
{
    // The private part of each is smaller: RFC 1918, RFC 3927, RFC 6598.
    private static readonly (string Text, string Address, string Private)[] LargerThanPrivate =
    [
        ("192.", "192.0.2.7", "'192.168.'"),
        ("172.", "172.217.16.7", "'172.16.' to '172.31.'"),
        ("169.", "169.1.2.7", "'169.254.'"),
        ("100.", "100.1.2.7", "'100.64.' to '100.127.'"),
    ];

    public static IEnumerable<(string Address, string Advice)> Of(AddressComparison comparison)
    {
        foreach (var text in comparison.Texts)
        {
            var isOfIPv4 = text.All(static c => c is (>= '0' and <= '9') or '.') && text.Any(static c => c != '.');
            foreach (var neighbour in isOfIPv4 ? IPv4(text, comparison) : IPv6(text))
            {
                if (IpText.Parse(neighbour.Address) is not null)
                    yield return neighbour;
            }
        }
    }

    private static IEnumerable<(string Address, string Advice)> IPv4(string text, AddressComparison comparison)
    {
        var start = text.Trim('.');
        var parts = start.Split('.');
        if (parts.Length > 4)
            yield break;
        var compared = $"because '{text}' is compared as text. ";
        if (comparison.IsOrdering)
        {
            for (var digit = '0'; digit <= '9'; digit++)
                yield return (Filled(parts[0] + digit), $"because texts are not ordered as numbers are: {parts[0]}{digit}. comes right after {parts[0]}. there. Compare beginnings, with starts_with");
        }
        else if (text[0] != '.')
        {
            // One more digit makes another number.
            for (var digit = '0'; digit <= '9'; digit++)
            {
                var advice = comparison.IsPattern ? $"because a dot in a pattern matches any character and a number may continue after it. Write '{start.Replace(".", "[.]")}[.]'"
                    : parts.Length == 4 ? $"because '{text}' is compared as text. Compare with '==' if one address is meant"
                    : compared + $"Write '{start}.' if that is meant";
                yield return (Filled(start + digit), advice);
            }

            if (text[text.Length - 1] == '.' || parts.Length > 1)
            {
                foreach (var (wide, address, narrow) in LargerThanPrivate)
                {
                    if (text == wide)
                        yield return (address, $"because '{text}' is more than the private networks {narrow}. Write those if they are meant");
                }

                if (parts.Length is 2 or 3 && parts[0] == "192" && parts[1].Length == 3 && parts[1][0] == '1' && parts[1] != "168")
                    yield return (Filled(start), $"because '{text}' is a public network. Write '192.168.{(parts.Length == 3 ? parts[2] + "." : "")}' if that is meant");
                if (parts.Length == 2 && start == "172.32")
                    yield return (Filled(start), $"because '{text}' is a public network; the private ones end with '172.31.'");
            }
        }

        if (!comparison.IsAnywhere || comparison.IsOrdering)
            yield break;
        const string Anywhere = "because the text may appear anywhere in an address. Compare its beginning, with starts_with";
        for (var digit = '1'; digit <= '2'; digit++)
            yield return (Filled(digit + start), Anywhere);
        yield return (Filled("8." + start), Anywhere);
        for (var i = parts.Length; i < 4; i++)
            start = "8." + start;
        yield return (start, Anywhere);
    }

    private static IEnumerable<(string Address, string Advice)> IPv6(string text)
    {
        // A group may go on until it has four digits. Beyond 2000::/3 nobody is a stranger.
        var group = text.Length - 1 - text.LastIndexOf(':');
        if (text.IndexOf(':') < 0 || group is 0 or > 3 || text.Any(static c => c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or ':')))
            yield break;
        var address = text + "a" + (text.IndexOf("::", StringComparison.Ordinal) < 0 && text.Count(static c => c == ':') < 7 ? "::7" : "");
        if (PublicAddress.IsPublic(address))
            yield return (address, $"because '{text}' is compared as text. Write '{text}:' if that is meant");
    }

    private static string Filled(string start)
    {
        var parts = start.Split('.').Length;
        var address = start;
        for (; parts < 4; parts++)
            address += ".7";
        return address;
    }
}
