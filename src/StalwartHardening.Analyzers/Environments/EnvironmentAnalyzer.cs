using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Environments;

/// <summary>
/// Judges the environments that a program gives to servers: containers, resources, processes. Since 0.16 the fallback administrator is a
/// variable there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnvironmentAnalyzer : HardeningAnalyzer
{
    // A program that says neither has no such variable; a constant of a library is called like the second.
    private const string Written = "RECOVERY_ADMIN";
    private const string Named = "RecoveryAdmin";

    private static readonly SourceTextValueProvider<bool> MayMention = new(static text =>
        text.ToString() is var characters && (characters.IndexOf(Written, StringComparison.Ordinal) >= 0 || characters.IndexOf(Named, StringComparison.Ordinal) >= 0));

    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(static start =>
    {
        // The compiler keeps the answer for each text.
        if (!TextSearch.Finds(start.Compilation, text => start.TryGetValue(text, MayMention, out var mayMention) && mayMention, start.CancellationToken))
            return;
        var reported = new ConcurrentDictionary<(SyntaxTree, TextSpan), bool>();
        start.RegisterSyntaxNodeAction(
            node => Judge(node, reported),
            SyntaxKind.InvocationExpression,
            SyntaxKind.SimpleAssignmentExpression,
            SyntaxKind.ObjectCreationExpression,
            SyntaxKind.ImplicitObjectCreationExpression);
    });

    private static void Judge(SyntaxNodeAnalysisContext context, ConcurrentDictionary<(SyntaxTree, TextSpan), bool> reported)
    {
        foreach (var entry in new EnvironmentEntries(context.SemanticModel, context.CancellationToken).SetBy(context.Node))
        {
            // What is in another file is reported with the entries of that file.
            if (entry.Name.SyntaxTree != context.Node.SyntaxTree || !reported.TryAdd((entry.Name.SyntaxTree, entry.Name.Span), true))
                continue;
            var options = CompilerOptions.For(context.Node.SyntaxTree, context.Options.AnalyzerConfigOptionsProvider);
            // Servers before do not read it.
            if (options.StatesTargetVersion && options.Judgement.TargetVersion < RecoveryAdministrator.Since)
                continue;
            foreach (var finding in RecoveryAdministrator.Judge(entry.Text, SpanOf(entry.Name), SpanOf(entry.Value), "the program"))
            {
                if (FindingDiagnostic.Create(finding, options, Locate) is { } diagnostic)
                    context.ReportDiagnostic(diagnostic);
            }
        }

        Location Locate(SourceSpan span) => Location.Create(context.Node.SyntaxTree, new TextSpan(span.Start, span.Length));
    }

    private static SourceSpan SpanOf(SyntaxNode node) => new(node.SpanStart, node.Span.Length);
}
