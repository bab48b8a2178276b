namespace StalwartHardening.Settings;

/// <summary>A stretch of the text a setting was written in.</summary>
/// <param name="Start">Offset of the first character, in UTF-16 code units from the start of the text.</param>
/// <param name="Length">Number of UTF-16 code units; 0 marks a place between two characters.</param>
/// <param name="Source">Which text, where one server is written in several (0 in a TOML file; an index the C# reader gives out).</param>
internal readonly record struct SourceSpan(int Start, int Length, int Source = 0)
{
    /// <summary>Offset just after the last character.</summary>
    public int End => Start + Length;

    /// <summary>Whether all of <paramref name="other"/> is in this span.</summary>
    public bool Contains(SourceSpan other) => Source == other.Source && Start <= other.Start && other.End <= End;

    /// <summary>The span from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static SourceSpan FromBounds(int start, int end, int source = 0) => new(start, end - start, source);
}
