using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Fixing;

/// <summary>What a fixed file leaves open to whom, and who can still administer the server: said before anything is written.</summary>
internal sealed class AccessStatement
{
    private readonly ServerConfiguration _server;
    private readonly ExposureMap _map;

    private AccessStatement(ServerConfiguration server)
    {
        _server = server;
        _map = ExposureMap.From(server);
        Administration = AdministrationAccess.From(server, _map);
    }

    /// <summary>Who can administer the server.</summary>
    public AdministrationAccess Administration { get; }

    /// <summary>The statement for a server.</summary>
    public static AccessStatement From(ServerConfiguration server) => new(server);

    /// <summary>The lines, an indented table; the same text means that nothing changed for anybody.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var reach in (ExposureReach[])[ExposureReach.Everybody, ExposureReach.Unknown, ExposureReach.PrivateNetwork, ExposureReach.Machine])
        {
            var offers = new List<string>();
            foreach (var listener in _map.Listeners)
            {
                foreach (var address in listener.Addresses)
                {
                    if (address.Reach == reach)
                        offers.Add($"{listener.Listener.Protocol.DisplayName()} on {Shown(address.Text)}");
                }
            }

            if (offers.Count > 0)
                Line(text, reach == ExposureReach.Unknown ? "somebody" : ExposureText.Of(reach), string.Join("; ", offers));
        }

        Line(text, "administration", Administration.Entrances.Count == 0 ? "nobody from another machine" : string.Join("; ", Administration.Entrances.Select(Entrance).Distinct()));
        Line(text, "administrators", Administrators());
        return text.ToString();
    }

    private static void Line(StringBuilder text, string label, string what) => text.Append("  ").Append(label.PadRight(18)).Append(what).Append('\n');

    private string Administrators()
    {
        var names = Administration.Administrators.Select(static administrator =>
            (administrator.Name.Length == 0 ? "one whose name is not known yet" : "'" + Shown(administrator.Name) + "'") + (administrator.Kind == ExposedAdministratorKind.Fallback ? " (fallback administrator)" : "")).ToList();
        var others = _server.Directories.Any(static directory => directory is { Use: DirectoryUse.Everything, Type: "memory" }) ? "" : _server.IsPlan ? "accounts that the plan does not write may be some" : "the directory may have others, which the file does not show";
        if (names.Count == 0)
            return others.Length == 0 ? "none" : $"none in the {(_server.IsPlan ? "plan" : "file")}; " + (_server.IsPlan ? others : "the directory may have some, which the file does not show");
        return string.Join(", ", names) + (others.Length == 0 ? "" : "; " + others);
    }

    private static string Entrance(AdministrationEntrance entrance)
    {
        var whom = entrance.Address.Reach == ExposureReach.Machine ? ExposureText.Of(ExposureReach.Machine)
            : entrance.Access is EndpointAccess.Everybody or EndpointAccess.Partly ? ExposureText.Of(entrance.Address.Reach)
            : "those whom access control names";
        return $"{whom}, through {entrance.Listener.Listener.Protocol.DisplayName()} on {Shown(entrance.Address.Text)}";
    }

    private static string Shown(string text) => Printable.Text(SecretText.Mask(text));
}
