namespace StalwartHardening.Server.Listeners;

/// <summary>How a generation changes a listener.</summary>
internal abstract class ListenerEdits
{
    /// <summary>How people write that every connection is TLS from the first byte.</summary>
    public abstract string ImplicitTlsInWords { get; }

    /// <summary>How people write that TLS can be used.</summary>
    public abstract string EnabledTlsInWords { get; }

    /// <summary>Whether the setting <paramref name="key"/> is one of the listener's own.</summary>
    public abstract bool Owns(Listener listener, string key);

    /// <summary>Takes the listener away.</summary>
    public abstract IReadOnlyList<SettingEdit> Remove(ServerConfiguration server, Listener listener);

    /// <summary>
    /// The listeners that nothing in the text mentions and that go, all at once, where a statement of it is made to list all there are; none
    /// where there is no such statement.
    /// </summary>
    public virtual IReadOnlyList<Listener> Unlisted(ServerConfiguration server) => [];

    /// <summary>Has the text list all listeners there are, so that <paramref name="unlisted"/> go.</summary>
    /// <param name="unlisted">What <see cref="Unlisted"/> says.</param>
    public virtual IReadOnlyList<SettingEdit> ListAll(IReadOnlyList<Listener> unlisted) => [];

    /// <summary>Makes TLS possible on a listener that has it switched off.</summary>
    public abstract SettingEdit EnableTls(ServerConfiguration server, Listener listener);

    /// <summary>Makes every connection TLS from the first byte.</summary>
    public abstract SettingEdit TurnOnImplicitTls(Listener listener);

    /// <summary>
    /// Takes addresses away from a listener and gives them, with implicit TLS, to a new one that is like it in everything else.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="listener">The listener, which keeps at least one address.</param>
    /// <param name="addresses">The addresses it loses.</param>
    /// <param name="texts">How the new listener binds each of them.</param>
    public abstract IReadOnlyList<SettingEdit> SplitWithImplicitTls(ServerConfiguration server, Listener listener, IReadOnlyList<BindAddress> addresses, IReadOnlyList<string> texts);
}
