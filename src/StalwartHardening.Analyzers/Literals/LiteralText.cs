using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>The text that string literals stand for, and which characters of the source each part of it was written with.</summary>
internal sealed class LiteralText(string value, IReadOnlyList<LiteralPiece> pieces)
{
    /// <summary>The text; <see cref="Setting.UnknownPart"/> stands for each part that is not known before the program runs.</summary>
    public string Value { get; } = value;

    /// <summary>The runs of the text, in its order.</summary>
    public IReadOnlyList<LiteralPiece> Pieces { get; } = pieces;

    /// <summary>The offsets in <see cref="Value"/> of the parts that are not known.</summary>
    public IEnumerable<int> Holes => Pieces.Where(static piece => piece.Kind == LiteralPieceKind.Unknown).Select(static piece => piece.Start);

    /// <summary>The characters of the source that <paramref name="span"/> of the text was written with.</summary>
    public TextSpan Locate(SourceSpan span)
    {
        if (Pieces.Count == 0)
            return default;
        var first = PieceAt(span.Start);
        var start = first.SourceOffset(span.Start);
        if (span.Length <= 0)
            return new TextSpan(start, 0);
        var last = PieceAt(span.End - 1);
        return TextSpan.FromBounds(start, Math.Max(start, last.SourceEndOf(span.End)));
    }

    // The last piece that begins at or before the offset.
    private LiteralPiece PieceAt(int offset)
    {
        var low = 0;
        var high = Pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (Pieces[middle].Start <= offset)
                low = middle;
            else
                high = middle - 1;
        }

        return Pieces[low];
    }
}

/// <summary>A run of a literal's text that has one way back into the source.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How much of the text it is.</param>
/// <param name="Source">The characters it was written with.</param>
/// <param name="Kind">How the two belong together.</param>
internal readonly record struct LiteralPiece(int Start, int Length, TextSpan Source, LiteralPieceKind Kind)
{
    /// <summary>Where in the source the character at <paramref name="offset"/> of the text begins.</summary>
    public int SourceOffset(int offset)
    {
        if (offset >= Start + Length)
            return Source.End;
        return Kind == LiteralPieceKind.Plain ? Source.Start + Math.Max(offset - Start, 0) : Source.Start;
    }

    /// <summary>Where in the source the text up to <paramref name="end"/> ends.</summary>
    public int SourceEndOf(int end) =>
        Kind == LiteralPieceKind.Plain ? Source.Start + Math.Min(Math.Max(end - Start, 0), Length) : Source.End;
}

/// <summary>How a <see cref="LiteralPiece"/> belongs to its source.</summary>
internal enum LiteralPieceKind
{
    /// <summary>Character for character.</summary>
    Plain,

    /// <summary>As a whole: an escape sequence, or a constant that is written elsewhere.</summary>
    Whole,

    /// <summary>One character that stands for what nobody knows before the program runs.</summary>
    Unknown,
}
