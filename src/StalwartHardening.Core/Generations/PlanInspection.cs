using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What can be asked of a plan and of nothing else.</summary>
internal static class PlanInspection
{
    private static readonly string[] s_stems = ["secret", "passw", "passphrase", "token", "credential", "key", "authorization", "bearer", "cookie", "://"];
    // What is in an object that holds a secret, and is none; and the names of what only says where the secret is.
    private static readonly string[] s_namesInSecrets = ["@type", "secret", "text", "variableName", "filePath", "credentialId", "description", "createdAt", "expiresAt", "allowedIps", "permissions", "otpAuth"];
    private static readonly string[] s_references = ["@type", "variableName", "filePath"];
    private static readonly char[] s_signs = ['=', ' ', ':'];
    private static Dictionary<string, bool>? s_fields;

    /// <summary>The access rules that let in what mail clients need and nothing else, as an expression of 0.16.</summary>
    public static string AllowList => $"if_then({PlanEndpoints.Instance.AllowListCondition}, 200, 404)";

    /// <summary>The server after the run, as JSON (<see cref="PlanStateWriter"/>); null where <paramref name="server"/> comes from no plan.</summary>
    /// <param name="server">The server.</param>
    /// <param name="files">What the files of a run are called, in their order; errors then say which of them they are in.</param>
    public static string? WriteState(ServerConfiguration server, IReadOnlyList<string>? files = null) => server is PlanServer plan ? PlanStateWriter.Write(plan.Reading, files ?? []) : null;

    /// <summary>
    /// The characters of a plan's text that nobody may see, whether the operation they are in runs or not. Where the text is no JSON,
    /// all that follows a word that promises a secret.
    /// </summary>
    public static IEnumerable<SourceSpan> FindSecrets(SettingsDocument document)
    {
        if (document.Origin is not PlanReading reading)
            yield break;
        foreach (var text in reading.Texts)
        {
            var json = text.Json;
            // Up to this node everything lies inside a value whose name promises a secret.
            var secretUntil = 0;
            for (var node = 0; node < json.Count; node++)
            {
                var name = json.Name(node);
                var isBelowSecret = node < secretUntil;
                if (name.Length > 2 && (isBelowSecret ? Array.IndexOf(s_namesInSecrets, name) < 0 : PromisesMore(name)))
                    yield return json.NameSpan(node);
                if (json.Kind(node) is JsonKind.Array or JsonKind.Object)
                {
                    if (IsSecretName(name))
                        secretUntil = Math.Max(secretUntil, json.End(node));
                }
                else if (json.Kind(node) == JsonKind.Text && json.Value(node) is { Length: > 0 } value
                    && ((isBelowSecret && Array.IndexOf(s_references, name) < 0) || IsSecretName(name) || SecretText.Mask(value) != value))
                {
                    yield return Inside(json.Span(node));
                }
            }

            foreach (var problem in text.Problems)
            {
                if (HiddenIn(text.Text, problem.Span.Start) is { Length: > 0 } hidden)
                    yield return hidden;
            }
        }
    }

    // A name that holds a value: {"secret=abc": true}, or an address with its password.
    private static bool PromisesMore(string name)
    {
        var sign = name.IndexOfAny(s_signs);
        return (sign > 0 && IsSecretName(name.Substring(0, sign))) || SecretText.Mask(name) != name;
    }

    private static SourceSpan Inside(SourceSpan quoted) => quoted.Length < 2 ? quoted : new SourceSpan(quoted.Start + 1, quoted.Length - 2, quoted.Source);

    /// <summary>Whether the name of a field, of a header or of a path's last part promises that its value is a secret.</summary>
    public static bool IsSecretName(string name)
    {
        if (name.Length == 0)
            return false;
        var field = PlanKey.LastPart(name);
        if ((s_fields ??= ReadFields()).TryGetValue(field, out var isSecret))
            return isSecret;
        return SecretKeys.IsNamed(field)
            || field.EndsWith("Key", StringComparison.Ordinal)
            || field.IndexOf("secret", StringComparison.OrdinalIgnoreCase) >= 0
            || field.IndexOf("credentials", StringComparison.OrdinalIgnoreCase) >= 0
            || field.IndexOf("authorization", StringComparison.OrdinalIgnoreCase) >= 0
            || field.IndexOf("cookie", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    // Each field of the schema: whether any object keeps a secret under that name.
    private static Dictionary<string, bool> ReadFields()
    {
        var fields = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var type in PlanSchema.Instance.TypeNames)
        {
            if (PlanSchema.Instance.FindType(type) is not { } known)
                continue;
            foreach (var field in (known.HasVariants ? known.Variants : [known]).SelectMany(static variant => variant.Fields))
                fields[field.Name] = field.IsSecret || field.IsSecretObject || (fields.TryGetValue(field.Name, out var isSecret) && isSecret);
        }

        return fields;
    }

    // All that follows a word that promises a secret; the whole line where its beginning, and such a word with it, is elsewhere.
    private static SourceSpan HiddenIn(string text, int position)
    {
        var start = position <= 0 ? 0 : text.LastIndexOf('\n', Math.Min(position, text.Length) - 1) + 1;
        var end = text.IndexOf('\n', start);
        if (end < 0)
            end = text.Length;
        var first = end;
        var begin = start;
        while (begin < end && text[begin] is ' ' or '\t' or '\r' or '\uFEFF')
            begin++;
        if (begin < end && text[begin] is not ('{' or '['))
            return new SourceSpan(begin, end - begin);
        foreach (var stem in s_stems)
        {
            var at = text.IndexOf(stem, start, end - start, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                first = Math.Min(first, at + stem.Length);
        }

        return new SourceSpan(first, end - first);
    }
}
