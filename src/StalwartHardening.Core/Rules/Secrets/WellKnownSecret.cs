using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Secrets;

/// <summary>A secret that everybody knows.</summary>
internal sealed class WellKnownSecret() : Rule(
    id: "SWH4003",
    title: "Replace example and default secrets",
    message: "'{0}' holds {1}: attackers try it first. Replace it with a random one that is kept outside the file.",
    why: "Words like `changeme`, the passwords of examples and the defaults of products are on every list of passwords, and short keys are found by trying. Anybody who can reach what the secret protects gets in.",
    remedy: "Make a random secret, for example with `openssl rand -base64 32`, and take it from the environment (`%{env:NAME}%`) or from a file (`%{file:/path}%`).",
    remedyInPlan: "Make a random secret, for example with `openssl rand -base64 32`, and have the server take it from the environment or a file (`@type` `EnvironmentVariable` or `File`); for the password of an account write a strong hash.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var secret in server.Secrets)
        {
            if (secret.Form != SecretForm.WellKnown)
                continue;
            judgement.Add(new Finding(
                this,
                secret.Setting.ValueSpan,
                secret.Setting.Key,
                Display.Text(secret.Setting.Key),
                secret.Setting.Value.Length == 0 || secret.Setting.Value[secret.Setting.Value.Length - 1] == '}' ? "nothing, and the empty password logs in"
                : secret.Use == SecretUse.Key ? "a key that is short, an example or a default" : "an example, a default or a word to be replaced")
            {
                Subject = secret,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) => SecretRemedies.FromEnvironment(this, server, finding);
}
