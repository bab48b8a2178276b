using StalwartHardening.Expressions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Exposure;

/// <summary>What a server offers, where, and to whom: its doors, what each leads to, and who has the keys.</summary>
/// <example><code>var map = ExposureMap.From(server);</code></example>
internal sealed class ExposureMap
{
    private ExposureMap(string hostname, IReadOnlyList<ExposedListener> listeners, IReadOnlyList<ExposedAdministrator> administrators)
    {
        Hostname = hostname;
        Listeners = listeners;
        Administrators = administrators;
    }

    /// <summary>The server's name; empty where the file does not say, or a macro does.</summary>
    public string Hostname { get; }

    /// <summary>The listeners the server tries to start, in the order of their keys.</summary>
    public IReadOnlyList<ExposedListener> Listeners { get; }

    /// <summary>The administrators the file tells of. Others may live in a directory it only names.</summary>
    public IReadOnlyList<ExposedAdministrator> Administrators { get; }

    /// <summary>Draws up the map of a server.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static ExposureMap From(ServerConfiguration server, CancellationToken cancellationToken = default)
    {
        var listeners = new List<ExposedListener>(server.Listeners.Count);

        // One for all, so that a map costs no more where there are many listeners.
        var inquiry = server.HttpAccess.Ask(questions: 8);
        foreach (var listener in server.Listeners)
        {
            cancellationToken.ThrowIfCancellationRequested();
            listeners.Add(ExposedListener.From(server, listener, inquiry, cancellationToken));
        }

        var hostname = server.Hostname is { } name && !WrittenExpressionReader.IsUnknown(name.Value) ? name.Value : "";
        return new ExposureMap(hostname, listeners, ExposedAdministrator.AllOf(server));
    }
}
