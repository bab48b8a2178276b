using System.Runtime.InteropServices;

namespace StalwartHardening.Tool.Files;

/// <summary>Pipes that lie in a directory: to open one as a file waits until somebody writes to it.</summary>
internal static partial class NamedPipe
{
    private const int WithoutWaiting = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int FromHere = 1;

    /// <summary>
    /// Whether <paramref name="path"/> is one. A pipe that a shell hands over (<c>&lt;(...)</c>, <c>/dev/stdin</c>) has its writer and is none.
    /// </summary>
    public static bool Is(string path)
    {
        // A pipe's length is 0: all other files are spared the second look.
        if (!OperatingSystem.IsLinux() || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)
            || new FileInfo(path) is not { Exists: true, Length: 0 })
            return false;
        var descriptor = Open(path, WithoutWaiting | CloseOnExec);
        if (descriptor < 0)
            return false;
        var canSeek = Seek(descriptor, 0, FromHere) >= 0;
        _ = Close(descriptor);
        return !canSeek;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Seek(int descriptor, nint offset, int origin);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
