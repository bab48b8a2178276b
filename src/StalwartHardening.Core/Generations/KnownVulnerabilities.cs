using System.IO;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What is known to be wrong with versions of the server: the table <c>vulnerabilities.tsv</c> beside this file.</summary>
internal static class KnownVulnerabilities
{
    private static readonly Lazy<IReadOnlyList<Vulnerability>> Table = new(Load);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<Vulnerability> All => Table.Value;

    /// <summary>Those that a server of <paramref name="version"/> has.</summary>
    public static IEnumerable<Vulnerability> Of(ServerVersion version)
    {
        foreach (var vulnerability in All)
        {
            if (vulnerability.Affects(version))
                yield return vulnerability;
        }
    }

    private static List<Vulnerability> Load()
    {
        var all = new List<Vulnerability>();
        using var stream = typeof(KnownVulnerabilities).Assembly.GetManifestResourceStream("StalwartHardening.vulnerabilities.tsv")
            ?? throw new InvalidOperationException("The table of vulnerabilities is not part of the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var columns = line.Split('\t');
            if (!ServerVersion.TryParse(columns[1], out var since) || !ServerVersion.TryParse(columns[2], out var isFixed))
                throw new InvalidOperationException($"'{line}' names no versions.");
            all.Add(new Vulnerability(columns[0], since, isFixed, columns[3].Split(','), columns[4], columns[5]));
        }

        return all;
    }
}
