namespace StalwartHardening.Tool;

/// <summary>The user asked for something that cannot be; the message says what and what can. Ends the run with <see cref="ExitCode.Usage"/>.</summary>
internal sealed class UsageException(string message) : Exception(message);
