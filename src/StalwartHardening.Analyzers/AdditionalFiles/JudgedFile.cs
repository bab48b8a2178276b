using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>An additional file that is a mail server's, with all that its judgement takes.</summary>
/// <param name="Server">The server it configures; for a plan of a run, the server after the run.</param>
/// <param name="Options">What is said about it.</param>
/// <param name="OptionsPath">The file of which that is said: this one, or the first of its run.</param>
internal sealed record JudgedFile(ServerConfiguration Server, HardeningOptions Options, string OptionsPath)
{
    private IReadOnlyList<RunFile> Files { get; init; } = [];

    /// <summary>Reads <paramref name="file"/>; null where it is somebody else's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="files">All additional files: a plan may be one of several that are one run.</param>
    /// <param name="provider">The options.</param>
    /// <param name="analysis">What keeps texts that have been read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static JudgedFile? Read(AdditionalText file, ImmutableArray<AdditionalText> files, AnalyzerConfigOptionsProvider provider, AnalysisContext analysis, CancellationToken cancellationToken)
    {
        var isNamed = IsNamed(file, provider);
        if ((!isNamed && !ConfigurationFileName.IsCandidate(file.Path)) || !analysis.TryGetValue(file, ConfigurationFile.Provider, out var text) || text is null)
            return null;
        if (isNamed && RunFile.ReadRun(file, files, provider, analysis) is { Count: > 0 } run)
        {
            // What holds for the first plan of a run holds for all.
            var joined = CompilerOptions.For(run[0].File, provider).ForJoinedPlans();
            return new JudgedFile(RunFile.Server(run, joined.Judgement.Target, cancellationToken), joined, run[0].File.Path) { Files = [.. run.Where(part => ReferenceEquals(part.File, file)), .. run.Where(part => !ReferenceEquals(part.File, file))] };
        }

        // Nobody asks for the options of somebody else's JSON.
        var isToml = !ConfigurationFileName.IsJson(file.Path);
        if (!text.IsPlan && !isNamed && !isToml)
            return null;
        var options = CompilerOptions.For(file, provider);
        return text.Server(options.Judgement.Target, isNamed, isToml, cancellationToken) is { } server ? new JudgedFile(server, options, file.Path) { Files = [new RunFile(file, text, 0)] } : null;
    }

    /// <summary>Whether a finding is about this file: in a run it may be about another.</summary>
    public bool Holds(SourceSpan span) => Files.Count == 1 || Files[0].Holds(span);

    /// <summary>The place of <paramref name="span"/> in this file, or in another one of its run.</summary>
    public Location Locate(SourceSpan span)
    {
        foreach (var part in Files)
        {
            if (part.Holds(span))
                return part.Locate(span);
        }

        return Files[0].Locate(span);
    }

    private static bool IsNamed(AdditionalText file, AnalyzerConfigOptionsProvider provider) =>
        provider.GetOptions(file).TryGetValue(ItemMetadata.IsStalwartConfiguration, out var value)
        && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
