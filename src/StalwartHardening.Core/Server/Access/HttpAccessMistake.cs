using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>Ways in which access control lets requests through that its author meant to judge.</summary>
internal enum HttpAccessMistakeKind
{
    /// <summary>The server cannot read the setting and drops all of it.</summary>
    Dropped,

    /// <summary>The rules lack their <c>else</c>, so the server drops all of them.</summary>
    MissingElse,

    /// <summary>A branch comes to something that is no status.</summary>
    NoStatus,

    /// <summary>Nothing is written.</summary>
    Empty,

    /// <summary>The server does not read the key.</summary>
    UnreadKey,
}

/// <summary>One such mistake.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Setting">The setting it is in.</param>
/// <param name="Span">The wrong text.</param>
/// <param name="Description">What is wrong, as the beginning of a sentence.</param>
/// <param name="Witness">A request that gets through because of it.</param>
internal sealed record HttpAccessMistake(HttpAccessMistakeKind Kind, Setting Setting, SourceSpan Span, string Description, HttpRequest Witness);
