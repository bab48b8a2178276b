using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>Something about a setting that the model can say by itself.</summary>
/// <param name="Setting">Where it stands.</param>
/// <param name="Key">The setting as a whole, of which <paramref name="Setting"/> may be one item.</param>
/// <param name="What">What is wrong; half a sentence after the setting's name.</param>
/// <param name="Advice">What to do; a sentence.</param>
/// <param name="IsAdvice">Whether nothing is broken and something could be better.</param>
public sealed record SettingRemark(Setting Setting, string Key, string What, string Advice, bool IsAdvice);
