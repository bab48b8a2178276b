using System.Buffers;
using System.Security.Cryptography;

namespace StalwartHardening.Tool.Files;

/// <summary>
/// A new file beside another, which then takes its place. As long as it is open it is locked; one that nobody holds was left behind
/// by a process that was killed, and the next run in its directory clears it away.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const string Ending = ".stalwart-harden.tmp";
    private const int HexDigits = 8;
    private const int MaxAttempts = 8;
    private static readonly SearchValues<char> LowercaseHexDigits = SearchValues.Create("0123456789abcdef");

    private readonly FileStream _stream;
    private bool _isInPlace;

    private TemporaryFile(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Whether it belongs to whom the other file belongs.</summary>
    public bool KeepsOwner { get; private set; } = true;

    /// <summary>Writes <paramref name="content"/> into a new file beside <paramref name="target"/>, with its permissions and owner where it exists.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static TemporaryFile Create(string target, ReadOnlySpan<byte> content)
    {
        var exists = File.Exists(target);
        var file = Open(target, isPrivate: exists);
        try
        {
            file._stream.Write(content);
            file._stream.Flush(flushToDisk: true);
            if (exists)
            {
                file.KeepsOwner = FileOwner.TryCopy(target, file.Path);
                // Last: a change of the owner takes bits away.
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file.Path, File.GetUnixFileMode(target));
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Gives it the name <paramref name="target"/>.</summary>
    public void MoveTo(string target, bool overwrite)
    {
        File.Move(Path, target, overwrite);
        _isInPlace = true;
    }

    /// <summary>Deletes what killed processes have left in <paramref name="directory"/>. What cannot be deleted stays.</summary>
    public static void ClearLeftovers(string directory)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(directory, "*" + Ending))
            {
                if (IsOurs(System.IO.Path.GetFileName(path)) && new FileInfo(path).LinkTarget is null)
                    DeleteIfLeft(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that may be written and not listed: nothing is lost but its tidiness.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_isInPlace)
            Delete(Path);
    }

    /// <summary>Deletes a file if that is possible.</summary>
    public static void Delete(string? path)
    {
        try
        {
            if (path is not null)
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever went wrong before says why.
        }
    }

    private static TemporaryFile Open(string target, bool isPrivate)
    {
        // To share the right to delete takes a lock that others can see, and lets the file be moved while it is open.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete, BufferSize = 0 };
        // Nobody else looks into it before it has the permissions of the other.
        if (isPrivate && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        for (var attempt = 1; ; attempt++)
        {
            var path = $"{target}.{RandomNumberGenerator.GetHexString(HexDigits, lowercase: true)}{Ending}";
            var file = new TemporaryFile(path, new FileStream(path, options));
            // Another run may have cleared it away between its creation and its lock.
            if (File.Exists(path) || attempt == MaxAttempts)
                return file;
            file._stream.Dispose();
        }
    }

    // name.0123abcd.stalwart-harden.tmp
    private static bool IsOurs(string name)
    {
        var digits = name.Length - Ending.Length - HexDigits;
        return digits > 1 && name[digits - 1] == '.' && name.EndsWith(Ending, StringComparison.Ordinal)
            && !name.AsSpan(digits, HexDigits).ContainsAnyExcept(LowercaseHexDigits);
    }

    private static void DeleteIfLeft(string path)
    {
        try
        {
            // Fails as long as somebody holds it.
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or still in use.
        }
    }
}
