using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>Judges the Stalwart configurations among the additional files of a project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationFileAnalyzer : HardeningAnalyzer
{
    private const string Extension = ".toml";

    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) =>
        context.RegisterAdditionalFileAction(file => Judge(file, context));

    private static void Judge(AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        var file = context.AdditionalFile;
        var isNamed = IsNamed(file, context.Options.AnalyzerConfigOptionsProvider);
        if (!isNamed && !file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return;

        var options = CompilerOptions.For(file, context.Options.AnalyzerConfigOptionsProvider);
        if (!analysis.TryGetValue(file, DialectReaders.For(options.Judgement.TargetVersion), out var text)
            || text is null
            || !(isNamed || text.LooksLikeStalwart))
            return;

        Location Locate(SourceSpan span) => text.Locate(file.Path, span);
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(text.Document, options.Judgement.TargetVersion), options.Judgement, context.CancellationToken))
        {
            if (FindingDiagnostic.Create(finding, options, Locate) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }

    private static bool IsNamed(AdditionalText file, AnalyzerConfigOptionsProvider provider) =>
        provider.GetOptions(file).TryGetValue(ItemMetadata.IsStalwartConfiguration, out var value)
        && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
