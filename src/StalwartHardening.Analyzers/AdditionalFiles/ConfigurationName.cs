using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>Names of configuration files in calls: paths, and resource names that the compiler makes of them.</summary>
internal static class ConfigurationName
{
    private static readonly char[] PathSeparators = ['/', '\\'];

    /// <summary>The files that may be named.</summary>
    public static List<AdditionalText> Candidates(IEnumerable<AdditionalText> files) =>
        [.. files.Where(static file => ConfigurationFileName.IsCandidate(file.Path))];

    /// <summary>The file that an argument names; null where it names none, or might name two.</summary>
    public static AdditionalText? FileOf(LiteralExpressionSyntax literal, IReadOnlyList<AdditionalText> files) =>
        literal.Parent is ArgumentSyntax && literal.Token.ValueText is { Length: > 5 } name && ConfigurationFileName.IsCandidate(name)
            ? FileNamed(name, files)
            : null;

    // The file whose path ends most like the name, parts compared from the end; null where two are as good. The compiler makes
    // resource names of paths by putting dots for separators.
    private static AdditionalText? FileNamed(string name, IReadOnlyList<AdditionalText> files)
    {
        AdditionalText? best = null;
        var bestLength = 0;
        var isAmbiguous = false;
        var dottedName = Dotted(name);
        foreach (var file in files)
        {
            var length = CommonEnd(dottedName, Dotted(file.Path));
            if (length < Path.GetFileName(file.Path.Replace('\\', '/')).Length || length < bestLength)
                continue;
            isAmbiguous = length == bestLength;
            (best, bestLength) = (file, length);
        }

        return isAmbiguous ? null : best;
    }

    private static string Dotted(string path) => "." + string.Join(".", path.Split(PathSeparators, StringSplitOptions.RemoveEmptyEntries));

    // How many characters of whole parts are the same at the end.
    private static int CommonEnd(string name, string path)
    {
        var whole = 0;
        for (var length = 1; length <= name.Length && length <= path.Length; length++)
        {
            var c = name[name.Length - length];
            if (char.ToUpperInvariant(c) != char.ToUpperInvariant(path[path.Length - length]))
                break;
            if (c == '.')
                whole = length - 1;
        }

        return whole;
    }
}
