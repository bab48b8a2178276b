using System.Text;
using StalwartHardening.Generations;

namespace StalwartHardening.Programs;

/// <summary>
/// Secrets of a plan as a program says them. Where a plan can say so, the server takes them from its own environment; hashes and
/// passwords of people are in the plan, so the program reads them from its environment when it runs.
/// </summary>
internal sealed class PlanSecrets
{
    private readonly List<ProgramVariable> _variables = [];

    /// <summary>The variables.</summary>
    public IReadOnlyList<ProgramVariable> Variables => _variables;

    /// <summary>A secret that is nothing but a text.</summary>
    public string Text(string secret, string path) =>
        $"Secret.{(secret.Length > 0 && secret[0] is '$' or '{' or '_' && !IsPlain(secret) ? "Hash" : "InsecurePlainText")}(Variable({ProgramText.Literal(Variable(path, isReadByProgram: true))}))";

    /// <summary>A text with a secret in it, where the server knows no secrets: an address with its password, a header.</summary>
    public string Plain(string path) => $"Variable({ProgramText.Literal(Variable(path, isReadByProgram: true))})";

    /// <summary>Whether <paramref name="text"/>, written under <paramref name="name"/>, holds a secret.</summary>
    public static bool HoldsSecret(string name, string text) => text.Length > 0 && (PlanInspection.IsSecretName(name) || SecretText.Mask(text) != text);

    /// <summary>A secret that may be elsewhere.</summary>
    public string Object(string secret, string path) => ProgramText.SecretArgument(secret) ?? $"Secret.FromEnvironment({ProgramText.Literal(Variable(path, isReadByProgram: false))})";

    /// <summary>The variable that takes the place of a secret.</summary>
    public string Variable(string path, bool isReadByProgram)
    {
        var name = NameFor(path);
        var unique = name;
        for (var number = 2; _variables.Exists(variable => variable.Name == unique); number++)
            unique = name + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _variables.Add(new ProgramVariable(unique, path) { IsReadByProgram = isReadByProgram });
        return unique;
    }

    private static bool IsPlain(string secret) => StalwartHardening.Server.Accounts.Secret.NeverMatches(secret, PlanGeneration.Instance.FeaturesOf(ServerVersion.Newest))
        || secret.StartsWith("{PLAIN}", StringComparison.OrdinalIgnoreCase) || secret.StartsWith("{CLEAR}", StringComparison.OrdinalIgnoreCase);

    // MtaRoute/relay/authSecret is MTA_ROUTE_RELAY_AUTH_SECRET.
    private static string NameFor(string path)
    {
        var name = new StringBuilder(path.Length + 8);
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c is >= 'A' and <= 'Z' && i > 0 && path[i - 1] is >= 'a' and <= 'z')
                name.Append('_');
            name.Append(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' ? char.ToUpperInvariant(c) : '_');
        }

        return name.Length > 0 && name[0] is >= '0' and <= '9' ? "_" + name : name.ToString();
    }
}
