using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Takes calls out of chains, and with the last one the statement; arguments and elements out of lists.</summary>
internal sealed class CallRemoval(BuilderServers program, ProgramEdit edit, CancellationToken cancellationToken)
{
    private readonly HashSet<SyntaxNode> _statements = [];
    private readonly HashSet<SyntaxNode> _emptied = [];

    /// <summary>Takes calls away.</summary>
    public void RemoveCalls(HashSet<SyntaxNode> calls)
    {
        foreach (var top in calls.OfType<ExpressionSyntax>().Select(Chain.TopOf).Distinct().ToList())
        {
            var removed = Chain.Down(top).Where(calls.Contains).ToList();
            if (removed.Exists(program.Opens) || (Remainder(top, calls) is { } rest && Chain.IsName(rest) && !IsNeeded(top)))
            {
                RemoveWhole(top);
                continue;
            }

            foreach (var call in removed)
                RemoveFromChain(call);
        }
    }

    /// <summary>Takes an entry out of a list of arguments or elements; false where it is in none.</summary>
    public bool RemoveElement(ExpressionSyntax expression)
    {
        SyntaxNode element = expression.Parent is ArgumentSyntax or ExpressionElementSyntax ? expression.Parent : expression;
        switch (element.Parent)
        {
            case ArgumentListSyntax list:
                return RemoveFrom(list.Arguments, element);
            case InitializerExpressionSyntax list:
                return RemoveFrom(list.Expressions, element);
            case CollectionExpressionSyntax list:
                return RemoveFrom(list.Elements, element);
            default:
                return false;
        }
    }

    /// <summary>Takes a statement away, with the comment that belongs to it alone.</summary>
    public void RemoveStatement(StatementSyntax statement) => _statements.Add(statement);

    /// <summary>All changes, with whatever has nothing left to do; null where that cannot go. Statements are looked at together, because comments belong to what is left.</summary>
    public ProgramEdit? Finish() => new Leftovers(program, edit, _statements, _emptied, cancellationToken).Complete();

    // What is left of a chain when calls at its end go.
    private static ExpressionSyntax? Remainder(ExpressionSyntax top, HashSet<SyntaxNode> calls)
    {
        ExpressionSyntax? current = top;
        while (current is not null && calls.Contains(current))
            current = Chain.ReceiverOf(current);
        return current;
    }

    // A helper that hands its builder on goes on doing so.
    private bool IsNeeded(ExpressionSyntax top) => top.Parent switch
    {
        ArrowExpressionClauseSyntax { Parent: { } member } => program.ModelOf(top.SyntaxTree).GetDeclaredSymbol(member) is not IMethodSymbol { ReturnsVoid: true },
        LambdaExpressionSyntax lambda => program.ModelOf(top.SyntaxTree).GetSymbolInfo(lambda).Symbol is not IMethodSymbol { ReturnsVoid: true },
        ReturnStatementSyntax or ArgumentSyntax => true,
        _ => false,
    };

    private void RemoveWhole(ExpressionSyntax top)
    {
        switch (top.Parent)
        {
            case ExpressionStatementSyntax statement:
                RemoveStatement(statement);
                break;
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment when assignment.Right == top:
                RemoveStatement(statement);
                break;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } }:
                RemoveStatement(declaration);
                break;
            case ArrowExpressionClauseSyntax { Parent: { } member }:
                _emptied.Add(member);
                break;
            case LambdaExpressionSyntax lambda:
                _emptied.Add(lambda);
                break;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } }:
                RemoveWhole(Chain.TopOf(call));
                break;
        }
    }

    private void RemoveFromChain(ExpressionSyntax call)
    {
        if (call is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            return;
        var text = call.SyntaxTree.GetText();
        var between = text.ToString(TextSpan.FromBounds(access.Expression.Span.End, access.OperatorToken.SpanStart));
        var line = text.Lines.GetLineFromPosition(access.OperatorToken.SpanStart);
        var isOwnLine = text.ToString(TextSpan.FromBounds(line.Start, access.OperatorToken.SpanStart)).Trim().Length == 0;
        var last = text.Lines.GetLineFromPosition(call.Span.End);
        var isFollowed = call.GetLastToken().GetNextToken().SpanStart < last.End;
        if (isOwnLine && !isFollowed)
            edit.Remove(call.SyntaxTree, TextSpan.FromBounds(line.Start, last.EndIncludingLineBreak));
        else
            edit.Remove(call.SyntaxTree, TextSpan.FromBounds(between.Trim().Length == 0 ? access.Expression.Span.End : access.OperatorToken.SpanStart, call.Span.End));
    }

    private bool RemoveFrom<T>(SeparatedSyntaxList<T> list, SyntaxNode element)
        where T : SyntaxNode
    {
        var index = list.IndexOf((T)element);
        if (index < 0)
            return false;
        var tree = element.SyntaxTree;
        var text = tree.GetText();
        var separator = index < list.SeparatorCount ? list.GetSeparator(index) : default;
        var end = separator.IsKind(SyntaxKind.CommaToken) ? separator.Span.End : element.Span.End;
        var first = text.Lines.GetLineFromPosition(element.SpanStart);
        var last = text.Lines.GetLineFromPosition(end);
        var hasOwnLines = text.ToString(TextSpan.FromBounds(first.Start, element.SpanStart)).Trim().Length == 0
            && (separator.IsKind(SyntaxKind.CommaToken) ? separator : element.GetLastToken()).GetNextToken().SpanStart >= last.End;
        if (hasOwnLines)
            edit.Remove(tree, TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak));
        else if (separator.IsKind(SyntaxKind.CommaToken))
            edit.Remove(tree, TextSpan.FromBounds(element.SpanStart, index + 1 < list.Count ? list[index + 1].SpanStart : end));
        else if (index > 0)
            edit.Remove(tree, TextSpan.FromBounds(list.GetSeparator(index - 1).SpanStart, element.Span.End));
        else
            edit.Remove(tree, element.Span);
        if (hasOwnLines && !separator.IsKind(SyntaxKind.CommaToken) && index > 0)
            edit.Remove(tree, list.GetSeparator(index - 1).Span);
        return true;
    }
}
