using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>What the language does with numbers of any kind.</summary>
internal static class Numbers
{
    public static bool IsIntegral(object content) => content is int or long or byte or sbyte or short or ushort or uint or ulong;

    public static bool IsNumber(object content) => IsIntegral(content) || content is char or double or float or decimal;

    public static bool IsNumeric(SpecialType type) => type is >= SpecialType.System_Char and <= SpecialType.System_Double;

    public static SpecialType TypeOf(object content) => content switch
    {
        bool => SpecialType.System_Boolean,
        char => SpecialType.System_Char,
        sbyte => SpecialType.System_SByte,
        byte => SpecialType.System_Byte,
        short => SpecialType.System_Int16,
        ushort => SpecialType.System_UInt16,
        int => SpecialType.System_Int32,
        uint => SpecialType.System_UInt32,
        long => SpecialType.System_Int64,
        ulong => SpecialType.System_UInt64,
        float => SpecialType.System_Single,
        double => SpecialType.System_Double,
        decimal => SpecialType.System_Decimal,
        string => SpecialType.System_String,
        _ => SpecialType.None,
    };

    /// <summary>A number as another kind of number, cut as the language cuts it; null where it would have no defined value.</summary>
    public static object? Convert(object content, SpecialType type)
    {
        unchecked
        {
            if (content is double or float or decimal)
            {
                var real = System.Convert.ToDouble(content, System.Globalization.CultureInfo.InvariantCulture);
                return type switch
                {
                    SpecialType.System_Double => real,
                    SpecialType.System_Single => (float)real,
                    SpecialType.System_Decimal => content is decimal exact ? exact : Math.Abs(real) < 1e27 ? (decimal)real : null,
                    _ => Math.Abs(real) < 9e18 ? Convert((long)real, type) : null,
                };
            }

            var bits = content switch
            {
                ulong large => (long)large,
                char character => character,
                _ => System.Convert.ToInt64(content, System.Globalization.CultureInfo.InvariantCulture),
            };
            return type switch
            {
                SpecialType.System_SByte => (sbyte)bits,
                SpecialType.System_Byte => (byte)bits,
                SpecialType.System_Int16 => (short)bits,
                SpecialType.System_UInt16 => (ushort)bits,
                SpecialType.System_Int32 => (int)bits,
                SpecialType.System_UInt32 => (uint)bits,
                SpecialType.System_Int64 => bits,
                SpecialType.System_UInt64 => (ulong)bits,
                SpecialType.System_Char => (char)bits,
                SpecialType.System_Double => content is ulong whole ? whole : (double)bits,
                SpecialType.System_Single => content is ulong whole ? whole : (float)bits,
                SpecialType.System_Decimal => content is ulong whole ? whole : (decimal)bits,
                _ => null,
            };
        }
    }

    public static object? Unary(UnaryOperatorKind kind, object? content) => (kind, content) switch
    {
        (UnaryOperatorKind.Minus, int number) => unchecked(-number),
        (UnaryOperatorKind.Minus, long number) => unchecked(-number),
        (UnaryOperatorKind.Minus, double number) => -number,
        (UnaryOperatorKind.Minus, decimal number) => -number,
        (UnaryOperatorKind.Plus, { } number) when IsNumber(number) => number,
        (UnaryOperatorKind.BitwiseNegation, int number) => ~number,
        (UnaryOperatorKind.BitwiseNegation, long number) => ~number,
        _ => null,
    };

    /// <summary>The result of an operator, as the type that the language gives it; null where there is none or it would throw.</summary>
    public static object? Combine(BinaryOperatorKind kind, object left, object right)
    {
        if (left is bool first && right is bool second)
        {
            return kind switch
            {
                BinaryOperatorKind.And => first & second,
                BinaryOperatorKind.Or => first | second,
                BinaryOperatorKind.ExclusiveOr => first ^ second,
                _ => null,
            };
        }

