using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Fixing;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.Literals;

/// <summary>The remedies of findings in TOML that a program holds as text.</summary>
internal static class LiteralFixes
{
    /// <summary>The actions for a diagnostic; none where it is in no such text, or nothing can be shown to help.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || Containing(root, diagnostic.Location.SourceSpan) is not { } whole
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || JudgedLiteral.Read(whole, model, OptionsOf(document, root), cancellationToken) is not { } literal
            || literal.FindingOf(diagnostic) is not { } finding)
            return [];
        var actions = new List<CodeAction>();
        foreach (var remedy in finding.Remedies(literal.Server))
        {
            if (literal.Fix(finding, remedy, cancellationToken) is not { } edited)
                continue;
            var changed = document.Project.Solution.WithDocumentText(document.Id, edited.Tree.GetText(cancellationToken));
            actions.Add(CodeAction.Create(remedy.Title, _ => Task.FromResult(changed), remedy.EquivalenceKey));
        }

        return actions;
    }

    /// <summary>
    /// The solution with the action called <paramref name="equivalenceKey"/> applied to the texts of a document that have one of
    /// <paramref name="diagnostics"/>, one finding after the other.
    /// </summary>
    public static async Task<Solution> ApplyAllAsync(Solution solution, Document document, string equivalenceKey, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return solution;
        var wholes = new SortedDictionary<int, ExpressionSyntax>();
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Location.SourceTree == root.SyntaxTree && Containing(root, diagnostic.Location.SourceSpan) is { } whole)
                wholes[-whole.SpanStart] = whole;
        }

        var tree = root.SyntaxTree;
        var options = OptionsOf(document, root);
        // From the last to the first, so that the others stay where they are.
        foreach (var original in wholes.Values)
        {
            if (LiteralEditor.WholeAt(await tree.GetRootAsync(cancellationToken).ConfigureAwait(false), original.SpanStart) is not { } whole
                || JudgedLiteral.Read(whole, model, options, cancellationToken) is not { } literal)
                continue;
            var reported = new HashSet<Finding>(diagnostics.Select(literal.FindingOf).OfType<Finding>());
            var silenced = new HashSet<FindingName>(literal.Findings.Where(finding => !reported.Contains(finding)).Select(JudgedLiteral.NameOf));
            if (literal.FixAll(equivalenceKey, silenced, options, cancellationToken) is { } edited)
                (model, tree) = (edited.Model, edited.Tree);
        }

        return tree == root.SyntaxTree ? solution : solution.WithDocumentText(document.Id, await tree.GetTextAsync(cancellationToken).ConfigureAwait(false));
    }

    private static HardeningOptions OptionsOf(Document document, SyntaxNode root) =>
        CompilerOptions.For(root.SyntaxTree, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider);

    // The text around a finding in it.
    private static ExpressionSyntax? Containing(SyntaxNode root, TextSpan span)
    {
        ExpressionSyntax? found = null;
        for (var node = root.FindToken(span.Start).Parent; node is ExpressionSyntax or InterpolatedStringContentSyntax; node = node.Parent)
        {
            if (node is ExpressionSyntax expression && LiteralReader.IsLiteral(expression) | expression is BinaryExpressionSyntax | expression is ParenthesizedExpressionSyntax)
                found = expression;
        }

        return found is null ? null
            : found.DescendantNodesAndSelf().Where(LiteralReader.IsLiteral).Select(node => ConfigurationLiteral.Candidate((ExpressionSyntax)node)).FirstOrDefault(whole => whole is not null && whole.Span.Contains(span));
    }
}
