namespace StalwartHardening.Configuration;

/// <summary>
/// Files that are there whole or not at all: a neighbour is written, flushed, and takes the place of the old file in one step. A mail server
/// that starts in the meantime reads the old one.
/// </summary>
internal static class AtomicFile
{
    public static void Write(string path, byte[] content, ConfigurationFileMode mode = ConfigurationFileMode.Default)
    {
        if (IsDevice(path))
        {
            File.WriteAllBytes(path, content);
            return;
        }

        var (target, neighbour) = Names(path);
        try
        {
            using (var stream = Create(neighbour, target, mode))
            {
                stream.Write(content, 0, content.Length);
                stream.Flush(flushToDisk: true);
            }

            Replace(neighbour, target);
        }
        catch
        {
            File.Delete(neighbour);
            throw;
        }
    }

    public static async Task WriteAsync(string path, byte[] content, ConfigurationFileMode mode, CancellationToken cancellationToken)
    {
        if (IsDevice(path))
        {
            File.WriteAllBytes(path, content);
            return;
        }

        var (target, neighbour) = Names(path);
        try
        {
            using (var stream = Create(neighbour, target, mode))
            {
                await stream.WriteAsync(content, 0, content.Length, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Replace(neighbour, target);
        }
        catch
        {
            File.Delete(neighbour);
            throw;
        }
    }

    // /dev/stdout is written to, never replaced.
    private static bool IsDevice(string path) =>
        Path.DirectorySeparatorChar == '/' && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static (string Target, string Neighbour) Names(string path)
    {
        var target = Target(Path.GetFullPath(path));
        return (target, target + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp");
    }

#if NET
    // Configurations are often links into a versioned folder; the link stays.
    private static string Target(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static FileStream Create(string neighbour, string target, ConfigurationFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode switch
            {
                ConfigurationFileMode.Owner => UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ConfigurationFileMode.OwnerAndGroup => UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
                _ => File.Exists(target) ? File.GetUnixFileMode(target) : null,
            };
        }

        return new FileStream(neighbour, options);
    }

    private static void Replace(string neighbour, string target) => File.Move(neighbour, target, overwrite: true);
#else
    private static string Target(string path) => path;

    // Before .NET 7 a program cannot say who may read a file it creates; better no file than one that everybody reads.
    private static FileStream Create(string neighbour, string target, ConfigurationFileMode mode) =>
        mode != ConfigurationFileMode.Default && Path.DirectorySeparatorChar == '/'
            ? throw new PlatformNotSupportedException("File modes need .NET 8 or newer.")
            : new FileStream(neighbour, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, useAsync: true);

    private static void Replace(string neighbour, string target)
    {
        if (File.Exists(target))
            File.Replace(neighbour, target, destinationBackupFileName: null);
        else
            File.Move(neighbour, target);
    }
#endif
}
