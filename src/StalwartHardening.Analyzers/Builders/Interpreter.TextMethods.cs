using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

// What is done with texts.
internal sealed partial class Interpreter
{
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
}
