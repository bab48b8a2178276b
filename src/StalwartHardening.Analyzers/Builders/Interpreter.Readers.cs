using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Texts that a program reads line by line.
internal sealed partial class Interpreter
{
    private static Located? InvokeReader(IMethodSymbol method, TextReaderValue reader)
    {
        var (text, at) = (reader.Text, reader.Position);
        switch (method.Name)
        {
            case "ReadLine" or "ReadLineAsync":
                if (at >= text.Length)
                    return Located.Of(Value.Null);
                var end = text.IndexOf('\n', at);
                reader.Position = end < 0 ? text.Length : end + 1;
                var length = (end < 0 ? text.Length : end) - at;
                return Located.Of(Slice(reader.Whole, at, length > 0 && text[at + length - 1] == '\r' ? length - 1 : length));
            case "ReadToEnd" or "ReadToEndAsync":
                reader.Position = text.Length;
                return Located.Of(Slice(reader.Whole, at, text.Length - at));
            case "Peek":
                return At(at < text.Length ? text[at] : -1);
            case "Read" when method.Parameters.IsEmpty:
                reader.Position = Math.Min(at + 1, text.Length);
                return At(at < text.Length ? text[at] : -1);
            case "Dispose" or "Close" or "DisposeAsync":
                return Located.Unknown;
            default:
                return null;
        }
    }
}

/// <summary>Something that reads a text from its beginning to its end.</summary>
internal sealed class TextReaderValue(KnownValue whole) : Value
{
    public KnownValue Whole { get; } = whole;

    public string Text { get; } = whole.Text!;

    public int Position { get; set; }
}
