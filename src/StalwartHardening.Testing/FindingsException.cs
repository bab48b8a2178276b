using StalwartHardening.Configuration;

namespace StalwartHardening.Testing;

/// <summary>A server has findings, and a test says that it has none.</summary>
public sealed class FindingsException : Exception, IAssertionException
{
    internal FindingsException(ServerFindings findings)
        : base(findings.ToString()) => Findings = findings;

    /// <summary>The findings.</summary>
    public ServerFindings Findings { get; }
}
