using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers;

/// <summary>Where the compiler keeps our options: sections for a file, then the global ones, then properties of the project.</summary>
internal static class CompilerOptions
{
    /// <summary>
    /// The options for <paramref name="file"/>. A section such as <c>[*.toml]</c> wins over <c>.globalconfig</c>, what the project
    /// states for the file (its target version, its server's state) wins over both, and what it states for all files over nothing.
    /// </summary>
    public static HardeningOptions For(AdditionalText file, AnalyzerConfigOptionsProvider provider)
    {
        var section = provider.GetOptions(file);
        var global = provider.GlobalOptions;
        return HardeningOptions.Read(
            name => Value(section, name) ?? Value(global, name),
            NamesOf(section).Concat(NamesOf(global)).Distinct(AnalyzerConfigOptions.KeyComparer),
            Value(section, ItemMetadata.TargetVersion),
            Value(section, ItemMetadata.ServerState),
            property => Value(global, ItemMetadata.PropertyPrefix + property));
    }

    /// <summary>The options for a server written in C#, in <paramref name="tree"/>.</summary>
    public static HardeningOptions For(SyntaxTree tree, AnalyzerConfigOptionsProvider provider)
    {
        var section = provider.GetOptions(tree);
        var global = provider.GlobalOptions;
        return HardeningOptions.Read(
            name => Value(section, name) ?? Value(global, name),
            NamesOf(section).Concat(NamesOf(global)).Distinct(AnalyzerConfigOptions.KeyComparer),
            propertyOf: property => Value(global, ItemMetadata.PropertyPrefix + property));
    }

    private static string? Value(AnalyzerConfigOptions options, string name) => options.TryGetValue(name, out var value) ? value : null;

    private static IEnumerable<string> NamesOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            // The base class throws where a host does not list its options; misspelled ones then stay unknown.
            return [];
        }
    }
}
