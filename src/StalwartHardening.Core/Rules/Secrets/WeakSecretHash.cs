using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Secrets;

/// <summary>A password hash that is undone quickly.</summary>
internal sealed class WeakSecretHash() : Rule(
    id: "SWH4002",
    title: "Use a password hashing algorithm",
    message: "'{0}' holds {1}: anybody who gets the file can find the password by trying. Write a hash of Argon2, scrypt, bcrypt or '$6$'.",
    why: "MD5, SHA-1 and SHA-256 are made to be fast: one graphics card tries billions of passwords a second, and without salt a table of known hashes is enough. Argon2, scrypt, PBKDF2 and bcrypt are made to be slow (NIST SP 800-63B revision 3, 5.1.1.2).",
    remedy: "Hash the password again, for example with `argon2` or `openssl passwd -6`, and replace the old hash.")
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "A new hash can only be made from the password, which nobody but its owner knows.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var secret in server.Secrets)
        {
            if (secret.Form is not (SecretForm.WeakHash or SecretForm.FastHash))
                continue;
            judgement.Add(new Finding(
                this,
                secret.Setting.ValueSpan,
                secret.Setting.Key,
                Display.Text(secret.Setting.Key),
                secret.Form == SecretForm.WeakHash ? "a hash without salt or of a broken algorithm" : "a hash that is computed fast")
            {
                SeverityOverride = secret.Form == SecretForm.FastHash ? RuleSeverity.Info : null,
            });
        }
    }
}
