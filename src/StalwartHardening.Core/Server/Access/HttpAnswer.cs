namespace StalwartHardening.Server.Access;

/// <summary>What access control does with all requests of a kind.</summary>
internal enum HttpAnswer
{
    /// <summary>Every one of them is refused.</summary>
    AlwaysRefused,

    /// <summary>Some may be let through.</summary>
    MayBeLetThrough,

    /// <summary>Every one of them is let through.</summary>
    AlwaysLetThrough,
}
