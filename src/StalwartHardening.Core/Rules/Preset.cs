namespace StalwartHardening.Rules;

/// <summary>How loud rules are unless somebody says otherwise for one of them: the presets of the package's <c>StalwartHardeningMode</c>.</summary>
internal enum Preset
{
    /// <summary>Nothing is reported.</summary>
    None,

    /// <summary>Every rule as loud as it is by itself.</summary>
    Default,

    /// <summary>Advice is a warning too.</summary>
    Recommended,

    /// <summary>The heart of the rules are errors; everything else is a warning.</summary>
    Strict,
}

/// <summary>What presets mean and what they are called.</summary>
internal static class Presets
{
    /// <summary>The names, for messages.</summary>
    public const string Names = "none, default, recommended or strict";

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, out Preset preset)
    {
        (var known, preset) = text switch
        {
            "none" => (true, Preset.None),
            "default" => (true, Preset.Default),
            "recommended" => (true, Preset.Recommended),
            "strict" => (true, Preset.Strict),
            _ => (false, Preset.Default),
        };
        return known;
    }

    /// <summary>How loud a rule is under a preset.</summary>
    public static RuleSeverity SeverityOf(Preset preset, Rule rule) => preset switch
    {
        Preset.None => RuleSeverity.None,
        Preset.Strict when rule.IsHeart => RuleSeverity.Error,
        Preset.Strict or Preset.Recommended when rule.Severity == RuleSeverity.Info && !rule.IsAboutPrograms => RuleSeverity.Warning,
        Preset.Strict when rule.IsLoudWhereStrict => RuleSeverity.Warning,
        _ => rule.Severity,
    };
}
