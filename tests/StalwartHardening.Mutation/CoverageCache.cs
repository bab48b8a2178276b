using System.Globalization;
using System.Security.Cryptography;

namespace StalwartHardening.Mutation;

/// <summary>Which tests enter which blocks, kept as long as neither Core nor its tests change: to find out takes minutes.</summary>
internal static class CoverageCache
{
    /// <summary>What is known of these binaries, or what the host finds out.</summary>
    public static async Task<IReadOnlyList<TestCase>> GetOrDiscoverAsync(string folder, string binaries, TestHost host, TimeSpan longest, Action<string> skipped)
    {
        var path = Path.Combine(folder, Identify(binaries, host.Name) + ".tsv");
        if (File.Exists(path))
        {
            var lines = File.ReadLines(path);
            host.Once.UnionWith(Numbers(lines.First()));
            return [.. lines.Skip(1).Select(line => Read(host, line))];
        }

        var cases = await host.DiscoverAsync(longest, skipped);
        Directory.CreateDirectory(folder);
        File.WriteAllLines(path, [string.Join(',', host.Once), .. cases.Select(static test => string.Create(CultureInfo.InvariantCulture, $"{test.Id}\t{test.Class}\t{test.Duration.TotalSeconds}\t{string.Join(',', test.Blocks)}"))]);
        return cases;
    }

    private static string Identify(string binaries, string tests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The numbers of tests depend on where their assembly is.
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Path.GetFullPath(binaries)));
        foreach (var name in (string[])["StalwartHardening.Core.dll", tests + ".dll"])
            hash.AppendData(File.ReadAllBytes(Path.Combine(binaries, name)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static TestCase Read(TestHost host, string line)
    {
        var cells = line.Split('\t');
        return new(host, cells[0], cells[1], TimeSpan.FromSeconds(double.Parse(cells[2], CultureInfo.InvariantCulture)), [.. Numbers(cells[3])]);
    }

    private static IEnumerable<int> Numbers(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static id => int.Parse(id, CultureInfo.InvariantCulture));
}
