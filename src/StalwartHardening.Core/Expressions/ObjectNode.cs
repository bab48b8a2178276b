namespace StalwartHardening.Expressions;

internal enum ObjectNodeKind : byte
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>An object with named members.</summary>
    Object,

    /// <summary>Anything else: a number, <c>true</c>, <c>null</c>, a list.</summary>
    Other,

    /// <summary>Something that is not known before the server sees it.</summary>
    Unknown,
}

/// <summary>A value of an object as it was written, as far as expressions care.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it was written.</param>
internal sealed record ObjectNode(ObjectNodeKind Kind, SourceSpan Span)
{
    /// <summary>The text, without its quotes and escapes.</summary>
    public string Text { get; init; } = "";

    /// <summary>The members, in the order they were written; of two with one name the server takes the later.</summary>
    public IReadOnlyList<ObjectMember> Members { get; init; } = [];
}

/// <summary>A member of an object.</summary>
internal readonly record struct ObjectMember(string Name, SourceSpan NameSpan, ObjectNode Value);
