using System.Text;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Remedies;

/// <summary>
/// Access control that lets through what mail clients and protocols need and answers 404 to the rest.
/// </summary>
internal static class HttpAllowList
{
    /// <summary>The edits that declare it, <c>config.local-keys</c> widened where that is needed; null where the server has no access control.</summary>
    /// <param name="server">The server.</param>
    /// <param name="networks">The networks that get through whatever they ask for, as <see cref="NetworkCondition"/> takes them.</param>
    public static IReadOnlyList<SettingEdit>? Edits(ServerConfiguration server, IReadOnlyList<string> networks) => server.ReplaceHttpAccessControl(Expression(server, networks));

    /// <summary>The expression for <paramref name="server"/>.</summary>
    public static string Expression(ServerConfiguration server) => Expression(server, []);

    private static string Expression(ServerConfiguration server, IReadOnlyList<string> networks)
    {
        var condition = new StringBuilder();
        foreach (var listener in server.Listeners)
        {
            if (IsManagement(listener))
                Or(condition).Append("listener == '").Append(listener.Id).Append('\'');
        }

        foreach (var network in networks)
        {
            if (NetworkCondition.TryWrite(network, out var isThere))
                Or(condition).Append(isThere);
        }

        Or(condition).Append(server.Endpoints.AllowListCondition);
        // A condition is the number 1 or 0.
        return server.Features.HasIfThen
            ? $"if_then({condition}, 200, 404)"
            : $"404 - 204 * ({condition})";
    }

    /// <summary>
    /// The same as access rules of the typed builders (<see cref="TypedAccessRules"/>), which compare how a path begins instead of its
    /// first part.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="networks">The networks that get through whatever they ask for.</param>
    /// <returns>The rules; null where the server is too old for what they become.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>>? Rules(ServerConfiguration server, IReadOnlyList<string> networks) =>
        server.Features.HasIfThen ? TypedAccessRules.Admitting([.. server.Listeners.Where(IsManagement).Select(static listener => listener.Id)], networks) : null;

    // Only the machine itself reaches it, so it stays open whole. A name that would end the text in the expression does not occur.
    private static bool IsManagement(Listener listener)
    {
        if (listener.Protocol != MailProtocol.Http || listener.BindAddresses.Count == 0)
            return false;
        foreach (var address in listener.BindAddresses)
        {
            if (address.IsLoopback != true)
                return false;
        }

        foreach (var c in listener.Id)
        {
            if (c is '\'' or '"' or '\\' || char.IsControl(c) || c == Setting.UnknownPart)
                return false;
        }

        return true;
    }

    private static StringBuilder Or(StringBuilder condition) => condition.Length > 0 ? condition.Append(" || ") : condition;
}
