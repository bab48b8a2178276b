using System.Globalization;

namespace StalwartHardening.Fuzz;

/// <summary>The largest run of each fuzzer, for <c>docs/trust.md</c>: name, inputs, seed, separated by tabs.</summary>
internal static class FuzzRecord
{
    /// <summary>Notes a run without failure where none as large is noted.</summary>
    public static void Write(string path, string name, long tried, int seed)
    {
        var lines = File.Exists(path) ? File.ReadAllLines(path).Where(static line => line.Length > 0).ToList() : [];
        var old = lines.FindIndex(line => line.StartsWith(name + "\t", StringComparison.Ordinal));
        if (old >= 0 && long.Parse(lines[old].Split('\t')[1], CultureInfo.InvariantCulture) > tried)
            return;
        if (old >= 0)
            lines.RemoveAt(old);
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name}\t{tried}\t{seed}"));
        lines.Sort(StringComparer.Ordinal);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }
}
