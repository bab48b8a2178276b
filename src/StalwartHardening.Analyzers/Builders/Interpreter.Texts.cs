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

    private KnownValue TextOf(IEnumerable<TextPart> parts)
    {
        List<TextPart> list = [.. parts];
        var length = 0;
        foreach (var part in list)
            length += part.Text.Length;
        if (length > MaxTextLength || !budget.Spend(1 + (length >> 8)))
            return new KnownValue(Hole);
        return list.Count == 1 && list[0].Whole is { } only ? only : new KnownValue(string.Concat(list.Select(static part => part.Text))) { Parts = list };
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

    private Located? InvokeText(IMethodSymbol method, Located receiver, List<Located> arguments, SyntaxNode? syntax)
    {
        if (method.IsStatic)
            return InvokeStaticText(method, arguments, syntax);
        if (receiver.Value is not KnownValue { Content: string content } whole)
            return null;
        if (method.Name is "ToString" or "Normalize" or "Clone" && arguments.Count <= 1)
            return receiver;
        return whole.Text is null ? InvokePartlyKnown(method.Name, content, arguments) : InvokeOnText(method, whole, receiver, arguments, syntax);
    }

    private Located? InvokeOnText(IMethodSymbol method, KnownValue whole, Located receiver, List<Located> arguments, SyntaxNode? syntax)
    {
        var text = whole.Text!;
        var values = arguments.ConvertAll(static argument => (argument.Value as KnownValue)?.Content);
        var comparison = arguments.Find(static argument => argument.Value is EnumValue { Type.Name: "StringComparison" }).Value is EnumValue mode ? (StringComparison)mode.Number : StringComparison.Ordinal;
        comparison = comparison is StringComparison.CurrentCultureIgnoreCase or StringComparison.InvariantCultureIgnoreCase or StringComparison.OrdinalIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        switch (method.Name, values)
        {
            case ("Replace", [string { Length: > 0 } old, string or char or null, ..]):
                return Located.Of(Replaced(whole, text, old, arguments[1].Value, comparison));
            case ("Replace", [char old, char]):
                return Located.Of(Replaced(whole, text, old.ToString(), arguments[1].Value, StringComparison.Ordinal));
            case ("Substring", [int start]) when start >= 0 && start <= text.Length:
                return Located.Of(Slice(whole, start, text.Length - start));
            case ("Substring", [int start, int length]) when start >= 0 && length >= 0 && start + length <= text.Length:
                return Located.Of(Slice(whole, start, length));
            case ("Remove", [int start]) when start >= 0 && start <= text.Length:
                return Located.Of(Slice(whole, 0, start));
            case ("Trim" or "TrimStart" or "TrimEnd", _) when Array.TrueForAll([.. values], static value => value is char or string) || (arguments.Count == 1 && arguments[0].Value is ListValue):
                var characters = (arguments.Count == 1 && arguments[0].Value is ListValue { IsOpen: false } set ? set.Items.Select(static item => (item.Value as KnownValue)?.Content).OfType<char>() : values.OfType<char>().Concat(values.OfType<string>().SelectMany(static value => value))).ToArray();
                var start1 = method.Name == "TrimEnd" ? 0 : text.Length - text.TrimStart(characters).Length;
                var end1 = method.Name == "TrimStart" ? text.Length : text.TrimEnd(characters).Length;
                return Located.Of(Slice(whole, Math.Min(start1, end1), Math.Max(end1 - start1, 0)));
            case ("ToLowerInvariant" or "ToLower", _):
                return Located.Of(new KnownValue(text.ToLowerInvariant()));
            case ("ToUpperInvariant" or "ToUpper", _):
                return Located.Of(new KnownValue(text.ToUpperInvariant()));
            case ("StartsWith", [string part, ..]):
                return Located.Of(Value.Of(text.StartsWith(part, comparison)));
            case ("EndsWith", [string part, ..]):
                return Located.Of(Value.Of(text.EndsWith(part, comparison)));
            case ("Contains", [string part, ..]):
                return Located.Of(Value.Of(text.IndexOf(part, comparison) >= 0));
            case ("StartsWith", [char part]):
                return Located.Of(Value.Of(text.Length > 0 && text[0] == part));
            case ("EndsWith", [char part]):
                return Located.Of(Value.Of(text.Length > 0 && text[text.Length - 1] == part));
            case ("Contains", [char part, ..]):
                return Located.Of(Value.Of(text.IndexOf(part.ToString(), comparison) >= 0));
            case ("IndexOf", [string or char, ..]) when values.Count == 1 || arguments[1].Value is EnumValue:
                return Located.Of(new KnownValue(text.IndexOf(values[0]!.ToString()!, comparison)));
            case ("LastIndexOf", [string or char]):
                return Located.Of(new KnownValue(text.LastIndexOf(values[0]!.ToString()!, StringComparison.Ordinal)));
            case ("PadLeft", [int width]) when width < 1000:
                return Located.Of(new KnownValue(text.PadLeft(Math.Max(width, 0))));
            case ("PadLeft", [int width, char fill]) when width < 1000:
                return Located.Of(new KnownValue(text.PadLeft(Math.Max(width, 0), fill)));
            case ("PadRight", [int width]) when width < 1000:
                return Located.Of(new KnownValue(text.PadRight(Math.Max(width, 0))));
            case ("Insert", [int at, string added]) when at >= 0 && at <= text.Length:
                return Located.Of(TextOf([PartOf(Slice(whole, 0, at), null), PartOf(arguments[1].Value, syntax), PartOf(Slice(whole, at, text.Length - at), null)]));
            case ("Equals", [string or null, ..]):
                return Located.Of(Value.Of(string.Equals(text, values[0] as string, comparison)));
            case ("CompareTo", [string other]):
                return Located.Of(new KnownValue(string.CompareOrdinal(text, other)));
            case ("ToCharArray", []):
                return Located.Of(new ListValue([.. text.Select(static character => Located.Of(new KnownValue(character)))]));
            case ("AsSpan" or "AsMemory" or "ToString" or "ToArray", []):
                return receiver;
            case ("AsSpan" or "AsMemory" or "Slice", [int start]) when start >= 0 && start <= text.Length:
                return Located.Of(Slice(whole, start, text.Length - start));
            case ("AsSpan" or "AsMemory" or "Slice", [int start, int length]) when start >= 0 && length >= 0 && start + length <= text.Length:
                return Located.Of(Slice(whole, start, length));
            case ("CopyTo" or "TryCopyTo", _) when arguments.Count == 1:
                return Copied([.. text.Select(static character => Located.Of(new KnownValue(character)))], false, method, arguments);
            case ("SequenceEqual", [string other, ..]):
                return Located.Of(Value.Of(text == other));
            case ("IndexOfAny", _) when arguments.Count > 0 && Characters(arguments) is { } sought:
                return Located.Of(new KnownValue(text.IndexOfAny(sought)));
            case ("LastIndexOfAny", _) when arguments.Count > 0 && Characters(arguments) is { } sought:
                return Located.Of(new KnownValue(text.LastIndexOfAny(sought)));
            case ("IndexOf", [string or char, int start]) when start >= 0 && start <= text.Length:
                return Located.Of(new KnownValue(text.IndexOf(values[0]!.ToString()!, start, comparison)));
            case ("PadRight", [int width, char fill]) when width < 1000:
                return Located.Of(new KnownValue(text.PadRight(Math.Max(width, 0), fill)));
            case ("Remove", [int start, int count]) when start >= 0 && count >= 0 && start + count <= text.Length:
                return Located.Of(TextOf([PartOf(Slice(whole, 0, start), null), PartOf(Slice(whole, start + count, text.Length - start - count), null)]));
            case ("Substring" or "Slice" or "Remove", [int, ..]):
                return Throw("System.ArgumentOutOfRangeException");
            case ("ReplaceLineEndings", []):
                return Located.Of(Replaced(whole, text, "\r\n", new KnownValue("\n"), StringComparison.Ordinal));
            case ("EnumerateLines", []):
                return Located.Of(new ListValue([.. text.Replace("\r\n", "\n").Split('\n').Select(static line => Located.Of(new KnownValue(line)))]));
            case ("Split", _):
                return SplitText(whole, text, receiver, arguments);
            default:
                return null;
        }
    }

    private static char[]? Characters(List<Located> arguments)
    {
        var characters = new List<char>();
        foreach (var argument in arguments)
        {
            switch (argument.Value)
            {
                case KnownValue { Content: char one }:
                    characters.Add(one);
                    break;
                case KnownValue { Text: { } several }:
                    characters.AddRange(several);
                    break;
                case ListValue { IsOpen: false } list when list.Items.TrueForAll(static item => item.Value is KnownValue { Content: char }):
                    characters.AddRange(list.Items.Select(static item => (char)((KnownValue)item.Value).Content!));
                    break;
                default:
                    return null;
            }
        }

        return [.. characters];
    }

    private static Located? InvokePartlyKnown(string name, string content, List<Located> arguments)
    {
        if (arguments is [{ Value: KnownValue { Text: { } part } }, ..] && (name is "StartsWith" or "EndsWith"))
        {
            var edge = name == "StartsWith" ? content.Substring(0, content.IndexOf(Setting.UnknownPart)) : content.Substring(content.LastIndexOf(Setting.UnknownPart) + 1);
            if (edge.Length >= part.Length)
                return Located.Of(Value.Of(name == "StartsWith" ? edge.StartsWith(part, StringComparison.Ordinal) : edge.EndsWith(part, StringComparison.Ordinal)));
        }

        return name is "Trim" or "ToLowerInvariant" or "ToLower" or "Replace" or "Substring" ? Located.Of(new KnownValue(Hole)) : null;
    }

    private KnownValue Replaced(KnownValue whole, string text, string old, Value replacement, StringComparison comparison)
    {
        var parts = new List<TextPart>();
        var start = 0;
        for (var at = text.IndexOf(old, comparison); at >= 0 && parts.Count < 10_000; at = text.IndexOf(old, start, comparison))
        {
            parts.Add(new TextPart(text.Substring(start, at - start), whole, start, null));
            parts.Add(PartOf(replacement, null));
            start = at + old.Length;
        }

        if (start == 0)
            return whole;
        parts.Add(new TextPart(text.Substring(start), whole, start, null));
        return TextOf(parts);
    }

    private static Located? SplitText(KnownValue whole, string text, Located receiver, List<Located> arguments)
    {
        var separators = new List<string>();
        var options = 0L;
        var most = int.MaxValue;
        foreach (var argument in arguments)
        {
            switch (argument.Value)
            {
                case KnownValue { Content: char or string } one:
                    separators.Add(one.Content!.ToString()!);
                    break;
                case EnumValue { Type.Name: "StringSplitOptions" } mode:
                    options = mode.Number;
                    break;
                case ListValue { IsOpen: false } several when several.Items.TrueForAll(static item => item.Value is KnownValue { Content: char or string }):
                    separators.AddRange(several.Items.Select(static item => ((KnownValue)item.Value).Content!.ToString()!));
                    break;
                case KnownValue { Content: int and > 0 and var count }:
                    most = count;
                    break;
                case KnownValue { Content: null }:
                    break;
                default:
                    return null;
            }
        }

        if (separators.Count == 0)
            separators.AddRange([" ", "\t", "\r", "\n"]);
        var parts = new List<Located>();
        var start = 0;
        foreach (var piece in text.Split([.. separators], most, StringSplitOptions.None))
        {
            var place = Math.Max(text.IndexOf(piece, start, StringComparison.Ordinal), start);
            start = place + piece.Length;
            var trimmed = (options & 2) != 0 ? piece.Trim() : piece;
            if ((options & 1) != 0 && trimmed.Length == 0)
                continue;
            parts.Add(new Located(Slice(whole, place + (trimmed.Length == 0 ? 0 : piece.IndexOf(trimmed, StringComparison.Ordinal)), trimmed.Length), receiver.Origin));
        }

        return Located.Of(new ListValue(parts));
    }

    // Spans are split into ranges: those that it returns, or those that it writes to where it is told.
    private static Located? SplitSpan(IMethodSymbol method, List<Located> arguments)
    {
        if (arguments[0].Value is not KnownValue { Text: { } text } whole)
            return null;
        var target = arguments.Count > 1 && method.Parameters.Length == arguments.Count && method.Parameters[1].Type is { Name: "Span" } ? arguments[1].Value as ListValue : null;
        if (target is null && arguments.Count > 1 && arguments[1].Value is not KnownValue and not ListValue)
            return null;
        List<Located> separators = arguments.GetRange(target is null ? 1 : 2, arguments.Count - (target is null ? 1 : 2));
        if (method.Name == "SplitAny")
            separators = [.. separators.SelectMany(static separator => separator.Value is KnownValue { Text: { } several } ? several.Select(static one => Located.Of(new KnownValue(one))) : [separator])];
        if (target is { IsOpen: false })
            separators.Add(Located.Of(new KnownValue(Math.Max(target.Items.Count, 1))));
        if (SplitText(whole, text, Located.Of(whole), separators) is not { Value: ListValue pieces })
            return null;
        var ranges = pieces.Items.ConvertAll(static piece => piece.Value is KnownValue { Parts: [{ Start: var start, Text.Length: var length }] } ? Located.Of(RangeOf(At(start), At(start + length))) : Located.Unknown);
        if (target is null)
            return Located.Of(new ListValue(ranges));
        if (target.IsOpen)
            return null;
        for (var i = 0; i < ranges.Count; i++)
            target.Set(i, ranges[i]);
        return At(ranges.Count);
    }

    private Located? InvokeStaticText(IMethodSymbol method, List<Located> arguments, SyntaxNode? syntax)
    {
        switch (method.Name)
        {
            case "Concat":
                return Located.Of(TextOf(Flat(arguments).Select(item => PartOf(item.Value, syntax))));
            case "Join" when arguments.Count > 1 && arguments[0].Value is KnownValue { Content: string or char } separator:
                if (arguments[1].Value is not (ListValue { IsOpen: false } or KnownValue or EnumValue or TextsValue))
                    return Located.Of(new KnownValue(Hole));
                var parts = new List<TextPart>();
                foreach (var item in Flat(arguments.GetRange(1, arguments.Count - 1)))
                {
                    if (parts.Count > 0)
                        parts.Add(PartOf(separator, syntax));
                    parts.Add(PartOf(item.Value, syntax));
                }

                return Located.Of(TextOf(parts));
            case "Format":
                return Format(method, arguments, syntax);
            case "Create" when arguments is [_, { Value: KnownValue { Content: string } }]:
                return arguments[1];
            case "Create" when arguments is [{ Value: KnownValue { Content: int and >= 0 and < 10_000 and var length } }, var state, { Value: FunctionValue fill }]:
                var characters = new ListValue([.. Enumerable.Repeat(Located.Of(new KnownValue('\0')), length)]);
                Call(fill, [Located.Of(characters), state]);
                return Located.Of(TextOf(characters.Items.Select(item => PartOf(item.Value, syntax))));
            case "IsNullOrEmpty" or "IsNullOrWhiteSpace" when arguments.Count == 1:
                return arguments[0].Value switch
                {
                    KnownValue { Content: null } => Located.Of(Value.Of(true)),
                    KnownValue { Content: string text } => Located.Of(text.IndexOf(Setting.UnknownPart) < 0 ? Value.Of(method.Name == "IsNullOrEmpty" ? text.Length == 0 : text.Trim().Length == 0) : text.Trim(Setting.UnknownPart, ' ').Length > 0 ? Value.Of(false) : Value.Unknown),
                    _ => null,
                };
            case "Equals" when arguments.Count == 3 && arguments[2].Value is EnumValue mode && arguments[0].Value is KnownValue a && arguments[1].Value is KnownValue b && (a.Text is not null || a.Content is null) && (b.Text is not null || b.Content is null):
                return Located.Of(Value.Of(string.Equals(a.Text, b.Text, mode.Number is 1 or 3 or 5 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)));
            case "Equals" when arguments.Count == 2:
                return Located.Of(Equality(arguments[0].Value, arguments[1].Value));
            case "Compare" or "CompareOrdinal" when arguments.Count >= 2 && arguments[0].Value is KnownValue { Text: { } first } && arguments[1].Value is KnownValue { Text: { } second }:
                var ignoresCase = arguments.Count > 2 && arguments[2].Value is EnumValue { Number: 1 or 3 or 5 } or KnownValue { Content: true };
                return Located.Of(new KnownValue(string.Compare(first, second, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)));
            case "Copy" or "Intern" when arguments.Count == 1:
                return arguments[0];
            default:
                return null;
        }
    }

    // A culture may stand before the format.
    private Located Format(IMethodSymbol method, List<Located> arguments, SyntaxNode? syntax)
    {
        var format = arguments.Count - method.Parameters.Length + IndexOf(method.Parameters, "format");
        return format >= 0 && arguments[format].Value is KnownValue { Content: string } && ((KnownValue)arguments[format].Value).Text is { } template
            ? Located.Of(Composed(template, [.. Flat(arguments.GetRange(format + 1, arguments.Count - format - 1)).Select(static item => item.Value)], syntax))
            : Located.Of(new KnownValue(Hole));
    }

    private static int IndexOf(System.Collections.Immutable.ImmutableArray<IParameterSymbol> parameters, string name)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Name == name)
                return i;
        }

        return int.MinValue / 2;
    }

    // "params" arguments, as many as there are.
    private static IEnumerable<Located> Flat(IEnumerable<Located> arguments) =>
        arguments.SelectMany(static argument => argument.Value is ListValue { Kind: not ListKind.Tuple } list ? list.IsOpen ? [Located.Of(new KnownValue(Hole))] : list.Items : [argument]);

    private Located? InvokeTextBuilder(IMethodSymbol method, TextBuilderValue builder, Located receiver, List<Located> arguments, SyntaxNode? syntax)
    {
        var own = PartOf(builder.Text, null);
        switch (method.Name)
        {
            case "Write" or "WriteLine" when method.Parameters is [{ Name: "format" }, ..]:
                var formatted = PartOf(Format(method, arguments, syntax).Value, syntax);
                builder.Text = TextOf(method.Name == "Write" ? [own, formatted] : [own, formatted, new TextPart("\n", null, 0, syntax)]);
                return receiver;
            case "Append" or "AppendLine" or "Write" or "WriteLine" or "WriteAsync" or "WriteLineAsync" when arguments.Count <= 2:
                // A number of times, or an interpolated text with its culture.
                var item = arguments.Count == 2 && arguments[1].Value is KnownValue { Content: string } late ? late : arguments.Count == 0 ? new KnownValue("") : arguments[0].Value;
                if (arguments is [{ Value: KnownValue { Content: char character } }, { Value: KnownValue { Content: int times } }] && times is >= 0 and < 10_000)
                    item = new KnownValue(new string(character, times));
                builder.Text = TextOf(method.Name is "Append" or "Write" or "WriteAsync" ? [own, PartOf(item, syntax)] : [own, PartOf(item, syntax), new TextPart("\n", null, 0, syntax)]);
                return receiver;
            case "AppendFormat":
                builder.Text = TextOf([own, PartOf(Format(method, arguments, syntax).Value, syntax)]);
                return receiver;
            case "AppendJoin" when arguments.Count > 1 && arguments[0].Value is KnownValue separator:
                var parts = new List<TextPart> { own };
                foreach (var part in Flat(arguments.GetRange(1, arguments.Count - 1)))
                {
                    if (parts.Count > 1)
                        parts.Add(PartOf(separator, syntax));
                    parts.Add(PartOf(part.Value, syntax));
                }

                builder.Text = TextOf(parts);
                return receiver;
            case "Insert" when arguments is [{ Value: KnownValue { Content: 0 } }, var added]:
                builder.Text = TextOf([PartOf(added.Value, syntax), own]);
                return receiver;
            case "Insert" when builder.Text.Text is { } around && arguments is [{ Value: KnownValue { Content: int place } }, var inserted] && place > 0 && place <= around.Length:
                builder.Text = TextOf([PartOf(Slice(builder.Text, 0, place), null), PartOf(inserted.Value, syntax), PartOf(Slice(builder.Text, place, around.Length - place), null)]);
                return receiver;
            case "Remove" when builder.Text.Text is { } longer && arguments is [{ Value: KnownValue { Content: int first } }, { Value: KnownValue { Content: int count } }] && first >= 0 && count >= 0 && first + count <= longer.Length:
                builder.Text = TextOf([PartOf(Slice(builder.Text, 0, first), null), PartOf(Slice(builder.Text, first + count, longer.Length - first - count), null)]);
                return receiver;
            case "Clear":
                builder.Text = new KnownValue("");
                return receiver;
            case "Replace" when builder.Text.Text is { } text && arguments is [{ Value: KnownValue { Content: string or char } old }, var replacement] && old.Content!.ToString() is { Length: > 0 } pattern:
                builder.Text = Replaced(builder.Text, text, pattern, replacement.Value, StringComparison.Ordinal);
                return receiver;
            case "ToString" when arguments.Count == 0:
                return Located.Of(builder.Text);
            case "Flush" or "Dispose" or "Close" or "EnsureCapacity" or "FlushAsync" or "DisposeAsync":
                return Located.Unknown;
            default:
                Scramble(builder);
                return vocabulary.IsBuilder(method.ReturnType) ? receiver : method.ReturnType.Name == method.ContainingType.Name ? receiver : null;
        }
    }
}
