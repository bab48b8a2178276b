using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Deployments;

/// <summary>A variable that a deployment gives to its programs.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its value, with <see cref="Setting.UnknownPart"/> for each part that is elsewhere.</param>
/// <param name="NamePlace">Where the name is written.</param>
/// <param name="ValuePlace">Where the value is written, without quotes; empty where it is not written here.</param>
internal readonly record struct EnvironmentEntry(string Name, string Value, SourceSpan NamePlace, SourceSpan ValuePlace)
{
    /// <summary>Whether nothing of the value is written here: it only names a variable or a secret kept elsewhere, which is none itself.</summary>
    public bool IsReference => Value.AsSpan().TrimStart(Setting.UnknownPart).IsEmpty;
}
