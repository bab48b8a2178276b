using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// What no reviewer would let a change leave behind, whatever the program then does: a choice between twice the same, braces with nothing
/// in them. Where a value depends on a condition, the condition was meant.
/// </summary>
internal static class ProgramShape
{
    /// <summary>Whether a file has no more of it than before.</summary>
    public static bool IsKept(SyntaxTree before, SyntaxTree after, CancellationToken cancellationToken)
    {
        var known = Flaws(before.GetRoot(cancellationToken));
        foreach (var flaw in Flaws(after.GetRoot(cancellationToken)))
        {
            if (!known.TryGetValue(flaw.Key, out var count) || count < flaw.Value)
                return false;
        }

        return true;
    }

    private static Dictionary<string, int> Flaws(SyntaxNode root)
    {
        var flaws = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in root.DescendantNodes())
        {
            if (FlawOf(node) is { } flaw)
                flaws[flaw] = flaws.TryGetValue(flaw, out var count) ? count + 1 : 1;
        }

        return flaws;
    }

    private static string? FlawOf(SyntaxNode node) => node switch
    {
        ConditionalExpressionSyntax choice when AreSame(choice.WhenTrue, choice.WhenFalse) => "conditional",
        SwitchExpressionSyntax choice when choice.Arms.Select(static arm => Text(arm.Expression)).Distinct().Count() < choice.Arms.Count => "switch " + choice.Arms.Select(static arm => Text(arm.Expression)).Distinct().Count(),
        IfStatementSyntax { Else: { } other } choice when AreSame(choice.Statement, other.Statement) => "if",
        // A method may be called from elsewhere; it is the one thing that may be empty.
        BlockSyntax { Statements.Count: 0, Parent: not BaseMethodDeclarationSyntax } block => "empty " + block.Parent?.Kind(),
        _ => null,
    };

    private static bool AreSame(SyntaxNode one, SyntaxNode two) => SyntaxFactory.AreEquivalent(one, two, topLevel: false);

    private static string Text(SyntaxNode node) => node.WithoutTrivia().ToString();
}
