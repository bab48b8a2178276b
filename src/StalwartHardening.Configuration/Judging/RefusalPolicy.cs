namespace StalwartHardening.Configuration;

/// <summary>Which findings a server is refused for.</summary>
/// <param name="Severity">The quietest of them.</param>
/// <param name="Options">How the server is judged.</param>
internal sealed record RefusalPolicy(Severity Severity, JudgementOptions Options);
