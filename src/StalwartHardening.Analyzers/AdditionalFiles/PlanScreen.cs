using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>Passes over the files that hold no plan, without making one string of them.</summary>
internal static class PlanScreen
{
    private const int Window = 4096;

    // Without one of them nothing is a plan, a snapshot or the place of a data store.
    private static readonly string[] Marks = ["@type", "\"object\""];

    /// <summary>Whether it is worth reading <paramref name="text"/> as a plan; never wrong when it says no.</summary>
    public static bool MayBePlan(SourceText text) => Holds(text, Marks);

    /// <summary>Whether a text holds one of some words.</summary>
    public static bool Holds(SourceText text, string[] marks)
    {
        var overlap = marks.Max(static mark => mark.Length) - 1;
        var window = new char[Math.Min(Window, text.Length)];
        for (var start = 0; start < text.Length; start += Window - overlap)
        {
            var length = Math.Min(Window, text.Length - start);
            text.CopyTo(start, window, 0, length);
            foreach (var mark in marks)
            {
                if (window.AsSpan(0, length).IndexOf(mark.AsSpan()) >= 0)
                    return true;
            }
        }

        return false;
    }
}
