namespace StalwartHardening.Configuration;

/// <summary>A line of a source file.</summary>
/// <param name="File">The path as the compiler was given it; null for a text without a file.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct SourceLine(string? File, int Line);
