using System.Text;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>What ends a finding about a secret that is in the file.</summary>
internal static class SecretRemedies
{
    /// <summary>Takes the secret from an environment variable that is named after its setting.</summary>
    public static IEnumerable<Remedy> FromEnvironment(Rule rule, ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not WrittenSecret { IsWholeValue: true } secret)
            yield break;
        var variable = VariableFor(secret.Setting.Key);
        if (server.TakeFromEnvironment(secret, variable) is not { } edits)
            yield break;
        yield return new Remedy(
            $"Take it from the environment variable {variable} (what needs it stops working until the variable is set)",
            $"review/{rule.Id}/from-environment",
            RemedySafety.Review,
            edits);
    }

    private static string VariableFor(string key)
    {
        var name = new StringBuilder("STALWART_", key.Length + 9);
        foreach (var c in key)
            name.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? char.ToUpperInvariant(c) : '_');
        return name.ToString();
    }
}
