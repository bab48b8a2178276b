namespace StalwartHardening.Server.Listeners;

/// <summary>Addresses of a listener that one cause is about: what most findings about listeners are about.</summary>
/// <param name="Listener">The listener.</param>
/// <param name="Address">The address, the first of several.</param>
internal sealed record ListenerAddress(Listener Listener, BindAddress Address)
{
    /// <summary>All the addresses, <see cref="Address"/> the first of them.</summary>
    public IReadOnlyList<BindAddress> Addresses { get; init; } = [Address];

    /// <summary>All listeners that the same line speaks for, <see cref="Listener"/> the first of them.</summary>
    public IReadOnlyList<Listener> Listeners { get; init; } = [Listener];
}
