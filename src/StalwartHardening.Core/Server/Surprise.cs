using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>Something that is accepted and does otherwise than it seems.</summary>
/// <param name="Span">The characters that it is about.</param>
/// <param name="Message">What happens, in sentences.</param>
/// <param name="IsAdvice">Whether it is only worth knowing.</param>
internal sealed record Surprise(SourceSpan Span, string Message, bool IsAdvice)
{
    /// <summary>What ends it, where there is one way that its author can have meant; null where only the author knows.</summary>
    public TextRepair? Repair { get; init; }
}
