using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What can be asked of a plan and of nothing else.</summary>
public static class PlanInspection
{
    private static readonly string[] s_stems = ["secret", "passw", "passphrase", "token", "credential", "key", "authorization", "bearer", "cookie", "://"];
    private static HashSet<string>? s_secretNames;

    /// <summary>The access rules that let in what mail clients need and nothing else, as an expression of 0.16.</summary>
    public static string AllowList => $"if_then({PlanEndpoints.Instance.AllowListCondition}, 200, 404)";

    /// <summary>The server after the run, as JSON (<see cref="PlanStateWriter"/>); null where <paramref name="server"/> comes from no plan.</summary>
    public static string? WriteState(ServerConfiguration server) => server is PlanServer plan ? PlanStateWriter.Write(plan.Reading.Run) : null;

    /// <summary>
    /// The characters of a plan's text that nobody may see, whether the operation they stand in runs or not. Where the text is no JSON,
    /// all that follows a word that promises a secret.
    /// </summary>
    public static IEnumerable<SourceSpan> FindSecrets(SettingsDocument document)
    {
        if (document.Origin is not PlanReading reading)
            yield break;
        foreach (var text in reading.Texts)
        {
            var json = text.Json;
            for (var node = 0; node < json.Count; node++)
            {
                if (json.Kind(node) == JsonKind.Array && IsSecretName(json.Name(node)))
                {
                    for (int item = JsonText.First(node), end = json.End(node); item < end; item++)
                    {
                        if (json.Kind(item) == JsonKind.Text)
                            yield return Inside(json.Span(item));
                    }
                }
                else if (json.Kind(node) == JsonKind.Text && json.Value(node) is { Length: > 0 } value && (IsSecretName(json.Name(node)) || SecretText.Mask(value) != value))
                {
                    yield return Inside(json.Span(node));
                }
            }

            foreach (var problem in text.Problems)
            {
                if (AfterStem(text.Text, problem.Span.Start) is { Length: > 0 } hidden)
                    yield return hidden;
            }
        }
    }

    private static SourceSpan Inside(SourceSpan quoted) => quoted.Length < 2 ? quoted : new SourceSpan(quoted.Start + 1, quoted.Length - 2, quoted.Source);

    // Of a path, the last part is the field.
    private static bool IsSecretName(string name)
    {
        if (name.Length == 0)
            return false;
        var field = name.Substring(name.LastIndexOf('/') + 1);
        return (s_secretNames ??= FindSecretNames()).Contains(field)
            || SecretKeys.IsNamed(field)
            || field.IndexOf("authorization", StringComparison.OrdinalIgnoreCase) >= 0
            || field.IndexOf("cookie", StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static HashSet<string> FindSecretNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in PlanSchema.Instance.TypeNames)
        {
            if (PlanSchema.Instance.FindType(type) is not { } known)
                continue;
            foreach (var variant in known.HasVariants ? known.Variants : [known])
                names.UnionWith(variant.Fields.Where(static field => field.IsSecret).Select(static field => field.Name));
        }

        return names;
    }

    private static SourceSpan AfterStem(string text, int position)
    {
        var start = position <= 0 ? 0 : text.LastIndexOf('\n', Math.Min(position, text.Length) - 1) + 1;
        var end = text.IndexOf('\n', start);
        if (end < 0)
            end = text.Length;
        var first = end;
        foreach (var stem in s_stems)
        {
            var at = text.IndexOf(stem, start, end - start, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                first = Math.Min(first, at + stem.Length);
        }

        return new SourceSpan(first, end - first);
    }
}
