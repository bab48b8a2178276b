namespace StalwartHardening.Tool.Files;

/// <summary>Where a path leads once every link on it is followed.</summary>
internal static class RealPath
{
    // What Linux allows.
    private const int MaxLinks = 40;

    /// <summary>The path without links.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string fullPath)
    {
        var links = 0;
        var root = Path.GetPathRoot(fullPath) ?? "";
        var real = root;
        var rest = new Stack<string>(Parts(fullPath, root));
        while (rest.TryPop(out var part))
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
                throw new IOException("The links lead in a circle.");
            if (Path.IsPathRooted(target))
                real = root = Path.GetPathRoot(target) ?? root;
            foreach (var step in Parts(target, Path.IsPathRooted(target) ? root : ""))
                rest.Push(step);
        }

        return real;
    }

    /// <summary>Whether <paramref name="path"/> lies in <paramref name="directory"/> or below it; both without links.</summary>
    public static bool IsBelow(string path, string directory)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var prefix = Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, comparison);
    }

    // The last one first, as a stack wants them.
    private static IEnumerable<string> Parts(string path, string root) =>
        path[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();
}
