using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>What the keys of an object begin with, and the name that others call the object by.</summary>
internal static class ObjectScope
{
    /// <summary>The name of the object: <c>main</c> of <c>directory.main</c>, <c>imap</c> of <c>server.listener.imap</c>. It may hold dots.</summary>
    public static string IdOf(string scope) =>
        SettingPath.IsBelow(scope, Listener.Family) ? SettingPath.Relative(scope, Listener.Family)
        : SettingPath.CountParts(scope) < 2 ? scope
        : SettingPath.Relative(scope, SettingPath.FirstPart(scope));
}
