using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Secrets;

/// <summary>A secret that everybody who reads the file knows.</summary>
internal sealed class PlainTextSecret() : Rule(
    id: "SWH4001",
    title: "Keep secrets out of the file",
    message: "'{0}' holds {1} in plain text: everybody who can read the file, its backups or its version history has it. {2}",
    why: "A configuration is copied, backed up, committed and sent to others when something does not work; a secret in it goes along (CWE-798). The server can take it from elsewhere when it starts: `%{env:NAME}%` from the environment, `%{file:/path}%` from a file that only the server may read.",
    remedy: "Write `%{env:NAME}%` or `%{file:/path}%` in its place, and change the secret if the file has been shared. For passwords of accounts a strong hash will do (`$argon2id$…`, `$6$…`).",
    whyInPlan: "A plan is copied, backed up, committed and sent to others when something does not work; a secret in it goes along (CWE-798). The server can take most secrets from elsewhere: an `@type` of `EnvironmentVariable` with a `variableName`, or of `File` with a `filePath` that only the server may read.",
    remedyInPlan: "Write a secret of `@type` `EnvironmentVariable` or `File` in its place, and change it if the plan has been shared. For passwords of accounts a strong hash will do (`$argon2id$…`, `$6$…`).")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var secret in server.Secrets)
        {
            if (secret.Form != SecretForm.PlainText)
                continue;
            judgement.Add(new Finding(this, secret.Setting.ValueSpan, secret.Setting.Key, Display.Text(secret.Setting.Key), Describe(secret.Use), Advice(secret.Use, server.Features))
            {
                Subject = secret,

                // Plans are run once; who reads the server's database finds a hash.
                SeverityOverride = secret.IsHashedByServer ? RuleSeverity.Info : null,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) => SecretRemedies.FromEnvironment(this, server, finding);

    private static string Describe(SecretUse use) => use switch
    {
        SecretUse.Password => "a password",
        SecretUse.Key => "a signing key",
        SecretUse.PrivateKey => "a private key",
        _ => "a secret of another service",
    };

    private static string Advice(SecretUse use, ServerFeatures features) =>
        use == SecretUse.Password ? "Write a strong hash of it."
        : features.HasNoMacros ? "Read it from the environment or from a file: '@type' of 'EnvironmentVariable' with 'variableName', or of 'File' with 'filePath'."
        : !features.HasBareEnvironmentMacros ? "Read it from the environment or from a file: '%{env:NAME}%', '%{file:/path}%'."
        : "Take it from the environment: '!NAME'.";
}
