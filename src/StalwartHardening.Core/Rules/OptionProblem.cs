namespace StalwartHardening.Rules;

/// <summary>An option of ours that somebody set to something it cannot be.</summary>
/// <param name="Option">The option, as it is written: <c>stalwart_hardening.target_version</c>.</param>
/// <param name="Value">What it was set to.</param>
/// <param name="Allowed">What it can be, as the end of a sentence.</param>
internal readonly record struct OptionProblem(string Option, string Value, string Allowed);
