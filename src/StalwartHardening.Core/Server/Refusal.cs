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

    /// <summary>What to say of a server that is shown although this is wrong with its text; null where it is shown as it is.</summary>
    public string? Limitation => Kind switch
    {
        RefusalKind.AsPlan => null,
        RefusalKind.Unread => "the snapshot cannot be read as a whole",
        _ => "the plan is not applied as a whole",
    };
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

    /// <summary>A part of a snapshot that cannot be read: what it describes is not known.</summary>
    Unread,

    /// <summary>Something in a snapshot that hides nothing; only who applies it as a plan is refused.</summary>
    AsPlan,
}
