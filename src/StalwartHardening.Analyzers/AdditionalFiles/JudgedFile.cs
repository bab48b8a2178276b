using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>An additional file that is a mail server's, with all that its judgement takes.</summary>
/// <param name="File">The file.</param>
/// <param name="Server">The server it configures.</param>
/// <param name="Options">What is said about it.</param>
internal sealed record JudgedFile(ConfigurationFile File, ServerConfiguration Server, HardeningOptions Options)
{
    /// <summary>Reads <paramref name="file"/>; null where it is somebody else's.</summary>
    public static JudgedFile? Read(AdditionalText file, AnalyzerConfigOptionsProvider provider, AnalysisContext analysis, CancellationToken cancellationToken)
    {
        var isNamed = IsNamed(file, provider);
        if ((!isNamed && !ConfigurationFileName.IsCandidate(file.Path)) || !analysis.TryGetValue(file, ConfigurationFile.Provider, out var text) || text is null)
            return null;
        // Nobody asks for the options of somebody else's JSON.
        var isToml = !ConfigurationFileName.IsJson(file.Path);
        if (!text.IsPlan && !isNamed && !isToml)
            return null;
        var options = CompilerOptions.For(file, provider);
        return text.Server(options.Judgement.Target, isNamed, isToml, cancellationToken) is { } server ? new JudgedFile(text, server, options) : null;
    }

    private static bool IsNamed(AdditionalText file, AnalyzerConfigOptionsProvider provider) =>
        provider.GetOptions(file).TryGetValue(ItemMetadata.IsStalwartConfiguration, out var value)
        && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
