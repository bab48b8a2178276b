using System.Collections;
using System.Globalization;

namespace StalwartHardening.Configuration;

/// <summary>What is wrong with a server as it was built, in the order it was written.</summary>
public sealed class ServerFindings : IReadOnlyList<ServerFinding>
{
    private readonly List<ServerFinding> _findings;

    internal ServerFindings(List<ServerFinding> findings) => _findings = findings;

    /// <summary>The number of findings.</summary>
    public int Count => _findings.Count;

    /// <inheritdoc/>
    public ServerFinding this[int index] => _findings[index];

    /// <inheritdoc/>
    public IEnumerator<ServerFinding> GetEnumerator() => _findings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>These and those of another judgement of the same server, what both say once.</summary>
    internal ServerFindings With(ServerFindings others) =>
        new([.. _findings, .. others._findings.Where(other => !_findings.Exists(known => known.RuleId == other.RuleId && known.FilePath == other.FilePath && known.Line == other.Line && known.Call == other.Call))]);

    /// <summary>The number of findings and a line for each, for people to read.</summary>
    public override string ToString() =>
        Count == 0
            ? "No findings."
            : string.Format(CultureInfo.InvariantCulture, Count == 1 ? "{0} finding:" : "{0} findings:", Count)
                + string.Concat(_findings.Select(static finding => Environment.NewLine + finding));
}
