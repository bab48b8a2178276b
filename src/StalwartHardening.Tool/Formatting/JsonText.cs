using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StalwartHardening.Tool.Formatting;

/// <summary>How JSON is written: for people too, so quotes and umlauts stay what they are.</summary>
internal static class JsonText
{
    /// <summary>Indented with two blanks, line breaks the same everywhere.</summary>
    public static JsonWriterOptions Indented { get; } = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document and ends its last line.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write, bool isIndented = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented with { Indented = isIndented }))
            write(json);
        output.Write(Of(buffer.WrittenSpan));
        output.Write('\n');
    }

    /// <summary>Writes an array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>
    /// What was written, as text, with an escape for each character that a terminal does not show: that encoder leaves those alone that
    /// turn the reading direction. Outside of strings JSON has none of them.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        StringBuilder? result = null;
        var taken = 0;
        for (var i = 0; i < text.Length;)
        {
            // All of ASCII that is no string was written by us.
            if (text[i] < 0x80)
            {
                i++;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            if (!Printable.IsShown(rune))
            {
                (result ??= new StringBuilder(text.Length)).Append(text, taken, i - taken);
                foreach (var unit in text.AsSpan(i, length))
                    result.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                taken = i + length;
            }

            i += length;
        }

        return result is null ? text : result.Append(text, taken, text.Length - taken).ToString();
    }
}
