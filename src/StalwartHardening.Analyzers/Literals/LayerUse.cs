using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Whether a text that is read as a server only becomes a part of another: that one is judged, and what the text leaves out it has from there.</summary>
internal static class LayerUse
{
    private const string Reads = "ParseToml";
    private const string Continues = "ToBuilder";
    private const string Overlays = "Overlay";

    /// <summary>Whether all that the program does with a text is to begin another server with it, or to lay it over one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="model">The model of its file.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static bool IsAllOf(ExpressionSyntax text, SemanticModel model, CancellationToken cancellationToken) =>
        Everywhere(text, model, use => CallWith(use, Reads) is { } read && Everywhere(read, model, IsPart, cancellationToken), cancellationToken);

    // server.ToBuilder(), builder.Overlay(server)
    private static bool IsPart(ExpressionSyntax server) =>
        server.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Continues, Parent: InvocationExpressionSyntax } access && access.Expression == server
        || CallWith(server, Overlays) is not null;

    private static InvocationExpressionSyntax? CallWith(ExpressionSyntax argument, string method) =>
        argument.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText == method ? call : null;

    // Where the value goes: where it stands, or wherever a variable that nothing else is stored in is named.
    private static bool Everywhere(ExpressionSyntax value, SemanticModel model, Func<ExpressionSyntax, bool> holds, CancellationToken cancellationToken)
    {
        if (value.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator })
            return holds(value);
        SyntaxNode? scope = model.GetDeclaredSymbol(declarator, cancellationToken) switch
        {
            ILocalSymbol => declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not GlobalStatementSyntax ? member : declarator.SyntaxTree.GetRoot(cancellationToken),
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 } => declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>(),
            _ => null,
        };
        if (scope is null)
            return false;
        var isUsed = false;
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != declarator.Identifier.ValueText)
                continue;
            ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (!holds(whole))
                return false;
            isUsed = true;
        }

        return isUsed;
    }
}
