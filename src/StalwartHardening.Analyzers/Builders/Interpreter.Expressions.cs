using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
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
        // What certainly throws goes to its handler by itself.
        if (result.Value is OpaqueValue && !_isThrowing && MayThrow(operation))
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
                return Located.Of(EvaluateInterpolation(((IInterpolatedStringOperation)operation).Parts));
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
                return Located.Of(new ListValue(EvaluateItems(initializer.ElementValues), initializer.ElementValues is [IArrayInitializerOperation, ..] || initializer.Parent is IArrayInitializerOperation ? ListKind.Matrix : ListKind.List));
            case IImplicitIndexerReferenceOperation element:
                return ItemAt(Evaluate(element.Instance), Evaluate(element.Argument).Value, element.Type);
            case ITupleOperation tuple:
                return Located.Of(new ListValue(EvaluateItems(tuple.Elements), ListKind.Tuple));
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

    private KnownValue EvaluateInterpolation(ImmutableArray<IInterpolatedStringContentOperation> contents)
    {
        var parts = new TextPart[contents.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = EvaluatePart(contents[i]);
        return TextOf(parts);
    }

    // The items of a list, each with the place it was written at.
    private List<Located> EvaluateItems(ImmutableArray<IOperation> operations)
    {
        var items = new List<Located>(operations.Length);
        foreach (var operation in operations)
            items.Add(AsArgument(operation));
        return items;
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
