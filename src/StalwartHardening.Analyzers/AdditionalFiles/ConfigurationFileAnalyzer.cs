using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
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
        if (ResourceTexts.IsResource(file.Path))
        {
            JudgeResource(context);
            return;
        }

        if (JudgedFile.Read(file, context.Options.AdditionalFiles, context.Options.AnalyzerConfigOptionsProvider, analysis, context.CancellationToken) is not { } judged)
            return;
        foreach (var finding in ConfigurationJudge.Judge(judged.Server, judged.Options.Judgement, context.CancellationToken))
        {
            if (!judged.Holds(finding.Span) || (finding.Rule is InvalidOption && IsSaidEarlier(finding, context, analysis)))
                continue;
            if (FindingDiagnostic.Create(finding, judged.Options, judged.Locate) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }

    // An option is wrong once, however many files it is for: the first of them says so. Nobody remembers what was said of another file, so it is looked up.
    private static bool IsSaidEarlier(Finding problem, AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        foreach (var earlier in context.Options.AdditionalFiles)
        {
            if (ReferenceEquals(earlier, context.AdditionalFile))
                return false;
            if (JudgedFile.Read(earlier, context.Options.AdditionalFiles, context.Options.AnalyzerConfigOptionsProvider, analysis, context.CancellationToken) is not { } judged)
                continue;
            foreach (var finding in InvalidOption.Of(judged.Options.Judgement))
            {
                if (finding.Message == problem.Message)
                    return true;
            }
        }

        return false;
    }

    private static void JudgeResource(AdditionalFileAnalysisContext context)
    {
        var file = context.AdditionalFile;
        if (file.GetText(context.CancellationToken) is not { } xml || !ResourceTexts.MayHoldServer(xml))
            return;
        var options = CompilerOptions.For(file, context.Options.AnalyzerConfigOptionsProvider);
        foreach (var text in ResourceTexts.In(xml.ToString()))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (ConfigurationLiteral.Certain(text, options.Judgement.Target, out var isPart, context.CancellationToken) is not { } server)
                continue;
            foreach (var finding in ConfigurationJudge.Judge(server, options.Judgement, context.CancellationToken))
            {
                if (finding.Rule is not InvalidOption && !(isPart && finding.Subject is Surprise { IsAdvice: true }) && FindingDiagnostic.Create(finding, options, span => Locate(text.Locate(span))) is { } diagnostic)
                    context.ReportDiagnostic(diagnostic);
            }
        }

        Location Locate(TextSpan span) => Location.Create(file.Path, span, xml.Lines.GetLinePositionSpan(span));
    }
}
