using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;

namespace StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;

/// <summary>
/// Fixes a configuration file from a call that names it: <c>dotnet format</c> and many editors pass over findings in files that are not
/// C#. What is safe and what may cut somebody off are two actions.
/// </summary>
internal static class ReferenceFixes
{
    private const string Safe = "safe/" + EmbeddedConfigurationHasFindings.RuleId + "/fix-file";
    private const string Review = "review/" + EmbeddedConfigurationHasFindings.RuleId + "/fix-file";

    /// <summary>The actions for a diagnostic; none where it is not about a file that is named, or nothing can be done there.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await NamedAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is not var (file, target))
            return [];
        var actions = new List<CodeAction>();
        foreach (var key in new[] { Safe, Review })
        {
            if (await FixAsync(document.Project, file, target, key, cancellationToken).ConfigureAwait(false) is not var (text, count))
                continue;
            var changed = await WithAsync(document.Project.Solution, target, text, cancellationToken).ConfigureAwait(false);
            actions.Add(CodeAction.Create(TitleOf(key, count, Path.GetFileName(file.Path)), _ => Task.FromResult(changed), key));
        }

        return actions;
    }

    /// <summary>The solution with one of the actions applied to every file that a document names.</summary>
    public static async Task<Solution> ApplyAllAsync(Solution solution, Document document, string equivalenceKey, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (equivalenceKey is not (Safe or Review))
            return solution;
        var done = new HashSet<DocumentId>();
        foreach (var diagnostic in diagnostics)
        {
            if (await NamedAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is var (file, target)
                && done.Add(target.Id)
                && await FixAsync(document.Project, file, target, equivalenceKey, cancellationToken).ConfigureAwait(false) is var (text, _))
                solution = await WithAsync(solution, target, text, cancellationToken).ConfigureAwait(false);
        }

        return solution;
    }

    private static string TitleOf(string key, int count, string file)
    {
        var fixes = count == 1 ? "the safe fix" : $"the {count} safe fixes";
        return key == Safe
            ? $"Apply {fixes} to '{file}'"
            : $"Apply the fixes to '{file}' that may cut off clients or administrators ({(count == 1 ? "1 finding" : $"{count} findings")})";
    }

    private static async Task<(AdditionalText File, TextDocument Target)?> NamedAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.Id != EmbeddedConfigurationHasFindings.RuleId
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not LiteralExpressionSyntax literal
            || ConfigurationName.FileOf(literal, ConfigurationName.Candidates(document.Project.AnalyzerOptions.AdditionalFiles)) is not { } file
            || RunFile.IsPart(file, document.Project.AnalyzerOptions.AdditionalFiles, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider)
            || document.Project.AdditionalDocuments.FirstOrDefault(other => other.FilePath == file.Path) is not { } target)
            return null;
        return (file, target);
    }

    private static async Task<(string Text, int Count)?> FixAsync(Project project, AdditionalText file, TextDocument target, string key, CancellationToken cancellationToken)
    {
        var options = CompilerOptions.For(file, project.AnalyzerOptions.AnalyzerConfigOptionsProvider);
        var safety = key == Safe ? RemedySafety.Safe : RemedySafety.Review;
        var ignored = ProjectOptionFile.IgnoredIn(file.Path, project.AnalyzerOptions.AdditionalFiles);
        var before = (await target.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString();
        var after = RemedyApplication.FixAll(
            before,
            options.Judgement,
            (finding, remedies) => IsWanted(finding) && remedies.FirstOrDefault() is { } first && first.Safety == safety ? first : null,
            cancellationToken: cancellationToken);
        return after == before ? null : (after, Math.Max(1, Count(before) - Count(after)));

        // What somebody has silenced is not fixed without their knowledge.
        bool IsWanted(Finding finding) => options.SeverityOf(finding) != RuleSeverity.None && !ignored.Any(entry => entry.Covers(finding))
            && !(project.CompilationOptions?.SpecificDiagnosticOptions.TryGetValue(finding.Rule.Id, out var severity) == true && severity == ReportDiagnostic.Suppress);

        int Count(string text) => ConfigurationJudge.Judge(ConfigurationReader.Read(text, options.Judgement.Target, cancellationToken), options.Judgement, cancellationToken).Count(IsWanted);
    }

    private static async Task<Solution> WithAsync(Solution solution, TextDocument target, string text, CancellationToken cancellationToken)
    {
        var source = await target.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return solution.WithAdditionalDocumentText(target.Id, source.Replace(0, source.Length, text));
    }
}
