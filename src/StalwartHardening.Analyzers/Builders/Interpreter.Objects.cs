using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Objects of the program: how they begin, what they hold, and which of their methods is meant.
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

    private ITypeSymbol Resolve(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } named)
            return ResolveArguments(named);
        if (type is IArrayTypeSymbol { ElementType: var element, Rank: var rank } && Resolve(element) is var resolved && !SymbolEqualityComparer.Default.Equals(resolved, element))
            return models.Compilation.CreateArrayTypeSymbol(resolved, rank);
        if (type is not ITypeParameterSymbol parameter)
            return type;
        if (_frame.TypeOf(parameter) is { } known)
            return known;
        for (var own = (_frame.Receiver.Value as ObjectValue)?.Type; own is not null; own = own.BaseType)
        {
            for (var outer = own; outer is not null; outer = outer.ContainingType)
            {
                if (SymbolEqualityComparer.Default.Equals(outer.OriginalDefinition, parameter.ContainingSymbol) && outer.TypeArguments[parameter.Ordinal] is not ITypeParameterSymbol)
                    return outer.TypeArguments[parameter.Ordinal];
            }
        }

        return type;
    }

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

    private Located EvaluateCreation(IObjectCreationOperation creation)
    {
        var arguments = EvaluateArguments(creation.Arguments, creation);
        if (_isThrowing || creation.Constructor is not { } constructor)
            return Located.Unknown;
        var made = Create(creation, constructor, arguments);
        return creation.Initializer is { } initializer ? EvaluateInitializers(made, initializer.Initializers) : made;
    }

    private Located Create(IObjectCreationOperation creation, IMethodSymbol constructor, Arguments arguments)
    {
        if (vocabulary.Creates(constructor))
            return Apply(constructor, creation, Located.Unknown, arguments);
        if (vocabulary.PlanTypeOf(constructor.ContainingType) is not null)
            return Located.Of(new ObjectValue(constructor.ContainingType) { Place = sources.NameOf(creation) });
        if (CreateKnown(constructor, creation, arguments) is { } known)
            return known;
        if (constructor.ContainingType.Name == "OptionsWrapper" && IsOfExtensions(constructor.ContainingType, "Options") && arguments.First is { Value: var wrapped })
            return Located.Of(new OptionsValue(_ => wrapped));
        if (((Value?)CreateConfiguration(constructor.ContainingType) ?? CreateServices(constructor.ContainingType)) is { } hosted)
            return Located.Of(hosted);
        if (!IsOfProgram(constructor.ContainingType) && IsCarrier(constructor.ContainingType))
            return Located.Of(CreateCarrier(constructor, arguments));
        if (!IsOfProgram(constructor.ContainingType))
        {
            foreach (var argument in arguments)
                EscapeTo(argument, creation);
            return Fresh(creation.Type);
        }

        var made = new ObjectValue(ResolveArguments(constructor.ContainingType));
        Construct(constructor, arguments, made);
        return Located.Of(made);
    }

    private INamedTypeSymbol ResolveArguments(INamedTypeSymbol type)
    {
        if (!type.IsGenericType || !IsOpen(type))
            return type;
        var definition = type.ContainingType is { IsGenericType: true } outer ? ResolveArguments(outer).GetTypeMembers(type.Name, type.Arity).FirstOrDefault() ?? type : type.ConstructedFrom;
        return definition.Arity > 0 && definition.TypeArguments.Length == type.TypeArguments.Length ? definition.ConstructedFrom.Construct([.. type.TypeArguments.Select(Resolve)]) : definition;
    }

    // Whether there is a type parameter in it, or in what it is within.
    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };

    // A static member of a type parameter is that of the type it stands for.
    private T Constrained<T>(T member, ITypeSymbol? constrained)
        where T : class, ISymbol
    {
        if (constrained is null || Resolve(constrained) is not INamedTypeSymbol type)
            return member;
        return type.FindImplementationForInterfaceMember(member) as T
            ?? type.AllInterfaces.Where(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, member.ContainingType.OriginalDefinition)).SelectMany(one => one.GetMembers(member.Name)).Select(type.FindImplementationForInterfaceMember).OfType<T>().FirstOrDefault()
            ?? member;
    }

    // "new T()".
    private Located EvaluateCreation(ITypeParameterObjectCreationOperation creation)
    {
        var made = creation.Type is { } type ? Begun(type) : Located.Unknown;
        return creation.Initializer is { } initializer ? EvaluateInitializers(made, initializer.Initializers) : made;
    }

    // An object of a type, made without arguments.
    private Located Begun(ITypeSymbol type)
    {
        type = Resolve(type);
        if (type is not INamedTypeSymbol named || named.InstanceConstructors.FirstOrDefault(static constructor => constructor.Parameters.Length == 0) is not { } constructor)
            return Fresh(type);
        if (IsOfProgram(named))
            return CreateOf(named, constructor);
        return IsCollection(named) ? Located.Of(IsMap(named) ? new MapValue { IsSorted = named.Name.StartsWith("Sorted", StringComparison.Ordinal), Type = named } : new ListValue([], KindOf(named)) { Type = named }) : Fresh(type);
    }

    private Located CreateOf(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        var made = new ObjectValue(type);
        Construct(constructor, Arguments.None, made);
        return Located.Of(made);
    }

    // Initializers of fields and properties first, then the base, then the body: the order the language has.
    private void Construct(IMethodSymbol constructor, Arguments arguments, ObjectValue made)
    {
        var definition = constructor.OriginalDefinition.PartialImplementationPart ?? constructor.OriginalDefinition;
        Followed.Add(constructor.OriginalDefinition);
        if (_depth >= MaxDepth || !models.IsOfProgram(definition.ContainingType))
            return;
        var outer = _frame;
        var initialized = _initialized.ToArray();
        _initialized.Clear();
        _depth++;
        _frame = new Frame(null, Located.Of(made));
        try
        {
            var syntax = models.SyntaxOf(definition, cancellationToken);
            var isPrimary = ProgramModels.IsPrimary(syntax);
            BindParameters(definition, constructor, arguments, made);
            if (isPrimary)
                Capture(definition, made);
            var body = isPrimary || syntax is null ? null : models.Operation(syntax, cancellationToken) as IConstructorBodyOperation;
            var call = CallIn(body?.Initializer);
            if (call is { TargetMethod: var other } && SymbolEqualityComparer.Default.Equals(other.ContainingType.OriginalDefinition, definition.ContainingType))
            {
                Construct(other, EvaluateArguments(call.Arguments, call), made);
            }
            else
            {
                Initialize(definition.ContainingType, made);
                ConstructBase(definition, isPrimary ? syntax : null, call, made);
            }

            if (body is not null && !_isThrowing)
                Execute(body.BlockBody ?? body.ExpressionBody);
        }
        finally
        {
            _depth--;
            _frame = outer;
            for (var i = initialized.Length - 1; i >= 0; i--)
                _initialized.Push(initialized[i]);
        }
    }

    private static IInvocationOperation? CallIn(IOperation? initializer) =>
        initializer as IInvocationOperation ?? (initializer as IExpressionStatementOperation)?.Operation as IInvocationOperation;

    private void BindParameters(IMethodSymbol definition, IMethodSymbol constructor, Arguments arguments, ObjectValue made)
    {
        for (var i = 0; i < definition.Parameters.Length; i++)
        {
            var parameter = definition.Parameters[i];
            if (arguments.TryGetValue(constructor.Parameters[i], out var argument))
            {
                _frame.Declare(parameter, argument.Value);
                continue;
            }

            // Who has made it is not known; a default is a way it is made.
            DependsOnCallers |= made.IsFromElsewhere;
            _frame.Declare(parameter, parameter.HasExplicitDefaultValue && ProgramModels.DefaultOf(parameter) is { } value ? Located.Of(value) : Opaque(parameter.Type, made.IsFromElsewhere ? made.Key + "." + parameter.Name : ""));
        }
    }

    private void Capture(IMethodSymbol primary, ObjectValue made)
    {
        foreach (var parameter in primary.Parameters)
        {
            if (!_frame.TryGet(parameter, out var value))
                continue;
            made.Members[parameter] = value;
            if (primary.ContainingType.IsRecord && PropertyOf(made, primary.ContainingType, parameter.Name) is { } property && ProgramModels.IsDeclaredBy(property, parameter))
                made.Members[property.OriginalDefinition] = value;
        }
    }

    private void Initialize(INamedTypeSymbol type, ObjectValue made)
    {
        foreach (var (member, initializer) in models.InitializersOf(type, cancellationToken))
        {
            Followed.Add(member);
            made.Members[member] = Own(AsArgument(initializer));
        }
    }

    private void ConstructBase(IMethodSymbol definition, SyntaxNode? primary, IInvocationOperation? call, ObjectValue made)
    {
        if (call is not null && !models.IsOfProgram(call.TargetMethod.ContainingType.OriginalDefinition))
        {
            Hold(call.TargetMethod.ContainingType, call, made);
            return;
        }

        if (call is not null)
        {
            Construct(call.TargetMethod, EvaluateArguments(call.Arguments, call), made);
            return;
        }

        if (definition.ContainingType.BaseType is not { } type)
            return;
        if (!models.IsOfProgram(type.OriginalDefinition))
        {
            Hold(type, primary is not null ? models.BaseCallOf(primary, cancellationToken) : null, made);
            return;
        }

        if (primary is not null && models.BaseCallOf(primary, cancellationToken) is { } baseCall)
            Construct(baseCall.TargetMethod, EvaluateArguments(baseCall.Arguments, baseCall), made);
        else if (type.InstanceConstructors.FirstOrDefault(static constructor => constructor.Parameters.All(static parameter => parameter.IsOptional)) is { } constructor)
            Construct(constructor, Arguments.None, made);
    }

    // A class of the program that is a collection of the framework, unless it changes what that does with its items.
    private void Hold(INamedTypeSymbol type, IInvocationOperation? call, ObjectValue made)
    {
        if (!IsCollection(type) || type.TypeKind != TypeKind.Class || made.IsFromElsewhere || made.Type is not { } own || own.GetMembers().Any(static member => member.IsOverride && member.Name is "InsertItem" or "SetItem" or "RemoveItem" or "ClearItems"))
            return;
        var given = call is null ? Arguments.None : EvaluateArguments(call.Arguments, call);
        made.Held = CreateCollection(type, given).Value;
    }

    // What code that is not the program's sees of an object of the program.
    private Located Outside(Located receiver, ISymbol member) =>
        receiver.Value is ObjectValue { Held: { } held } && member.ContainingType is { } type && !models.IsOfProgram(type) && type.SpecialType != SpecialType.System_Object ? receiver with { Value = held } : receiver;

    private Located EvaluateInitializers(Located made, IEnumerable<IOperation> initializers)
    {
        _initialized.Push(made);
        foreach (var initializer in initializers)
        {
            switch (initializer)
            {
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol { IsIndexer: false } } member } assignment when made.Value is ObjectValue { Type: null or { IsAnonymousType: true } } record:
                    record.Members[member.Member] = AsArgument(assignment.Value);
                    break;
                case ISimpleAssignmentOperation assignment:
                    Assign(assignment.Target, Own(AsArgument(assignment.Value)), keepOrigin: true);
                    break;
                case IMemberInitializerOperation { InitializedMember: { } member, Initializer: { } inner }:
                    EvaluateInitializers(Evaluate(member), inner.Initializers);
                    break;
                default:
                    Evaluate(initializer);
                    break;
            }
        }

        _initialized.Pop();
        return made;
    }

    private Located EvaluateWith(IWithOperation copy)
    {
        var original = Materialize(Evaluate(copy.Operand));
        var made = original.Value is ObjectValue record ? record.Copy() : new ObjectValue(copy.Type as INamedTypeSymbol, Choices.KeyOf(original.Value) is { } key ? key + " copied " + ++_unnamed : "");
        return copy.Initializer is { } initializer ? EvaluateInitializers(Located.Of(made), initializer.Initializers) : Located.Of(made);
    }

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

    private void Assign(IOperation? target, Located value, bool keepOrigin = false)
    {
        var stored = keepOrigin ? value : value with { Origin = null };
        switch (target)
        {
            case IVariableDeclaratorOperation declarator:
                _frame.Declare(declarator.Symbol, stored);
                break;
            case ILocalReferenceOperation { IsDeclaration: true } local:
                _frame.Declare(local.Local, stored);
                break;
            case ILocalReferenceOperation local when _frame.TryGet(local.Local, out var known) && known.Value is ReferenceValue reference:
                reference.Write(stored);
                break;
            case ILocalReferenceOperation local:
                _frame.Assign(local.Local, stored);
                break;
            case IInvocationOperation { TargetMethod.RefKind: not RefKind.None } or IPropertyReferenceOperation { Property.RefKind: not RefKind.None } or IConditionalOperation { IsRef: true }:
                ReferenceTo(target).Write(stored);
                break;
            case IImplicitIndexerReferenceOperation element:
                KeepItem(Evaluate(element.Instance).Value, Evaluate(element.Argument), stored);
                break;
            case IParameterReferenceOperation given when _frame.TryGet(given.Parameter, out var passed) && passed.Value is ReferenceValue by:
                by.Write(stored);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                if (!_frame.TryGet(parameter, out _) && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && EvaluateThis(parameter.ContainingType).Value is ObjectValue own)
                    own.Members[parameter.OriginalDefinition] = stored;
                else
                    _frame.Assign(parameter, stored);
                break;
            case IFieldReferenceOperation field:
                Keep(field.Instance is null ? null : Evaluate(field.Instance), field.Field.AssociatedSymbol is IPropertySymbol backed ? backed : field.Field, stored);
                break;
            case IArrayElementReferenceOperation { Indices: [.. var leading, var last] } element:
                var row = Evaluate(element.ArrayReference);
                foreach (var index in leading)
                    row = ItemAt(row, Evaluate(index).Value, null);
                KeepItem(row.Value, Evaluate(last), stored);
                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, vocabulary.PlanFieldOf(property.Property) is null ? stored : value with { Origin = value.Origin ?? sources.SpanOf(property.Syntax) });
                break;
            case IEventReferenceOperation reference:
                Keep(reference.Instance is null ? null : Evaluate(reference.Instance), reference.Event, stored);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, keepOrigin);
                break;
            case ITupleOperation tuple:
                AssignParts(tuple, value, null, keepOrigin);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value, keepOrigin);
                break;
        }
    }

    private void AssignProperty(IPropertyReferenceOperation reference, Located value)
    {
        var property = reference.Property;
        var instance = reference.Instance is null ? (Located?)null : Evaluate(reference.Instance);
        var setter = property.SetMethod is { } declared ? Dispatch(declared, instance is { } given ? Materialize(given) : Located.Unknown) : null;
        if (BodyOf(setter) is { } body)
        {
            var arguments = new Arguments(reference.Arguments.Length + 1);
            foreach (var argument in EvaluateArguments(reference.Arguments, reference))
            {
                if (argument.Parameter.Ordinal < setter!.Parameters.Length - 1)
                    arguments.Add(argument with { Parameter = setter.Parameters[argument.Parameter.Ordinal] });
            }

            arguments.Add(new Argument(setter!.Parameters[setter.Parameters.Length - 1], value, value.Origin ?? default));
            Follow(setter, body, instance is { } known ? Materialize(known) : Located.Unknown, arguments);
            return;
        }

        if (property.IsIndexer)
            KeepItem(instance is { } kept ? Outside(kept, property).Value : Value.Unknown, reference.Arguments.Length == 1 ? Evaluate(reference.Arguments[0].Value) : Located.Unknown, value);
        else if (instance is { Value: BuilderValue builder } && vocabulary.IsAnnotated(property))
            ApplyAssignment(builder, property, reference, value);
        else
            Keep(instance, instance is null ? property : setter?.OriginalDefinition.AssociatedSymbol ?? property, value);
    }

    private void KeepItem(Value collection, Located index, Located value)
    {
        switch (collection)
        {
            case ObjectValue { Held: { } held }:
                KeepItem(held, index, value);
                break;
            case ConfigurationValue configuration when index.Value is KnownValue { Text: { } key }:
                Put(configuration.Entries, Located.Of(new KnownValue(configuration.Section(key).Path)), value);
                break;
            case ListValue { IsOpen: false } list when PositionOf(index.Value, list.Items.Count) is { } position && position >= 0 && position < list.Items.Count:
                list.Set(position, value);
                break;
            case MapValue map:
                Put(map, index, value);
                break;
            case ListValue list:
                Escape(value);
                Scramble(list);
                break;
            default:
                Escape(value);
                break;
        }
    }

    private void Keep(Located? instance, ISymbol member, Located value)
    {
        if (instance is null)
        {
            _statics[StaticKey(member)] = value;
            return;
        }

        if (instance.Value.Value is LazyValue lazy)
            (lazy.Create, lazy.Made) = (null, value);
        else if (instance.Value.Value is KnownValue changed)
            FrameworkValues.Set(changed, member.Name, value.Value);
        else if (instance.Value.Value is ListValue { Kind: ListKind.Tuple } tuple && member is IFieldSymbol field && TupleElement(field) is { } position && position < tuple.Items.Count)
            tuple.Set(position, value);
        else if (Materialize(instance.Value).Value is ObjectValue record)
            record.Members[member.OriginalDefinition] = value;
        else
            Escape(value);
    }

    // Others may go on writing into what they get hold of.
    private void Escape(Located value) => Escape(Walked(value).Value, 0);

    private static void Escape(Value value, int depth)
    {
        if (depth > 4)
            return;
        switch (value)
        {
            case BuilderValue builder:
                builder.Server.Open(builder.Scope);
                break;
            case ServerValue server:
                server.Server.IsUsed = true;
                break;
            case ReferenceValue reference:
                Escape(reference.Read().Value, depth + 1);
                break;
            case ListValue list:
                list.Items.ForEach(item => Escape(item.Value, depth + 1));
                break;
            case MapValue map:
                map.Entries.ForEach(entry => Escape(entry.Value.Value, depth + 1));
                break;
            case ObjectValue record:
                foreach (var member in record.Members.Values)
                    Escape(member.Value, depth + 1);
                break;
        }
    }
}
