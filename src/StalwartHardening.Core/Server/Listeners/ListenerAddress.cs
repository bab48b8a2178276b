namespace StalwartHardening.Server.Listeners;

/// <summary>One address of a listener: what most findings about listeners are about.</summary>
/// <param name="Listener">The listener.</param>
/// <param name="Address">The address.</param>
internal sealed record ListenerAddress(Listener Listener, BindAddress Address);
