using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// What objects and types hold in fields and properties, and which of their methods is meant.
internal sealed partial class Interpreter
{
    // What code that is not the program's sees of an object of the program.
    private Located Outside(Located receiver, ISymbol member) =>
        receiver.Value is ObjectValue { Held: { } held } && member.ContainingType is { } type && !models.IsOfProgram(type) && type.SpecialType != SpecialType.System_Object ? receiver with { Value = held } : receiver;

    private Located EvaluateField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (vocabulary.TextsOf(field) is { } texts)
            return Located.Of(new TextsValue(texts));
        if (reference.Instance is null)
            return StaticOf(field.AssociatedSymbol is IPropertySymbol backed ? backed : field, field.Type);
        var instance = Evaluate(reference.Instance);
        if (instance.Value is ListValue { Kind: ListKind.Tuple, IsOpen: false } tuple && TupleElement(field) is { } position && position < tuple.Items.Count)
            return tuple.Items[position];
        return MemberOf(instance, field.AssociatedSymbol is IPropertySymbol property ? property : field, field.Type);
    }

    private static int? TupleElement(IFieldSymbol field) => (field.CorrespondingTupleField ?? field).Name is ['I', 't', 'e', 'm', .. var number]
        && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position) ? position - 1 : null;

    // What an object holds in a field, or in a property that the compiler made a field for.
    private Located MemberOf(Located? instance, ISymbol member, ITypeSymbol type)
    {
        if (instance is not { } located)
            return StaticOf(member, type);
        switch (Materialize(located).Value)
        {
            case ObjectValue known:
                if (known.Members.TryGetValue(member.OriginalDefinition, out var value) || known.Members.TryGetValue(member, out value))
                    return value;
                return known.IsFromElsewhere ? Opaque(type, known.Key + "." + member.Name) : DefaultOf(type);
            case OpaqueValue { Key.Length: > 0 } opaque:
                return Opaque(type, opaque.Key + "." + member.Name);
            default:
                return Fresh(type);
        }
    }

    private Located StaticOf(ISymbol member, ITypeSymbol type)
    {
        var definition = member.OriginalDefinition;
        if (definition.ContainingType is { } owner && models.IsOfProgram(owner) && _initializedTypes.Add(owner) && owner.StaticConstructors is [{ DeclaringSyntaxReferences.Length: > 0 } constructor, ..] && BodyOf(constructor) is { } body)
            Follow(constructor, body, Located.Unknown, Arguments.None);
        var key = StaticKey(member);
        if (_statics.TryGetValue(key, out var value))
            return value;
        if (FrameworkValues.Of(member) is { } known)
            return Located.Of(known);
        if (member.Name == "Empty" && IsCollection(type))
            return Located.Of(IsMap(type) ? new MapValue { IsSorted = type.Name.Contains("Sorted") } : new ListValue([], KindOf(type)));
        if (member is IFieldSymbol { IsReadOnly: false, DeclaredAccessibility: Accessibility.Private, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } field && models.IsCounter(field, cancellationToken))
            return Located.Of(new KnownValue(Numbers.Convert(0, type.SpecialType)));
        var isFixed = member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } or IPropertySymbol { SetMethod.IsInitOnly: true };
        DependsOnCallers |= !isFixed && definition.DeclaringSyntaxReferences.Length > 0;
        if (models.InitializerOf(definition, cancellationToken) is not { } initializer)
        {
            return isFixed && definition.ContainingType is { } containingType && models.IsOfProgram(containingType) ? DefaultOf(type) : isFixed && type.SpecialType == SpecialType.System_Boolean && definition.ContainingAssembly is { } assembly && !assembly.Name.StartsWith("System", StringComparison.Ordinal) && !models.IsOfProgram(definition.ContainingType) ? Located.Of(new OpaqueValue(Elsewhere + definition.ToDisplayString(), type) { IsFixed = true })
                : Opaque(type, Elsewhere + definition.ToDisplayString());
        }

        // Where it asks for itself it has no value yet.
        _statics[key] = DefaultOf(type);
        var outer = _frame;
        _frame = new Frame(null);
        BindTypes(key.ContainingType, _frame);
        _depth++;
        var made = _depth < MaxDepth ? AsArgument(initializer) : Located.Unknown;
        _depth--;
        _frame = outer;
        Followed.Add(definition);
        _statics[key] = made;
        return made;
    }

    // Every type that a generic one stands for has static members of its own.
    private ISymbol StaticKey(ISymbol member) =>
        member.ContainingType is { IsGenericType: true } owner && ResolveArguments(owner) is var actual
            ? actual.GetMembers(member.Name).FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, member.OriginalDefinition)) ?? member.OriginalDefinition
            : member.OriginalDefinition;

    private Located EvaluateProperty(IPropertyReferenceOperation reference) => Dereferenced(GetProperty(reference));

    // What its getter returns: a value, or a reference to where one is stored.
    private Located GetProperty(IPropertyReferenceOperation reference)
    {
        var property = Constrained(reference.Property, reference.ConstrainedToType);
        if (vocabulary.TextsOf(property) is { } texts)
            return Located.Of(new TextsValue(texts));
        var instance = reference.Instance is null ? (Located?)null : Evaluate(reference.Instance);
        if (_isThrowing)
            return Located.Unknown;
        if (instance is { Value: BuilderValue builder } && (property.IsIndexer || vocabulary.IsAnnotated(property) || vocabulary.IsBuilder(property.ContainingType)))
        {
            var arguments = property.IsIndexer ? EvaluateArguments(reference.Arguments, reference) : Arguments.None;
            return vocabulary.IsAnnotated(property) ? ApplyProperty(builder, property, reference, arguments) : Fresh(property.Type);
        }

        if (instance is { } asked)
            instance = Outside(asked, property);
        if (instance is { } receiver)
        {
            if (property.IsIndexer && BodyOf(property.GetMethod is { } indexer ? Dispatch(indexer, Materialize(receiver)) : null) is null)
                return ItemAt(receiver, Evaluate(reference.Arguments.Length == 1 ? reference.Arguments[0].Value : null).Value, property.Type);
            if (ReadKnown(property, receiver) is { } known)
                return known;
        }
        else if (FrameworkValues.Of(property) is { } constant)
        {
            return Located.Of(constant);
        }
        else if (reference.ConstrainedToType is { } number && Resolve(number) is { SpecialType: var special } && reference.Property.Name is "Zero" or "One" or "AdditiveIdentity" or "MultiplicativeIdentity" && Numbers.Convert(reference.Property.Name is "One" or "MultiplicativeIdentity" ? 1 : 0, special) is { } content)
        {
            return Located.Of(new KnownValue(content));
        }

        if (Generated(property, property.Type) is { } generated)
            return generated;
        var indexes = property.IsIndexer ? EvaluateArguments(reference.Arguments, reference) : Arguments.None;
        return Get(property, instance, indexes, reference.Instance is not IInstanceReferenceOperation || !IsBaseAccess(reference.Syntax));
    }

    private Located Get(IPropertySymbol property, Located? instance, Arguments indexes, bool isVirtual)
    {
        var receiver = instance is { } given ? Materialize(given) : Located.Unknown;
        var getter = property.GetMethod is { } declared ? isVirtual ? Dispatch(declared, receiver) : declared : null;
        if (BodyOf(getter) is { } body)
            return Follow(getter!, body, receiver, indexes);
        var own = (getter?.OriginalDefinition.AssociatedSymbol as IPropertySymbol ?? property).OriginalDefinition;
        return instance is null ? StaticOf(property, property.Type) : MemberOf(receiver, own, property.Type);
    }

    private static bool IsBaseAccess(SyntaxNode syntax) => syntax is Microsoft.CodeAnalysis.CSharp.Syntax.MemberAccessExpressionSyntax { Expression: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };

    // Which method runs, where the object is known.
    private IMethodSymbol Dispatch(IMethodSymbol method, Located receiver)
    {
        if (receiver.Value is not ObjectValue { Type: { } type })
            return method;
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            // A class may implement an interface for several types.
            if (!method.IsGenericMethod && IsOpen(method.ContainingType))
                method = ResolveArguments(method.ContainingType).GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition)) ?? method;
            // What implements an interface may be overridden in its turn.
            method = type.FindImplementationForInterfaceMember(method) as IMethodSymbol
                ?? type.AllInterfaces.Where(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.ContainingType.OriginalDefinition))
                    .SelectMany(candidate => candidate.GetMembers(method.Name)).OfType<IMethodSymbol>()
                    .Where(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition))
                    .Select(type.FindImplementationForInterfaceMember).OfType<IMethodSymbol>().FirstOrDefault()
                ?? method;
        }

        if (!method.IsVirtual && !method.IsAbstract && !method.IsOverride)
            return method;
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var candidate in current.OriginalDefinition.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (var overridden = candidate; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                        return candidate;
                }
            }
        }

        return method;
    }
}
