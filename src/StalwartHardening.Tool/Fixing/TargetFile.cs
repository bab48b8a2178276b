using System.Globalization;
using System.Text;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Fixing;

/// <summary>
/// The file a fix goes into. It is written whole or not at all: into a new file beside it, with the same permissions and owner,
/// which then takes its place.
/// </summary>
/// <param name="Path">Where the file is, without links.</param>
internal sealed record TargetFile(string Path)
{
    private const int MaxBackups = 1000;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Held while a temporary file exists; the end of the process waits for it.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>The file that <paramref name="file"/> leads to; null, and why, where a link leads to it from outside its tree.</summary>
    public static TargetFile? Find(InputFile file, out string? problem)
    {
        problem = null;
        try
        {
            var real = RealPath.Of(file.FullPath);
            var root = file.Root ?? System.IO.Path.GetDirectoryName(file.FullPath) ?? file.FullPath;
            if (RealPath.IsBelow(real, RealPath.Of(root)))
                return new TargetFile(real);
            problem = $"it is reached through a link that leads out of '{Printable.Text(root)}'; name '{Printable.Text(real)}' itself to have it fixed";
        }
        catch (UnauthorizedAccessException)
        {
            problem = "permission denied";
        }
        catch (IOException e)
        {
            problem = InputText.Explain(e);
        }

        return null;
    }

    /// <summary>Whether the file may be written, as far as that can be said without doing it; null, or why not.</summary>
    public string? WhyNotWritable()
    {
        try
        {
            // Root may write everything, but a file without write permissions was meant to stay as it is.
            if (OperatingSystem.IsWindows() ? File.GetAttributes(Path).HasFlag(FileAttributes.ReadOnly) : (File.GetUnixFileMode(Path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0)
                return "the file is read-only";
            using (new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
                return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "permission denied";
        }
        catch (IOException e)
        {
            return WhyNot(e);
        }
    }

    /// <summary>Puts <paramref name="after"/> in the place of <paramref name="before"/>.</summary>
    /// <param name="before">The text that was judged; anything else in the file is left alone.</param>
    /// <param name="after">The text to write.</param>
    /// <param name="keepsBackup">Whether the old text stays in a file beside it.</param>
    public WriteResult Replace(string before, string after, bool keepsBackup)
    {
        if (WhyNotWritable() is { } reason)
            return new WriteResult(reason);
        lock (Gate)
        {
            try
            {
                var old = Utf8.GetBytes(before);
                using var temporary = TemporaryFile.Create(Path, Utf8.GetBytes(after));
                var backup = keepsBackup ? Backup(old) : null;
                try
                {
                    if (!Holds(old))
                    {
                        TemporaryFile.Delete(backup);
                        return new WriteResult("the file has changed since it was read; nothing was written, run the command again");
                    }

                    temporary.MoveTo(Path, overwrite: true);
                    return new WriteResult(null, backup, temporary.KeepsOwner);
                }
                catch
                {
                    TemporaryFile.Delete(backup);
                    throw;
                }
            }
            catch (UnauthorizedAccessException)
            {
                return new WriteResult("permission denied on its directory");
            }
            catch (IOException e)
            {
                return new WriteResult(WhyNot(e));
            }
        }
    }

    private static string WhyNot(IOException problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "the file has gone away since it was read",
        _ when problem.Message.Contains("Read-only file system", StringComparison.OrdinalIgnoreCase) => "the file system is read-only",
        _ when problem.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase) => "the disk is full",
        _ => "it cannot be written",
    };

    private bool Holds(byte[] expected)
    {
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (stream.Length != expected.Length)
            return false;
        var found = new byte[expected.Length];
        return stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.AsSpan().SequenceEqual(expected);
    }

    // A number follows where there are backups already: the oldest holds what a person wrote.
    private string Backup(byte[] content)
    {
        using var temporary = TemporaryFile.Create(Path, content);
        for (var number = 0; ; number++)
        {
            var backup = Path + (number == 0 ? ".bak" : string.Create(CultureInfo.InvariantCulture, $".bak.{number}"));
            if (System.IO.Path.Exists(backup) && number < MaxBackups)
                continue;
            temporary.MoveTo(backup, overwrite: false);
            return backup;
        }
    }
}

/// <summary>What became of a file.</summary>
/// <param name="Problem">Why nothing was written, as the end of a sentence; null where it was.</param>
/// <param name="Backup">Where the old text is; null for nowhere.</param>
/// <param name="KeepsOwner">Whether the file still belongs to whom it did.</param>
internal readonly record struct WriteResult(string? Problem, string? Backup = null, bool KeepsOwner = true);
