using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>One of the plans that the project says are one run: items whose <c>Run</c> is the same, applied in the order of the items.</summary>
/// <param name="File">The file.</param>
/// <param name="Text">What was read of it.</param>
/// <param name="Start">Where it begins in the text of the run.</param>
internal sealed record RunFile(AdditionalText File, ConfigurationFile Text, int Start)
{
    /// <summary>Whether a place in the text of the run is in this file.</summary>
    public bool Holds(SourceSpan span) => span.Start >= Start && span.Start <= Start + Text.Text.Length;

    /// <summary>A place in the text of the run, in this file.</summary>
    public Location Locate(SourceSpan span) => Text.Locate(File.Path, new SourceSpan(span.Start - Start, span.Length));

    /// <summary>Whether a file is one of several plans that are one run.</summary>
    public static bool IsPart(AdditionalText file, ImmutableArray<AdditionalText> files, AnalyzerConfigOptionsProvider provider) =>
        RunOf(file, provider) is { } run && files.Any(other => !ReferenceEquals(other, file) && RunOf(other, provider) == run);

    /// <summary>The plans of the run that a file is a part of; empty where it stands for itself.</summary>
    public static IReadOnlyList<RunFile> ReadRun(AdditionalText file, ImmutableArray<AdditionalText> files, AnalyzerConfigOptionsProvider provider, AnalysisContext analysis)
    {
        if (!IsPart(file, files, provider))
            return [];
        var name = RunOf(file, provider);
        var run = new List<RunFile>();
        var start = 0;
        foreach (var part in files)
        {
            if (RunOf(part, provider) != name)
                continue;

            // The compiler says itself what it cannot read; what is no plan cannot be applied, and is judged as what it is.
            if (!analysis.TryGetValue(part, ConfigurationFile.Provider, out var text) || text is not { IsPlan: true } || PlanScreen.Holds(text.Text, [PlanText.Separator.ToString()]))
                return [];
            run.Add(new RunFile(part, text, start));
            start += text.Text.Length + 1;
        }

        return run;
    }

    /// <summary>The server after a run.</summary>
    public static ServerConfiguration Server(IReadOnlyList<RunFile> run, ReadingTarget target, CancellationToken cancellationToken)
    {
        var server = ConfigurationReader.Read(string.Join(PlanText.Separator.ToString(), run.Select(static part => part.Text.Text.ToString())), target, cancellationToken);
        foreach (var part in run)
        {
            if (part.Text.EncodingMistake is { } problem)
                server = Generation.ReadServer(server.Document.WithProblem(problem with { Span = new SourceSpan(problem.Span.Start + part.Start, problem.Span.Length) }), server.Version);
        }

        return server;
    }

    private static string? RunOf(AdditionalText file, AnalyzerConfigOptionsProvider provider) =>
        provider.GetOptions(file).TryGetValue(ItemMetadata.Run, out var run) && run.Length > 0 && !ProjectOptionFile.Is(file.Path) ? run : null;
}
