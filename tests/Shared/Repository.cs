namespace StalwartHardening.Tests;

/// <summary>Where things are on disk while tests run.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the repository, by its path from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>
    /// A file or folder of the measured facts that lie beside a developer's checkout; skips the test with a message
    /// where they do not.
    /// </summary>
    public static string SharedOrSkip(params string[] parts)
    {
        var path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"This checkout has no ../shared/{string.Join('/', parts)} beside it.");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StalwartHardening.Analyzers.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No StalwartHardening.Analyzers.sln above {AppContext.BaseDirectory}.");
    }
}
