using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace StalwartHardening.Tests;

/// <summary>Which types of an assembly use which others of it, and which texts their code holds. Read from the compiled code, where no using and no qualified name can hide.</summary>
internal sealed class AssemblyArrows : IDisposable
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value & 0xFFFF, static code => code.OperandType);

    private readonly PEReader _image;
    private readonly MetadataReader _metadata;

    private AssemblyArrows(string path)
    {
        _image = new PEReader(File.OpenRead(path));
        _metadata = _image.GetMetadataReader();
    }

    public static AssemblyArrows Read(string path) => new(path);

    public void Dispose() => _image.Dispose();

    /// <summary>Every use of one type by another, nested ones counted as those they are nested in; names with their namespace.</summary>
    public IEnumerable<(string From, string To)> Uses()
    {
        var arrows = new HashSet<(string, string)>();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var from = Outermost(handle);
            if (!IsOurs(from))
                continue;
            var found = new UsedTypes(_metadata);
            var type = _metadata.GetTypeDefinition(handle);
            found.Add(type.BaseType);
            foreach (var implemented in type.GetInterfaceImplementations())
                found.Add(_metadata.GetInterfaceImplementation(implemented).Interface);
            foreach (var field in type.GetFields())
                _metadata.GetFieldDefinition(field).DecodeSignature(found, null);
            foreach (var attribute in type.GetCustomAttributes())
                found.Add(_metadata.GetCustomAttribute(attribute).Constructor);
            foreach (var method in type.GetMethods())
            {
                _metadata.GetMethodDefinition(method).DecodeSignature(found, null);
                foreach (var (operand, token) in Tokens(method))
                {
                    if (operand != OperandType.InlineString)
                        found.Add(MetadataTokens.EntityHandle(token));
                }
            }

            foreach (var used in found.Types)
            {
                if (Outermost(used) is var to && to != from && IsOurs(to))
                    arrows.Add((from, to));
            }
        }

        return arrows;
    }

    /// <summary>The texts in the code of each type.</summary>
    public IEnumerable<(string Type, string Text)> Texts()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            foreach (var method in _metadata.GetTypeDefinition(handle).GetMethods())
            {
                foreach (var (operand, token) in Tokens(method))
                {
                    if (operand == OperandType.InlineString)
                        yield return (Outermost(handle), _metadata.GetUserString(MetadataTokens.UserStringHandle(token & 0xFFFFFF)));
                }
            }
        }
    }

    private List<(OperandType Operand, int Token)> Tokens(MethodDefinitionHandle handle)
    {
        var tokens = new List<(OperandType, int)>();
        var method = _metadata.GetMethodDefinition(handle);
        if (method.RelativeVirtualAddress == 0)
            return tokens;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            tokens.Add((OperandType.InlineSig, MetadataTokens.GetToken(body.LocalSignature)));
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE)
                value = 0xFE00 | code.ReadByte();
            var operand = Operands[value];
            switch (operand)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    tokens.Add((operand, code.ReadInt32()));
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }

        return tokens;
    }

    private static bool IsOurs(string type) => type.StartsWith("StalwartHardening.", StringComparison.Ordinal);

    private string Outermost(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        return _metadata.GetString(type.Namespace) + "." + _metadata.GetString(type.Name);
    }

    /// <summary>Collects the assembly's own types out of signatures and tokens.</summary>
    private sealed class UsedTypes(MetadataReader metadata) : ISignatureTypeProvider<int, object?>
    {
        public HashSet<TypeDefinitionHandle> Types { get; } = [];

        public void Add(EntityHandle handle)
        {
            if (handle.IsNil)
                return;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    Types.Add((TypeDefinitionHandle)handle);
                    break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                    Types.Add(method.GetDeclaringType());
                    method.DecodeSignature(this, null);
                    break;
                case HandleKind.FieldDefinition:
                    var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                    Types.Add(field.GetDeclaringType());
                    field.DecodeSignature(this, null);
                    break;
                case HandleKind.MemberReference:
                    var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                    Add(member.Parent);
                    if (member.GetKind() == MemberReferenceKind.Method)
                        member.DecodeMethodSignature(this, null);
                    else
                        member.DecodeFieldSignature(this, null);
                    break;
                case HandleKind.MethodSpecification:
                    var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(specification.Method);
                    specification.DecodeSignature(this, null);
                    break;
                case HandleKind.StandaloneSignature:
                    metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeLocalSignature(this, null);
                    break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            Types.Add(handle);
            return 0;
        }

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;
    }
}
