using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Tests.Architecture;

/// <summary>
/// Finds arithmetic on keys of settings in sources: operations on text that are called on a key, dots that are compared or joined,
/// pieces of keys with a dot at one end, indexes that are formatted by hand.
/// </summary>
internal sealed partial class KeyArithmetic : CSharpSyntaxWalker
{
    private static readonly HashSet<string> s_operations =
    [
        "StartsWith", "EndsWith", "Substring", "IndexOf", "LastIndexOf", "Split", "Slice", "Remove", "TrimEnd", "TrimStart", "PadLeft",
    ];

    private readonly List<KeyOperation> _found = [];

    /// <summary>Each place, in the order of the text.</summary>
    public static IReadOnlyList<KeyOperation> In(string source)
    {
        var walker = new KeyArithmetic();
        walker.Visit(CSharpSyntaxTree.ParseText(source).GetRoot());
        return walker._found;
    }

    /// <inheritdoc/>
    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.Token.Value is '.' or "." || (node.Token.Value is "0000" or "D4" && node.Parent is ArgumentSyntax))
            Report(node, KeyOperationKind.Dot);
        else if (node.Token.Value is string text && Piece().IsMatch(text) && node.Parent is ArgumentSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            Report(node, KeyOperationKind.Piece);
    }

    /// <inheritdoc/>
    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        var text = string.Concat(node.Contents.Select(static part => part is InterpolatedStringTextSyntax written ? written.TextToken.ValueText : "x"));
        if (node.Contents.Count > 1 && Joined().IsMatch(text))
            Report(node, KeyOperationKind.Dot);
        base.VisitInterpolatedStringExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is MemberAccessExpressionSyntax { Expression: var receiver, Name.Identifier.ValueText: var operation }
            && s_operations.Contains(operation) && IsKey(receiver)
            && !node.ArgumentList.Arguments.Any(static argument => argument.ToString() is var text && (text.EndsWith("UnknownPart", StringComparison.Ordinal) || text.StartsWith("\"{", StringComparison.Ordinal))))
            Report(node, KeyOperationKind.Operation);
        base.VisitInvocationExpression(node);
    }

    /// <inheritdoc/>
    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        if (IsKey(node.Expression) && node.ArgumentList.Arguments is [{ Expression: RangeExpressionSyntax }])
            Report(node, KeyOperationKind.Operation);
        base.VisitElementAccessExpression(node);
    }

    private static bool IsKey(ExpressionSyntax expression) => expression switch
    {
        PostfixUnaryExpressionSyntax suppressed => IsKey(suppressed.Operand),
        ParenthesizedExpressionSyntax { Expression: var inner } => IsKey(inner),
        BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => IsKey(sum.Left),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan", Expression: var text } } => IsKey(text),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } => Name().IsMatch(name),
        IdentifierNameSyntax { Identifier.ValueText: var name } => Name().IsMatch(name),
        _ => false,
    };

    private void Report(SyntaxNode node, KeyOperationKind kind) => _found.Add(new(kind, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, node.ToString()));

    [GeneratedRegex(@"^(\.[a-z][a-z0-9-]*)+\.?$|^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*\.$")]
    private static partial Regex Piece();

    [GeneratedRegex(@"^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?$(?<=\..*)")]
    private static partial Regex Joined();

    [GeneratedRegex(@"^_?([kK]ey|[sS]cope|.*Key|.*Scope)$")]
    private static partial Regex Name();
}

/// <summary>One place where a key may be joined, cut or compared by hand.</summary>
/// <param name="Kind">What is done there.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Text">The source.</param>
internal sealed record KeyOperation(KeyOperationKind Kind, int Line, string Text);

/// <summary>What is done to a key.</summary>
internal enum KeyOperationKind
{
    /// <summary>An operation on text, called on a key.</summary>
    Operation,

    /// <summary>A dot that is compared or joined, or an index of four digits.</summary>
    Dot,

    /// <summary>A literal that is a part of a key with a dot before or after it, joined or passed on.</summary>
    Piece,
}
