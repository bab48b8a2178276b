using System.Net;
using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Values of the framework that occur in settings: addresses, end points, durations.</summary>
internal static class FrameworkValues
{
    public static Value? Of(ISymbol member)
    {
        if (!member.IsStatic || !IsFramework(member.ContainingType))
            return null;
        return (member.ContainingType.Name, member.Name) switch
        {
            ("IPAddress", "Any") => new KnownValue(IPAddress.Any),
            ("IPAddress", "IPv6Any") => new KnownValue(IPAddress.IPv6Any),
            ("IPAddress", "Loopback") => new KnownValue(IPAddress.Loopback),
            ("IPAddress", "IPv6Loopback") => new KnownValue(IPAddress.IPv6Loopback),
            ("TimeSpan", "Zero") => new KnownValue(TimeSpan.Zero),
            ("String", "Empty") => new KnownValue(""),
            _ => null,
        };
    }

    public static Value? Create(IMethodSymbol? constructor, Arguments arguments)
    {
        if (constructor is null || !IsFramework(constructor.ContainingType))
            return null;
        var contents = constructor.Parameters.Select(parameter => arguments.TryGetValue(parameter, out var argument) ? argument.Content : null).ToArray();
        return (constructor.ContainingType.Name, contents) switch
        {
            ("IPEndPoint", [IPAddress address, int port]) when port is >= 0 and <= 65535 => new KnownValue(new IPEndPoint(address, port)),
            ("TimeSpan", [int hours, int minutes, int seconds]) => Duration(() => new TimeSpan(hours, minutes, seconds)),
            ("TimeSpan", [int days, int hours, int minutes, int seconds]) => Duration(() => new TimeSpan(days, hours, minutes, seconds)),
            ("TimeSpan", [long ticks]) => new KnownValue(new TimeSpan(ticks)),
            _ => null,
        };
    }

    public static Value? Call(IMethodSymbol method, IReadOnlyList<object?> contents)
    {
        if (!method.IsStatic || !IsFramework(method.ContainingType))
            return null;
        switch (method.ContainingType.Name, method.Name)
        {
            case ("IPAddress", "Parse") when contents is [string text]:
                return IPAddress.TryParse(text, out var address) ? new KnownValue(address) : null;
            case ("IPEndPoint", "Parse") when contents is [string text]:
                return EndPoint(text) is { } endPoint ? new KnownValue(endPoint) : null;
            case ("TimeSpan", var name) when contents.Count > 0 && contents[0] is int or long or double && contents.Skip(1).All(static rest => rest is 0 or 0L):
                var count = Convert.ToDouble(contents[0], System.Globalization.CultureInfo.InvariantCulture);
                return name switch
                {
                    "FromDays" => Duration(() => TimeSpan.FromDays(count)),
                    "FromHours" => Duration(() => TimeSpan.FromHours(count)),
                    "FromMinutes" => Duration(() => TimeSpan.FromMinutes(count)),
                    "FromSeconds" => Duration(() => TimeSpan.FromSeconds(count)),
                    "FromMilliseconds" => Duration(() => TimeSpan.FromMilliseconds(count)),
                    _ => null,
                };
            default:
                return null;
        }
    }

    public static bool IsFramework(ITypeSymbol? type) => type?.ContainingNamespace is { } space && (IsSystem(space) || space is { Name: "Net" } && IsSystem(space.ContainingNamespace));

    private static bool IsSystem(INamespaceSymbol? space) => space is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    private static KnownValue? Duration(Func<TimeSpan> create)
    {
        try
        {
            return new KnownValue(create());
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static IPEndPoint? EndPoint(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && IPAddress.TryParse(text.Substring(0, colon).Trim('[', ']'), out var address)
            && int.TryParse(text.Substring(colon + 1), out var port) && port is >= 0 and <= 65535
            ? new IPEndPoint(address, port)
            : null;
    }
}
