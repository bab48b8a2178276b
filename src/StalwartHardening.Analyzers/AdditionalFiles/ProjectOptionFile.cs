using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.OptionFiles;

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
    public static bool Is(string path) => path.EndsWith(OptionFile.FileName, StringComparison.Ordinal) && FolderOf(path).Length == path.Length - OptionFile.FileName.Length;

    /// <summary>The option file that holds for a file: the one in its folder, or in the nearest above; null where there is none.</summary>
    public static AdditionalText? For(string path, ImmutableArray<AdditionalText> files)
    {
        AdditionalText? nearest = null;
        foreach (var file in files)
        {
            if (Is(file.Path) && Holds(FolderOf(file.Path), path) && (nearest is null || file.Path.Length > nearest.Path.Length))
                nearest = file;
        }

        return nearest;
    }

    /// <summary>The findings that are meant to stay in a file.</summary>
    public static IReadOnlyList<IgnoredFinding> IgnoredIn(string path, ImmutableArray<AdditionalText> files, AnalysisContext analysis) =>
        For(path, files) is { } file && analysis.TryGetValue(file, Provider, out var options) && options is not null ? options.Ignored : [];

    /// <summary>The same outside of an analysis.</summary>
    public static IReadOnlyList<IgnoredFinding> IgnoredIn(string path, ImmutableArray<AdditionalText> files) =>
        For(path, files) is { } file && Read(file) is { } options ? options.Ignored : [];

    private static OptionFile? Read(AdditionalText file) => file.GetText() is { } text ? OptionFile.Parse(text.ToString()) : null;

    // With the last separator.
    private static string FolderOf(string path) => path.Substring(0, path.LastIndexOfAny(s_separators) + 1);

    private static bool Holds(string folder, string path)
    {
        if (folder.Length > path.Length)
            return false;
        for (var i = 0; i < folder.Length; i++)
        {
            if (folder[i] != path[i] && !(folder[i] is '/' or '\\' && path[i] is '/' or '\\'))
                return false;
        }

        return true;
    }

    private static readonly char[] s_separators = ['/', '\\'];
}
