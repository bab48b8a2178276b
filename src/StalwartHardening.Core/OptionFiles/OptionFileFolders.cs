namespace StalwartHardening.OptionFiles;

/// <summary>Which option file holds for a file, among those that a build knows.</summary>
internal static class OptionFileFolders
{
    private static readonly char[] s_separators = ['/', '\\'];

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool IsOptionFile(string path) =>
        path.EndsWith(OptionFile.FileName, StringComparison.Ordinal) && FolderOf(path).Length == path.Length - OptionFile.FileName.Length;

    /// <summary>The option file that holds for a file: the one in its folder, or in the nearest above; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="files">Files, among them the option files.</param>
    /// <param name="pathOf">Says where one is.</param>
    public static T? Nearest<T>(string path, IEnumerable<T> files, Func<T, string> pathOf)
        where T : class
    {
        T? nearest = null;
        foreach (var file in files)
        {
            if (IsOptionFile(pathOf(file)) && Holds(FolderOf(pathOf(file)), path) && (nearest is null || pathOf(file).Length > pathOf(nearest).Length))
                nearest = file;
        }

        return nearest;
    }

    // With the last separator.
    private static string FolderOf(string path) => path.Substring(0, path.LastIndexOfAny(s_separators) + 1);

    private static bool Holds(string folder, string path)
    {
        if (folder.Length > path.Length)
            return false;
        for (var i = 0; i < folder.Length; i++)
        {
            if (folder[i] != path[i] && !(folder[i] is '/' or '\\' && path[i] is '/' or '\\'))
                return false;
        }

        return true;
    }
}
