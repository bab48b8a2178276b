using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The methods and constructors of a referenced assembly that may begin a server.</summary>
internal static class CreatorsOf
{
    private const string Mark = "CreatesServerAttribute";
    private const string ShortMark = "CreatesServer";

    /// <summary>All that may be marked; whoever asks looks at the mark itself.</summary>
    public static IEnumerable<IMethodSymbol> Assembly(IAssemblySymbol assembly, Compilation compilation)
    {
        switch (compilation.GetMetadataReference(assembly))
        {
            case CompilationReference { Compilation: var project } when !project.SyntaxTrees.Any(static tree => tree.GetText().ToString().IndexOf(ShortMark, StringComparison.Ordinal) >= 0):
                return [];
            case PortableExecutableReference when assembly.GetMetadata() is { } metadata:
                return metadata.GetModules().SelectMany(module => Marked(module.GetMetadataReader())).SelectMany(place => Methods(assembly, place.Type, place.Method));
            default:
                return All(assembly.GlobalNamespace);
        }
    }

    // Symbols are made of everything one asks for: the table of attributes says what to ask for.
    private static IEnumerable<(string Type, string Method)> Marked(MetadataReader reader)
    {
        foreach (var handle in reader.CustomAttributes)
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Parent.Kind != HandleKind.MethodDefinition || !IsMark(reader, attribute.Constructor))
                continue;
            var method = reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Parent);
            yield return (NameOf(reader, method.GetDeclaringType()), reader.GetString(method.Name));
        }
    }

    private static bool IsMark(MetadataReader reader, EntityHandle constructor)
    {
        if (constructor.Kind == HandleKind.MethodDefinition)
            return reader.StringComparer.Equals(reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()).Name, Mark);
        return reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
            && reader.StringComparer.Equals(reader.GetTypeReference((TypeReferenceHandle)type).Name, Mark);
    }

    private static string NameOf(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer)
            return NameOf(reader, outer) + "+" + name;
        return type.Namespace.IsNil ? name : reader.GetString(type.Namespace) + "." + name;
    }

    private static IEnumerable<IMethodSymbol> Methods(IAssemblySymbol assembly, string type, string method) =>
        assembly.GetTypeByMetadataName(type)?.GetMembers(method).OfType<IMethodSymbol>() ?? [];

    private static IEnumerable<IMethodSymbol> All(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var method in All(inner))
                    yield return method;
            }
            else if (member is IMethodSymbol method)
            {
                yield return method;
            }
        }
    }
}
