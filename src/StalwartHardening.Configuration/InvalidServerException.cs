namespace StalwartHardening.Configuration;

/// <summary>A server that cannot be built as it was written.</summary>
public sealed class InvalidServerException : Exception
{
    internal InvalidServerException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>What is wrong, one sentence each, with the setting and the call that wrote it.</summary>
    public IReadOnlyList<string> Problems { get; }
}
