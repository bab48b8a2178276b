using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// How objects of the program begin: initializers, constructors, those of what they derive from.
internal sealed partial class Interpreter
{
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

    // A class of the program that is a collection of the framework. What it does instead with its items is done where they are put in and taken out.
    private void Hold(INamedTypeSymbol type, IInvocationOperation? call, ObjectValue made)
    {
        if (!IsCollection(type) || type.TypeKind != TypeKind.Class || made.IsFromElsewhere || made.Type is null)
            return;
        var given = call is null ? Arguments.None : EvaluateArguments(call.Arguments, call);
        made.Held = CreateCollection(type, given).Value;
    }

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
}
