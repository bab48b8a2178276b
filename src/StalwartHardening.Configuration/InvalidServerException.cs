namespace StalwartHardening.Configuration;

/// <summary>A server that cannot be built as it was written.</summary>
public sealed class InvalidServerException : Exception
{
    internal InvalidServerException(IReadOnlyList<string> problems, IReadOnlyList<ServerFinding> findings)
        : base(string.Join(Environment.NewLine, problems.Concat(findings.Select(static finding => finding.ToString()))))
    {
        Problems = problems;
        Findings = findings;
    }

    /// <summary>The findings that <see cref="StalwartServerBuilder.RefuseFindings"/> does not let pass; none where the server would refuse the configuration anyway.</summary>
    public IReadOnlyList<ServerFinding> Findings { get; }

    /// <summary>What is wrong, one sentence each, with the setting and the call that wrote it.</summary>
    public IReadOnlyList<string> Problems { get; }
}
