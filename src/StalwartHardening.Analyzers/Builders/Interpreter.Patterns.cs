using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Whether values are equal, null, of a type, or fit a pattern.
internal sealed partial class Interpreter
{
    // The same two values are equal or not wherever they are compared; a constant stands on the right.
    private Value Equality(Value left, Value right)
    {
        if (AreEqual(left, right) is { } equal)
            return Value.Of(equal);
        if (left is not OpaqueValue)
            (left, right) = (right, left);
        var key = Choices.KeyOf(left) is { } leftKey && Choices.KeyOf(right) is { } rightKey && leftKey.Length + rightKey.Length <= MaxKeyLength ? leftKey + " == " + rightKey : "";
        var equality = new EqualityValue(key, left, right);
        return choices.Known(equality) ?? equality;
    }

    private Value IsNull(Value value) => Equality(value, Value.Null);

    private bool? AreEqual(Value left, Value right)
    {
        switch (left, right)
        {
            case (KnownValue { Content: string a } one, KnownValue { Content: string b } other):
                return one.Text is not null && other.Text is not null ? a == b : CanNeverBeEqual(a, b) ? false : null;
            case (KnownValue a, KnownValue b):
                return a.Content is { } first && b.Content is { } second && Numbers.IsNumber(first) && Numbers.IsNumber(second) ? Numbers.Combine(BinaryOperatorKind.Equals, first, second) as bool? ?? Equals(first, second) : Equals(a.Content, b.Content);
            case (EnumValue a, EnumValue b):
                return a.Number == b.Number;
            case (EnumValue a, KnownValue { Content: { } number }) when Numbers.IsIntegral(number):
                return a.Number == EnumValue.NumberOf(number);
            case (KnownValue { Content: { } number }, EnumValue b) when Numbers.IsIntegral(number):
                return b.Number == EnumValue.NumberOf(number);
            case (TypeValue a, TypeValue b):
                return SymbolEqualityComparer.Default.Equals(a.Type, b.Type);
            case (OpaqueValue a, OpaqueValue b) when a.Key.Length > 0 && a.Key == b.Key:
                return true;
            case (not OpaqueValue, KnownValue { Content: null }) or (KnownValue { Content: null }, not OpaqueValue):
                return false;
            case (ListValue { Kind: ListKind.Tuple } a, ListValue { Kind: ListKind.Tuple } b) when a.Items.Count == b.Items.Count:
                return All(a.Items.Count, i => AreEqual(a.Items[i].Value, b.Items[i].Value));
            case (ObjectValue { Type: { } type } own, ObjectValue compared) when !ReferenceEquals(own, compared) && EqualsOf(type, compared.Type) is { } equals:
                return AsBoolean(CallWith(equals, Located.Of(own), [Located.Of(compared)]).Value);
            case (ObjectValue { Type: { IsRecord: true } or { IsAnonymousType: true } or { IsValueType: true } } a, ObjectValue { Type: { IsRecord: true } or { IsAnonymousType: true } or { IsValueType: true } } b):
                if (ReferenceEquals(a, b))
                    return true;
                if (!SymbolEqualityComparer.Default.Equals(a.Type, b.Type))
                    return false;
                // What a constructor has captured is no part of the content.
                List<ISymbol> members = [.. a.Members.Keys.Union(b.Members.Keys, SymbolEqualityComparer.Default).Where(static member => member is not IParameterSymbol)!];
                return All(members.Count, i => a.Members.TryGetValue(members[i], out var one) && b.Members.TryGetValue(members[i], out var other) ? AreEqual(one.Value, other.Value) : null);
            case (ObjectValue or ListValue or MapValue or BuilderValue or FunctionValue, ObjectValue or ListValue or MapValue or BuilderValue or FunctionValue):
                return AreOne(left, right);
            default:
                return null;
        }
    }

    // Whether they are the same object; null where nobody can tell.
    private static bool? AreOne(Value left, Value right) => (left, right) switch
    {
        _ when ReferenceEquals(left, right) => true,
        (BuilderValue one, BuilderValue other) => one.Server == other.Server && one.Scope == other.Scope,
        _ => left.GetType() == right.GetType() ? false : null,
    };

    // How a type of the program says that two of its objects are equal; null where it says nothing of its own.
    private IMethodSymbol? EqualsOf(INamedTypeSymbol type, INamedTypeSymbol? other)
    {
        IMethodSymbol? ofAll = null;
        for (var current = type; current is not null && models.IsOfProgram(current.OriginalDefinition); current = current.BaseType)
        {
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (method is not { IsStatic: false, Parameters: [{ Type: var compared }], DeclaringSyntaxReferences.Length: > 0 } || !IsNamed(method, "Equals") || BodyOf(method) is null)
                    continue;
                if (SymbolEqualityComparer.Default.Equals(compared, other))
                    return method;
                if (method.IsOverride && compared.SpecialType == SpecialType.System_Object)
                    ofAll ??= method;
            }
        }

