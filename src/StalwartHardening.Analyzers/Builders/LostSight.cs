using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A place of the program where a server, or a part of it, could not be followed any more.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Span">The place.</param>
/// <param name="Scope">What the keys of the lost part begin with; empty for the whole server.</param>
/// <param name="What">What could not be followed, in the words of the program.</param>
internal readonly record struct LostSight(LostSightCause Cause, SourceSpan Span, string Scope, string What);

/// <summary>A text that the program reads as a server.</summary>
/// <param name="Text">The text; null where it is not known.</param>
/// <param name="Span">Where it is handed over.</param>
/// <param name="Syntax">The expression that is handed over.</param>
/// <param name="IsRead">Whether it certainly is a server's; otherwise it is written to a file, and may be anything.</param>
internal sealed record LoadedText(KnownValue? Text, SourceSpan Span, Microsoft.CodeAnalysis.SyntaxNode Syntax, bool IsRead);

/// <summary>Why sight is lost.</summary>
internal enum LostSightCause
{
    /// <summary>A builder goes to, or comes from, code that is not in the project.</summary>
    Code,

    /// <summary>A value that decides a rule is not known.</summary>
    Value,

    /// <summary>Which setting is written is not known.</summary>
    Key,

    /// <summary>A text that is read as a server is not known.</summary>
    Text,

    /// <summary>Following it any further would take too long.</summary>
    Budget,
}
