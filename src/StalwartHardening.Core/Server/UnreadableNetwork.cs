using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>A network that the server cannot read, so that it goes on without it.</summary>
/// <param name="Setting">The setting; its value is the network.</param>
/// <param name="Consequence">What the server does, and what it wants.</param>
internal sealed record UnreadableNetwork(Setting Setting, string Consequence)
{
    /// <summary>Others in the same list.</summary>
    public IReadOnlyList<Setting> Others { get; init; } = [];
}
