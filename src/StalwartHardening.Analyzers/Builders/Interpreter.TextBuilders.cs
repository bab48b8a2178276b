using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Texts that are put together piece by piece.
internal sealed partial class Interpreter
{
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
