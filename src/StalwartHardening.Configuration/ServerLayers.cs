namespace StalwartHardening.Configuration;

/// <summary>Servers in layers: what all environments share, and what one of them has otherwise.</summary>
/// <example>
/// <code>
/// var server = StalwartServer.ReadToml("base.toml").ToBuilder()
///     .Without("server.listener.pop3")
///     .Overlay(StalwartServer.ReadToml("production.toml"))
///     .Build();
/// </code>
/// </example>
public static class ServerLayers
{
    /// <summary>Writes the settings of another server over those that are there. A list replaces the whole list of the same name.</summary>
    /// <param name="server">The server that is written.</param>
    /// <param name="layer">What is otherwise.</param>
    public static StalwartServerBuilder Overlay(this StalwartServerBuilder server, StalwartServer layer)
    {
        if (server is null)
            throw new ArgumentNullException(nameof(server));
        if (layer is null)
            throw new ArgumentNullException(nameof(layer));
        server.Sheet.Overlay(layer.Document, CallSite.Record(nameof(Overlay)));
        return server;
    }

    /// <summary>Takes a setting back, and everything below it.</summary>
    /// <param name="server">The server that is written.</param>
    /// <param name="key">The full key of a setting, a list, or what several begin with: <c>server.listener.pop3</c>.</param>
    public static StalwartServerBuilder Without(this StalwartServerBuilder server, string key)
    {
        if (server is null)
            throw new ArgumentNullException(nameof(server));
        server.Sheet.Remove(key);
        return server;
    }
}
