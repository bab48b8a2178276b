using StalwartHardening.Server.Accounts;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>
/// The recovery administrator of servers from 0.16 on. It is no setting: the environment variable holds <c>user:secret</c>, is read at every
/// start and compared with every log-in before any account, in recovery mode or not (<c>store/src/registry/local.rs</c>,
/// <c>common/src/auth/authentication.rs</c>, 0.16.18).
/// </summary>
internal static class RecoveryAdministrator
{
    /// <summary>The variable.</summary>
    public const string Variable = "STALWART_RECOVERY_ADMIN";

    /// <summary>The first version that reads it.</summary>
    public static ServerVersion Since => new(16, 0);

    /// <summary>What the rules find about an environment that sets the variable; nothing where the value is empty.</summary>
    /// <param name="value">The value, with <see cref="Setting.UnknownPart"/> for each part that is not known.</param>
    /// <param name="entry">The place of the variable's name.</param>
    /// <param name="valuePlace">The place of the value.</param>
    /// <param name="holder">What the value is in, as in "anybody who reads it": the program, the file.</param>
    public static IReadOnlyList<Finding> Judge(string value, SourceSpan entry, SourceSpan valuePlace, string holder)
    {
        value = value.Trim();
        if (value.Length == 0)
            return [];
        var colon = value.IndexOf(':');
        var user = colon > 0 ? value.Substring(0, colon) : "";
        var secret = colon >= 0 ? value.Substring(colon + 1) : value;
        var isLiteral = secret.Length > 0 && secret.IndexOf(Setting.UnknownPart) < 0 && !Secret.IsHash(secret);
        var who = user.Length > 0 && user.IndexOf(Setting.UnknownPart) < 0 ? $"The recovery administrator '{Display.Text(user)}'" : "A recovery administrator";
        var findings = new List<Finding>
        {
            new(RuleCatalog.Find("SWH3001")!, entry, Variable)
            {
                Wording = $"{who} is active as long as '{Variable}' is set, in every mode of the server: one password with every permission on every protocol"
                    + (isLiteral ? $", and {holder} holds it. " : ". ")
                    + "Remove the variable once an administrator exists.",
            },
        };
        if (isLiteral)
        {
            findings.Add(WellKnownSecrets.Contains(secret, Variable)
                ? new Finding(RuleCatalog.Find("SWH4003")!, valuePlace, Variable, Variable, "an example, a default or a word to be replaced")
                : new Finding(RuleCatalog.Find("SWH4001")!, valuePlace, Variable)
                {
                    Wording = $"'{Variable}' holds a password in plain text: everybody who can read {holder}, its backups or its version history has it. Take it from a secret store, or write a strong hash of it.",
                });
        }

        return findings;
    }
}
