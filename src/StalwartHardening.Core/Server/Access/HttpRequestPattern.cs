using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;

namespace StalwartHardening.Server.Access;

/// <summary>The parts of a request that a pattern leaves open.</summary>
[Flags]
internal enum HttpRequestParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The client's address: any public one.</summary>
    RemoteIp = 1,

    /// <summary>The client's port.</summary>
    RemotePort = 2,

    /// <summary>How the path is asked for: query, absolute form, authority. The path itself is given.</summary>
    TargetForm = 4,

    /// <summary>The path, and with it the whole target.</summary>
    Path = 8,

    /// <summary>The method.</summary>
    Method = 16,

    /// <summary>The headers.</summary>
    Headers = 32,

    /// <summary>The listener, its address and port, and whether TLS is used.</summary>
    Listener = 64,

    /// <summary>With <see cref="RemoteIp"/>: every address, not only public ones.</summary>
    AnyAddress = 128,

    /// <summary>Everything a client elsewhere chooses once listener, path and method are given.</summary>
    ChosenByClient = RemoteIp | RemotePort | TargetForm | Headers,
}

/// <summary>A kind of requests: one example, and the parts in which the others may differ from it.</summary>
/// <param name="Example">The example.</param>
/// <param name="Open">The parts in which others may differ.</param>
internal sealed record HttpRequestPattern(HttpRequest Example, HttpRequestParts Open)
{
    internal bool IsOpen(HttpRequestParts part) => (Open & part) != 0;

    internal AbstractValue Get(HttpVariable variable, HttpRequestContext example) => variable switch
    {
        HttpVariable.RemoteIp when IsOpen(HttpRequestParts.AnyAddress) => AbstractValue.Anything,
        HttpVariable.RemoteIp when IsOpen(HttpRequestParts.RemoteIp) => AbstractValue.AnyPublicAddress,
        HttpVariable.RemotePort when IsOpen(HttpRequestParts.RemotePort) => AbstractValue.Anything,
        HttpVariable.Url when IsOpen(HttpRequestParts.TargetForm | HttpRequestParts.Path) => AbstractValue.Anything,
        HttpVariable.UrlPath when IsOpen(HttpRequestParts.Path) => AbstractValue.Anything,
        HttpVariable.Method when IsOpen(HttpRequestParts.Method) => AbstractValue.Anything,
        HttpVariable.Headers when IsOpen(HttpRequestParts.Headers) => AbstractValue.Anything,
        HttpVariable.IsTls when IsOpen(HttpRequestParts.Listener) => AbstractValue.Undecided,
        HttpVariable.Protocol when IsOpen(HttpRequestParts.Listener) => AbstractValue.From(ExpressionValue.From("http"), ExpressionValue.From("https")),
        HttpVariable.Listener or HttpVariable.LocalIp or HttpVariable.LocalPort when IsOpen(HttpRequestParts.Listener) => AbstractValue.Anything,
        _ => AbstractValue.From(example.Get(variable)),
    };
}
