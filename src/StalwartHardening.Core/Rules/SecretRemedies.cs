using System.Text;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>What ends a finding about a secret that stands in the file.</summary>
internal static class SecretRemedies
{
    /// <summary>Takes the secret from an environment variable that is named after its setting.</summary>
    public static IEnumerable<Remedy> FromEnvironment(Rule rule, ServerConfiguration server, Finding finding)
    {
        // Macros of this form exist since 0.7.0 (config/mod.rs).
        if (finding.Subject is not WrittenSecret { IsWholeValue: true } secret || server.Features.HasBareEnvironmentMacros)
            yield break;
        var variable = VariableFor(secret.Setting.Key);
        if (server.Features.HasNoMacros)
        {
            // Passwords of accounts, and keys that are no objects, have no other form.
            const string Field = "/secret";
            if (secret.Use == SecretUse.Password || !secret.Setting.Key.EndsWith(Field, StringComparison.Ordinal))
                yield break;
            var own = secret.Setting.Key.Substring(0, secret.Setting.Key.Length - Field.Length);
            yield return new Remedy(
                $"Take it from the environment variable {variable} (what needs it stops working until the variable is set)",
                $"review/{rule.Id}/from-environment",
                RemedySafety.Review,
                [new SettingEdit.Remove(secret.Setting.Key), new SettingEdit.Set(own + "/@type", "EnvironmentVariable"), new SettingEdit.Set(own + "/variableName", variable)]);
            yield break;
        }

        yield return new Remedy(
            $"Take it from the environment variable {variable} (what needs it stops working until the variable is set)",
            $"review/{rule.Id}/from-environment",
            RemedySafety.Review,
            [new SettingEdit.Set(secret.Setting.Key, "%{env:" + variable + "}%")]);
    }

    private static string VariableFor(string key)
    {
        var name = new StringBuilder("STALWART_", key.Length + 9);
        foreach (var c in key)
            name.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? char.ToUpperInvariant(c) : '_');
        return name.ToString();
    }
}