        if (left is TimeSpan one && right is TimeSpan other)
            return Compare(kind, one.CompareTo(other)) ?? Spans(kind, one, other);
        if (!IsNumber(left) || !IsNumber(right))
            return null;
        if (left is decimal || right is decimal)
            return Decimals(kind, (decimal)(Convert(left, SpecialType.System_Decimal) ?? 0m), (decimal)(Convert(right, SpecialType.System_Decimal) ?? 0m));
        if (left is double or float || right is double or float)
            return Doubles(kind, (double)(Convert(left, SpecialType.System_Double) ?? 0d), (double)(Convert(right, SpecialType.System_Double) ?? 0d));
        if (left is ulong || right is ulong)
            return Unsigned(kind, (ulong)(Convert(left, SpecialType.System_UInt64) ?? 0ul), (ulong)(Convert(right, SpecialType.System_UInt64) ?? 0ul));
        var a = (long)(Convert(left, SpecialType.System_Int64) ?? 0L);
        var b = (long)(Convert(right, SpecialType.System_Int64) ?? 0L);
        var isShift = kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift;
        var type = (isShift ? left is long : left is long || right is long) ? SpecialType.System_Int64
            : (isShift ? left is uint : left is uint && right is uint) ? SpecialType.System_UInt32
            : left is uint || right is uint ? SpecialType.System_Int64 : SpecialType.System_Int32;
        if (Compare(kind, a.CompareTo(b)) is { } compared)
            return compared;
        return Integers(kind, a, b, type) is { } result ? Convert(result, type) : null;
    }

    /// <summary>Whether the result of an operator on whole numbers is what it is without a limit to their size.</summary>
    public static bool IsExact(BinaryOperatorKind kind, object left, object right, object result)
    {
        if (kind is not (BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply) || !IsIntegral(result))
            return true;
        var (a, b) = ((decimal)Convert(left, SpecialType.System_Decimal)!, (decimal)Convert(right, SpecialType.System_Decimal)!);
        try
        {
            return (kind switch { BinaryOperatorKind.Add => a + b, BinaryOperatorKind.Subtract => a - b, _ => a * b }) == (decimal)Convert(result, SpecialType.System_Decimal)!;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static object? Spans(BinaryOperatorKind kind, TimeSpan left, TimeSpan right)
    {
        try
        {
            return kind switch { BinaryOperatorKind.Add => left + right, BinaryOperatorKind.Subtract => left - right, _ => null };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool? Compare(BinaryOperatorKind kind, int order) => kind switch
    {
        BinaryOperatorKind.Equals => order == 0,
        BinaryOperatorKind.NotEquals => order != 0,
        BinaryOperatorKind.LessThan => order < 0,
        BinaryOperatorKind.LessThanOrEqual => order <= 0,
        BinaryOperatorKind.GreaterThan => order > 0,
        BinaryOperatorKind.GreaterThanOrEqual => order >= 0,
        _ => null,
    };

    private static long? Integers(BinaryOperatorKind kind, long a, long b, SpecialType type) => unchecked(kind switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide when b is not (0 or -1) => a / b,
        BinaryOperatorKind.Remainder when b is not (0 or -1) => a % b,
        BinaryOperatorKind.And => a & b,
        BinaryOperatorKind.Or => a | b,
        BinaryOperatorKind.ExclusiveOr => a ^ b,
        BinaryOperatorKind.LeftShift => type == SpecialType.System_Int64 ? a << (int)(b & 63) : a << (int)(b & 31),
        BinaryOperatorKind.UnsignedRightShift => type == SpecialType.System_Int64 ? (long)((ulong)a >> (int)(b & 63)) : (uint)a >> (int)(b & 31),
        BinaryOperatorKind.RightShift => type == SpecialType.System_Int64 ? a >> (int)(b & 63) : a >> (int)(b & 31),
        _ => null,
    });

    private static object? Unsigned(BinaryOperatorKind kind, ulong a, ulong b) => Compare(kind, a.CompareTo(b)) ?? unchecked(kind switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide when b != 0 => a / b,
        BinaryOperatorKind.Remainder when b != 0 => a % b,
        BinaryOperatorKind.And => a & b,
        BinaryOperatorKind.Or => a | b,
        BinaryOperatorKind.ExclusiveOr => a ^ b,
        BinaryOperatorKind.LeftShift => a << (int)(b & 63),
        BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift => a >> (int)(b & 63),
        _ => (object?)null,
    });

    private static object? Doubles(BinaryOperatorKind kind, double a, double b) => kind switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide => a / b,
        BinaryOperatorKind.Remainder => a % b,
        _ => double.IsNaN(a) || double.IsNaN(b) ? kind is BinaryOperatorKind.NotEquals : Compare(kind, a.CompareTo(b)),
    };

    private static object? Decimals(BinaryOperatorKind kind, decimal a, decimal b)
    {
        try
        {
            return kind switch
            {
                BinaryOperatorKind.Add => a + b,
                BinaryOperatorKind.Subtract => a - b,
                BinaryOperatorKind.Multiply => a * b,
                BinaryOperatorKind.Divide when b != 0 => a / b,
                BinaryOperatorKind.Remainder when b != 0 => a % b,
                _ => Compare(kind, a.CompareTo(b)),
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
