using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>Judges the Stalwart configurations among the additional files of a project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationFileAnalyzer : HardeningAnalyzer
{
    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) =>
        context.RegisterAdditionalFileAction(file => Judge(file, context));

    private static void Judge(AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        var file = context.AdditionalFile;
        if (JudgedFile.Read(file, context.Options.AnalyzerConfigOptionsProvider, analysis, context.CancellationToken) is not { } judged)
            return;
        Location Locate(SourceSpan span) => judged.File.Locate(file.Path, span);
        foreach (var finding in ConfigurationJudge.Judge(judged.Server, judged.Options.Judgement, context.CancellationToken))
        {
            if (FindingDiagnostic.Create(finding, judged.Options, Locate) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }
}
