using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>Says at a call that names a configuration file of the project how many findings the file has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationReferenceAnalyzer : HardeningAnalyzer
{
    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(start =>
    {
        // A project without configuration files pays nothing for this.
        var files = ConfigurationName.Candidates(start.Options.AdditionalFiles);
        if (files.Count > 0)
            start.RegisterSyntaxNodeAction(node => Judge(node, files, context), SyntaxKind.StringLiteralExpression);
    });

    private static void Judge(SyntaxNodeAnalysisContext context, List<AdditionalText> files, AnalysisContext analysis)
    {
        var literal = (LiteralExpressionSyntax)context.Node;
        if (ConfigurationName.FileOf(literal, files) is not { } file)
            return;

        var provider = context.Options.AnalyzerConfigOptionsProvider;
        if (JudgedFile.Read(file, context.Options.AdditionalFiles, provider, analysis, context.CancellationToken) is not { Server: var server, Options: var options } judged)
            return;

        var ignored = ProjectOptionFile.IgnoredIn(judged.OptionsPath, context.Options.AdditionalFiles, analysis);
        var ids = ConfigurationJudge.Judge(server, options.Judgement, context.CancellationToken)
            .Where(finding => judged.Holds(finding.Span) && options.SeverityOf(finding) != RuleSeverity.None && !ignored.Any(entry => entry.Covers(finding)))
            .GroupBy(finding => finding.Rule.Id, StringComparer.Ordinal)
            .Select(group => (Id: group.Key, Count: group.Count()))
            .OrderBy(group => group.Id, StringComparer.Ordinal)
            .ToList();
        var count = ids.Sum(static group => group.Count);
        if (count == 0)
            return;
        var rule = RuleCatalog.Find(EmbeddedConfigurationHasFindings.RuleId)!;
        var finding = new Finding(
            rule,
            default,
            "",
            Path.GetFileName(file.Path),
            count == 1 ? "1 finding" : count.ToString(CultureInfo.InvariantCulture) + " findings",
            string.Join(", ", ids.Select(static group => group.Count == 1 ? group.Id : string.Format(CultureInfo.InvariantCulture, "{0} ({1} times)", group.Id, group.Count))));
        if (FindingDiagnostic.Create(finding, CompilerOptions.For(literal.SyntaxTree, provider), (SourceSpan _) => literal.GetLocation()) is { } diagnostic)
            context.ReportDiagnostic(diagnostic);
    }
}
