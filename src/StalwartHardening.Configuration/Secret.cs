using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Generations;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>A password or key, as it is written into the configuration: where to find it, or what to compare it with.</summary>
public sealed partial class Secret
{
    private Secret(string text) => Text = text;

    internal string Text { get; }

    /// <summary>Taken from an environment variable when the server starts. Set it: an unset one is an empty text.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a brace or a percent sign.</exception>
    [SettingText("%{env:{variable}}%")]
    public static partial Secret FromEnvironment(string variable);

    /// <summary>
    /// Taken from a file when the server starts, final line break included. Make sure that it exists: where it does not, the
    /// macro's own text is the password.
    /// </summary>
    /// <param name="path">The file's path on the mail server.</param>
    /// <exception cref="ArgumentException">The path is empty or holds a brace or a percent sign.</exception>
    [SettingText("%{file:{path}}%")]
    public static partial Secret FromFile(string path);

    /// <summary>A hash that passwords are compared with: <c>$argon2id$…</c>, <c>$6$…</c>, <c>{SSHA512}…</c>. Only for passwords of people, not for keys.</summary>
    /// <param name="hash">The hash with its scheme.</param>
    /// <exception cref="ArgumentException">The text does not begin like a hash, or like none the server knows.</exception>
    [SettingText("{hash}")]
    public static Secret Hash(string hash)
    {
        if (string.IsNullOrEmpty(hash) || hash[0] is not ('$' or '{' or '_')
            || StalwartHardening.Server.Accounts.Secret.NeverMatches(hash, SettingsGeneration.Instance.FeaturesOf(ServerVersion.Newest))
            || hash.StartsWith("{PLAIN}", StringComparison.OrdinalIgnoreCase) || hash.StartsWith("{CLEAR}", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("This is not a password hash that the server knows.", nameof(hash));
        return new Secret(hash);
    }

    /// <summary>The password itself, readable for everybody who can read the program, its repository or the file it writes. For throw-away test servers.</summary>
    /// <param name="text">The password.</param>
    [SettingText("{text}")]
    public static Secret InsecurePlainText(string text) => new(text);

    /// <summary>Never the secret.</summary>
    public override string ToString() => nameof(Secret);
}
