namespace StalwartHardening.Settings;

/// <summary>A construct that the server and TOML tools both accept and read differently.</summary>
/// <param name="Span">The characters that are read differently.</param>
/// <param name="ServerReading">What the server makes of it, short, for a message (never a secret's text).</param>
/// <param name="ToolReading">What a TOML tool makes of it, short.</param>
internal readonly record struct ReadingRemark(SourceSpan Span, string ServerReading, string ToolReading);
