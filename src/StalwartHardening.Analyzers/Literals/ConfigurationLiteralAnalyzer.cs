using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Judges the Stalwart configurations that a program holds as text, and the operations that it puts together as JSON objects.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationLiteralAnalyzer : HardeningAnalyzer
{
    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context)
    {
        context.RegisterSyntaxNodeAction(
            node => JudgeText(node, context),
            SyntaxKind.StringLiteralExpression,
            SyntaxKind.Utf8StringLiteralExpression,
            SyntaxKind.InterpolatedStringExpression);
        context.RegisterSyntaxNodeAction(node => JudgeObject(node, context), SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
    }

    private static void JudgeText(SyntaxNodeAnalysisContext context, AnalysisContext analysis)
    {
        if (ConfigurationLiteral.Candidate((ExpressionSyntax)context.Node) is not { } whole)
            return;
        var options = CompilerOptions.For(whole.SyntaxTree, context.Options.AnalyzerConfigOptionsProvider);
        if (ConfigurationLiteral.Read(whole, context.SemanticModel, options, context.CancellationToken) is { } judged)
            Report(context, analysis, judged, options);
    }

    private static void JudgeObject(SyntaxNodeAnalysisContext context, AnalysisContext analysis)
    {
        var creation = (BaseObjectCreationExpressionSyntax)context.Node;
        if (!PlanObject.IsCandidate(creation) || PlanObject.Read(creation, context.SemanticModel, context.CancellationToken) is not { } text)
            return;
        var options = CompilerOptions.For(creation.SyntaxTree, context.Options.AnalyzerConfigOptionsProvider);
        if (ConfigurationLiteral.OfOperation(creation, text, options.Judgement.Target, context.CancellationToken) is { } judged)
            Report(context, analysis, judged, options);
    }

    private static void Report(SyntaxNodeAnalysisContext context, AnalysisContext analysis, ConfigurationLiteral judged, HardeningOptions options)
    {
        // A literal that is still being typed swallows the program after it: what it seems to say is said once.
        var isBeingTyped = judged.Whole.ContainsDiagnostics && judged.Whole.GetDiagnostics().Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var findings = ConfigurationJudge.Judge(judged.Server, options.Judgement, context.CancellationToken);
        foreach (var finding in judged.Server.IsPlan ? findings : findings.Concat(new SightLosses(options.Judgement, null, context.CancellationToken).InText(judged.Server.Document, findings)))
        {
            if (!judged.IsReported(finding) || ProjectOptionFile.Ignores(finding, judged.Whole.SyntaxTree.FilePath, context.Options.AdditionalFiles, analysis) || FindingDiagnostic.Create(finding, options, Locate) is not { } diagnostic)
                continue;
            context.ReportDiagnostic(diagnostic);
            if (isBeingTyped)
                return;
        }

        Location Locate(SourceSpan span) => Location.Create(judged.Whole.SyntaxTree, judged.Text.Locate(span));
    }
}
