using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The methods and constructors of a referenced assembly that may begin a server.</summary>
internal static class CreatorsOf
{
    private const string Mark = "CreatesServerAttribute";
    private const string ShortMark = "CreatesServer";

    /// <summary>All that may be marked; the caller looks at the mark itself.</summary>
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

    /// <summary>The names of the methods and constructors of a referenced assembly that take or give a type of one of these names.</summary>
    public static IEnumerable<string> Handing(IAssemblySymbol assembly, Compilation compilation, HashSet<string> types)
    {
        switch (compilation.GetMetadataReference(assembly))
        {
            case CompilationReference { Compilation: var project }:
                return project.SyntaxTrees.SelectMany(tree => HandingMembers.In(tree.GetRoot(), tree.GetText().ToString(), new NameFinder(types)));
            case PortableExecutableReference when assembly.GetMetadata() is { } metadata:
                return metadata.GetModules().SelectMany(module => Handing(module.GetMetadataReader(), types));
            default:
                return [];
        }
    }

    // The tokens of the types are looked for in the bytes of the signatures: a doubt counts as yes.
    private static IEnumerable<string> Handing(MetadataReader reader, HashSet<string> types)
    {
        var tokens = new List<byte[]>();
        foreach (var handle in reader.TypeReferences)
        {
            if (types.Contains(reader.GetString(reader.GetTypeReference(handle).Name)))
                tokens.Add(Compressed((System.Reflection.Metadata.Ecma335.MetadataTokens.GetRowNumber(handle) << 2) | 1));
        }

        foreach (var handle in tokens.Count > 0 ? reader.MethodDefinitions : default)
        {
            var method = reader.GetMethodDefinition(handle);
            if ((method.Attributes & System.Reflection.MethodAttributes.MemberAccessMask) < System.Reflection.MethodAttributes.Family)
                continue;
            var signature = reader.GetBlobBytes(method.Signature);
            if (!tokens.Exists(token => Holds(signature, token)))
                continue;
            var name = reader.GetString(method.Name);
            yield return name == ".ctor" ? reader.GetString(reader.GetTypeDefinition(method.GetDeclaringType()).Name)
                : name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name.Substring(4) : name;
        }
    }

    private static byte[] Compressed(int number) => number < 0x80 ? [(byte)number]
        : number < 0x4000 ? [(byte)(0x80 | (number >> 8)), (byte)number]
        : [(byte)(0xC0 | (number >> 24)), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    private static bool Holds(byte[] signature, byte[] token)
    {
        const byte Class = 0x12;
        for (var i = 0; i + token.Length < signature.Length; i++)
        {
            if (signature[i] == Class && signature.AsSpan(i + 1, token.Length).SequenceEqual(token))
                return true;
        }

        return false;
    }

    // Symbols are made of everything one asks for: the table of attributes says what to ask for.
    private static IEnumerable<(string Type, string Method)> Marked(MetadataReader reader)
    {
        // There are many attributes, and few kinds of them.
        var kinds = new Dictionary<EntityHandle, bool>();
        foreach (var handle in reader.CustomAttributes)
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Parent.Kind != HandleKind.MethodDefinition)
                continue;
            if (!kinds.TryGetValue(attribute.Constructor, out var isMark))
                kinds.Add(attribute.Constructor, isMark = IsMark(reader, attribute.Constructor));
            if (!isMark)
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
