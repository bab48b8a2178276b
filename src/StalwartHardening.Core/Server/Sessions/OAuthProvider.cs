using StalwartHardening.Settings;

namespace StalwartHardening.Server.Sessions;

/// <summary>What the server hands out as an OAuth and OpenID provider.</summary>
/// <param name="AnonymousRegistration">Whether anybody may register clients.</param>
internal sealed record OAuthProvider(BooleanSetting AnonymousRegistration)
{
    /// <summary>Whether anybody may where nothing is said, so that it is nobody's mistake.</summary>
    public bool IsOpenByDefault { get; init; }

    /// <summary>Where to say so; null where the configuration has no place for what it leaves as it is.</summary>
    public Setting? Place { get; init; }
}
