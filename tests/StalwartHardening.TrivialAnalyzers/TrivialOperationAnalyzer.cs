using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace StalwartHardening.Benchmarks;

/// <summary>What an analyzer that looks at every call and every literal costs at least: the measure of the others.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrivialOperationAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Never = new("BEN0001", "Never", "Never", "Benchmark", DiagnosticSeverity.Hidden, isEnabledByDefault: true);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(Never);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            static operation =>
            {
                if (operation.Operation.Type?.Name == "BEN0001")
                    operation.ReportDiagnostic(Diagnostic.Create(Never, operation.Operation.Syntax.GetLocation()));
            },
            OperationKind.Invocation,
            OperationKind.Literal);
    }
}
