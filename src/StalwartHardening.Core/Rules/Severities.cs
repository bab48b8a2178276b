namespace StalwartHardening.Rules;

/// <summary>Severities as people write them, in options and in reports.</summary>
internal static class Severities
{
    /// <summary>The name for people and machines: <c>warning</c>.</summary>
    public static string Name(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        RuleSeverity.Info => "info",
        _ => "none",
    };

    /// <summary>Reads a name; <c>suggestion</c>, the compiler's word, is <c>info</c>.</summary>
    public static bool TryParse(string text, out RuleSeverity severity)
    {
        RuleSeverity? named = text.Trim().ToLowerInvariant() switch
        {
            "none" => RuleSeverity.None,
            "info" or "suggestion" => RuleSeverity.Info,
            "warning" => RuleSeverity.Warning,
            "error" => RuleSeverity.Error,
            _ => null,
        };
        severity = named.GetValueOrDefault();
        return named is not null;
    }

    /// <summary>What a value of <c>dotnet_diagnostic.ID.severity</c> says; null for "as it is by itself" and for nonsense, which the compiler ignores too.</summary>
    public static RuleSeverity? FromCompiler(string text) => text.Trim().ToLowerInvariant() switch
    {
        "silent" or "refactoring" => RuleSeverity.None,
        "info" => null,
        _ => TryParse(text, out var severity) ? severity : null,
    };
}
