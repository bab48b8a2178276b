namespace StalwartHardening.Settings;

/// <summary>A comment of the form <c># swh:ignore SWH1003 -- phones that only speak STARTTLS</c>, well formed or not.</summary>
/// <param name="Span">The comment, from its <c>#</c> to the end of its line.</param>
/// <param name="Text">The comment's text after <c>#</c>, trimmed.</param>
/// <param name="AloneOnLine">Whether nothing but blanks comes before it on its line, so that it speaks for the next line with a statement.</param>
internal readonly record struct SuppressionComment(SourceSpan Span, string Text, bool AloneOnLine);
