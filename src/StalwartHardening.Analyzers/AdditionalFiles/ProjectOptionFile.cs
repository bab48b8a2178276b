using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>
/// The option file of a project. Builds take from it the findings that are meant to stay; everything else they are told where a build
/// is told everything, so that one decision is in one place.
/// </summary>
internal static class ProjectOptionFile
{
    /// <summary>Understands an option file; null where the compiler cannot read it, which it reports itself.</summary>
    public static AdditionalTextValueProvider<OptionFile?> Provider { get; } = new(Read);

    /// <summary>Whether a file is one, by its name.</summary>
    public static bool Is(string path) => OptionFileFolders.IsOptionFile(path);

    /// <summary>The option file that holds for a file: the one in its folder, or in the nearest above; null where there is none.</summary>
    public static AdditionalText? For(string path, ImmutableArray<AdditionalText> files) =>
        OptionFileFolders.Nearest(path, files, static file => file.Path);

    /// <summary>The findings that are meant to stay in a file.</summary>
    public static IReadOnlyList<IgnoredFinding> IgnoredIn(string path, ImmutableArray<AdditionalText> files, AnalysisContext analysis) =>
        For(path, files) is { } file && analysis.TryGetValue(file, Provider, out var options) && options is not null ? options.Ignored : [];

    /// <summary>Whether an entry says that a finding in a file is meant to stay.</summary>
    public static bool Ignores(Finding finding, string path, ImmutableArray<AdditionalText> files, AnalysisContext analysis)
    {
        foreach (var entry in IgnoredIn(path, files, analysis))
        {
            if (entry.Covers(finding))
                return true;
        }

        return false;
    }

    /// <summary>The same outside of an analysis.</summary>
    public static IReadOnlyList<IgnoredFinding> IgnoredIn(string path, ImmutableArray<AdditionalText> files) =>
        For(path, files) is { } file && Read(file) is { } options ? options.Ignored : [];

    private static OptionFile? Read(AdditionalText file) => file.GetText() is { } text ? OptionFile.Parse(text.ToString()) : null;
}
