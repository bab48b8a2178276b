namespace StalwartHardening.Tests.Architecture;

/// <summary>The sources that people write.</summary>
internal static class Sources
{
    /// <summary>Each file below <c>src</c>, by its path from there, with its text; what programs have written is left out.</summary>
    public static IEnumerable<(string Path, string Text)> All()
    {
        var root = Repository.PathOf("src");
        foreach (var file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (!path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/Generated/", StringComparison.Ordinal))
                yield return (path, File.ReadAllText(file));
        }
    }
}
