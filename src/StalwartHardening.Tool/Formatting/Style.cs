using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Formatting;

/// <summary>Colours of a terminal, or none.</summary>
internal sealed class Style(bool isColoured)
{
    /// <summary>For important words.</summary>
    public string Bold { get; } = isColoured ? "\e[1m" : "";

    /// <summary>For line numbers and frames.</summary>
    public string Frame { get; } = isColoured ? "\e[34m" : "";

    /// <summary>For what can be passed over.</summary>
    public string Quiet { get; } = isColoured ? "\e[2m" : "";

    /// <summary>For good news.</summary>
    public string Good { get; } = isColoured ? "\e[32m" : "";

    /// <summary>For what goes away.</summary>
    public string Removed { get; } = isColoured ? "\e[31m" : "";

    /// <summary>For where in a file something is.</summary>
    public string Place { get; } = isColoured ? "\e[36m" : "";

    /// <summary>Back to normal.</summary>
    public string End { get; } = isColoured ? "\e[0m" : "";

    /// <summary>The colour of a severity.</summary>
    public string Of(RuleSeverity severity) => !isColoured ? "" : severity switch
    {
        RuleSeverity.Error => "\e[1;31m",
        RuleSeverity.Warning => "\e[1;33m",
        _ => "\e[1;36m",
    };
}
