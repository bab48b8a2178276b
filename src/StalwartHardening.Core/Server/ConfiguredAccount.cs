using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>An account that exists only in the configuration: a user name and a secret under fixed keys.</summary>
/// <param name="User">The setting with the name; its value is where findings point.</param>
/// <param name="Secret">The setting with the secret.</param>
public sealed record ConfiguredAccount(Setting User, Setting Secret)
{
    /// <summary>
    /// Reads the account below <paramref name="prefix"/>. It needs both keys as single values; a list or a table under them is
    /// not read (<c>jmap/settings.rs, auth/mod.rs</c>). A secret that can never match leaves no way in.
    /// </summary>
    public static ConfiguredAccount? Read(SettingsDocument document, string prefix, ServerVersion version) =>
        document.TryGet(prefix, prefix.Length, ".user", out var user)
        && document.TryGet(prefix, prefix.Length, ".secret", out var secret)
        && !Server.Secret.NeverMatches(secret.Value, version)
            ? new ConfiguredAccount(user, secret)
            : null;
}
