using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace StalwartHardening.Mutation;

/// <summary>The small mistakes a programmer makes, each at one node. What does not compile is dropped later.</summary>
internal static class Mutations
{
    private static readonly Dictionary<SyntaxKind, (SyntaxKind Expression, SyntaxKind Token)> _operators = new()
    {
        [SyntaxKind.LogicalAndExpression] = (SyntaxKind.LogicalOrExpression, SyntaxKind.BarBarToken),
        [SyntaxKind.LogicalOrExpression] = (SyntaxKind.LogicalAndExpression, SyntaxKind.AmpersandAmpersandToken),
        [SyntaxKind.EqualsExpression] = (SyntaxKind.NotEqualsExpression, SyntaxKind.ExclamationEqualsToken),
        [SyntaxKind.NotEqualsExpression] = (SyntaxKind.EqualsExpression, SyntaxKind.EqualsEqualsToken),
        [SyntaxKind.LessThanExpression] = (SyntaxKind.LessThanOrEqualExpression, SyntaxKind.LessThanEqualsToken),
        [SyntaxKind.LessThanOrEqualExpression] = (SyntaxKind.LessThanExpression, SyntaxKind.LessThanToken),
        [SyntaxKind.GreaterThanExpression] = (SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.GreaterThanEqualsToken),
        [SyntaxKind.GreaterThanOrEqualExpression] = (SyntaxKind.GreaterThanExpression, SyntaxKind.GreaterThanToken),
        [SyntaxKind.AddExpression] = (SyntaxKind.SubtractExpression, SyntaxKind.MinusToken),
        [SyntaxKind.SubtractExpression] = (SyntaxKind.AddExpression, SyntaxKind.PlusToken),
    };

    /// <summary>What could stand for a node; empty for most.</summary>
    public static IEnumerable<SyntaxNode> Of(SyntaxNode node)
    {
        if (SaysHowMuch(node))
            yield break;
        switch (node)
        {
            case BinaryExpressionSyntax binary when _operators.TryGetValue(binary.Kind(), out var other):
                yield return BinaryExpression(other.Expression, Operand(binary.Left), Token(other.Token).WithTriviaFrom(binary.OperatorToken), Operand(binary.Right)).WithTriviaFrom(binary);
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                yield return not.Operand.WithTriviaFrom(not);
                break;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }:
                yield return LiteralExpression(SyntaxKind.FalseLiteralExpression).WithTriviaFrom(node);
                break;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression }:
                yield return LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(node);
                break;
            case LiteralExpressionSyntax { Token.Value: int number }:
                yield return LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number + 1)).WithTriviaFrom(node);
                break;
            case IfStatementSyntax statement:
                yield return statement.WithCondition(Negated(statement.Condition));
                break;
            case ConditionalExpressionSyntax conditional:
                yield return conditional.WithWhenTrue(conditional.WhenFalse.WithTriviaFrom(conditional.WhenTrue)).WithWhenFalse(conditional.WhenTrue.WithTriviaFrom(conditional.WhenFalse));
                break;
            case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax pattern } test:
                yield return test.WithPattern(UnaryPattern(Token(SyntaxKind.NotKeyword).WithTrailingTrivia(Space), pattern));
                break;
            case IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax pattern } } test:
                yield return test.WithPattern(pattern);
                break;
            case BinaryPatternSyntax pattern:
                yield return pattern.Left.WithTriviaFrom(pattern);
                yield return pattern.Right.WithTriviaFrom(pattern);
                break;
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AssignmentExpressionSyntax } statement:
                yield return EmptyStatement().WithTriviaFrom(statement);
                break;
            case ContinueStatementSyntax:
                yield return BreakStatement().WithTriviaFrom(node);
                break;
        }
    }

    // The size of what is made, the price of work, a hash: any other value gives the same answers.
    private static bool SaysHowMuch(SyntaxNode node) => node.Ancestors().Any(static outer => outer
        is MethodDeclarationSyntax { Identifier.ValueText: "GetHashCode" }
        or ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "List" or "Dictionary" or "HashSet" or "Stack" or "Queue" } or IdentifierNameSyntax { Identifier.ValueText: "StringBuilder" } } }
        or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TrySpend" or "TrySpendOn" } } });

    // An 'or' under what has become an 'and', and the mutant says what it is.
    private static ExpressionSyntax Operand(ExpressionSyntax operand) =>
        operand.IsKind(SyntaxKind.LogicalOrExpression) && operand.Parent.IsKind(SyntaxKind.LogicalOrExpression)
            ? ParenthesizedExpression(operand.WithoutTrivia()).WithTriviaFrom(operand) : operand;

    private static PrefixUnaryExpressionSyntax Negated(ExpressionSyntax condition) =>
        PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(condition));
}
