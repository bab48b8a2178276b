using Microsoft.Extensions.Configuration;

namespace StalwartHardening.Configuration;

/// <summary>Listeners from a program's configuration.</summary>
public static class ConfigurationListenerExtensions
{
    private static readonly string[] Known = ["Protocol", "Bind", "ImplicitTls", "StartTls", "DisableTls", "MaxConnections", "TrustedProxies", "Settings"];

    /// <summary>
    /// Adds a listener for each child of a section; the child's name is the listener's. It has <c>Protocol</c> (<see cref="MailProtocol"/>),
    /// <c>Bind</c> (an address with its port, a port, or a list of them), one of <c>ImplicitTls</c>, <c>StartTls</c> and <c>DisableTls</c>,
    /// <c>MaxConnections</c>, <c>TrustedProxies</c> (a list), and <c>Settings</c> (others, by the names the mail server knows).
    /// </summary>
    /// <remarks>No analyzer sees what a program is configured with: call <see cref="StalwartServer.Judge"/>, or <see cref="StalwartServerBuilder.RefuseFindings"/> to have it refused.</remarks>
    /// <param name="server">The server.</param>
    /// <param name="listeners">The section, for example <c>configuration.GetSection("Listeners")</c>.</param>
    /// <exception cref="FormatException">A value cannot be understood or a name is unknown; the message has its path in the configuration.</exception>
    public static StalwartServerBuilder AddListeners(this StalwartServerBuilder server, IConfiguration listeners)
    {
        if (server is null)
            throw new ArgumentNullException(nameof(server));
        if (listeners is null)
            throw new ArgumentNullException(nameof(listeners));
        foreach (var section in listeners.GetChildren())
            Add(server, section);
        return server;
    }

    private static void Add(StalwartServerBuilder server, IConfigurationSection section)
    {
        // A switch that is misspelled must not stay off without a word.
        foreach (var child in section.GetChildren())
        {
            if (!Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new FormatException($"'{child.Path}' is not a setting of a listener; expected one of {string.Join(", ", Known)}.");
        }

        var listener = server.AddListener(section.Key, Protocol(section.GetSection("Protocol")));
        foreach (var (value, path) in Values(section.GetSection("Bind")))
            Bind(listener, value, path);
        if (IsOn(section.GetSection("ImplicitTls")))
            listener.WithImplicitTls();
        if (IsOn(section.GetSection("StartTls")))
            listener.WithStartTls();
        if (IsOn(section.GetSection("DisableTls")))
            listener.DisableTls();
        if (section["MaxConnections"] is { } text)
            listener.WithMaxConnections(int.TryParse(text, out var count) ? count : throw Odd(section.GetSection("MaxConnections"), "a number"));
        foreach (var (network, _) in Values(section.GetSection("TrustedProxies")))
            listener.TrustProxies(network);
        foreach (var setting in section.GetSection("Settings").GetChildren())
            listener.Set(setting.Key, setting.Value ?? throw Odd(setting, "a text"));
    }

    private static void Bind(ListenerBuilder listener, string value, string path)
    {
        if (!int.TryParse(value, out var port))
            listener.Bind(value);
        else if (port is > 0 and <= 65535)
            listener.Bind(port);
        else
            throw new FormatException($"'{path}' is '{value}'; it can be an address with its port, or a port.");
    }

    private static MailProtocol Protocol(IConfigurationSection section) =>
        Enum.TryParse<MailProtocol>(section.Value, ignoreCase: true, out var protocol) && Enum.IsDefined(typeof(MailProtocol), protocol)
            ? protocol
            : throw Odd(section, "Smtp, Lmtp, Imap, Pop3, Http or ManageSieve");

    private static bool IsOn(IConfigurationSection section) =>
        section.Value is { } text && (bool.TryParse(text, out var value) ? value : throw Odd(section, "true or false"));

    // One value, or a list of them.
    private static IEnumerable<(string Value, string Path)> Values(IConfigurationSection section)
    {
        if (section.Value is { } single)
            yield return (single, section.Path);
        foreach (var entry in section.GetChildren())
            yield return (entry.Value ?? throw Odd(entry, "a text"), entry.Path);
    }

    private static FormatException Odd(IConfigurationSection section, string allowed) => new($"'{section.Path}' is '{section.Value}'; it can be {allowed}.");
}
