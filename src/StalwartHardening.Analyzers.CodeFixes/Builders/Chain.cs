using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>The calls that hang on one another: <c>server.AddListener(…).Bind(…)</c>.</summary>
internal static class Chain
{
    /// <summary>The whole chain that an expression is in.</summary>
    public static ExpressionSyntax TopOf(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression.Parent)
            {
                case MemberAccessExpressionSyntax access when access.Expression == expression:
                    expression = access;
                    break;
                case InvocationExpressionSyntax call when call.Expression == expression:
                    expression = call;
                    break;
                case ConditionalAccessExpressionSyntax access:
                    expression = access;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    expression = parenthesized;
                    break;
                case PostfixUnaryExpressionSyntax suppression when suppression.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                    expression = suppression;
                    break;
                default:
                    return expression;
            }
        }
    }

    /// <summary>What a call is made on; null where it is made on nothing that is written.</summary>
    public static ExpressionSyntax? ReceiverOf(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        PostfixUnaryExpressionSyntax suppression => suppression.Operand,
        ConditionalAccessExpressionSyntax access => access.Expression,
        _ => null,
    };

    /// <summary>The expressions of a chain, from the whole down to what it begins with.</summary>
    public static IEnumerable<ExpressionSyntax> Down(ExpressionSyntax top)
    {
        for (var current = top; current is not null; current = ReceiverOf(current))
            yield return current;
    }

    /// <summary>Whether evaluating an expression by itself does nothing: a name, a property of one.</summary>
    public static bool IsName(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsName(access.Expression),
        ParenthesizedExpressionSyntax parenthesized => IsName(parenthesized.Expression),
        PostfixUnaryExpressionSyntax suppression => IsName(suppression.Operand),
        _ => false,
    };

    /// <summary>The method, function or accessor that a piece of code is in.</summary>
    public static SyntaxNode? MemberOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<SyntaxNode>(static ancestor => ancestor is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
}
