using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Input;

/// <summary>A configuration to judge.</summary>
/// <param name="Path">The path as it is shown: from the working directory where the file is below it, with forward slashes.</param>
/// <param name="FullPath">Where it is; for standard input, where it would be.</param>
/// <param name="IsNamed">Whether the user named it (or its glob), so that it is judged whatever it looks like.</param>
internal sealed record InputFile(string Path, string FullPath, bool IsNamed)
{
    /// <summary>The argument that means standard input.</summary>
    public const string StandardInputArgument = "-";

    /// <summary>How standard input is shown unless it is given a name.</summary>
    public const string StandardInputName = "<stdin>";

    /// <summary>Whether its name says TOML; others are read as whatever they hold.</summary>
    public bool IsToml { get; } = FullPath.EndsWith(".toml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The place in the order of the output.</summary>
    public int Order { get; init; }

    /// <summary>The directory whose tree the user meant: the one that was named, that of the glob, or for a file the working directory or its own; null where there is none.</summary>
    public string? Root { get; init; }

    /// <summary>The files that are one run, in the order in which they are applied; empty for a file that stands for itself.</summary>
    public IReadOnlyList<InputFile> Parts { get; init; } = [];

    /// <summary>Whether it is several plans that are applied one after the other.</summary>
    public bool IsRun => Parts.Count > 0;

    /// <summary>Several plans as one run. What holds for the first of them holds for all.</summary>
    /// <param name="parts">The files, in the order in which they are applied.</param>
    public static InputFile Run(IReadOnlyList<InputFile> parts) =>
        parts.Count == 1 ? parts[0] : new InputFile(string.Join(", ", parts.Select(static part => part.Path)), parts[0].FullPath, IsNamed: true) { Parts = parts, Root = parts[0].Root, Order = parts[0].Order };

    /// <summary>Whether the text comes from standard input.</summary>
    public bool IsStandardInput { get; init; }
}

/// <summary>Something named on the command line that cannot be judged.</summary>
/// <param name="Path">The path as it is shown.</param>
/// <param name="Message">What is wrong with it, as the end of a sentence, without a full stop.</param>
internal sealed record InputProblem(string Path, string Message)
{
    /// <summary>What cannot be done with it.</summary>
    public string Verb { get; init; } = "check";

    /// <inheritdoc/>
    public override string ToString() => $"cannot {Verb} '{Printable.Text(Path)}': {Message}";
}
