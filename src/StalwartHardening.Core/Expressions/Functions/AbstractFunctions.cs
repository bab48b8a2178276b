using StalwartHardening.Expressions.Abstract;

namespace StalwartHardening.Expressions.Functions;

/// <summary>What functions may come to when not every value of their arguments is known. Null where nothing is known.</summary>
internal static class AbstractFunctions
{
    private const string SomePublicAddress = "203.0.113.7";

    public static AbstractValue? IfThen(AbstractValue[] v) =>
        !v[0].MayBeFalse ? v[1]
        : !v[0].MayBeTrue ? v[2]
        : v[1].Or(v[2]);

    public static AbstractValue? StartsWith(AbstractValue[] v)
    {
        if (v[0].IsPublicAddress && v[1].Options is { } prefixes)
        {
            bool mayStart = false, mayNotStart = false;
            foreach (var prefix in prefixes)
            {
                var text = prefix.AsText();
                mayStart |= PublicAddress.MayStartWith(text);
                mayNotStart |= text.Length > 0;
            }

            return AbstractValue.OfTruth(mayStart, mayNotStart);
        }

        if (v[0].Beginning is not { } beginning || v[1].Options is not { Length: 1 } start)
            return null;
        var wanted = start[0].AsText();
        return beginning.StartsWith(wanted, StringComparison.Ordinal) ? AbstractValue.OfTruth(true, false)
            : AbstractValue.OfTruth(wanted.StartsWith(beginning, StringComparison.Ordinal), true);
    }

    public static AbstractValue? Contains(AbstractValue[] v)
    {
        if (v[0].Beginning is { } text && v[1].Options is { Length: 1 } part && text.IndexOf(part[0].AsText(), StringComparison.Ordinal) >= 0)
            return AbstractValue.OfTruth(true, false);
        if (v[1].Beginning is { } begun && v[0].Options is { Length: 1 } list && list[0].IsArray)
        {
            var mayEqual = false;
            foreach (var item in list[0].Items)
                mayEqual |= MayEqualText(begun, AbstractValue.From(item)) is not { MayBeTrue: false };
            return AbstractValue.OfTruth(mayEqual, true);
        }

        if (!v[1].IsPublicAddress || v[0].Options is not { } lists)
            return null;
        bool mayHold = false, mayNotHold = false;
        foreach (var one in lists)
        {
            if (!one.IsArray)
                return AbstractValue.Undecided;
            var held = MayEqualAddress(AbstractValue.From(one.Items)) ?? AbstractValue.From(ExpressionValue.From(false));
            mayHold |= one.Items.Length > 0 && held.MayBeTrue;
            mayNotHold |= one.Items.Length == 0 || held.MayBeFalse;
        }

        return AbstractValue.OfTruth(mayHold, mayNotHold);
    }

    public static AbstractValue? Split(AbstractValue[] v) =>
        v[0].Beginning is { } text && v[1].Options is { Length: 1 } separator && separator[0].AsText() is { Length: 1 } cut
            ? AbstractValue.ListStartingWith(Array.ConvertAll(text.Split(cut[0]), static segment => ExpressionValue.From(segment)))
            : null;

    public static AbstractValue? IsEmpty(AbstractValue[] v) =>
        v[0].Beginning is not null ? AbstractValue.OfTruth(false, true)
        : v[0].IsPublicAddress ? AbstractValue.OfTruth(false, true)
        : null;

    public static AbstractValue? IsNumber(AbstractValue[] v) => v[0].IsPublicAddress ? AbstractValue.OfTruth(false, true) : null;

    public static AbstractValue? IsIpAddress(AbstractValue[] v) => v[0].IsPublicAddress ? AbstractValue.OfTruth(true, false) : null;

    public static AbstractValue? IsIpInCidr(AbstractValue[] v)
    {
        if (!v[0].IsPublicAddress || v[1].Options is not { } networks)
            return null;

        // No network that the server reads holds all public addresses.
        var mayHold = false;
        foreach (var network in networks)
            mayHold |= IpNetwork.TryParse(network.AsText(), out var read) && PublicAddress.MayBeIn(read);
        return AbstractValue.OfTruth(mayHold, true);
    }

    /// <summary>Whether a public address may equal a value. An address is no number to the language, so it counts as 0 next to numbers: always the same answer there.</summary>
    public static AbstractValue? MayEqualAddress(in AbstractValue other)
    {
        if (other.Options is not { } options)
            return null;
        bool mayEqual = false, mayDiffer = false;
        foreach (var option in options)
        {
            if (option.IsText)
            {
                mayEqual |= PublicAddress.IsPublic(option.Text);
                mayDiffer = true;
            }
            else
            {
                var equal = option.EqualTo(ExpressionValue.From(SomePublicAddress));
                mayEqual |= equal;
                mayDiffer |= !equal;
            }
        }

        return AbstractValue.OfTruth(mayEqual, mayDiffer);
    }

    /// <summary>Whether a text that begins like this may equal a value; null where the value is no text, because the text is then compared as a number.</summary>
    public static AbstractValue? MayEqualText(string beginning, in AbstractValue other)
    {
        if (other.Options is not { } options)
            return null;
        var mayEqual = false;
        foreach (var option in options)
        {
            if (!option.IsText)
                return null;
            mayEqual |= option.Text.StartsWith(beginning, StringComparison.Ordinal);
        }

        return AbstractValue.OfTruth(mayEqual, true);
    }
}
