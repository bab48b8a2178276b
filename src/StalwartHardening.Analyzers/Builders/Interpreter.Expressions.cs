using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
    private Located Evaluate(IOperation? operation)
    {
        if (operation is null || _isThrowing || !Step())
            return Located.Unknown;
        if (operation.ConstantValue.HasValue)
            return new Located(Constant(operation.ConstantValue.Value, operation.Type), null);
        // The kind is one virtual call; asking for one interface after the other is what a program would spend its time with.
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                return EvaluateInvocation((IInvocationOperation)operation);
            case OperationKind.LocalReference:
                var variable = (ILocalReferenceOperation)operation;
                return Variable(variable.Local, variable.Local.Type);
            case OperationKind.ParameterReference:
                var given = (IParameterReferenceOperation)operation;
                return Variable(given.Parameter, given.Parameter.Type);
            case OperationKind.PropertyReference:
                return EvaluateProperty((IPropertyReferenceOperation)operation);
            case OperationKind.Conversion:
                return EvaluateConversion((IConversionOperation)operation);
            case OperationKind.Binary:
                return new Located(EvaluateBinary((IBinaryOperation)operation), null);
            case OperationKind.DelegateCreation:
                return Evaluate(((IDelegateCreationOperation)operation).Target);
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
            case IInstanceReferenceOperation instance:
                return EvaluateInstance(instance);
            case IFieldReferenceOperation field:
                return EvaluateField(field);
            case IObjectCreationOperation creation:
                return EvaluateCreation(creation);
            case IAnonymousObjectCreationOperation creation:
                return EvaluateInitializers(new ObjectValue(), creation.Initializers);
            case IArrayCreationOperation array:
                return EvaluateArray(array);
            case IArrayInitializerOperation initializer:
                return new Located(new ListValue([.. initializer.ElementValues.Select(AsArgument)]), null);
            case ITupleOperation tuple:
                return new Located(new ListValue([.. tuple.Elements.Select(AsArgument)]), null);
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                var array1 = Evaluate(element.ArrayReference).Value;
                return Evaluate(element.Indices[0]).Value is KnownValue { Content: int index } && index >= 0 ? ItemOf(array1, index) : Located.Unknown;
            case IInterpolatedStringOperation text:
                return new Located(new KnownValue(string.Concat(text.Parts.Select(EvaluatePart))), null);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return new Located(AsBoolean(Evaluate(not.Operand).Value) is { } value ? new KnownValue(!value) : Value.Unknown, null);
            case IConditionalOperation conditional:
                // The branch is what would have to change, not the whole.
                return AsArgument(Decide(conditional.Condition) ? conditional.WhenTrue : conditional.WhenFalse);
            case ICoalesceOperation coalesce:
                var left = Evaluate(coalesce.Value);
                return left.Value switch
                {
                    KnownValue { Content: null } => AsArgument(coalesce.WhenNull),
                    KnownValue or ListValue or BuilderValue or ObjectValue => left,
                    _ => choices.Take() ? left : AsArgument(coalesce.WhenNull),
                };
            case ISwitchExpressionOperation expression:
                return EvaluateSwitch(expression);
            case ISimpleAssignmentOperation assignment:
                var assigned = Evaluate(assignment.Value);
                Assign(assignment.Target, assigned);
                return assigned;
            case IDeconstructionAssignmentOperation deconstruction:
                var parts = Evaluate(deconstruction.Value);
                Assign(deconstruction.Target, parts);
                return parts;
            case ICompoundAssignmentOperation compound:
                var sum = new Located(Combine(compound.OperatorKind, Evaluate(compound.Target).Value, Evaluate(compound.Value).Value), null);
                Assign(compound.Target, sum);
                return sum;
            case IIncrementOrDecrementOperation increment:
                return EvaluateIncrement(increment);
            case IAnonymousFunctionOperation function:
                return new Located(new FunctionValue(function.Symbol, function.Body, Located.Unknown), null);
            case IMethodReferenceOperation reference:
                return new Located(new FunctionValue(reference.Method, null, reference.Instance is null ? Located.Unknown : Evaluate(reference.Instance)), null);
            case IConditionalAccessOperation access:
                var instance1 = Evaluate(access.Operation);
                if (instance1.Value is KnownValue { Content: null })
                    return instance1;
                _conditionalInstances.Push(instance1);
                var result = Evaluate(access.WhenNotNull);
                _conditionalInstances.Pop();
                return result;
            case IConditionalAccessInstanceOperation:
                return _conditionalInstances.Count > 0 ? _conditionalInstances.Peek() : Located.Unknown;
            case IAwaitOperation awaited:
                return Evaluate(awaited.Operation);
            case IDefaultValueOperation { Type.IsReferenceType: true }:
                return new Located(new KnownValue(null), null);
            case IIsPatternOperation or ITypeOfOperation or INameOfOperation:
                EvaluateChildren(operation);
                return Located.Unknown;
            case IWithOperation copy:
                return EvaluateWith(copy);
            case IThrowOperation:
                _isThrowing = true;
                return Located.Unknown;
            case ICoalesceAssignmentOperation assignment:
                var current = Evaluate(assignment.Target);
                if (current.Value is ListValue or BuilderValue or ObjectValue or EnumValue or KnownValue { Content: not null })
                    return current;
                if (current.Value is not KnownValue && choices.Take())
                    return current;
                var late = Evaluate(assignment.Value);
                Assign(assignment.Target, late);
                return late;
            default:
                if (operation.Syntax is CollectionExpressionSyntax)
                    return EvaluateCollection(operation);
                return EvaluateUnknown(operation);
        }
    }

    // Broken code and what is newer than this reader: its parts still happen, and whatever they hold may be written to.
    private Located EvaluateUnknown(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Escape(Evaluate(child));
        return Located.Unknown;
    }

    private void EvaluateChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Evaluate(child);
    }

    private static Value Constant(object? content, ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration && content is not null)
            return new EnumValue(enumeration, EnumValue.NumberOf(content));
        return new KnownValue(content);
    }

    private Located EvaluateConversion(IConversionOperation conversion)
    {
        var operand = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is not null)
        {
            Escape(operand);
            return Located.Unknown;
        }

        // Numbers are counted as int here; another kind of number is rounded, cut or longer.
        if (conversion.Conversion.IsNumeric && operand.Value is KnownValue { Content: int or long } && conversion.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64))
            return Located.Unknown;
        return operand.Value switch
        {
            KnownValue { Content: int number } when conversion.Type?.SpecialType == SpecialType.System_Int64 => operand with { Value = new KnownValue((long)number) },
            KnownValue { Content: long number } when conversion.Type?.SpecialType == SpecialType.System_Int32 => operand with { Value = number is >= int.MinValue and <= int.MaxValue ? new KnownValue((int)number) : Value.Unknown },
            KnownValue { Content: { } content } when conversion.Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration && content is int or long or byte or short => operand with { Value = new EnumValue(enumeration, EnumValue.NumberOf(content)) },
            EnumValue value when conversion.Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } => operand with { Value = new KnownValue((int)value.Number) },
            _ => operand,
        };
    }

    private Located Variable(ISymbol symbol, ITypeSymbol type)
    {
        if (_variables.TryGetValue(symbol, out var value))
            return value;
        return Adopt(symbol, type);
    }

    // A server that came from elsewhere: what is written here still counts, what is missing does not.
    private Located Adopt(ISymbol symbol, ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named || !roots.Contains(named.OriginalDefinition))
            return Located.Unknown;
        if (!_adopted.TryGetValue(symbol, out var server))
        {
            server = new ServerDraft(isComplete: false, keepsWrites);
            _adopted.Add(symbol, server);
            Servers.Add(server);
        }

        return new Located(new BuilderValue(server, ""), null);
    }

    private Located EvaluateInstance(IInstanceReferenceOperation instance)
    {
        if (instance.ReferenceKind == InstanceReferenceKind.ImplicitReceiver && _initialized.Count > 0)
            return _initialized.Peek();
        return _receivers.Count > 0 ? _receivers.Peek() : Located.Unknown;
    }

    private Located EvaluateField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (vocabulary.TextsOf(field) is { } texts)
            return new Located(new TextsValue(texts), null);
        var instance = reference.Instance is null ? Located.Unknown : Evaluate(reference.Instance);
        if (instance.Value is ListValue tuple && (field.CorrespondingTupleField ?? field).Name is ['I', 't', 'e', 'm', .. var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return ItemOf(tuple, position - 1);
        if (instance.Value is ObjectValue record)
            return record.Members.TryGetValue(field.Name, out var member) ? member : Located.Unknown;
        if (_variables.TryGetValue(field, out var value))
            return value;
        if (FrameworkValues.Of(field) is { } known)
            return new Located(known, null);
        if (field.IsReadOnly && InitializerOf(field) is { } initializer)
            return Remember(field, Inside(() => Evaluate(initializer)));
        return Adopt(field, field.Type);
    }

    private Located Remember(ISymbol symbol, Located value)
    {
        _variables[symbol] = value;
        return value;
    }

    private Located EvaluateProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (vocabulary.TextsOf(property) is { } texts)
            return new Located(new TextsValue(texts), null);
        var instance = reference.Instance is null ? Located.Unknown : Evaluate(reference.Instance);
        if (instance.Value is BuilderValue builder)
            return vocabulary.ScopeOf(property) is { } scope ? new Located(new BuilderValue(builder.Server, Join(builder.Scope, scope)), null) : Located.Unknown;
        if (instance.Value is ObjectValue record && record.Members.TryGetValue(property.Name, out var member))
            return member;
        if (instance.Value is ListValue list)
        {
            return list.IsOpen ? Located.Unknown
                : property.Name is "Length" or "Count" ? new Located(new KnownValue(list.Items.Count), null)
                : property.IsIndexer && reference.Arguments.Length == 1 && Evaluate(reference.Arguments[0].Value).Value is KnownValue { Content: int index } && index >= 0 ? ItemOf(list, index)
                : Located.Unknown;
        }

        if (_variables.TryGetValue(property, out var value))
            return value;
        if (FrameworkValues.Of(property) is { } known)
            return new Located(known, null);
        if (BodyOf(property.GetMethod) is { } getter)
            return Follow(property.GetMethod!, getter, instance, Arguments.None);
        if (property.SetMethod is null or { IsInitOnly: true } && InitializerOf(property) is { } initializer)
            return Remember(property, Inside(() => Evaluate(initializer)));
        return Adopt(property, property.Type);
    }

    private Located EvaluateArray(IArrayCreationOperation array)
    {
        if (array.Initializer is { } initializer)
            return Evaluate(initializer);
        return array.DimensionSizes is [{ ConstantValue: { HasValue: true, Value: 0 } }] ? new Located(new ListValue([]), null) : Located.Unknown;
    }

    private Located EvaluateCollection(IOperation collection)
    {
        var items = new List<Located>();
        var isOpen = false;
        foreach (var child in collection.ChildOperations)
        {
            if (child.Syntax is not SpreadElementSyntax)
                items.Add(AsArgument(child));
            else if (child.ChildOperations.Count > 0 && Evaluate(child.ChildOperations.First()).Value is ListValue { IsOpen: false } list)
                items.AddRange(list.Items);
            else
                isOpen = true;
        }

        return new Located(new ListValue(isOpen ? [.. items, Located.Unknown] : items) { IsOpen = isOpen }, null);
    }

    private Located EvaluateCreation(IObjectCreationOperation creation)
    {
        var arguments = EvaluateArguments(creation.Arguments, creation);
        if (_isThrowing)
            return Located.Unknown;
        if (creation.Constructor is { } constructor && vocabulary.Creates(constructor))
            return Apply(constructor, creation, Located.Unknown, arguments);
        if (creation.Type is { Name: "List" or "HashSet" } && creation.Constructor is { ContainingNamespace.Name: "Generic" })
        {
            var items = arguments.Select(static argument => argument.Value.Value).OfType<ListValue>().SelectMany(static list => list.Items).ToList();
            if (creation.Initializer is { } added)
            {
                foreach (var element in added.Initializers)
                    items.Add(element is IInvocationOperation { Arguments.Length: 1 } add ? AsArgument(add.Arguments[0].Value) : Located.Unknown);
            }

            return new Located(new ListValue(items), null);
        }

        if (FrameworkValues.Create(creation.Constructor, arguments) is { } known)
            return new Located(known, null);
        if (creation.Type is not { } type || type.DeclaringSyntaxReferences.Length == 0 || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || creation.Constructor is null)
        {
            foreach (var argument in arguments)
                EscapeArgument(argument.Value);
            return Located.Unknown;
        }

        var record = new ObjectValue();
        foreach (var argument in arguments)
        {
            // A primary constructor keeps what it is given: as the property of a record, or by the parameter's own name.
            record.Members[argument.Parameter.Name] = argument.Value;
            _variables[argument.Parameter] = argument.Value;
        }

        if (BodyOf(creation.Constructor) is { } body)
            Follow(creation.Constructor, body, new Located(record, null), arguments);
        return creation.Initializer is { } initializer ? EvaluateInitializers(record, initializer.Initializers) : new Located(record, null);
    }

    private Located EvaluateInitializers(ObjectValue record, IEnumerable<IOperation> initializers)
    {
        var located = new Located(record, null);
        _initialized.Push(located);
        foreach (var initializer in initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } assignment)
                record.Members[member.Member.Name] = AsArgument(assignment.Value);
            else
                Evaluate(initializer);
        }

        _initialized.Pop();
        return located;
    }

    private Located EvaluateWith(IWithOperation copy)
    {
        var record = new ObjectValue();
        if (Evaluate(copy.Operand).Value is ObjectValue original)
        {
            foreach (var member in original.Members)
                record.Members[member.Key] = member.Value;
        }

        return copy.Initializer is { } initializer ? EvaluateInitializers(record, initializer.Initializers) : new Located(record, null);
    }

    private string EvaluatePart(IInterpolatedStringContentOperation part) => part switch
    {
        IInterpolatedStringTextOperation text => text.Text.ConstantValue is { HasValue: true, Value: string constant } ? constant : "",
        IInterpolationOperation { FormatString: null, Alignment: null } hole => ConcatenatedText(Evaluate(hole.Expression).Value),
        IInterpolationOperation hole => Unknowing(hole.Expression),
        _ => Setting.UnknownPart.ToString(),
    };

    private string Unknowing(IOperation operation)
    {
        Evaluate(operation);
        return Setting.UnknownPart.ToString();
    }

    private Value EvaluateBinary(IBinaryOperation binary)
    {
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
        {
            var isAnd = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
            var first = AsBoolean(Evaluate(binary.LeftOperand).Value);
            if (first == !isAnd)
                return new KnownValue(!isAnd);
            var second = AsBoolean(Evaluate(binary.RightOperand).Value);
            return second == !isAnd ? new KnownValue(!isAnd) : first is null || second is null ? Value.Unknown : new KnownValue(isAnd);
        }

        return Combine(binary.OperatorKind, Evaluate(binary.LeftOperand).Value, Evaluate(binary.RightOperand).Value);
    }

    private static Value Combine(BinaryOperatorKind kind, Value left, Value right)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                return AreEqual(left, right) is { } equal ? new KnownValue(equal == (kind == BinaryOperatorKind.Equals)) : Value.Unknown;
            case BinaryOperatorKind.Or when left is EnumValue one && right is EnumValue other:
                return new EnumValue(one.Type, one.Number | other.Number);
            case BinaryOperatorKind.And when left is EnumValue one && right is EnumValue other:
                return new EnumValue(one.Type, one.Number & other.Number);
            case BinaryOperatorKind.Add when left is KnownValue { Content: string } or TextsValue || right is KnownValue { Content: string } or TextsValue:
                return new KnownValue(ConcatenatedText(left) + ConcatenatedText(right));
        }

        if (left is not KnownValue { Content: int a } || right is not KnownValue { Content: int b })
            return Value.Unknown;
        return kind switch
        {
            BinaryOperatorKind.Add => new KnownValue(unchecked(a + b)),
            BinaryOperatorKind.Subtract => new KnownValue(unchecked(a - b)),
            BinaryOperatorKind.Multiply => new KnownValue(unchecked(a * b)),
            BinaryOperatorKind.Remainder when b is not (0 or -1) => new KnownValue(a % b),
            BinaryOperatorKind.Divide when b is not (0 or -1) => new KnownValue(a / b),
            BinaryOperatorKind.LessThan => new KnownValue(a < b),
            BinaryOperatorKind.LessThanOrEqual => new KnownValue(a <= b),
            BinaryOperatorKind.GreaterThan => new KnownValue(a > b),
            BinaryOperatorKind.GreaterThanOrEqual => new KnownValue(a >= b),
            _ => Value.Unknown,
        };
    }

    private Located EvaluateIncrement(IIncrementOrDecrementOperation increment)
    {
        var before = Evaluate(increment.Target);
        if (before.Value is not KnownValue { Content: int number })
        {
            Assign(increment.Target, Located.Unknown);
            return Located.Unknown;
        }

        var after = new Located(new KnownValue(unchecked(number + (increment.Kind == OperationKind.Increment ? 1 : -1))), null);
        Assign(increment.Target, after);
        return increment.IsPostfix ? before : after;
    }

    private Located EvaluateSwitch(ISwitchExpressionOperation expression)
    {
        var value = Evaluate(expression.Value).Value;
        foreach (var arm in expression.Arms)
        {
            bool? matches = arm.Pattern switch
            {
                IDiscardPatternOperation => true,
                IConstantPatternOperation constant => AreEqual(value, Evaluate(constant.Value).Value),
                _ => null,
            };
            if (matches == true && arm.Guard is not null)
                matches = AsBoolean(Evaluate(arm.Guard).Value);
            if (matches ?? choices.Take())
                return AsArgument(arm.Value);
        }

        return Located.Unknown;
    }

    private static bool? AsBoolean(Value value) => value is KnownValue { Content: bool content } ? content : null;

    private static bool? AreEqual(Value left, Value right) => (left, right) switch
    {
        (KnownValue { Content: string a }, KnownValue { Content: string b }) when (a + b).IndexOf(Setting.UnknownPart) >= 0 => null,
        (KnownValue a, KnownValue b) => Equals(a.Content, b.Content),
        (EnumValue a, EnumValue b) => a.Number == b.Number,
        (BuilderValue or ListValue or ObjectValue or EnumValue or TextsValue, KnownValue { Content: null }) => false,
        _ => null,
    };

    // In a text, null is nothing.
    private static string ConcatenatedText(Value value) => value switch
    {
        KnownValue { Content: null } => "",
        KnownValue { Content: string text } => text,
        TextsValue { Texts: [var only] } => only,
        KnownValue { Content: bool known } => known ? "True" : "False",
        KnownValue { Content: char character } => character.ToString(),
        KnownValue { Content: int number } => number.ToString(CultureInfo.InvariantCulture),
        KnownValue { Content: long number } => number.ToString(CultureInfo.InvariantCulture),
        KnownValue { Content: System.Net.IPAddress address } => address.ToString(),
        KnownValue { Content: System.Net.IPEndPoint endPoint } => endPoint.ToString(),
        _ => Setting.UnknownPart.ToString(),
    };
}
