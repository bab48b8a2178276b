using StalwartHardening.Settings;

namespace StalwartHardening.Server.Sessions;

/// <summary>What the server hands out as an OAuth and OpenID provider.</summary>
/// <param name="AnonymousRegistration">Whether anybody may register clients.</param>
public sealed record OAuthProvider(BooleanSetting AnonymousRegistration);
