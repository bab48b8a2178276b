namespace StalwartHardening.Migration;

/// <summary>Why a value has no place in the plan.</summary>
/// <param name="Message">A sentence; empty where there is no problem.</param>
/// <param name="Outcome">What that makes of the setting.</param>
internal readonly record struct TranslationProblem(string Message, MigrationOutcome Outcome)
{
    /// <summary>No problem.</summary>
    public static TranslationProblem None { get; } = new("", MigrationOutcome.Written);

    /// <summary>Whether there is one.</summary>
    public bool IsProblem => Message.Length > 0;

    /// <summary>The server that read the file used the value; the plan cannot say it.</summary>
    public static TranslationProblem NotWritable(string message) => new(message, MigrationOutcome.NotWritable);

    /// <summary>The server that read the file did not use the value either.</summary>
    public static TranslationProblem NotRead(string message) => new(message, MigrationOutcome.NotRead);
}
