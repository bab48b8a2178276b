using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>Something that a server of objects, or the tool that writes them, refuses.</summary>
/// <param name="Kind">What comes of it.</param>
/// <param name="Span">The characters to change.</param>
/// <param name="Message">What is wrong and what follows, in sentences.</param>
internal sealed record Refusal(RefusalKind Kind, SourceSpan Span, string Message)
{
    /// <summary>What ends it, where there is one way that its author can have meant; null where only the author knows.</summary>
    public TextRepair? Repair { get; init; }
}

/// <summary>What comes of something refused.</summary>
internal enum RefusalKind
{
    /// <summary>Nothing is applied at all.</summary>
    Everything,

    /// <summary>What came before stays applied, what comes after never runs.</summary>
    TheRest,

    /// <summary>A name that does not exist; what comes of it is in the message.</summary>
    UnknownName,

    /// <summary>The server reads no files of this kind at all.</summary>
    NotRead,
}
