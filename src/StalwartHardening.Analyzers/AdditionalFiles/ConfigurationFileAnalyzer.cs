using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.OptionFiles;
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
        if (ProjectOptionFile.Is(context.AdditionalFile.Path))
        {
            JudgeOptionFile(context, analysis);
            return;
        }

        if (FindingsIn(context.AdditionalFile, context, analysis) is not { } file)
            return;
        var ignored = ProjectOptionFile.IgnoredIn(file.OptionsPath, context.Options.AdditionalFiles, analysis);
        foreach (var found in file.Findings)
        {
            if (!ignored.Any(entry => entry.Covers(found.Finding)) && FindingDiagnostic.Create(found.Finding, found.Options, found.Locate) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }

    // Null where the file is somebody else's.
    private static FileFindings? FindingsIn(AdditionalText file, AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        if (ResourceTexts.IsResource(file.Path))
            return FindingsInResource(file, context) is { } inResource ? new FileFindings(inResource, file.Path) : null;
        if (JudgedFile.Read(file, context.Options.AdditionalFiles, context.Options.AnalyzerConfigOptionsProvider, analysis, context.CancellationToken) is not { } judged)
            return null;
        var result = new List<Found>();
        foreach (var finding in ConfigurationJudge.Judge(judged.Server, judged.Options.Judgement, context.CancellationToken))
        {
            if (judged.Holds(finding.Span) && !(finding.Rule is InvalidOption && IsSaidEarlier(finding, file, context, analysis)))
                result.Add(new Found(finding, judged.Options, judged.Locate));
        }

        return new FileFindings(result, judged.OptionsPath);
    }

    // An option is wrong once, however many files it is for: the first of them says so. Nobody remembers what was said of another file, so it is looked up.
    private static bool IsSaidEarlier(Finding problem, AdditionalText file, AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        foreach (var earlier in context.Options.AdditionalFiles)
        {
            if (ReferenceEquals(earlier, file))
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

    private static List<Found>? FindingsInResource(AdditionalText file, AdditionalFileAnalysisContext context)
    {
        if (file.GetText(context.CancellationToken) is not { } xml || !ResourceTexts.MayHoldServer(xml))
            return null;
        List<Found>? result = null;
        var options = CompilerOptions.For(file, context.Options.AnalyzerConfigOptionsProvider);
        foreach (var text in ResourceTexts.In(xml.ToString()))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (ConfigurationLiteral.Certain(text, options.Judgement.Target, out var isPart, context.CancellationToken) is not { } server)
                continue;
            result ??= [];
            foreach (var finding in ConfigurationJudge.Judge(server, options.Judgement, context.CancellationToken))
            {
                if (finding.Rule is not InvalidOption && !(isPart && finding.Subject is Surprise { IsAdvice: true }))
                    result.Add(new Found(finding, options, span => Locate(text.Locate(span))));
            }
        }

        return result;

        Location Locate(TextSpan span) => Location.Create(file.Path, span, xml.Lines.GetLinePositionSpan(span));
    }

    // What it says is in force in the files around it; here is said what in it is wrong, and what it is no longer needed for.
    private static void JudgeOptionFile(AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        var file = context.AdditionalFile;
        if (!analysis.TryGetValue(file, ProjectOptionFile.Provider, out var content) || content is null || file.GetText(context.CancellationToken) is not { } text)
            return;
        foreach (var problem in content.Problems)
            Report(InvalidOption.RuleId, problem, problem.Message);

        if (content.Ignored.Count > 0 && UnusedIn(content, file, context, analysis) is { } unused)
        {
            foreach (var entry in unused)
                Report(UnusedSuppression.RuleId, entry.Unused, "This [[ignore]] suppresses nothing: " + entry.Unused.Message);
        }

        void Report(string id, OptionFileProblem problem, string message)
        {
            var place = text.Lines[Math.Min(problem.Line, text.Lines.Count) - 1].Span;
            var finding = new Finding(RuleCatalog.Find(id)!, new SourceSpan(place.Start, place.Length), "") { Wording = message };
            if (FindingDiagnostic.Create(finding, CompilerOptions.For(file, context.Options.AnalyzerConfigOptionsProvider), span => Location.Create(file.Path, place, text.Lines.GetLinePositionSpan(place))) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }

    // The entries that no file needs; null where no configuration is among the files of the project, so that they are for others. In a
    // program that says what a server is they may be for that, and to know would take reading all of it for every change of this file.
    private static List<IgnoredFinding>? UnusedIn(OptionFile content, AdditionalText file, AdditionalFileAnalysisContext context, AnalysisContext analysis)
    {
        List<IgnoredFinding>? unused = null;
        foreach (var other in context.Options.AdditionalFiles)
        {
            if (ProjectOptionFile.Is(other.Path) || FindingsIn(other, context, analysis) is not { } found || !ReferenceEquals(ProjectOptionFile.For(found.OptionsPath, context.Options.AdditionalFiles), file))
                continue;
            unused ??= [.. content.Ignored];
            if (unused.Count == 0)
                return unused;
            unused.RemoveAll(entry => found.Findings.Exists(one => one.Options.SeverityOf(one.Finding) != RuleSeverity.None && entry.Covers(one.Finding)));
        }

        return unused is { Count: > 0 } && TextSearch.Finds(context.Compilation, static text => CodeMayHoldServer(text.ToString()), context.CancellationToken) ? null : unused;
    }

    private static bool CodeMayHoldServer(string text) =>
        MemberSearch.MayHoldServer(text) || text.IndexOf("Stalwart", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("server.", StringComparison.Ordinal) >= 0 || text.IndexOf("\"@type", StringComparison.Ordinal) >= 0;

    private sealed record FileFindings(List<Found> Findings, string OptionsPath);

    private readonly record struct Found(Finding Finding, HardeningOptions Options, Func<SourceSpan, Location> Locate);
}
