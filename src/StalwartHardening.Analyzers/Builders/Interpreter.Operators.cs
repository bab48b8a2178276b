using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Operators: those of the language, and those that types of the program declare.
internal sealed partial class Interpreter
{
    private Located EvaluateUnary(IUnaryOperation unary)
    {
        var operand = Evaluate(unary.Operand).Value;
        if (unary.IsLifted && operand is KnownValue { Content: null })
            return Located.Of(Value.Null);
        if (unary.OperatorMethod is { DeclaringSyntaxReferences.Length: > 0 } method)
            return CallWith(method, Located.Unknown, [Located.Of(operand)]);
        if (unary.OperatorKind == UnaryOperatorKind.Not)
            return Located.Of(Not(operand));
        if (unary.OperatorKind == UnaryOperatorKind.Hat)
            return Located.Of(operand is KnownValue { Content: int back } ? FromEnd(back) : Value.Unknown);
        if (unary is { IsChecked: true, OperatorKind: UnaryOperatorKind.Minus } && operand is KnownValue { Content: int.MinValue or long.MinValue })
            return Throw("System.OverflowException");
        return operand switch
        {
            KnownValue known when Numbers.Unary(unary.OperatorKind, known.Content) is { } result => Located.Of(new KnownValue(result)),
            EnumValue member when unary.OperatorKind == UnaryOperatorKind.BitwiseNegation => Located.Of(new EnumValue(member.Type, ~member.Number)),
            _ => Fresh(unary.Type),
        };
    }

    private static Value Not(Value value) => value switch
    {
        KnownValue { Content: bool known } => Value.Of(!known),
        NotValue not => not.Operand,
        OpaqueValue { Key.Length: > 0 } opaque => new NotValue(opaque),
        _ => Value.Unknown,
    };

