using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Judges the Stalwart configurations that a program holds as text.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TomlLiteralAnalyzer : HardeningAnalyzer
{
    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) =>
        context.RegisterSyntaxNodeAction(
            Judge,
            SyntaxKind.StringLiteralExpression,
            SyntaxKind.Utf8StringLiteralExpression,
            SyntaxKind.InterpolatedStringExpression);

    private static void Judge(SyntaxNodeAnalysisContext context)
    {
        if (TomlLiteral.Candidate((ExpressionSyntax)context.Node) is not { } whole)
            return;
        var options = CompilerOptions.For(whole.SyntaxTree, context.Options.AnalyzerConfigOptionsProvider);
        if (TomlLiteral.Read(whole, context.SemanticModel, options, context.CancellationToken) is not { } toml)
            return;

        Location Locate(SourceSpan span) => Location.Create(whole.SyntaxTree, toml.Text.Locate(span));
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(toml.Document, options.Judgement.TargetVersion), options.Judgement, context.CancellationToken))
        {
            if (TomlLiteral.IsReported(finding) && FindingDiagnostic.Create(finding, options, Locate) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }
}
