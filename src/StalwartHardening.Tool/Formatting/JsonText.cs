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
}
