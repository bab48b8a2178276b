using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>For which server a text is read.</summary>
/// <param name="Version">The server version that was asked for. Where the text is of a generation that does not know it, the newest of that generation.</param>
/// <param name="State">What the server is before a plan runs; where nobody said, a fresh one, unless the plan itself refers to objects that a fresh one does not have.</param>
/// <param name="ToolPatch">The patch of <c>stalwart-cli</c> 1.0 that applies a plan; the newest where nobody said.</param>
internal readonly record struct ReadingTarget(ServerVersion Version, ServerState? State = null, int ToolPatch = int.MaxValue)
{
    /// <summary>Whether the tool goes on after an operation that fails (<c>stalwart-cli apply --continue-on-error</c>).</summary>
    public bool ContinuesOnError { get; init; }

    /// <summary>Whether the server is looked at after it has been restarted.</summary>
    public bool Restarts { get; init; }

    /// <summary>Whether the text holds several plans that are applied one after the other, a record separator (U+001E) between them.</summary>
    public bool IsJoined { get; init; }
}
