namespace StalwartHardening.Tests;

/// <summary>
/// Files and parts of files that are generated from the rules. A test compares; with <c>UPDATE_GENERATED=1</c> in the environment
/// it writes instead.
/// </summary>
internal static class GeneratedFile
{
    private static bool Updating => Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1";

    /// <summary>Asserts that the file is exactly <paramref name="expected"/>.</summary>
    public static void AssertUpToDate(string path, string expected)
    {
        if (Updating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path) || File.ReadAllText(path) != expected)
                File.WriteAllText(path, expected);
        }

        Assert.True(File.Exists(path), $"{path} is missing. Run the tests once with UPDATE_GENERATED=1.");
        Assert.True(expected == File.ReadAllText(path), $"{path} is out of date. Run the tests once with UPDATE_GENERATED=1.");
    }

    /// <summary>Asserts that the part between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c> is exactly <paramref name="expected"/>.</summary>
    public static void AssertPartUpToDate(string path, string name, string expected)
    {
        var text = File.ReadAllText(path);
        var opening = $"<!-- {name} -->\n";
        var start = text.IndexOf(opening, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{path} has no line '{opening.TrimEnd()}'.");
        start += opening.Length;
        var end = text.IndexOf($"<!-- end {name} -->", start, StringComparison.Ordinal);
        Assert.True(end >= 0, $"{path} does not close the part '{name}'.");
        AssertUpToDate(path, text[..start] + expected + text[end..]);
    }
}
