using StalwartHardening.Settings;

namespace StalwartHardening.Server.Sessions;

/// <summary>A rule with a mistake, which the server drops whole.</summary>
/// <param name="Name">The setting that holds the rule.</param>
/// <param name="Setting">The part of it with the mistake, or before the place where something is missing.</param>
/// <param name="Span">The wrong text.</param>
/// <param name="Mistake">What is wrong; a sentence without a full stop.</param>
internal sealed record UnreadableRule(string Name, Setting Setting, SourceSpan Span, string Mistake);
