using StalwartHardening.OptionFiles;

namespace StalwartHardening.Tool.Options;

/// <summary>An option file where it was found.</summary>
internal sealed class FoundOptionFile
{
    private readonly string _path;

    private FoundOptionFile(string path, OptionFile content)
    {
        _path = path;
        Content = content;
        Ignored = [.. content.Ignored.Select(ignored => new IgnoredEntry(path, ignored))];
    }

    /// <summary>What it says.</summary>
    public OptionFile Content { get; }

    /// <summary>The findings that are meant to stay.</summary>
    public IReadOnlyList<IgnoredEntry> Ignored { get; }

    /// <summary>The baseline, as a full path; null where there is none.</summary>
    public string? Baseline => Content.Baseline is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(_path) ?? ".") : null;

    /// <summary>Understands the text of the file at <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">It says something that cannot be.</exception>
    public static FoundOptionFile Parse(string text, string path)
    {
        var content = OptionFile.Parse(text);
        return content.Problems is [var problem, ..]
            ? throw new UsageException(FormattableString.Invariant($"{path}({problem.Line}): {problem.Message}"))
            : new FoundOptionFile(path, content);
    }
}
