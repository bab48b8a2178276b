using StalwartHardening.Rules;

namespace StalwartHardening.OptionFiles;

/// <summary>The severities from which on findings are reported.</summary>
internal static class Thresholds
{
    /// <summary>The names a threshold can have.</summary>
    public const string Names = "info, warning or error";

    /// <summary>Reads a threshold.</summary>
    public static bool TryParse(string text, out RuleSeverity severity) => Severities.TryParse(text, out severity) && severity != RuleSeverity.None;
}
