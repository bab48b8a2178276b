using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// One way in which servers are configured: the names of settings, what they mean, what holds where nothing is said, and the syntaxes
/// they are written in. The only home of what depends on the server's version.
/// </summary>
/// <remarks>
/// <para><b>Adding a generation</b> takes these classes beside those of the settings generation, and one entry in <see cref="All"/>:</para>
/// <list type="number">
/// <item>A reader that turns text into a <see cref="SettingsDocument"/> with the generation's own keys, its
/// <see cref="SettingsDocument.Version"/> one that <see cref="Reads"/> accepts, and an <see cref="ISettingsSyntax"/> that also writes edits.</item>
/// <item>A subclass of <see cref="Generation"/>: which versions it reads, what looks like it, which keys hold secrets.</item>
/// <item>A subclass of <see cref="ServerConfiguration"/>, returned by <see cref="Read"/>, that makes the parts of the model out of
/// the document: <see cref="Listener"/>, <see cref="HttpSettings"/>, <see cref="HttpAccessPolicy"/> (from an if-block in its own
/// dialect), directories, principals and administrators. What a version does or does not goes into <see cref="ServerFeatures"/>.
/// A part that was not written (a default listener that survives) has a setting whose spans point at what should have ended it.</item>
/// <item>A subclass of <see cref="ListenerEdits"/>, handed to each listener: how one is removed, split in two, its TLS turned on. The
/// other parts know their keys and make their edits from them; <see cref="ServerConfiguration.ReplaceHttpAccessControl"/> writes an access rule.</item>
/// <item>A subclass of <see cref="HttpEndpoints"/>: what its HTTP server answers to and what that asks of a client.</item>
/// </list>
/// <para>Rules and remedies need no change: they ask the parts for their names (<see cref="BooleanSetting.Name"/>, the keys of settings) and
/// take the edits they hand out.</para>
/// </remarks>
internal abstract class Generation
{
    /// <summary>All generations, the oldest first.</summary>
    public static IReadOnlyList<Generation> All { get; } = [SettingsGeneration.Instance, PlanGeneration.Instance];

    /// <summary>The oldest version it reads for.</summary>
    public abstract ServerVersion Oldest { get; }

    /// <summary>The newest version it reads for, and the default target of its sources.</summary>
    public abstract ServerVersion Newest { get; }

    /// <summary>Whether servers of <paramref name="version"/> are configured this way.</summary>
    public bool Reads(ServerVersion version) => version >= Oldest && version <= Newest;

    /// <summary>The generation of a version; the oldest one for a version that none reads.</summary>
    public static Generation For(ServerVersion version)
    {
        foreach (var generation in All)
        {
            if (generation.Reads(version))
                return generation;
        }

        return All[0];
    }

    /// <summary>The server that <paramref name="document"/> configures, in the generation whose reader made the document.</summary>
    /// <param name="document">The flat stream of one server.</param>
    /// <param name="version">The server version that reads it.</param>
    public static ServerConfiguration ReadServer(SettingsDocument document, ServerVersion version)
    {
        // A version of another generation says nothing about this text.
        var generation = For(document.Version);
        return generation.Read(document, generation.Reads(version) ? version : document.Version);
    }

    /// <summary>The server that the text of a configuration file configures.</summary>
    /// <param name="text">The text, decoded.</param>
    /// <param name="version">The server version that reads it.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static ServerConfiguration ReadFile(string text, ServerVersion version, CancellationToken cancellationToken = default) =>
        ReadServer(For(version).FileSyntax(version).Read(text, cancellationToken), version);

    /// <summary>How configuration files of <paramref name="version"/> are written.</summary>
    public abstract ISettingsSyntax FileSyntax(ServerVersion version);

    /// <summary>The server that <paramref name="document"/> configures.</summary>
    /// <param name="document">The flat stream of one server.</param>
    /// <param name="version">The server version that reads it.</param>
    public abstract ServerConfiguration Read(SettingsDocument document, ServerVersion version);

    /// <summary>What the servers of <paramref name="version"/> do and others do not.</summary>
    public abstract ServerFeatures FeaturesOf(ServerVersion version);

    /// <summary>Whether <paramref name="document"/> sets what only this server knows, so that it is no other program's file.</summary>
    public abstract bool LooksLikeStalwart(SettingsDocument document);

    /// <summary>
    /// Why a text that somebody names as a configuration is none: it holds nothing that a server of this generation has, as the page
    /// of an error does; null where it holds something, or nothing at all, with which a server takes its defaults.
    /// </summary>
    public abstract string? FindWhyNoConfiguration(SettingsDocument document);

    /// <summary>Whether the value of the setting <paramref name="key"/> is a secret as a whole.</summary>
    public abstract bool IsSecret(string key);

    /// <summary><paramref name="value"/> as it may be shown: without the secret where the setting <paramref name="key"/> holds one.</summary>
    public abstract string MaskSecret(string key, string value);
}
