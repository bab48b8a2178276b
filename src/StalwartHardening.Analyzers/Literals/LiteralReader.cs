using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Reads an expression of literals, interpolations and concatenations as the text it stands for.</summary>
internal static class LiteralReader
{
    /// <summary>Whether <paramref name="node"/> is a literal that can be part of a text.</summary>
    public static bool IsLiteral(SyntaxNode node) => node.IsKind(SyntaxKind.StringLiteralExpression)
        || node.IsKind(SyntaxKind.Utf8StringLiteralExpression)
        || node.IsKind(SyntaxKind.InterpolatedStringExpression);

    /// <summary>
    /// The whole expression that <paramref name="literal"/> begins: itself, or the concatenation of which it is the first
    /// literal. Null for the others, so that each text is read once.
    /// </summary>
    public static ExpressionSyntax? WholeBegunBy(ExpressionSyntax literal)
    {
        var whole = literal;
        while (whole.Parent is ExpressionSyntax parent && (IsConcatenation(parent) || parent is ParenthesizedExpressionSyntax))
        {
            if (parent is BinaryExpressionSyntax { Right: var right, Left: var left } && right == whole && HoldsLiteral(left))
                return null;
            whole = parent;
        }

        return whole;
    }

    /// <summary>The text of <paramref name="whole"/>; what the compiler knows no value of is unknown.</summary>
    public static LiteralText Read(ExpressionSyntax whole, SemanticModel model, CancellationToken cancellationToken)
    {
        var text = new LiteralTextBuilder();
        foreach (var part in PartsOf(whole))
        {
            if (part is LiteralExpressionSyntax literal && IsLiteral(literal))
                LiteralDecoder.Add(text, literal.Token);
            else if (part is InterpolatedStringExpressionSyntax interpolated)
                Add(text, interpolated, model, cancellationToken);
            else
                AddValue(text, part, part, model, cancellationToken);
        }

        return text.Build();
    }

    /// <summary>What is written in the literals of <paramref name="whole"/>, escapes and all; null for a part that is no literal.</summary>
    public static IEnumerable<string?> WrittenPartsOf(ExpressionSyntax whole)
    {
        foreach (var part in PartsOf(whole))
        {
            if (part is InterpolatedStringExpressionSyntax interpolated)
            {
                foreach (var content in interpolated.Contents)
                    yield return (content as InterpolatedStringTextSyntax)?.TextToken.Text;
            }
            else
            {
                yield return part is LiteralExpressionSyntax literal && IsLiteral(literal) ? literal.Token.Text : null;
            }
        }
    }

    private static void Add(LiteralTextBuilder text, InterpolatedStringExpressionSyntax interpolated, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolatedStringTextSyntax part)
                LiteralDecoder.Add(text, interpolated, part);
            else if (content is InterpolationSyntax { FormatClause: null, AlignmentClause: null } hole)
                AddValue(text, hole.Expression, hole, model, cancellationToken);
            else
                text.AddUnknown(content.Span);
        }
    }

    private static void AddValue(LiteralTextBuilder text, ExpressionSyntax expression, SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        // Numbers are written alike everywhere unless they are negative or broken.
        var constant = model.GetConstantValue(expression, cancellationToken);
        if (!constant.HasValue)
            constant = FixedValueOf(expression, model, cancellationToken);
        var known = constant.HasValue
            ? constant.Value switch
            {
                null => "",
                string value => value,
                char value => value.ToString(),
                byte or ushort or uint or ulong => Convert.ToString(constant.Value, CultureInfo.InvariantCulture),
                int and >= 0 or long and >= 0 or short and >= 0 or sbyte and >= 0 => Convert.ToString(constant.Value, CultureInfo.InvariantCulture),
                _ => null,
            }
            : null;
        if (known is null)
            text.AddUnknown(place.Span);
        else
            text.AddWhole(known, place.Span);
    }

    // A field that is set once, where it is declared, to a literal: as good as a constant, in whichever file it is.
    private static Optional<object?> FixedValueOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax)
            || model.GetSymbolInfo(expression, cancellationToken).Symbol is not IFieldSymbol { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } field
            || field.ContainingType.StaticConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared)
            || !model.Compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            || declaration.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax { Token.Value: { } value } literal }
            || literal.IsKind(SyntaxKind.DefaultLiteralExpression))
            return default;
        // A double is not written as the literal says.
        return value is string or char || field.Type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 ? value : default(Optional<object?>);
    }

    // From left to right. Concatenations lean to the left and may be thousands of parts deep.
    private static IEnumerable<ExpressionSyntax> PartsOf(ExpressionSyntax whole)
    {
        var open = new Stack<ExpressionSyntax>();
        open.Push(whole);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (next is ParenthesizedExpressionSyntax inner)
            {
                open.Push(inner.Expression);
            }
            else if (next is BinaryExpressionSyntax both && IsConcatenation(both))
            {
                open.Push(both.Right);
                open.Push(both.Left);
            }
            else
            {
                yield return next;
            }
        }
    }

    private static bool IsConcatenation(ExpressionSyntax expression) => expression.IsKind(SyntaxKind.AddExpression);

    private static bool HoldsLiteral(ExpressionSyntax expression) => PartsOf(expression).Any(IsLiteral);
}
