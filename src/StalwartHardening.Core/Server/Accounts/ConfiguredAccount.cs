using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>An account that exists only in the configuration: a user name and a secret under fixed keys.</summary>
/// <param name="User">The setting with the name; its value is where findings point.</param>
/// <param name="Secret">The setting with the secret.</param>
internal sealed record ConfiguredAccount(Setting User, Setting Secret)
{
    /// <summary>Whether the account is another one's under a second name, and cannot be removed by itself.</summary>
    public bool IsBorrowed { get; init; }

    /// <summary>The edits that end the account.</summary>
    public IReadOnlyList<SettingEdit> Remove() => IsBorrowed ? [] : [new SettingEdit.Remove(User.Key), new SettingEdit.Remove(Secret.Key)];

    /// <summary>The edit that takes the secret from where <paramref name="macro"/> says.</summary>
    public SettingEdit TakeSecretFrom(string macro) => new SettingEdit.Set(Secret.Key, macro);

    /// <summary>
    /// Reads the account below <paramref name="key"/>. It needs both keys as single values; a list or a table under them is
    /// not read (<c>jmap/settings.rs, auth/mod.rs</c>). A secret that can never match leaves no way in.
    /// </summary>
    public static ConfiguredAccount? Read(SettingsDocument document, string key, ServerFeatures features) =>
        document.TryGet(SettingPath.Join(key, "user"), out var user)
        && document.TryGet(SettingPath.Join(key, "secret"), out var secret)
        && !Accounts.Secret.NeverMatches(secret.Value, features)
            ? new ConfiguredAccount(user, secret)
            : null;
}
