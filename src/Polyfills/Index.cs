namespace System;

/// <summary>A place in a sequence, counted from its start or its end; in the framework from .NET Core 3.0 on.</summary>
[Microsoft.CodeAnalysis.Embedded]
internal readonly struct Index(int value, bool fromEnd = false) : IEquatable<Index>
{
    public int Value => value;

    public bool IsFromEnd => fromEnd;

    public static implicit operator Index(int value) => new(value);

    public int GetOffset(int length) => fromEnd ? length - value : value;

    public bool Equals(Index other) => value == other.Value && fromEnd == other.IsFromEnd;

    public override bool Equals(object? obj) => obj is Index other && Equals(other);

    public override int GetHashCode() => fromEnd ? ~value : value;

    public override string ToString() => (fromEnd ? "^" : "") + value;
}
