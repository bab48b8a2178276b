namespace System;

/// <summary>A part of a sequence, its end left out; in the framework from .NET Core 3.0 on.</summary>
[Microsoft.CodeAnalysis.Embedded]
internal readonly struct Range(Index start, Index end) : IEquatable<Range>
{
    public static Range All => new(0, new Index(0, fromEnd: true));

    public Index Start => start;

    public Index End => end;

    public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));

    public static Range EndAt(Index end) => new(0, end);

    public bool Equals(Range other) => start.Equals(other.Start) && end.Equals(other.End);

    public override bool Equals(object? obj) => obj is Range other && Equals(other);

    public override int GetHashCode() => (start.GetHashCode() * 31) + end.GetHashCode();

    public override string ToString() => start + ".." + end;
}