    private Located EvaluateBinary(IBinaryOperation binary)
    {
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr && binary.OperatorMethod is null)
        {
            var isAnd = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd;
            if (Decide(binary.LeftOperand) != isAnd)
                return Located.Of(Value.Of(!isAnd));
            return Evaluate(binary.RightOperand);
        }

        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
            return EvaluateShortCircuit(binary);
        // A long sum leans to the left; its parts are not nested calls here.
        if (binary.OperatorKind == BinaryOperatorKind.Add && binary.Type?.SpecialType == SpecialType.System_String && binary.OperatorMethod is null or { ContainingType.SpecialType: SpecialType.System_String })
            return Located.Of(TextOf(Summands(binary).Select(part => PartOf(Evaluate(part).Value, part.Syntax))));
        var left = Evaluate(binary.LeftOperand);
        var right = Evaluate(binary.RightOperand);
        if (binary.IsLifted && (IsNothing(left.Value) || IsNothing(right.Value)))
            return Located.Of(OfNothing(binary.OperatorKind, left.Value, right.Value));
        if (binary.OperatorMethod is { DeclaringSyntaxReferences.Length: > 0 } method && BodyOf(method) is not null)
            return CallWith(method, Located.Unknown, [left, right]);
        // Without an operator of their own, objects are equal where they are one.
        if (binary is { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } && left.Value is ObjectValue { Type.IsReferenceType: true, IsFromElsewhere: false } && right.Value is ObjectValue { Type.IsReferenceType: true, IsFromElsewhere: false })
            return Located.Of(Value.Of(ReferenceEquals(left.Value, right.Value) == (binary.OperatorKind == BinaryOperatorKind.Equals)));
        return Combine(binary.OperatorKind, left.Value, right.Value, binary.Type, binary.IsChecked);
    }

    private static bool IsNothing(Value value) => value is KnownValue { Content: null };

    // What an operator makes of values of which one is null: a comparison is false, everything else is null.
    private Value OfNothing(BinaryOperatorKind kind, Value left, Value right) => kind switch
    {
        BinaryOperatorKind.Equals => Equality(left, right),
        BinaryOperatorKind.NotEquals => Not(Equality(left, right)),
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual => Value.Of(false),
        BinaryOperatorKind.And when AsBoolean(left) is false || AsBoolean(right) is false => Value.Of(false),
        BinaryOperatorKind.Or when AsBoolean(left) is true || AsBoolean(right) is true => Value.Of(true),
        _ => Value.Null,
    };

    // "x && y" of a type of the program: where x is false it is x, else it is "x & y".
    private Located EvaluateShortCircuit(IBinaryOperation binary)
    {
        var left = Evaluate(binary.LeftOperand);
        var decisive = binary.OperatorKind == BinaryOperatorKind.ConditionalAnd ? "op_False" : "op_True";
        if (binary.OperatorMethod is not { } combine || combine.ContainingType.GetMembers(decisive).OfType<IMethodSymbol>().FirstOrDefault() is not { } decides)
            return Fresh(binary.Type);
        return Decide(CallWith(decides, Located.Unknown, [left]).Value) ? left : CallWith(combine, Located.Unknown, [left, Evaluate(binary.RightOperand)]);
    }

    private static List<IOperation> Summands(IBinaryOperation sum)
    {
        var parts = new List<IOperation>();
        IOperation left = sum;
        while (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } more && !more.ConstantValue.HasValue)
        {
            parts.Add(more.RightOperand);
            left = more.LeftOperand;
        }

        parts.Add(left);
        parts.Reverse();
        return parts;
    }

    private Located Combine(BinaryOperatorKind kind, Value left, Value right, ITypeSymbol? type, bool isChecked = false)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return Located.Of(Equality(left, right));
            case BinaryOperatorKind.NotEquals:
                return Located.Of(Not(Equality(left, right)));
            case BinaryOperatorKind.Or when left is EnumValue one && right is EnumValue other:
                return Located.Of(new EnumValue(one.Type, one.Number | other.Number));
            case BinaryOperatorKind.And when left is EnumValue one && right is EnumValue other:
                return Located.Of(new EnumValue(one.Type, one.Number & other.Number));
            case BinaryOperatorKind.ExclusiveOr when left is EnumValue one && right is EnumValue other:
                return Located.Of(new EnumValue(one.Type, one.Number ^ other.Number));
            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract when type is { TypeKind: TypeKind.Delegate }:
                return Located.Of(kind == BinaryOperatorKind.Add ? Joined(left, right) : Without(left, right));
            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract when left is EnumValue member && right is KnownValue { Content: int steps }:
                return Located.Of(new EnumValue(member.Type, kind == BinaryOperatorKind.Add ? member.Number + steps : member.Number - steps));
            case BinaryOperatorKind.Add when type?.SpecialType == SpecialType.System_String:
                return Located.Of(TextOf([PartOf(left, null), PartOf(right, null)]));
        }

        if (left is EnumValue first && right is EnumValue second)
            (left, right) = (new KnownValue(first.Number), new KnownValue(second.Number));
        if (left is KnownValue { Content: { } a } && right is KnownValue { Content: { } b })
        {
            if (kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder && Numbers.IsIntegral(a) && Numbers.IsIntegral(b) && Numbers.Combine(BinaryOperatorKind.Equals, b, 0) is true)
                return Throw("System.DivideByZeroException");
            if ((Numbers.Combine(kind, a, b) ?? FrameworkValues.Combine(kind, a, b)) is { } result)
                return isChecked && !Numbers.IsExact(kind, a, b, result) ? Throw("System.OverflowException") : Located.Of(result is bool known ? Value.Of(known) : new KnownValue(result));
        }

        return Choices.KeyOf(left) is { } leftKey && Choices.KeyOf(right) is { } rightKey ? Opaque(type, "(" + leftKey + " " + kind + " " + rightKey + ")") : Fresh(type);
    }

    private Located EvaluateCompound(ICompoundAssignmentOperation compound)
    {
        var before = Evaluate(compound.Target);
        var added = Evaluate(compound.Value);
        if (_isThrowing)
            return Located.Unknown;
        Located sum;
        if (compound.IsLifted && (IsNothing(before.Value) || IsNothing(added.Value)))
            sum = Located.Of(OfNothing(compound.OperatorKind, before.Value, added.Value));
        else if (compound.OperatorMethod is { IsStatic: false, DeclaringSyntaxReferences.Length: > 0 } changing)
            return CallOn(changing, before, [added]);
        else if (compound.OperatorMethod is { DeclaringSyntaxReferences.Length: > 0 } method && BodyOf(method) is not null)
            sum = CallWith(method, Located.Unknown, [before, added]);
        else if (compound.OperatorKind == BinaryOperatorKind.Add && compound.Type?.SpecialType == SpecialType.System_String)
            sum = Located.Of(TextOf([PartOf(before.Value, null), PartOf(added.Value, compound.Value.Syntax)]));
        else
            sum = Narrow(Combine(compound.OperatorKind, before.Value, added.Value, compound.Type, compound.IsChecked), compound.Type, compound.IsChecked);
        if (_isThrowing)
            return Located.Unknown;
        Assign(compound.Target, sum);
        return sum;
    }

    // An operator that changes what it is called on.
    private Located CallOn(IMethodSymbol changing, Located changed, IReadOnlyList<Located> arguments)
    {
        CallWith(changing, changed, arguments);
        return changed;
    }

    // A number as the type of the variable it is stored in.
    private Located Narrow(Located number, ITypeSymbol? type, bool isChecked)
    {
        var narrowed = Convert(number, type);
        return isChecked && number.Value is KnownValue { Content: { } before } && narrowed.Value is KnownValue { Content: { } after } && Numbers.IsIntegral(before) && Numbers.IsIntegral(after) && Numbers.Combine(BinaryOperatorKind.Equals, before, after) is false
            ? Throw("System.OverflowException")
            : narrowed;
    }

    private Located EvaluateIncrement(IIncrementOrDecrementOperation increment)
    {
        var before = Evaluate(increment.Target);
        if (_isThrowing || (increment.IsLifted && IsNothing(before.Value)))
            return before;
        if (increment.OperatorMethod is { IsStatic: false, DeclaringSyntaxReferences.Length: > 0 } changing)
            return CallOn(changing, before, []);
        var after = increment.OperatorMethod is { DeclaringSyntaxReferences.Length: > 0 } method && BodyOf(method) is not null
            ? CallWith(method, Located.Unknown, [before])
            : Next(increment, before.Value);
        if (_isThrowing)
            return Located.Unknown;
        Assign(increment.Target, after);
        return increment.IsPostfix ? before : after;
    }

    private Located Next(IIncrementOrDecrementOperation increment, Value before)
    {
        var kind = increment.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        if (before is EnumValue)
            return Combine(kind, before, new KnownValue(1), increment.Type);
        return before is KnownValue { Content: { } number } && Numbers.IsNumber(number)
            ? Narrow(Combine(kind, before, new KnownValue(Numbers.Convert(1, Numbers.TypeOf(number)) ?? 1), increment.Type, increment.IsChecked), increment.Type, increment.IsChecked)
            : Fresh(increment.Type);
    }
}
