namespace StalwartHardening.Settings;

/// <summary>Something in a text that makes the server refuse to start on it.</summary>
/// <param name="Kind">What kind of error it is.</param>
/// <param name="Span">The characters that are wrong; of length 0 where something is missing.</param>
/// <param name="Line">The line the server names, counted from 1.</param>
/// <param name="Message">What is wrong, as a sentence in the user's words, with the offending text; ends with a full stop.</param>
/// <param name="Related">The earlier place that matters too (the first of two equal keys), if there is one.</param>
internal readonly record struct ReadProblem(ReadProblemKind Kind, SourceSpan Span, int Line, string Message, SourceSpan? Related = null)
{
    /// <summary>The flat key whose value could not be read; null where the error is elsewhere.</summary>
    public string? Key { get; init; }

    /// <summary>Bytes that are not UTF-8, at <paramref name="span"/> in the text that they were read as.</summary>
    /// <param name="span">The first character that stands for such bytes.</param>
    /// <param name="encoding">The name of the encoding that the file was read as, where it is another than UTF-8.</param>
    public static ReadProblem NotUtf8(SourceSpan span = default, string? encoding = null) =>
        new(ReadProblemKind.NotUtf8, span, 1, encoding is null ? "the file is not valid UTF-8." : "the file is not valid UTF-8 (it was read as '" + encoding + "').");
}

/// <summary>The kinds of <see cref="ReadProblem"/> that rules tell apart.</summary>
internal enum ReadProblemKind
{
    /// <summary>The text does not follow the server's grammar.</summary>
    Syntax,

    /// <summary>The last statement is not followed by a line break: the server's "Unexpected EOF" on otherwise good text.</summary>
    MissingFinalNewline,

    /// <summary>A key was set twice. The first value stays in the document.</summary>
    DuplicateKey,

    /// <summary>The file is not UTF-8: the server logs that and goes on with an empty configuration.</summary>
    NotUtf8,
}
