using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Objects that came from elsewhere, what variables of a type hold at first, and what others get hold of.
internal sealed partial class Interpreter
{
    private const string Elsewhere = "static ";
    private const int MaxKeyLength = 400;

    private readonly Dictionary<ISymbol, Located> _statics = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _initializedTypes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, ObjectValue> _fromElsewhere = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServerDraft> _adopted = new(StringComparer.Ordinal);
    private int _unnamed;

    // Something nobody has seen before: equal to nothing but itself.
    private Located Fresh(ITypeSymbol? type) => Opaque(type, "");

    private Located Opaque(ITypeSymbol? type, string key)
    {
        type = type is null ? null : Resolve(type);
        // A name that grows with every turn of a loop is not worth its length.
        if (key.Length is 0 or > MaxKeyLength)
            key = "#" + (++_unnamed).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return type is INamedTypeSymbol named && roots.Contains(named.OriginalDefinition) ? Adopt(key) : Located.Of(new OpaqueValue(key, type));
    }

    // A server that came from elsewhere: what is written here still counts, what is missing does not.
    private Located Adopt(string key)
    {
        if (!_adopted.TryGetValue(key, out var server))
        {
            server = new ServerDraft(isComplete: false, keepsWrites);
            _adopted.Add(key, server);
            Servers.Add(server);
        }

        return Located.Of(new BuilderValue(server, ""));
    }

    private static Located DefaultOf(ITypeSymbol? type)
    {
        if (type is null or ITypeParameterSymbol)
            return Located.Unknown;
        if (type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return Located.Of(Value.Null);
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return Located.Of(new EnumValue(enumeration, 0));
        if (type.SpecialType == SpecialType.System_Boolean)
            return Located.Of(Value.Of(false));
        if (type.SpecialType == SpecialType.System_Char)
            return Located.Of(new KnownValue('\0'));
        if (Numbers.Convert(0, type.SpecialType) is { } zero)
            return Located.Of(new KnownValue(zero));
        if (type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", TypeArguments: [var element], ContainingNamespace.Name: "System" })
            return Located.Of(element.SpecialType == SpecialType.System_Char && type.Name.StartsWith("ReadOnly", StringComparison.Ordinal) ? new KnownValue("") : new ListValue([]));
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
            return Located.Of(new ListValue([.. tuple.TupleElements.Select(static element => DefaultOf(element.Type))], ListKind.Tuple));
        return type is INamedTypeSymbol { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.Length: > 0 } own ? Located.Of(new ObjectValue(own)) : Located.Unknown;
    }

    // A struct is copied where it is stored.
    private static Located Own(Located value) => value.Value switch
    {
        ObjectValue { Type: { IsValueType: true, IsReadOnly: false } } copied => value with { Value = copied.Copy() },
        ListValue { Kind: ListKind.Tuple } tuple => value with { Value = tuple.Copy() },
        _ => value,
    };

    private bool IsOfProgram(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsStatic: false } && type.OriginalDefinition.DeclaringSyntaxReferences is [var first, ..] && models.Compilation.ContainsSyntaxTree(first.SyntaxTree);

    // The object that a value of a type of the program is, where only its name is known: what its constructor gives it, and unknown otherwise.
    private Located Materialize(Located located)
    {
        if (located.Value is not OpaqueValue { Key.Length: > 0, Type: { } type } opaque)
            return located;
        if (_fromElsewhere.TryGetValue(opaque.Key, out var known))
            return located with { Value = known };
        if (type is { TypeKind: TypeKind.Interface } or { IsAbstract: true } && models.ImplementationsOf((INamedTypeSymbol)type, cancellationToken) is [var only])
            type = only;
        if (!IsOfProgram(type) || type is not INamedTypeSymbol { IsAbstract: false } named || _depth >= MaxDepth)
            return located;
        var made = new ObjectValue(named, opaque.Key);
        _fromElsewhere.Add(opaque.Key, made);
        var before = Servers.Count;
        var constructor = named.InstanceConstructors.Where(static candidate => !candidate.IsImplicitlyDeclared || candidate.Parameters.Length == 0).OrderByDescending(static candidate => candidate.Parameters.Length).FirstOrDefault();
        if (constructor is not null)
        {
            var wasThrowing = _isThrowing;
            var depended = DependsOnCallers;
            Construct(constructor, Arguments.None, made);
            _isThrowing = wasThrowing;
            DependsOnCallers = depended;
        }

        OpenShared(made);
        // Others have had the object before, and may have written into its servers.
        for (var i = before; i < Servers.Count; i++)
            Servers[i].Open("");
        return located with { Value = made };
    }

    // Whoever made the object may have put more into what everybody sees of it.
    private void OpenShared(ObjectValue made)
    {
        foreach (var member in made.Members)
        {
            if (member.Key is not IPropertySymbol { DeclaredAccessibility: Accessibility.Public })
                continue;
            if (member.Value.Value is ListValue { IsOpen: false, Kind: not ListKind.Tuple } list)
            {
                list.Items.Add(Opaque(ItemType(list.Type), made.Key + "." + member.Key.Name + ".item"));
                list.IsOpen = true;
            }
            else if (member.Value.Value is MapValue map)
            {
                map.IsOpen = true;
            }
        }
    }
}
