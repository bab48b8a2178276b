using System.Text;

namespace StalwartHardening.Expressions;

/// <summary>The kinds of value the server's expression language knows. There are no truth values: 1 and 0 serve.</summary>
internal enum ExpressionValueKind : byte
{
    Text,
    Integer,
    Float,
    Array,

    /// <summary>A word with a meaning of its own, from 0.16 on (<c>relaxed</c>, <c>disable</c>): always true, never a status, equal to nothing.</summary>
    Constant,
}

/// <summary>
/// A value of the server's expression language with its conversions (<c>expr/mod.rs</c> and <c>eval.rs</c>, 0.15.5).
/// The default value is the empty text, which is also what stands in for a missing operand.
/// </summary>
internal readonly struct ExpressionValue
{
    private readonly object? _reference;
    private readonly long _bits;

    private ExpressionValue(ExpressionValueKind kind, long bits, object? reference)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    public ExpressionValueKind Kind { get; }

    public string Text => _reference as string ?? "";

    public long Integer => _bits;

    public double Float => BitConverter.Int64BitsToDouble(_bits);

    public ExpressionValue[] Items => _reference as ExpressionValue[] ?? [];

    public bool IsArray => Kind == ExpressionValueKind.Array;

    public bool IsText => Kind == ExpressionValueKind.Text;

    public bool IsConstant => Kind == ExpressionValueKind.Constant;

    /// <summary>How much there is of it, in characters; a number, and an item beside what it holds, count as many as one step (<see cref="StepBudget"/>).</summary>
    public long Size => Kind switch
    {
        ExpressionValueKind.Text or ExpressionValueKind.Constant => Text.Length,
        ExpressionValueKind.Array => _bits,
        _ => StepBudget.CharactersPerStep,
    };

    public static ExpressionValue From(string text) => new(ExpressionValueKind.Text, 0, text);

    public static ExpressionValue From(long number) => new(ExpressionValueKind.Integer, number, null);

    public static ExpressionValue From(double number) => new(ExpressionValueKind.Float, BitConverter.DoubleToInt64Bits(number), null);

    public static ExpressionValue From(bool truth) => From(truth ? 1L : 0L);

    public static ExpressionValue From(params ExpressionValue[] items)
    {
        var size = 0L;
        foreach (var item in items)
            size += item.Size + StepBudget.CharactersPerStep;
        return new ExpressionValue(ExpressionValueKind.Array, size, items);
    }

    /// <summary>One of the language's own words; <paramref name="position"/> is its place in their order.</summary>
    public static ExpressionValue OfConstant(string name, int position) => new(ExpressionValueKind.Constant, position, name);

    public static ExpressionValue OfTexts(IReadOnlyList<string> texts)
    {
        var items = new ExpressionValue[texts.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = From(texts[i]);
        return From(items);
    }

    /// <summary>Number not 0 (NaN is true), text not empty (also '0'), array not empty.</summary>
    public bool IsTrue => Kind switch
    {
        ExpressionValueKind.Integer => _bits != 0,
        ExpressionValueKind.Float => Float != 0.0,
        ExpressionValueKind.Array => Items.Length > 0,
        ExpressionValueKind.Constant => true,
        _ => Text.Length > 0,
    };

    /// <summary>The text form that functions see: floats with a point or exponent, arrays joined by line breaks, nested arrays left out.</summary>
    public string AsText()
    {
        switch (Kind)
        {
            case ExpressionValueKind.Text or ExpressionValueKind.Constant:
                return Text;
            case ExpressionValueKind.Array:
                var joined = new StringBuilder();
                foreach (var item in Items)
                {
                    if (joined.Length > 0)
                        joined.Append("\r\n");
                    if (!item.IsArray)
                        joined.Append(item.AsText());
                }

                return joined.ToString();
            default:
                return Kind == ExpressionValueKind.Integer ? ServerNumber.Format(_bits) : ServerNumber.FormatFloat(Float);
        }
    }

    /// <summary>The text that <c>+</c> joins: as <see cref="AsText"/>, but floats without a superfluous point.</summary>
    private string AsJoinedText() => Kind == ExpressionValueKind.Float ? ServerNumber.FormatPlainFloat(Float) : AsText();

    /// <summary>"As number": text that is no number counts as 0, an array as 1 when it is empty and 0 otherwise.</summary>
    public ExpressionValue AsNumber() => Kind switch
    {
        ExpressionValueKind.Text => ServerNumber.TryParseInteger(Text, out var integer) ? From(integer)
            : ServerNumber.TryParseFloat(Text, out var number) ? From(number)
            : From(0L),
        ExpressionValueKind.Array => From(Items.Length == 0),
        ExpressionValueKind.Constant => From(0L),
        _ => this,
    };

    /// <summary>As an index or a count: -1 stands for a number beyond every list.</summary>
    public long AsIndex()
    {
        switch (Kind)
        {
            case ExpressionValueKind.Integer:
                return _bits < 0 ? -1 : _bits;
            case ExpressionValueKind.Float:
                var number = Float;
                return !(number > 0) ? 0 : number >= long.MaxValue ? -1 : (long)number;
            case ExpressionValueKind.Text:
                return ServerNumber.TryParseInteger(Text, out var parsed) && parsed >= 0 && Text[0] != '-' ? parsed : 0;
            default:
                return 0;
        }
    }

    /// <summary>A text or number is a list of itself, the empty text an empty list.</summary>
    public ExpressionValue[] AsArray() => IsArray ? Items : IsText && Text.Length == 0 ? [] : [this];

    /// <summary>The number a status is made from; false where the server finds none (arrays, texts that are no plain integer).</summary>
    public bool TryGetStatusNumber(out long number)
    {
        number = 0;
        switch (Kind)
        {
            case ExpressionValueKind.Integer:
                number = _bits;
                return true;
            case ExpressionValueKind.Float:
                number = ServerNumber.Cut(Float);
                return true;
            case ExpressionValueKind.Text:
                return ServerNumber.TryParseInteger(Text, out number);
            default:
                return false;
        }
    }

    public bool EqualTo(in ExpressionValue other)
    {
        if (IsText && other.IsText)
            return Text == other.Text;
        if (IsArray || other.IsArray)
        {
            if (Kind != other.Kind || Items.Length != other.Items.Length)
                return false;
            for (var i = 0; i < Items.Length; i++)
            {
                if (!Items[i].EqualTo(other.Items[i]))
                    return false;
            }

            return true;
        }

        if (IsConstant || other.IsConstant)
            return false;
        if (IsText)
            return AsNumber().EqualTo(other);
        if (other.IsText)
            return EqualTo(other.AsNumber());
        if (Kind == ExpressionValueKind.Integer && other.Kind == ExpressionValueKind.Integer)
            return _bits == other._bits;
        return AsDouble() == other.AsDouble();
    }

    /// <summary>Less than, equal to, greater than; null where NaN leaves no order.</summary>
    public int? CompareTo(in ExpressionValue other)
    {
        if (IsArray && other.IsArray)
        {
            var common = Math.Min(Items.Length, other.Items.Length);
            for (var i = 0; i < common; i++)
            {
                var order = Items[i].CompareTo(other.Items[i]);
                if (order != 0)
                    return order;
            }

            return Items.Length.CompareTo(other.Items.Length);
        }

        // Of a text and an array, whichever stands left is the greater one; any array is greater than a number.
        if (IsArray)
            return 1;
        if (other.IsArray)
            return IsText ? 1 : -1;
        if (IsText && other.IsText)
            return Math.Sign(SettingPath.Compare(Text.AsSpan(), other.Text.AsSpan()));
        if (IsConstant || other.IsConstant)
            return IsConstant && other.IsConstant ? _bits.CompareTo(other._bits) : IsText ? 1 : -1;
        if (IsText)
            return AsNumber().CompareTo(other);
        if (other.IsText)
            return CompareTo(other.AsNumber());
        if (Kind == ExpressionValueKind.Integer && other.Kind == ExpressionValueKind.Integer)
            return _bits.CompareTo(other._bits);
        double left = AsDouble(), right = other.AsDouble();
        return double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);
    }

    public ExpressionValue Plus(in ExpressionValue other)
    {
        if (IsArray || other.IsArray)
        {
            var left = IsArray ? Items : [this];
            var right = other.IsArray ? other.Items : [other];
            return From([.. left, .. right]);
        }

        if (IsText)
            return Text.Length == 0 ? other : From(Text + other.AsJoinedText());
        if (other.IsText)
            return other.Text.Length == 0 ? this : From(AsJoinedText() + other.Text);
        if (IsConstant || other.IsConstant)
            return IsConstant && !other.IsConstant ? other : this;
        if (Kind == ExpressionValueKind.Integer && other.Kind == ExpressionValueKind.Integer)
            return From(ServerNumber.SaturatingAdd(_bits, other._bits));
        return From(AsDouble() + other.AsDouble());
    }

    public ExpressionValue Minus(in ExpressionValue other)
    {
        if (IsArray)
            return From(Without(Items, other));
        if (other.IsArray)
            return From(Without(other.Items, this));
        ExpressionValue left = AsNumber(), right = other.AsNumber();
        return left.Kind == ExpressionValueKind.Integer && right.Kind == ExpressionValueKind.Integer
            ? From(ServerNumber.SaturatingSubtract(left._bits, right._bits))
            : From(left.AsDouble() - right.AsDouble());
    }

    public ExpressionValue Times(in ExpressionValue other)
    {
        ExpressionValue left = AsNumber(), right = other.AsNumber();
        return left.Kind == ExpressionValueKind.Integer && right.Kind == ExpressionValueKind.Integer
            ? From(ServerNumber.SaturatingMultiply(left._bits, right._bits))
            : From(left.AsDouble() * right.AsDouble());
    }

    /// <summary>Always a float; by zero 0.0, which is no error and no status.</summary>
    public ExpressionValue DividedBy(in ExpressionValue other)
    {
        var divisor = other.AsNumber().AsDouble();
        return From(divisor != 0.0 ? AsNumber().AsDouble() / divisor : 0.0);
    }

    public ExpressionValue Negated()
    {
        var number = AsNumber();
        return number.Kind == ExpressionValueKind.Integer ? From(unchecked(-number._bits)) : From(-number.Float);
    }

    /// <summary>The same kind and the same value, without any conversion.</summary>
    public bool IsIdenticalTo(in ExpressionValue other)
    {
        if (Kind != other.Kind)
            return false;
        if (!IsArray)
            return IsText ? Text == other.Text : _bits == other._bits;
        if (Items.Length != other.Items.Length)
            return false;
        for (var i = 0; i < Items.Length; i++)
        {
            if (!Items[i].IsIdenticalTo(other.Items[i]))
                return false;
        }

        return true;
    }

    public override string ToString() => AsText();

    private double AsDouble() => Kind == ExpressionValueKind.Integer ? _bits : Float;

    private static ExpressionValue[] Without(ExpressionValue[] items, in ExpressionValue unwanted)
    {
        var kept = new List<ExpressionValue>(items.Length);
        foreach (var item in items)
        {
            if (!item.EqualTo(unwanted))
                kept.Add(item);
        }

        return kept.ToArray();
    }
}
