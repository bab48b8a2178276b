using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Files;

/// <summary>
/// Writes output to where it was asked for. A file is written whole or not at all: into a new one beside it, which then takes its
/// place. Links stay links, permissions stay as they are, and what is a stream (<c>/dev/null</c>, a pipe) is written into.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var full = Path.GetFullPath(path);
            switch (FileKinds.Of(full))
            {
                case FileKind.Directory:
                    throw Refused(path, "it is a directory");
                case FileKind.Other:
                    throw Refused(path, "it is not a regular file");
                case FileKind.Stream:
                    WriteInto(full, content);
                    break;
                // What a process has open already (/dev/stdout, <c>&gt;(...)</c>) has no name that could be given to another file.
                case FileKind.Regular when IsOpenAlready(full):
                    WriteInto(full, content);
                    break;
                default:
                    Replace(RealPath.Of(full), content);
                    break;
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused(path, "permission denied");
        }
        catch (IOException e)
        {
            throw Refused(path, e is DirectoryNotFoundException ? "no such directory" : e.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase) ? "the disk is full" : "the system refuses");
        }
    }

    private static bool IsOpenAlready(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    private static void WriteInto(string path, ReadOnlySpan<byte> content)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (stream.CanSeek)
            stream.Seek(0, SeekOrigin.End);
        stream.Write(content);
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        // Root may write everything, but a file without write permissions was meant to stay as it is.
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0)
            throw new UnauthorizedAccessException();
        TemporaryFile.ClearLeftovers(Path.GetDirectoryName(path) ?? path);
        using var file = TemporaryFile.Create(path, content);
        file.MoveTo(path, overwrite: true);
    }

    private static UsageException Refused(string path, string why) => new($"'{Printable.Text(path)}' cannot be written: {why}.");
}
