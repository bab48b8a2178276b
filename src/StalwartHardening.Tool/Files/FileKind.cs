using System.Runtime.InteropServices;

namespace StalwartHardening.Tool.Files;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A file on a disk.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A pipe, or a device that takes a stream of bytes: a terminal, <c>/dev/null</c>.</summary>
    Stream,

    /// <summary>A socket, a disk, or something else that no output belongs into.</summary>
    Other,
}

/// <summary>Finds out what a path leads to. The class library takes devices for files.</summary>
internal static partial class FileKinds
{
    private const int CurrentDirectory = -100;
    private const uint TypeOnly = 0x1;

    // struct statx of linux/stat.h, the same on every architecture; types of stat.h.
    private const int Size = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;

    /// <summary>What <paramref name="path"/> leads to, through all links.</summary>
    public static FileKind Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            var buffer = new byte[Size];
            if (Read(CurrentDirectory, path, 0, TypeOnly, buffer) != 0)
                return FileKind.Missing;
            return (BitConverter.ToUInt16(buffer, ModeOffset) & TypeMask) switch
            {
                0x8000 => FileKind.Regular,
                0x4000 => FileKind.Directory,
                0x1000 or 0x2000 => FileKind.Stream,
                _ => FileKind.Other,
            };
        }

        if (Directory.Exists(path))
            return FileKind.Directory;
        if (!File.Exists(path))
            return FileKind.Missing;
        return File.GetAttributes(path).HasFlag(FileAttributes.Device) || path.StartsWith("/dev/", StringComparison.Ordinal) ? FileKind.Stream : FileKind.Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Read(int directory, string path, int flags, uint mask, [Out] byte[] buffer);
}