        return ofAll;
    }

    // What stands before the first unknown part differs.
    private static bool CanNeverBeEqual(string left, string right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            if (left[i] == Settings.Setting.UnknownPart || right[i] == Settings.Setting.UnknownPart)
                return false;
            if (left[i] != right[i])
                return true;
        }

        return false;
    }

    private static bool? All(int count, Func<int, bool?> holds)
    {
        bool? all = true;
        for (var i = 0; i < count; i++)
        {
            switch (holds(i))
            {
                case false:
                    return false;
                case null:
                    all = null;
                    break;
            }
        }

        return all;
    }

    private Value IsOfType(Value value, ITypeSymbol type)
    {
        type = Resolve(type);
        switch (value)
        {
            case KnownValue { Content: null }:
                return Value.Of(false);
            case KnownValue { Content: { } content }:
                return Value.Of(type.SpecialType == SpecialType.System_Object || type.SpecialType == Numbers.TypeOf(content) || type.Name == content.GetType().Name);
            case EnumValue member:
                return Value.Of(type.SpecialType is SpecialType.System_Object or SpecialType.System_Enum || SymbolEqualityComparer.Default.Equals(member.Type, type));
            case JsonData json when IsJson(type):
                return Value.Of(type.Name switch { "JsonObject" => json.Content is MapValue, "JsonArray" => json.Content is ListValue, "JsonValue" => json.Content is KnownValue, _ => true });
            case MatchValue match:
                return Value.Of(type.Name is "Capture" or "Group" or "Object" || (type.Name == "Match" && match.Found is System.Text.RegularExpressions.Match));
            case ListValue or MapValue when HasType(value, type) is { } hasType:
                return Value.Of(hasType);
            case ObjectValue { Type: { } own, IsFromElsewhere: false }:
                return Value.Of(IsA(own, type));
            case ObjectValue { Type: { } own } when IsA(own, type):
                return Value.Of(true);
            case OpaqueValue { Type: { } known } opaque when IsA(known, type):
                return Not(IsNull(opaque));
            default:
                return Choices.KeyOf(value) is { } key ? choices.Known(new OpaqueValue(key + " is " + type.ToDisplayString(), null)) ?? new OpaqueValue(key + " is " + type.ToDisplayString(), null) : Value.Unknown;
        }
    }

    // Whether a list or a dictionary is of a type; null where what it was made as does not say.
    private static bool? HasType(Value value, ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Object)
            return true;
        if (type.TypeKind is TypeKind.Enum or TypeKind.Delegate || Numbers.IsNumeric(type.SpecialType) || type.SpecialType is SpecialType.System_String or SpecialType.System_Boolean)
            return false;
        var own = value is ListValue list ? list.Type : ((MapValue)value).Type;
        if (own is null)
            return null;
        if (own is INamedTypeSymbol { IsTupleType: true } one && type is INamedTypeSymbol { IsTupleType: true } other)
            return SymbolEqualityComparer.Default.Equals(one.TupleUnderlyingType ?? one, other.TupleUnderlyingType ?? other);
        if (own is IArrayTypeSymbol { Rank: var rank } array && type is IArrayTypeSymbol wanted)
            return rank == wanted.Rank && (SymbolEqualityComparer.Default.Equals(array.ElementType, wanted.ElementType) || (array.ElementType.IsReferenceType && IsA(array.ElementType, wanted.ElementType)));
        if (IsA(own, type))
            return true;
        // An interface may be more than it says, and a sequence of one type may be one of another.
        return own.TypeKind == TypeKind.Interface || (type is INamedTypeSymbol { IsGenericType: true, TypeKind: TypeKind.Interface } && own.AllInterfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, type.OriginalDefinition))) ? null : false;
    }

    private static bool IsA(ITypeSymbol type, ITypeSymbol other)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, other))
                return true;
        }

        return other.SpecialType == SpecialType.System_Object || type.AllInterfaces.Contains(other, SymbolEqualityComparer.Default);
    }

    // The whole of a pattern that has parts is decided here: each part may declare a variable.
    private Value Match(IPatternOperation pattern, Located value)
    {
        if (value.Value is OpaqueValue opaque && choices.Known(opaque) is { } known)
            value = value with { Value = known };
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return Value.Of(true);
            case IConstantPatternOperation constant:
                return Equality(value.Value, Evaluate(constant.Value).Value);
            case INegatedPatternOperation negated:
                return Not(Match(negated.Pattern, value));
            case IBinaryPatternOperation binary:
                var isOr = binary.OperatorKind == BinaryOperatorKind.Or;
                return Value.Of(Decide(Match(binary.LeftPattern, value)) == isOr ? isOr : Decide(Match(binary.RightPattern, value)));
            case IRelationalPatternOperation relation:
                return Combine(relation.OperatorKind, value.Value, Evaluate(relation.Value).Value, null).Value;
            case ITypePatternOperation type:
                return IsOfType(value.Value, type.MatchedType);
            case IDeclarationPatternOperation declaration:
                var isOfType = declaration.MatchesNull || declaration.MatchedType is null ? Value.Of(true) : IsOfType(value.Value, declaration.MatchedType);
                if (!Decide(isOfType))
                    return Value.Of(false);
                Name(declaration.DeclaredSymbol, Convert(value, declaration.MatchedType));
                return Value.Of(true);
            case IRecursivePatternOperation recursive:
                return Value.Of(Matches(recursive, value));
            case IListPatternOperation list:
                return Value.Of(Matches(list, value));
            default:
                return Value.Unknown;
        }
    }

    private bool Matches(IRecursivePatternOperation pattern, Located value)
    {
        var narrowed = pattern.MatchedType is { } type && !(pattern.InputType is { } input && SymbolEqualityComparer.Default.Equals(input, type)) ? IsOfType(value.Value, type) : Not(IsNull(value.Value));
        if (!Decide(narrowed))
            return false;
        value = Convert(value, pattern.MatchedType);
        if (pattern.DeconstructionSubpatterns.Length > 0)
        {
            var parts = Deconstruct(value, pattern.DeconstructionSubpatterns.Length, pattern.DeconstructSymbol as IMethodSymbol);
            for (var i = 0; i < parts.Count; i++)
            {
                if (!Decide(Match(pattern.DeconstructionSubpatterns[i], parts[i])))
                    return false;
            }
        }

        foreach (var property in pattern.PropertySubpatterns)
        {
            _matched.Push(value);
            var member = Evaluate(property.Member);
            _matched.Pop();
            if (!Decide(Match(property.Pattern, member)))
                return false;
        }

        Name(pattern.DeclaredSymbol, value);
        return true;
    }

    private bool Matches(IListPatternOperation pattern, Located value)
    {
        if (AsSequence(value.Value, pattern.InputType) is not { IsOpen: false } list)
        {
            foreach (var part in pattern.Patterns)
                Match(part is ISlicePatternOperation { Pattern: { } inner } ? inner : part, Fresh(null));
            return choices.Take();
        }

        var slice = -1;
        for (var i = 0; i < pattern.Patterns.Length; i++)
        {
            if (pattern.Patterns[i] is ISlicePatternOperation)
                slice = i;
        }

        var count = pattern.Patterns.Length;
        if (slice < 0 ? list.Items.Count != count : list.Items.Count < count - 1)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (i == slice)
            {
                var rest = list.Items.GetRange(slice, list.Items.Count - count + 1);
                if (((ISlicePatternOperation)pattern.Patterns[i]).Pattern is { } inner && !Decide(Match(inner, Located.Of(new ListValue(rest)))))
                    return false;
                continue;
            }

            if (!Decide(Match(pattern.Patterns[i], list.Items[slice >= 0 && i > slice ? list.Items.Count - count + i : i])))
                return false;
        }

        Name(pattern.DeclaredSymbol, value);
        return true;
    }

    private void Name(ISymbol? variable, Located value)
    {
        if (variable is not null)
            _frame.Declare(variable, value with { Origin = null });
    }

    private List<Located> Deconstruct(Located value, int count, IMethodSymbol? method = null)
    {
        if (value.Value is ListValue { IsOpen: false } list && list.Items.Count == count && method is not { IsExtensionMethod: true, DeclaringSyntaxReferences.Length: > 0 })
            return [.. list.Items];
        if (method is { IsExtensionMethod: true, Parameters.Length: > 0 } && BodyOf(method) is { } body)
        {
            var arguments = new Arguments(1);
            arguments.Add(new Argument(method.Parameters[0], value, value.Origin ?? default));
            var outputs = new List<Located>();
            Follow(method, body, Located.Unknown, arguments, null, null, outputs);
            return outputs;
        }

        if (value.Value is ObjectValue { Type: { } type } record)
        {
            method ??= type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(candidate => candidate.Parameters.Length == count);
            if (method is not null && BodyOf(method) is not null)
                return CallForOutputs(method, value);
            // The compiler makes the method of a record: it is the properties of the parameters.
            var parameters = method?.Parameters ?? type.InstanceConstructors.FirstOrDefault(candidate => candidate.Parameters.Length == count && !SymbolEqualityComparer.Default.Equals(candidate.Parameters[0].Type, type))?.Parameters;
            if (type.IsRecord && parameters is { } named)
                return [.. named.Select(parameter => PropertyOf(record, type, parameter.Name) is { } property ? MemberOf(value, property, property.Type) : Fresh(parameter.Type))];
        }

        var parts = new List<Located>();
        for (var i = 0; i < count; i++)
            parts.Add(Choices.KeyOf(value.Value) is { } key ? Opaque(null, key + ".part" + i) : Fresh(null));
        return parts;
    }

    private static IPropertySymbol? PropertyOf(ObjectValue record, INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
                return property;
        }

        return record.Members.Keys.OfType<IPropertySymbol>().FirstOrDefault(property => property.Name == name);
    }
}
