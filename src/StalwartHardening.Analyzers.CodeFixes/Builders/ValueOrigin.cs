using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Where a value comes from. What is spelled out at its place may be spelled in another way there; what has a name is changed where the
/// name got its value, if that is one place.
/// </summary>
internal sealed class ValueOrigin(BuilderServers program, CancellationToken cancellationToken)
{
    private const int MaxDepth = 8;

    /// <summary>Whether an expression says its value by itself: it names nothing that this program could give another value, and chooses nothing.</summary>
    public bool IsSpelledOut(ExpressionSyntax expression)
    {
        var model = program.ModelOf(expression.SyntaxTree);
        foreach (var node in expression.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case ConditionalExpressionSyntax or SwitchExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } or AnonymousFunctionExpressionSyntax
                    or AwaitExpressionSyntax or ElementAccessExpressionSyntax or AssignmentExpressionSyntax or ConditionalAccessExpressionSyntax or QueryExpressionSyntax:
                    return false;
                case SimpleNameSyntax name when IsOfProgram(model.GetSymbolInfo(name, cancellationToken).Symbol):
                    return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The one literal that makes a value what it is, and the text that makes it <paramref name="value"/>; null where several places could
    /// have to do with it, or none.
    /// </summary>
    /// <param name="expression">What was written for the setting.</param>
    /// <param name="before">The value of the setting.</param>
    /// <param name="value">The value that it gets.</param>
    public (LiteralExpressionSyntax Literal, string Text)? Find(ExpressionSyntax expression, string before, string value)
    {
        var leaves = new HashSet<SyntaxNode>();
        Collect(expression, leaves, 0);
        var found = new List<(LiteralExpressionSyntax, string)>();
        foreach (var leaf in leaves)
        {
            if (leaf is LiteralExpressionSyntax literal && Changed(literal, before, value) is { } text)
                found.Add((literal, text));
        }

        return found.Count == 1 ? found[0] : null;
    }

    // What the program itself declares, except methods that only say something about constants.
    private static bool IsOfProgram(ISymbol? symbol) => symbol switch
    {
        null or INamespaceOrTypeSymbol => false,
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => true,
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } => false,
        // A number or text with a name, also one of another assembly.
        IFieldSymbol { Type.SpecialType: not SpecialType.None } => true,
        _ => !symbol.DeclaringSyntaxReferences.IsEmpty || (!symbol.IsStatic && symbol is IFieldSymbol or IPropertySymbol),
    };

    // A value that is put together is changed in the part that differs: the port of an address.
    private static string? Changed(LiteralExpressionSyntax literal, string before, string value)
    {
        var own = literal.Token.Value switch
        {
            string text => text,
            bool known => known ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
        if (own is null || own.Length == 0)
            return null;
        if (own == before)
            return Written(literal, value);
        var colon = SocketAddressText.EndOfHost(before.AsSpan());
        if (colon < 0 || SocketAddressText.EndOfHost(value.AsSpan()) != colon || string.CompareOrdinal(before, 0, value, 0, colon) != 0)
            return null;
        var (port, other) = (before.Substring(colon + 1), value.Substring(colon + 1));
        if (own == port)
            return Written(literal, other);
        return own.EndsWith(":" + port, StringComparison.Ordinal) ? Written(literal, own.Substring(0, own.Length - port.Length) + other) : null;
    }

    private static string? Written(LiteralExpressionSyntax literal, string text) => literal.Token.Value switch
    {
        string => ValueWriter.Literal(text),
        bool => text is "true" or "false" ? text : null,
        _ => text.Length > 0 && text.All(static c => c is >= '0' and <= '9') ? text : null,
    };

    private void Collect(ExpressionSyntax expression, HashSet<SyntaxNode> leaves, int depth)
    {
        if (depth > MaxDepth || !leaves.Add(expression))
            return;
        foreach (var node in expression.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or InitializerExpressionSyntax or CollectionExpressionSyntax)))
        {
            if (node is LiteralExpressionSyntax)
                leaves.Add(node);
            else if (node is SimpleNameSyntax name && program.ModelOf(node.SyntaxTree).GetSymbolInfo(name, cancellationToken).Symbol is { } symbol && ValueOf(symbol) is { } value)
                Collect(value, leaves, depth + 1);
        }
    }

    // What a name always stands for.
    private ExpressionSyntax? ValueOf(ISymbol symbol)
    {
        if (symbol.DeclaringSyntaxReferences is not [var reference] || !IsOwn(symbol))
            return null;
        return (symbol, reference.GetSyntax(cancellationToken)) switch
        {
            (ILocalSymbol, VariableDeclaratorSyntax { Initializer.Value: { } value } declarator) when !IsAssigned(symbol, Chain.MemberOf(declarator)) => value,
            (IFieldSymbol, VariableDeclaratorSyntax { Initializer.Value: { } value }) when !IsAssignedIn(symbol.ContainingType) => value,
            (IPropertySymbol, PropertyDeclarationSyntax { Initializer.Value: { } value }) when !IsAssignedIn(symbol.ContainingType) => value,
            (IPropertySymbol, PropertyDeclarationSyntax { ExpressionBody.Expression: { } value }) => value,
            _ => null,
        };

        bool IsAssignedIn(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(part => IsAssigned(symbol, part.GetSyntax(cancellationToken)));
    }

    // What other assemblies see may mean more to them.
    private bool IsOwn(ISymbol symbol)
    {
        if (symbol is ILocalSymbol || program.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
            return true;
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return true;
        }

        return false;
    }

    private static bool IsAssigned(ISymbol symbol, SyntaxNode? scope)
    {
        foreach (var name in scope?.DescendantNodes().OfType<IdentifierNameSyntax>() ?? [])
        {
            if (name.Identifier.ValueText != symbol.Name)
                continue;
            SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            var isAssigned = target.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == target,
                PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression),
                PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PostIncrementExpression) || unary.IsKind(SyntaxKind.PostDecrementExpression),
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => true,
                ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } => assignment.Left == tuple,
                _ => false,
            };
            if (isAssigned)
                return true;
        }

        return false;
    }
}
