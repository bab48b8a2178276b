using System.Globalization;
using System.Security.Cryptography;

namespace StalwartHardening.Mutation;

/// <summary>Which tests enter which methods, kept as long as neither Core nor its tests change: to find out takes minutes.</summary>
internal static class CoverageCache
{
    /// <summary>What is known of these binaries, or what <paramref name="discover"/> finds out.</summary>
    public static IReadOnlyList<TestClass> GetOrCreate(string folder, string binaries, string executable, Func<IReadOnlyList<TestClass>> discover)
    {
        var path = Path.Combine(folder, Identify(binaries, Path.GetFileName(executable).Replace(".exe", "", StringComparison.Ordinal)) + ".tsv");
        if (File.Exists(path))
            return [.. File.ReadLines(path).Select(line => Read(executable, line))];
        var classes = discover();
        Directory.CreateDirectory(folder);
        File.WriteAllLines(path, classes.Select(static test => string.Create(CultureInfo.InvariantCulture, $"{test.Name}\t{test.Duration.TotalSeconds}\t{string.Join(',', test.Methods)}")));
        return classes;
    }

    private static string Identify(string binaries, string tests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in (string[])["StalwartHardening.Core.dll", tests + ".dll"])
            hash.AppendData(File.ReadAllBytes(Path.Combine(binaries, name)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static TestClass Read(string executable, string line)
    {
        var cells = line.Split('\t');
        return new(executable, cells[0], TimeSpan.FromSeconds(double.Parse(cells[1], CultureInfo.InvariantCulture)), [.. cells[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static id => int.Parse(id, CultureInfo.InvariantCulture))]);
    }
}
