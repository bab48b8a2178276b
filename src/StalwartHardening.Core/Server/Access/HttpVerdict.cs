using StalwartHardening.Expressions;

namespace StalwartHardening.Server.Access;

/// <summary>What becomes of one request, before anything else of the server sees it.</summary>
internal enum HttpDecision
{
    /// <summary>The request goes on to the endpoint.</summary>
    LetThrough,

    /// <summary>The request is answered with the status.</summary>
    Refused,

    /// <summary>Depends on something that is not known here: a macro, a store, the DNS.</summary>
    Unknown,
}

/// <summary>What access control does with one request.</summary>
/// <param name="Decision">Whether the request goes on.</param>
/// <param name="Status">The status the setting came to, 200 where it came to none.</param>
/// <param name="HasStatus">Whether the setting came to a status at all; without one the server lets through.</param>
internal readonly record struct HttpVerdict(HttpDecision Decision, int Status, bool HasStatus)
{
    internal static HttpVerdict Unknown => new(HttpDecision.Unknown, 0, false);

    /// <summary>No status is 200, and 200 is let through (<c>request.rs</c>, 0.15.5); any other status is the answer.</summary>
    internal static HttpVerdict From(in ExpressionValue? value)
    {
        if (value is not { } known || !AccessStatus.TryGet(known, out var status))
            return new HttpVerdict(HttpDecision.LetThrough, AccessStatus.Allowed, false);
        return new HttpVerdict(status == AccessStatus.Allowed ? HttpDecision.LetThrough : HttpDecision.Refused, status, true);
    }
}
