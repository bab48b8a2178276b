namespace StalwartHardening.Tool.Files;

/// <summary>Writes a file whole or not at all: into a new one beside it, which then takes its place.</summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                stream.Write(content);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                File.Delete(temporary);
            }
            catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
            {
                // Nothing was created, or nothing can be done about it; the first error says why.
            }

            throw new UsageException($"'{path}' cannot be written: {(e is UnauthorizedAccessException ? "permission denied" : e is DirectoryNotFoundException ? "there is no such directory" : "the system refuses")}.");
        }
    }
}
