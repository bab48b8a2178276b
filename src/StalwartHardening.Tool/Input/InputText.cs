using System.Text;
using StalwartHardening.Plans;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Input;

/// <summary>The text of one file, or why there is none.</summary>
/// <param name="Text">The text; null where the file could not be read.</param>
/// <param name="InvalidAt">Where the text is not valid UTF-8 (and holds a replacement character); -1 where it is.</param>
/// <param name="Problem">Why there is no text, as the end of a sentence; null where there is one.</param>
internal readonly record struct InputText(string? Text, int InvalidAt, string? Problem)
{
    /// <summary>Whether this is no text, or so much of it that it is nobody's configuration.</summary>
    public bool IsNoText { get; private init; }

    /// <summary>The largest file that is read. A mail server's configuration has a few kilobytes.</summary>
    public const int MaxMebibytes = 16;

    private const int MaxBytes = MaxMebibytes * 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads <paramref name="file"/>. Never throws.</summary>
    public static InputText Read(InputFile file)
    {
        try
        {
            return file.IsRun ? ReadRun(file) : file.IsStandardInput ? ReadStandardInput() : ReadFile(file.FullPath);
        }
        catch (UnauthorizedAccessException)
        {
            return Unreadable("permission denied");
        }
        catch (FileNotFoundException) when (IsLink(file.FullPath))
        {
            return Unreadable("the link is broken, or leads in a circle");
        }
        catch (IOException e)
        {
            return Unreadable(file.IsStandardInput ? "standard input is closed or cannot be read" : Explain(e));
        }
    }

    /// <summary>What went wrong, without a path: it is already in the sentence.</summary>
    public static string Explain(IOException problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        PathTooLongException => "the path is too long",
        _ when problem.Message.Contains("Too many levels of symbolic links", StringComparison.Ordinal) => "the link is broken, or leads in a circle",
        _ => "it cannot be read",
    };

    private static bool IsLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The texts of a run, a record separator between them.
    private static InputText ReadRun(InputFile run)
    {
        var texts = new List<string>(run.Parts.Count);
        var length = 0;
        var invalidAt = -1;
        foreach (var part in run.Parts)
        {
            var input = Read(part);
            if (input.Text is not { } text)
                return Unreadable($"'{Printable.Text(part.Path)}': {input.Problem}");
            if (part.IsToml && !PlanIdentification.MayBePlan(text))
                return Unreadable($"'{Printable.Text(part.Path)}' is TOML, and only plans are applied one after the other");
            if (text.Contains(PlanText.Separator))
                return Unreadable($"'{Printable.Text(part.Path)}' holds a record separator (U+001E), which JSON allows nowhere");
            if (invalidAt < 0 && input.InvalidAt >= 0)
                invalidAt = length + input.InvalidAt;
            texts.Add(text);
            length += text.Length + 1;
        }

        return new InputText(string.Join(PlanText.Separator, texts), invalidAt, null);
    }

    private static InputText ReadStandardInput()
    {
        using var stream = StandardStreams.OpenInput();
        return stream is null ? Unreadable("standard input is closed") : Read(stream, 0);
    }

    private static InputText ReadFile(string path)
    {
        // A directory's handle can be opened on some systems; a pipe or device is read up to the limit.
        if (Directory.Exists(path))
            return Unreadable("this is a directory");
        if (NamedPipe.Is(path))
            return Unreadable("this is a pipe; give it to standard input");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var length = stream.CanSeek ? stream.Length : 0;
        return length > MaxBytes ? TooLarge() : Read(stream, (int)length);
    }

    private static InputText Read(Stream stream, int expected)
    {
        var buffer = new byte[Math.Max(expected, 4095) + 1];
        var count = 0;
        while (true)
        {
            if (count == buffer.Length)
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxBytes + 1));
            var read = stream.Read(buffer, count, buffer.Length - count);
            if (read == 0)
                break;
            count += read;
            if (count > MaxBytes)
                return TooLarge();
        }

        var bytes = buffer.AsSpan(0, count);
        if (bytes.Contains((byte)0))
            return Unreadable("this is a binary file, not text") with { IsNoText = true };
        try
        {
            return new InputText(Strict.GetString(bytes), -1, null);
        }
        catch (DecoderFallbackException e)
        {
            return new InputText(Lenient.GetString(bytes), Lenient.GetCharCount(bytes[..Math.Max(0, e.Index)]), null);
        }
    }

    private static InputText TooLarge() => Unreadable($"it is larger than {MaxMebibytes} MiB, the limit") with { IsNoText = true };

    private static InputText Unreadable(string problem) => new(null, -1, problem);
}
