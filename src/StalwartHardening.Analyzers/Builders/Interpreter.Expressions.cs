using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
    private const int CollectionExpressionKind = 0x7f;

    // Constants shorter than this are words, not texts whose places anybody asks for.
    private const int ShortText = 12;

    private Located Evaluate(IOperation? operation)
    {
        if (operation is null || _isThrowing || !Step(operation))
            return Located.Unknown;
        if (operation.ConstantValue.HasValue)
            return Located.Of(Constant(operation.ConstantValue.Value, operation));
        var result = EvaluateAny(operation);
        if (result.Value is ListValue { Type: null } or MapValue { Type: null })
            Type(result.Value, operation.Type);
        if (result.Value is OpaqueValue && MayThrow(operation))
            _risks++;
        return result.Value is OpaqueValue opaque && choices.Known(opaque) is { } known ? result with { Value = known } : result;
    }

    // What makes a list says most exactly what it is.
    private void Type(Value made, ITypeSymbol? type)
    {
        type = type is null ? null : Resolve(type);
        if (made is ListValue list)
            list.Type = type;
        else if (made is MapValue map)
            map.Type = type;
    }

    // Whether making a value that is not known may have thrown.
    private static bool MayThrow(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Instance: not (null or IInstanceReferenceOperation) } or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IObjectCreationOperation => true,
        IFieldReferenceOperation { Instance: not (null or IInstanceReferenceOperation) } => true,
        IConversionOperation { IsTryCast: false, Conversion.IsImplicit: false } => true,
        IBinaryOperation binary => binary.IsChecked || binary.OperatorMethod is not null || binary.OperatorKind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder,
        _ => false,
    };

    private Located EvaluateAny(IOperation operation)
    {
        // The kind is one virtual call; asking for one interface after the other is what a program would spend its time with.
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                return Dereferenced(EvaluateInvocation((IInvocationOperation)operation));
            case OperationKind.LocalReference:
                var variable = (ILocalReferenceOperation)operation;
                return _frame.TryGet(variable.Local, out var local) ? Dereferenced(local) : Fresh(variable.Type);
            case OperationKind.ParameterReference:
                return EvaluateParameter(((IParameterReferenceOperation)operation).Parameter);
            case OperationKind.FieldReference:
                return EvaluateField((IFieldReferenceOperation)operation);
            case OperationKind.PropertyReference:
                return EvaluateProperty((IPropertyReferenceOperation)operation);
            case OperationKind.Conversion:
                return EvaluateConversion((IConversionOperation)operation);
            case OperationKind.Binary:
                return EvaluateBinary((IBinaryOperation)operation);
            case OperationKind.DelegateCreation:
                return Evaluate(((IDelegateCreationOperation)operation).Target);
            case OperationKind.ObjectCreation:
                return EvaluateCreation((IObjectCreationOperation)operation);
            case OperationKind.InstanceReference:
                return EvaluateInstance((IInstanceReferenceOperation)operation);
            case OperationKind.InterpolatedString:
                return Located.Of(TextOf(((IInterpolatedStringOperation)operation).Parts.Select(EvaluatePart)));
            default:
                return EvaluateOther(operation);
        }
    }

    private Located EvaluateOther(IOperation operation)
    {
        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Evaluate(parenthesized.Operand);
            case ITypeParameterObjectCreationOperation creation:
                return EvaluateCreation(creation);
            case IAnonymousObjectCreationOperation creation:
                return EvaluateInitializers(Located.Of(new ObjectValue(creation.Type as INamedTypeSymbol)), creation.Initializers);
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IArrayInitializerOperation initializer:
                return Located.Of(new ListValue([.. initializer.ElementValues.Select(AsArgument)], initializer.ElementValues is [IArrayInitializerOperation, ..] || initializer.Parent is IArrayInitializerOperation ? ListKind.Matrix : ListKind.List));
            case IImplicitIndexerReferenceOperation element:
                return ItemAt(Evaluate(element.Instance), Evaluate(element.Argument).Value, element.Type);
            case ITupleOperation tuple:
                return Located.Of(new ListValue([.. tuple.Elements.Select(AsArgument)], ListKind.Tuple));
            case IArrayElementReferenceOperation element:
                return EvaluateElement(element);
            case IInterpolatedStringHandlerCreationOperation handler:
                return EvaluateHandler(handler);
            case IUnaryOperation unary:
                return EvaluateUnary(unary);
            case IConditionalOperation conditional:
                // The branch is what would have to change, not the whole.
                return AsArgument(Decide(conditional.Condition) ? conditional.WhenTrue : conditional.WhenFalse);
            case ICoalesceOperation coalesce:
                var left = Evaluate(coalesce.Value);
                return Decide(IsNull(left.Value)) ? AsArgument(coalesce.WhenNull) : left;
            case ISwitchExpressionOperation expression:
                return EvaluateSwitch(expression);
            case IIsPatternOperation pattern:
                return Located.Of(Match(pattern.Pattern, Evaluate(pattern.Value)));
            case IIsTypeOperation type:
                var isType = IsOfType(Evaluate(type.ValueOperand).Value, type.TypeOperand);
                return Located.Of(type.IsNegated ? Not(isType) : isType);
            case ISimpleAssignmentOperation assignment:
                var assigned = Own(Evaluate(assignment.Value));
                if (_isThrowing)
                    return Located.Unknown;
                if (assignment is { IsRef: true, Target: ILocalReferenceOperation moved })
                    _frame.Assign(moved.Local, Located.Of(ReferenceTo(assignment.Value)));
                else
                    Assign(assignment.Target, assigned);
                return assigned;
            case IDeconstructionAssignmentOperation deconstruction:
                var parts = Evaluate(deconstruction.Value);
                if (_isThrowing)
                    return Located.Unknown;
                AssignParts(deconstruction, parts);
                return parts;
            case ICompoundAssignmentOperation compound:
                return EvaluateCompound(compound);
            case IEventAssignmentOperation subscription:
                return EvaluateSubscription(subscription);
            case IEventReferenceOperation reference:
                return MemberOf(reference.Instance is null ? null : Evaluate(reference.Instance), reference.Event, reference.Event.Type);
            case IIncrementOrDecrementOperation increment:
                return EvaluateIncrement(increment);
            case IAnonymousFunctionOperation function:
                return Located.Of(new FunctionValue(function.Symbol, function.Body, _frame, _frame.Receiver));
            case IMethodReferenceOperation reference:
                return Located.Of(new FunctionValue(reference.Method, null, _frame, reference.Instance is null ? Located.Unknown : Evaluate(reference.Instance)));
            case IConditionalAccessOperation access:
                return EvaluateConditionalAccess(access);
            case IConditionalAccessInstanceOperation:
                return _conditionalInstances.Count > 0 ? _conditionalInstances.Peek() : Located.Unknown;
            case IAwaitOperation awaited:
                return Evaluate(awaited.Operation);
            case IDefaultValueOperation value:
                return DefaultOf(value.Type);
            case ITypeOfOperation type:
                return Located.Of(new TypeValue(Resolve(type.TypeOperand)));
            case IWithOperation copy:
                return EvaluateWith(copy);
            case IThrowOperation thrown:
                Throw(thrown.Exception);
                return Located.Unknown;
            case ICoalesceAssignmentOperation assignment:
                var current = Evaluate(assignment.Target);
                if (!Decide(IsNull(current.Value)))
                    return current;
                var late = Evaluate(assignment.Value);
                if (_isThrowing)
                    return Located.Unknown;
                Assign(assignment.Target, late);
                return late;
            case IDeclarationExpressionOperation declaration:
                return Evaluate(declaration.Expression);
            case IRangeOperation range:
                return Located.Of(RangeOf(range.LeftOperand is null ? At(0) : Evaluate(range.LeftOperand), range.RightOperand is null ? Located.Of(FromEnd(0)) : Evaluate(range.RightOperand)));
            case ITranslatedQueryOperation query:
                return Evaluate(query.Operation);
            case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation:
                return EvaluateDynamic(operation);
            case IUtf8StringOperation text:
                return Located.Of(new KnownValue(text.Value) { Parts = [new TextPart(text.Value, null, 0, text.Syntax)] });
            case { Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }:
                return EvaluateStackArray(operation);
            default:
                // A collection expression, written or implied by "params", is newer than the compiler this is built against.
                if (operation.Syntax is CollectionExpressionSyntax || (int)operation.Kind == CollectionExpressionKind)
                    return EvaluateCollection(operation);
                return EvaluateUnknown(operation);
        }
    }

    // Broken code and what is newer than this reader: its parts still happen, and whatever they hold may be written to.
    private Located EvaluateUnknown(IOperation operation)
    {
        _risks++;
        foreach (var child in operation.ChildOperations)
            Escape(Evaluate(child));
        return Fresh(operation.Type);
    }

    private Located EvaluateDynamic(IOperation operation)
    {
        _risks++;
        foreach (var child in operation.ChildOperations)
            Lose(Evaluate(child), operation, "a call that is bound when it runs");
        return Located.Unknown;
    }

    private static Value Constant(object? content, IOperation operation)
    {
        if (operation.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration && content is not null)
            return new EnumValue(enumeration, EnumValue.NumberOf(content));
        return content switch
        {
            null => Value.Null,
            bool known => Value.Of(known),
            string { Length: > ShortText } text => new KnownValue(text) { Parts = [new TextPart(text, null, 0, operation.Syntax)] },
            _ => new KnownValue(content),
        };
    }

    private Located EvaluateParameter(IParameterSymbol parameter)
    {
        if (_frame.TryGet(parameter, out var value))
            return Dereferenced(value);
        // The receiver of an extension block, and what a primary constructor has captured.
        if (parameter.ContainingSymbol is INamedTypeSymbol)
            return _frame.Receiver;
        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && EvaluateThis(parameter.ContainingType).Value is ObjectValue own)
            return own.Members.TryGetValue(parameter.OriginalDefinition, out var captured) ? captured : Opaque(parameter.Type, own.Key.Length > 0 ? own.Key + "." + parameter.Name : "");
        return GivenByCallers(parameter);
    }

    // A parameter of the member that reading began with.
    private Located GivenByCallers(IParameterSymbol parameter)
    {
        DependsOnCallers = true;
        var given = Opaque(parameter.Type, "parameter " + parameter.Name);
        _frame.Declare(parameter, given);
        return given;
    }

    private Located EvaluateInstance(IInstanceReferenceOperation instance) => instance.ReferenceKind switch
    {
        InstanceReferenceKind.ImplicitReceiver when _initialized.Count > 0 => _initialized.Peek(),
        InstanceReferenceKind.PatternInput when _matched.Count > 0 => _matched.Peek(),
        InstanceReferenceKind.InterpolatedStringHandler => _handlers.Count > 0 ? _handlers.Peek() : Located.Unknown,
        _ => EvaluateThis(instance.Type as INamedTypeSymbol),
    };

    private Located? _this;

    private Located EvaluateThis(INamedTypeSymbol? type)
    {
        if (_frame.Receiver.Value is not OpaqueValue { Key.Length: 0 } || type is null)
            return _frame.Receiver;
        DependsOnCallers = true;
        return _this ??= Opaque(type, "this");
    }

    private Located EvaluateElement(IArrayElementReferenceOperation element)
    {
        var array = Evaluate(element.ArrayReference);
        for (var i = 0; i < element.Indices.Length - 1; i++)
            array = ItemAt(array, Evaluate(element.Indices[i]).Value, null);
        return ItemAt(array, Evaluate(element.Indices[element.Indices.Length - 1]).Value, element.Type);
    }

    private Located ItemAt(Located collection, Value index, ITypeSymbol? type)
    {
        if (collection.Value is ObjectValue { Held: { } held })
            collection = collection with { Value = held };
        if (collection.Value is JsonData json)
            return ItemOf(json, index, type) ?? Fresh(type);
        if (collection.Value is GroupsValue groups)
            return GroupAt(groups, index) ?? Fresh(type);
        if (collection.Value is ConfigurationValue configuration)
            return index is KnownValue { Text: { } path } ? SetTo(configuration.Section(path)) : Fresh(type);
        var text = collection.Value is KnownValue { Text: { } known } ? known : null;
        if (index is ListValue { Kind: ListKind.Tuple, Items.Count: 2 } range && (collection.Value is ListValue || text is not null))
        {
            var length = text?.Length ?? ((ListValue)collection.Value).Items.Count;
            var start = PositionOf(range.Items[0].Value, length);
            var end = PositionOf(range.Items[1].Value, length);
            if (start is not { } from || end is not { } to || from < 0 || to < from || to > length || collection.Value is ListValue { IsOpen: true })
                return Fresh(type);
            return text is not null ? Located.Of(Slice((KnownValue)collection.Value, from, to - from)) : Located.Of(((ListValue)collection.Value).Slice(from, to - from, isView: type is { Name: "Span" or "Memory" or "ArraySegment" }));
        }

        if (collection.Value is ListValue { Kind: ListKind.Lookup, IsOpen: false } lookup)
            return lookup.Items.Find(group => group.Value is ListValue { GroupKey: { } own } && Decide(Equality(index, own.Value))) is { Value: ListValue } found ? found : Located.Of(new ListValue([]));
        if (collection.Value is ListValue { IsOpen: false } list && PositionOf(index, list.Items.Count) is { } at)
        {
            return at >= 0 && at < list.Items.Count ? list.Items[at] : Throw(type is null ? null : "System.IndexOutOfRangeException");
        }

        if (text is not null && PositionOf(index, text.Length) is { } place && place >= 0 && place < text.Length)
            return Located.Of(new KnownValue(text[place]));
        if (collection.Value is MapValue map)
            return Find(map, index) is { } entry ? entry : Fresh(type);
        return collection.Value is OpaqueValue or ObjectValue && Choices.KeyOf(collection.Value) is { } key && Choices.KeyOf(index) is { } position
            ? Opaque(type, key + "[" + position + "]")
            : Fresh(type);
    }

    private static int? PositionOf(Value index, int length) => index switch
    {
        KnownValue { Content: int at } => at,
        ListValue { Kind: ListKind.Tuple, Items: [{ Value: KnownValue { Content: int back } }] } => length - back,
        _ => null,
    };

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

    private Located EvaluateCollection(IOperation collection)
    {
        var items = new List<Located>();
        var isOpen = false;
        foreach (var child in collection.ChildOperations)
        {
            if (child.Syntax is not SpreadElementSyntax)
                items.Add(AsArgument(child));
            else if (child.ChildOperations.Count > 0 && AsSequence(Evaluate(child.ChildOperations.First()).Value, child.ChildOperations.First().Type) is { IsOpen: false } list)
                items.AddRange(list.Items);
            else
                isOpen = true;
        }

        if (!Fits(items.Count))
            isOpen = true;
        if (IsMap(collection.Type) && items.Count == 0)
            return Located.Of(new MapValue { IsOpen = isOpen, IsSorted = collection.Type!.Name.StartsWith("Sorted", StringComparison.Ordinal) });
        var kind = KindOf(collection.Type);
        var value = new ListValue(isOpen ? [.. items, Fresh(null)] : items, kind) { IsOpen = isOpen };
        return Located.Of(kind is ListKind.Set or ListKind.Sorted ? Distinct(value) : value);
    }

    private Located EvaluateArray(IArrayCreationOperation array)
    {
        if (array.Initializer is { } initializer)
            return Evaluate(initializer);
        if (array.DimensionSizes.Length == 1 && Evaluate(array.DimensionSizes[0]).Value is KnownValue { Content: int length } && length >= 0 && Fits(length) && array.Type is IArrayTypeSymbol type)
            return Located.Of(new ListValue([.. Enumerable.Repeat(DefaultOf(type.ElementType), length)]));
        if (array.DimensionSizes.Length > 1 && array.Type is IArrayTypeSymbol matrix && array.DimensionSizes.Select(size => Evaluate(size).Value is KnownValue { Content: int and >= 0 and var known } ? known : -1).ToList() is var sizes && sizes.TrueForAll(static size => size >= 0) && Fits(sizes.Aggregate(1, static (product, size) => product > MaxItems ? product : product * size)))
            return Rows(sizes, 0, DefaultOf(matrix.ElementType));
        return Located.Of(new ListValue([Located.Unknown]) { IsOpen = true });
    }

    private static Located Rows(List<int> sizes, int dimension, Located item) =>
        dimension == sizes.Count ? item : Located.Of(new ListValue([.. Enumerable.Range(0, sizes[dimension]).Select(_ => Rows(sizes, dimension + 1, item))], ListKind.Matrix));

    // The compiler says little more of it than its parts: how long it is, and what is in it.
    private Located EvaluateStackArray(IOperation array)
    {
        if (array.Syntax is StackAllocArrayCreationExpressionSyntax { Initializer: null } && array.ChildOperations.FirstOrDefault() is { } size)
            return Evaluate(size).Value is KnownValue { Content: int and >= 0 and var length } && Fits(length) && models.Of(array.Syntax.SyntaxTree).GetTypeInfo(array.Syntax, cancellationToken) is { Type: var own, ConvertedType: var converted }
                ? Located.Of(new ListValue([.. Enumerable.Repeat(DefaultOf(ElementOf(own) ?? ElementOf(converted)), length)]))
                : Fresh(array.Type);
        foreach (var child in array.ChildOperations)
        {
            if (child is IArrayInitializerOperation initializer)
                return Evaluate(initializer);
        }

        var initial = array.Syntax is StackAllocArrayCreationExpressionSyntax { Initializer: { } given } ? given.Expressions : ((array.Syntax as ImplicitStackAllocArrayCreationExpressionSyntax)?.Initializer.Expressions ?? default);
        return Located.Of(new ListValue([.. initial.Select(expression => AsArgument(models.Operation(expression, cancellationToken)))]));
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IPointerTypeSymbol pointer => pointer.PointedAtType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    private Located EvaluateConditionalAccess(IConditionalAccessOperation access)
    {
        var instance = Evaluate(access.Operation);
        if (Decide(IsNull(instance.Value)))
            return Located.Of(Value.Null);
        _conditionalInstances.Push(instance);
        var result = Evaluate(access.WhenNotNull);
        _conditionalInstances.Pop();
        return result;
    }

    private TextPart EvaluatePart(IInterpolatedStringContentOperation part)
    {
        switch (part)
        {
            case IInterpolatedStringTextOperation text:
                return PartOf(text.Text.ConstantValue is { HasValue: true, Value: string constant } ? new KnownValue(constant) : new KnownValue(""), text.Syntax);
            case IInterpolationOperation hole:
                var value = Evaluate(hole.Expression);
                if (hole.FormatString is null && hole.Alignment is null)
                    return PartOf(value.Value, hole.Syntax);
                var format = (hole.FormatString?.ConstantValue.Value as string ?? (hole.FormatString as ILiteralOperation)?.ConstantValue.Value as string) ?? "";
                var alignment = hole.Alignment?.ConstantValue.Value as int?;
                return PartOf(Formatted(value.Value, format, alignment ?? 0), hole.Syntax);
            case IInterpolatedStringAppendOperation append when append.AppendCall is IInvocationOperation { Arguments: [var first, ..] }:
                return PartOf(Evaluate(first.Value).Value, append.Syntax);
            default:
                return PartOf(Value.Unknown, part.Syntax);
        }
    }

    private Located EvaluateSubscription(IEventAssignmentOperation subscription)
    {
        if (subscription.EventReference is not IEventReferenceOperation reference)
            return Located.Unknown;
        var instance = reference.Instance is null ? (Located?)null : Evaluate(reference.Instance);
        var handler = Evaluate(subscription.HandlerValue).Value;
        if (reference.Event.DeclaringSyntaxReferences.Length == 0)
        {
            // Somebody else's event: what is handed over is called when it happens.
            EscapeFunction(handler, subscription, []);
            return Located.Unknown;
        }

        if ((subscription.Adds ? reference.Event.AddMethod : reference.Event.RemoveMethod) is { } declared && Dispatch(declared, instance ?? Located.Unknown) is var accessor && BodyOf(accessor) is not null)
            return CallWith(accessor, instance ?? Located.Unknown, [Located.Of(handler)]);
        var before = MemberOf(instance, reference.Event, reference.Event.Type).Value;
        Keep(instance, reference.Event, Located.Of(subscription.Adds ? Joined(before, handler) : Without(before, handler)));
        return Located.Unknown;
    }

    // What takes delegates away takes the last that are the same; where nobody can tell whether any is, all are left: more may happen than does.
    private Value Without(Value all, Value taken)
    {
        if (all is not FunctionValue from || taken is not FunctionValue gone)
            return all;
        var (kept, sought) = (from.Parts(), gone.Parts());
        for (var start = kept.Count - sought.Count; start >= 0; start--)
        {
            if (All(sought.Count, i => AreSame(kept[start + i], sought[i])) is not true)
                continue;
            kept.RemoveRange(start, sought.Count);
            // The program says here what becomes of it: nothing.
            Followed.UnionWith(sought.Select(static part => part.Method.OriginalDefinition));
            return kept.Count == 0 ? Value.Null : kept.Aggregate(static (before, next) => next.After(before));
        }

        return all;
    }

    // The same method of the same object. A lambda is the same only as itself.
    private bool? AreSame(FunctionValue one, FunctionValue other)
    {
        if (one.Body is not null || other.Body is not null)
            return ReferenceEquals(one.Identity, other.Identity);
        if (!SymbolEqualityComparer.Default.Equals(one.Method, other.Method))
            return false;
        return one.Method.IsStatic || one.Method.MethodKind == MethodKind.LocalFunction ? true : AreEqual(one.Receiver.Value, other.Receiver.Value);
    }

    // Two delegates become one that calls both.
    private static Value Joined(Value first, Value second) => (first, second) switch
    {
        (FunctionValue one, FunctionValue other) => other.After(one),
        (FunctionValue one, _) => one,
        (_, FunctionValue other) => other,
        _ => first,
    };

    private Located EvaluateSwitch(ISwitchExpressionOperation expression)
    {
        var value = Evaluate(expression.Value);
        foreach (var arm in expression.Arms)
        {
            if (Decide(Match(arm.Pattern, value)) && (arm.Guard is null || Decide(arm.Guard)))
                return AsArgument(arm.Value);
        }

        // Nothing fits: the program throws.
        return Throw("System.Runtime.CompilerServices.SwitchExpressionException");
    }

    private static bool? AsBoolean(Value value) => value is KnownValue { Content: bool content } ? content : null;
}
