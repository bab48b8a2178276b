using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Edits;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Whether a remedy is about something of which not everything is known, on any way through the program: a listener whose port comes from
/// elsewhere is neither moved nor removed, because nobody knows what it is.
/// </summary>
internal static class UnknownValues
{
    private const string PlanListeners = "NetworkListener";

    /// <summary>Whether the calls that write what a remedy changes also write what nobody knows.</summary>
    public static bool Concern(BuilderServers program, JudgedServer server, Remedy remedy)
    {
        var calls = new HashSet<SyntaxNode>();
        foreach (var key in remedy.Edits.SelectMany(KeysOf).Where(static key => SettingPath.IsBelow(key, Listener.Family)))
        {
            foreach (var write in server.Written.Writes)
            {
                if (IsOfTheSame(key, write))
                    calls.Add(write.Site.Call);
            }
        }

        return program.Servers.Any(other => other.Written.Writes.Any(write => write.Value.IndexOf(Setting.UnknownPart) >= 0 && Decides(write.Key) && calls.Contains(write.Site.Call)));
    }

    /// <summary>Whether a text that holds a listener which a remedy changes does not say all of what that listener is.</summary>
    public static bool Concern(SettingsDocument document, Remedy remedy)
    {
        foreach (var key in remedy.Edits.SelectMany(KeysOf).Where(static key => PlanKey.IsBelow(key, PlanListeners)))
        {
            var listener = PlanKey.PrefixOfObject(key, PlanKey.PrefixOf(PlanListeners));
            foreach (ref readonly var setting in document.StartingWith(listener))
            {
                var name = PlanKey.Relative(setting.Key, listener);
                if ((setting.Value.IndexOf(Setting.UnknownPart) >= 0 || name.IndexOf(Setting.UnknownPart) >= 0) && DecidesInPlan(name))
                    return true;
            }
        }

        foreach (var key in remedy.Edits.SelectMany(KeysOf).Where(static key => SettingPath.IsBelow(key, Listener.Family)))
        {
            foreach (ref readonly var setting in document.Below(SettingPath.ChildOf(Listener.Family, key)))
            {
                if (setting.Value.IndexOf(Setting.UnknownPart) >= 0 && Decides(setting.Key))
                    return true;
            }
        }

        return false;
    }

    // What a listener is: its addresses, what it speaks, TLS.
    private static bool Decides(string key) =>
        SettingPath.EndsIn(SettingPath.ListOf(key), "bind") || SettingPath.EndsIn(key, "protocol") || SettingPath.LastStartOf(key, "tls") >= 0;

    private static bool DecidesInPlan(string name) => PlanKey.IsAtOrBelow(name, "bind") || name is "protocol" or "useTls" or "tlsImplicit";

    private static bool IsOfTheSame(string key, in SettingWrite write)
    {
        if (SettingPath.IsBelow(write.Site.Scope, Listener.Family))
            return SettingPath.IsAtOrBelow(key, write.Site.Scope);
        return SettingPath.IsBelow(write.Key, SettingPath.ChildOf(Listener.Family, key));
    }

    private static IEnumerable<string> KeysOf(SettingEdit edit) => edit switch
    {
        SettingEdit.Remove remove => [remove.Key],
        SettingEdit.Set set => [set.Key],
        SettingEdit.Insert insert => insert.Settings.Select(static setting => setting.Key),
        SettingEdit.Rename rename => [rename.Key],
        _ => [],
    };
}
