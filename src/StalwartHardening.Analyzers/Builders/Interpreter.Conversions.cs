using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Values as values of other types.
internal sealed partial class Interpreter
{
    private Located EvaluateConversion(IConversionOperation conversion)
    {
        var operand = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
        {
            if (method.DeclaringSyntaxReferences.Length > 0)
                return CallWith(method, Located.Unknown, [operand]) with { Origin = operand.Origin };
            if (vocabulary.TextsOf(method) is not null)
            {
                // A reference to an object stands for the object.
                if (operand.Value is ObjectValue)
                    return operand;
                var arguments = new Arguments(1);
                arguments.Add(new Argument(method.Parameters[0], operand, operand.Origin ?? sources.SpanOf(conversion.Operand.Syntax)));
                return Apply(method, conversion, Located.Unknown, arguments) with { Origin = operand.Origin };
            }

            if (operand.Value is JsonData json && conversion.Type is { } target1)
                return Bound(json.Content, target1, NameStyle.Exact) ?? Throw(NoSuchOperation);
            if (IsNothing(operand.Value) && IsOfJson(method.ContainingType))
                return conversion.Type is { } none && (none.IsReferenceType || none.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T) ? operand : Throw("System.NullReferenceException");
            if (IsOfXml(method.ContainingType) && ConvertXml(operand, conversion.Type) is { } ofXml)
                return ofXml with { Origin = operand.Origin };
            // Spans, indexes and the like: what was converted is what is in it.
            if (operand.Value is ListValue or KnownValue && FrameworkValues.IsFramework(method.ContainingType))
                return conversion.Type?.Name == "Index" && operand.Value is KnownValue { Content: int } ? operand : Convert(operand, conversion.Type);
            Escape(operand);
            return Fresh(conversion.Type);
        }

        if (conversion.IsTryCast)
            return conversion.Type is { } type && IsOfType(operand.Value, type) is KnownValue { Content: false } ? Located.Of(Value.Null) : Convert(operand, conversion.Type);
        if (conversion.Conversion is { IsReference: true, IsImplicit: false } && conversion.Type is { } target && operand.Value is ObjectValue { IsFromElsewhere: false } && IsOfType(operand.Value, target) is KnownValue { Content: false })
            return Throw("System.InvalidCastException");
        return Narrow(operand, conversion.Type, conversion.IsChecked);
    }

    private Located Convert(Located operand, ITypeSymbol? type)
    {
        type = type is null ? null : Resolve(type);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        switch (operand.Value)
        {
            case KnownValue { Content: not (null or string or bool) and { } content } when type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration && Numbers.IsIntegral(content):
                return operand with { Value = new EnumValue(enumeration, EnumValue.NumberOf(content)) };
            case KnownValue { Content: { } content } when type is not null && Numbers.IsNumber(content) && Numbers.IsNumeric(type.SpecialType):
                return operand with { Value = Numbers.Convert(content, type.SpecialType) is { } number ? new KnownValue(number) : Value.Unknown };
            case EnumValue member when type is not null && Numbers.IsNumeric(type.SpecialType):
                return operand with { Value = Numbers.Convert(member.Number, type.SpecialType) is { } converted ? new KnownValue(converted) : Value.Unknown };
            case EnumValue member when type is INamedTypeSymbol { TypeKind: TypeKind.Enum } other:
                return operand with { Value = new EnumValue(other, member.Number) };
            case OpaqueValue { Key.Length: > 0 } opaque when type is { SpecialType: SpecialType.None } && !SymbolEqualityComparer.Default.Equals(type, opaque.Type) && (opaque.Type is null || opaque.Type.IsReferenceType) && type.TypeKind is TypeKind.Class or TypeKind.Interface && IsNarrower(type, opaque.Type):
                return operand with { Value = new OpaqueValue(opaque.Key, type) };
            default:
                return operand;
        }
    }

    private static bool IsNarrower(ITypeSymbol type, ITypeSymbol? other) => other is null || other.SpecialType == SpecialType.System_Object || IsA(type, other);
}
