using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The members of a file that say a type of ours in their signature: who names one of them may have a server without naming its type.</summary>
internal static class HandingMembers
{
    /// <summary>Their names.</summary>
    public static IEnumerable<string> In(SyntaxNode root, string text, NameFinder types)
    {
        if (!types.IsIn(text))
            yield break;
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            switch (node)
            {
                case MethodDeclarationSyntax method when types.IsIn(text, TextSpan.FromBounds(method.ReturnType.SpanStart, method.ParameterList.Span.End)):
                    yield return method.Identifier.ValueText;
                    break;
                case PropertyDeclarationSyntax property when types.IsIn(text, property.Type.Span):
                    yield return property.Identifier.ValueText;
                    break;
                case FieldDeclarationSyntax field when types.IsIn(text, field.Declaration.Type.Span):
                    foreach (var variable in field.Declaration.Variables)
                        yield return variable.Identifier.ValueText;
                    break;
                case DelegateDeclarationSyntax declared when types.IsIn(text, declared.Span):
                    yield return declared.Identifier.ValueText;
                    break;
                case ConstructorDeclarationSyntax constructor when types.IsIn(text, constructor.ParameterList.Span):
                    yield return constructor.Identifier.ValueText;
                    break;
                case TypeDeclarationSyntax { ParameterList: { } parameters } type when types.IsIn(text, parameters.Span):
                    yield return type.Identifier.ValueText;
                    break;
            }
        }
    }
}
