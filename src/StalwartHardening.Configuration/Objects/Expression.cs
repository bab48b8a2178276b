using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration.Objects;

public sealed partial class Expression
{
    /// <summary>An expression without rules: <c>"local_port != 25"</c>, also for numbers and switches, <c>"200"</c>. It replaces the rules that the server has.</summary>
    /// <param name="text">The expression in the server's language.</param>
    [SettingText("{text}")]
    public static implicit operator Expression(string text) => FromText(text);

    /// <summary>An expression without rules; it replaces the rules that the server has.</summary>
    /// <param name="text">The expression in the server's language.</param>
    [SettingText("{text}")]
    public static Expression FromText(string text) => new() { Match = [], Else = text };
}
