using System.Text;
using StalwartHardening.Plans;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Plans in literals: what the program fills in, the reader of plans takes for placeholders.</summary>
internal static class LiteralPlan
{
    /// <summary>The text with a placeholder in place of each hole: two of them are two names.</summary>
    public static string Fill(LiteralText text)
    {
        StringBuilder? filled = null;
        var index = 0;
        foreach (var hole in text.Holes)
            (filled ??= new StringBuilder(text.Value))[hole] = TemplatePlaceholder.HoleAt(index++);
        return filled?.ToString() ?? text.Value;
    }
}
