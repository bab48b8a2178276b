using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Options;

/// <summary>Severities as people write them.</summary>
internal static class Severities
{
    /// <summary>The names a threshold can have.</summary>
    public const string ThresholdNames = "info, warning or error";

    /// <summary>Reads a threshold.</summary>
    public static bool TryParseThreshold(string text, out RuleSeverity severity)
    {
        severity = text switch
        {
            "info" or "suggestion" => RuleSeverity.Info,
            "warning" => RuleSeverity.Warning,
            "error" => RuleSeverity.Error,
            _ => RuleSeverity.None,
        };
        return severity != RuleSeverity.None;
    }

    /// <summary>What a value of <c>dotnet_diagnostic.ID.severity</c> is called among our options; null for "as it is by itself" and for nonsense, which the compiler ignores too.</summary>
    public static string? FromCompiler(string text) => text.Trim().ToLowerInvariant() switch
    {
        "error" => "error",
        "warning" => "warning",
        "suggestion" => "info",
        "silent" or "refactoring" or "none" => "none",
        _ => null,
    };

    /// <summary>The name for people and machines: <c>warning</c>.</summary>
    public static string Name(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        RuleSeverity.Info => "info",
        _ => "none",
    };
}
