using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

// Texts and how programs put them together. A part that nobody knows stays a part.
internal sealed partial class Interpreter
{
    private const int MaxTextLength = 1 << 17;

    private static readonly string Hole = Setting.UnknownPart.ToString();

    private TextPart PartOf(Value value, SyntaxNode? syntax)
    {
        if (value is OpaqueValue opaque && choices.Known(opaque) is { } known)
            value = known;
        return value is KnownValue { Content: string text } whole ? new TextPart(text, whole, 0, syntax) : new TextPart(Text(value), null, 0, syntax);
    }

    private KnownValue TextOf(IEnumerable<TextPart> parts) => TextOf(parts as TextPart[] ?? [.. parts]);

    private KnownValue TextOf(TextPart[] list)
    {
        var length = 0;
        foreach (var part in list)
            length += part.Text.Length;
        if (length > MaxTextLength || !budget.Spend(1 + (length >> 8)))
            return new KnownValue(Hole);
        if (list is [{ Whole: { } only }])
            return only;
        var texts = new string[list.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = list[i].Text;
        return new KnownValue(string.Concat(texts)) { Parts = list };
    }

    private static KnownValue Slice(KnownValue whole, int start, int length) =>
        new(((string)whole.Content!).Substring(start, length)) { Parts = [new TextPart(((string)whole.Content!).Substring(start, length), whole, start, null)] };

    // What a value says of itself. In a text, null is nothing.
    private static string Text(Value value) => value switch
    {
        KnownValue { Content: null } => "",
        KnownValue { Content: string text } => text,
        KnownValue { Content: bool known } => known ? "True" : "False",
        KnownValue { Content: char character } => character.ToString(),
        KnownValue { Content: TimeSpan span } => span.ToString(),
        KnownValue { Content: System.Net.IPAddress or System.Net.IPEndPoint or NetworkText or Uri or UriBuilder } known => known.Content!.ToString()!,
        KnownValue { Content: Version version } => version.ToString(),
        KnownValue { Content: System.Xml.Linq.XName name } => name.ToString(),
        KnownValue { Content: System.Xml.Linq.XNamespace space } => space.NamespaceName,
        KnownValue { Content: IFormattable number } => number.ToString(null, CultureInfo.InvariantCulture),
        TextsValue { Texts: [var only] } => only,
        EnumValue member => NameOf(member),
        TypeValue type => type.Type.ToDisplayString(),
        TextBuilderValue builder => (string)builder.Text.Content!,
        JsonData { Content: KnownValue { Content: bool known } } => known ? "true" : "false",
        JsonData { Content: KnownValue scalar } => Text(scalar),
        _ => Hole,
    };

    private static string NameOf(EnumValue value)
    {
        var names = new List<string>();
        var rest = value.Number;
        foreach (var field in value.Type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.ConstantValue is { } number && EnumValue.NumberOf(number) == value.Number)
                return field.Name;
        }

        if (value.Type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" }))
        {
            foreach (var field in value.Type.GetMembers().OfType<IFieldSymbol>())
            {
                if (field.ConstantValue is { } number && EnumValue.NumberOf(number) is not 0 and var flag && (rest & flag) == flag)
                {
                    names.Add(field.Name);
                    rest &= ~flag;
                }
            }
        }

        return names.Count > 0 && rest == 0 ? string.Join(", ", names) : value.Number.ToString(CultureInfo.InvariantCulture);
    }

    private static Value Formatted(Value value, string format, int alignment)
    {
        if (value is EnumValue member)
        {
            if (format is "D" or "d")
                value = new KnownValue(member.Number);
            else if (format is not ("" or "G" or "g" or "F" or "f"))
                return Value.Unknown;
            format = "";
        }

        if (Math.Abs(alignment) > 1000 || format.Length > 100)
            return Value.Unknown;
        var text = value is KnownValue { Content: IFormattable known } && format.Length > 0 ? TryFormat(known, format) : Text(value);
        if (text is null)
            return Value.Unknown;
        return new KnownValue(alignment > 0 ? text.PadLeft(alignment) : text.PadRight(-alignment));
    }

    private static string? TryFormat(IFormattable value, string format)
    {
        // A precision in the thousands is an attack on the reader, not a port.
        if (format.Length > 3 && value is not TimeSpan)
            return null;
        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // "{0,5:D3}" with its arguments.
    private KnownValue Composed(string format, IReadOnlyList<Value> arguments, SyntaxNode? syntax)
    {
        var parts = new List<TextPart>();
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                text.Append(c);
                i++;
                continue;
            }

            var close = c == '{' ? format.IndexOf('}', i) : -1;
            if (close < 0)
            {
                text.Append(c);
                continue;
            }

            parts.Add(new TextPart(text.ToString(), null, 0, syntax));
            text.Clear();
            parts.Add(PartOf(Item(format.Substring(i + 1, close - i - 1), arguments), syntax));
            i = close;
        }

        parts.Add(new TextPart(text.ToString(), null, 0, syntax));
        return TextOf(parts);
    }

    private static Value Item(string item, IReadOnlyList<Value> arguments)
    {
        var colon = item.IndexOf(':');
        var format = colon < 0 ? "" : item.Substring(colon + 1);
        var head = (colon < 0 ? item : item.Substring(0, colon)).Split(',');
        var alignment = 0;
        return int.TryParse(head[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < arguments.Count
            && (head.Length == 1 || int.TryParse(head[1].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out alignment))
            ? Formatted(arguments[index], format, alignment)
            : Value.Unknown;
    }
}
