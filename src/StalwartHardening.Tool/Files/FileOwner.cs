using System.Runtime.InteropServices;

namespace StalwartHardening.Tool.Files;

/// <summary>Who a file belongs to. The class library does not say, and does not change it.</summary>
internal static class FileOwner
{
    private const int CurrentDirectory = -100;
    private const uint OwnerAndGroup = 0x8 | 0x10;

    // struct statx of linux/stat.h, the same on every architecture.
    private const int Size = 256;
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;

    /// <summary>Gives <paramref name="path"/> the owner and the group of <paramref name="model"/>, or at least the group.</summary>
    /// <returns>Whether both are the same now; true where the system has no such owners.</returns>
    public static bool TryCopy(string model, string path)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            if (!TryRead(model, out var owner, out var group) || !TryRead(path, out var newOwner, out var newGroup))
                return false;
            if ((owner, group) == (newOwner, newGroup))
                return true;
            if (chown(path, owner, group) == 0)
                return true;
            // Only root gives files away; a group one is a member of can be given by everybody.
            _ = chown(path, uint.MaxValue, group);
            return false;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    private static bool TryRead(string path, out uint owner, out uint group)
    {
        var buffer = new byte[Size];
        var isRead = statx(CurrentDirectory, path, 0, OwnerAndGroup, buffer) == 0;
        owner = BitConverter.ToUInt32(buffer, OwnerOffset);
        group = BitConverter.ToUInt32(buffer, GroupOffset);
        return isRead;
    }

#pragma warning disable SYSLIB1054, CA2101, CA5392 // Generated marshalling would need unsafe code; libc is the system's own, and its strings are UTF-8.
    [DllImport("libc", SetLastError = true, BestFitMapping = false)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint owner, uint group);

    [DllImport("libc", SetLastError = true, BestFitMapping = false)]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
#pragma warning restore SYSLIB1054, CA2101, CA5392
}
