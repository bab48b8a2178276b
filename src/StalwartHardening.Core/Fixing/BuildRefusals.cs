using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Accounts;

namespace StalwartHardening.Fixing;

/// <summary>A setting that a builder's method writes.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Call">The method's name.</param>
internal readonly record struct BuilderWrite(Setting Setting, string Call);

/// <summary>
/// What <c>Build()</c> of the typed builders refuses, by settings and the calls that wrote them: everything the server would refuse, ignore or
/// read differently, and calls that contradict each other. Code that changes a program asks here whether it can still be built.
/// </summary>
internal static class BuildRefusals
{
    /// <summary>The call that writes any setting by its name. A later one replaces an earlier one on purpose.</summary>
    public const string AnySetting = "Set";

    // Calls that are there to replace what was written.
    private static readonly string[] Replacing = [AnySetting, "ToBuilder", "Overlay"];

    // What the server cannot use as it is written: SWH0001 and SWH0002 values, SWH0007 listeners.
    private static readonly string[] Refused = ["SWH0001", "SWH0002", "SWH0007"];

    /// <summary>Whether <c>Build()</c> refuses what a rule finds, whichever generation it builds for.</summary>
    public static bool IsRefused(Rule rule) => Array.IndexOf(Refused, rule.Id) >= 0;

    private static readonly string[] StorageRoles = ["storage.data", "storage.blob", "storage.fts", "storage.lookup"];

    /// <summary>The reasons, one sentence each, with the setting and the call.</summary>
    /// <param name="writes">All writes, in the order they happen; a later one with the same key replaces an earlier one.</param>
    /// <param name="settings">What is left to be written: access rules as the one expression they become, principals included.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<BuilderWrite> writes, out IReadOnlyList<Setting> settings)
    {
        var problems = new List<string>();
        var last = LastOfEach(writes, problems);
        var calls = last.ToDictionary(static write => write.Setting.Key, static write => write.Call, StringComparer.Ordinal);
        settings = Lower(last, problems);
        FindSwitchedOff(calls, settings, problems);
        foreach (var setting in settings)
        {
            if (setting.Value is null || setting.Key.IndexOf(Setting.UnknownPart) >= 0 || setting.Value.IndexOf(Setting.UnknownPart) >= 0)
                problems.Add($"'{setting.Key}' ({CallOf(calls, setting.Key)}): the value is null or holds the object replacement character.");
            else if (OpensMacroForEver(setting.Value))
                problems.Add($"'{setting.Key}' ({CallOf(calls, setting.Key)}): a macro is opened and never closed; the server would not stop reading it.");
        }

        var document = new SettingsDocument([.. settings], settings.Count, ServerVersion.Newest);
        FindMissingTargets(document, calls, problems);
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(document, ServerVersion.Newest), JudgementOptions.Default))
        {
            if (IsRefused(finding.Rule))
                problems.Add($"'{finding.SettingKey}' ({CallOf(calls, finding.SettingKey)}): {finding.Message}");
        }

        foreach (var principal in DeclaredPrincipal.Read(document))
            Find(principal, calls, problems);
        return problems;
    }

    /// <summary>The call that wrote a setting, as messages name it.</summary>
    public static string CallOf(IReadOnlyDictionary<string, string> calls, string key) =>
        calls.TryGetValue(key, out var call) ? call : key == TypedAccessRules.Key ? "AccessRules" : AnySetting;

    // Two methods that say different things about one setting: one of them would be lost without a word (WithStartTls after WithImplicitTls).
    private static List<BuilderWrite> LastOfEach(IReadOnlyList<BuilderWrite> writes, List<string> problems)
    {
        var last = new List<BuilderWrite>(writes.Count);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            if (!places.TryGetValue(write.Setting.Key, out var place))
            {
                places.Add(write.Setting.Key, last.Count);
                last.Add(write);
                continue;
            }

            var earlier = last[place];
            if (earlier.Setting.Value != write.Setting.Value && earlier.Call != write.Call && !Replaces(earlier.Call) && !Replaces(write.Call))
                problems.Add($"'{write.Setting.Key}' ({write.Call}): {earlier.Call} has set it to '{earlier.Setting.Value}' and {write.Call} sets it to '{write.Setting.Value}'; call one of them.");
            last[place] = write;
        }

        return last;
    }

    // Without TLS there is none to be implicit; the server would listen in clear text.
    private static void FindSwitchedOff(Dictionary<string, string> calls, IReadOnlyList<Setting> settings, List<string> problems)
    {
        foreach (var setting in settings)
        {
            if (setting.Value != "true" || SettingPath.OwnerOf(setting.Key, "tls.implicit") is not { } listener || Replaces(CallOf(calls, setting.Key)))
                continue;
            var enabled = SettingPath.Join(listener, "tls.enable");
            foreach (var other in settings)
            {
                if (other.Key == enabled && other.Value == "false" && !Replaces(CallOf(calls, enabled)))
                    problems.Add($"'{setting.Key}' ({CallOf(calls, setting.Key)}): {CallOf(calls, enabled)} has switched TLS off altogether; call one of them.");
            }
        }
    }

    private static bool Replaces(string call) => Array.IndexOf(Replacing, call) >= 0;

    private static IReadOnlyList<Setting> Lower(List<BuilderWrite> writes, List<string> problems)
    {
        var unsaid = new List<KeyValuePair<Setting, string>>();
        var lowered = TypedAccessRules.Lower(writes.ConvertAll(static write => write.Setting), SettingsEndpoints.Instance, unsaid);
        foreach (var problem in unsaid)
            problems.Add($"'{problem.Key.Key}' ({writes.Find(write => write.Setting.Key == problem.Key.Key).Call}): '{problem.Key.Value}': {problem.Value}.");
        var hasRules = writes.Exists(static write => SettingPath.IsBelow(write.Setting.Key, TypedAccessRules.Family));
        foreach (var write in writes)
        {
            var (key, value) = (write.Setting.Key, write.Setting.Value);
            if (SettingPath.IsBelow(key, TypedAccessRules.Family)
                && (SettingPath.EndsIn(key, "answer") || SettingPath.EndsIn(key, "otherwise"))
                && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 999))
                problems.Add($"'{key}' ({write.Call}): '{value}' is not a status, so the server would let the request through.");
            if (hasRules && key == TypedAccessRules.Key)
                problems.Add($"'{key}' ({write.Call}): there are access rules too; write one or the other.");
        }

        return lowered;
    }

    // config/mod.rs: after a closed macro, an open one without its end is looked for for ever.
    private static bool OpensMacroForEver(string value)
    {
        foreach (var opening in (string[])["%{env:", "%{file:", "%{cfg:"])
        {
            var open = value.LastIndexOf(opening, StringComparison.Ordinal);
            if (open >= 0 && value.IndexOf("}%", open, StringComparison.Ordinal) < 0)
                return true;
        }

        return false;
    }

    private static void FindMissingTargets(SettingsDocument document, Dictionary<string, string> calls, List<string> problems)
    {
        // boot.rs: if one role resolves to no store, none is used.
        foreach (var key in StorageRoles)
        {
            if (document.TryGet(key, out var store) && !document.TryGet(SettingPath.Join(SettingPath.Join("store", store.Value), "type"), out _) && store.Value.IndexOf("%{", StringComparison.Ordinal) < 0)
                problems.Add($"'{key}' ({CallOf(calls, key)}): there is no store '{store.Value}'.");
        }

        if (document.TryGet("storage.directory", out var active) && !document.TryGet(SettingPath.Join(SettingPath.Join("directory", active.Value), "type"), out _) && active.Value.IndexOf("%{", StringComparison.Ordinal) < 0)
            problems.Add($"'storage.directory' ({CallOf(calls, "storage.directory")}): there is no directory '{active.Value}'.");
    }

    private static void Find(DeclaredPrincipal principal, Dictionary<string, string> calls, List<string> problems)
    {
        if (principal.Name.Value.Length == 0)
            problems.Add($"'{principal.Name.Key}' ({CallOf(calls, principal.Name.Key)}): the name is empty.");
        foreach (var secret in principal.Secrets)
        {
            if (secret.Value.IndexOf("%{", StringComparison.Ordinal) >= 0)
                problems.Add($"'{secret.Key}' ({CallOf(calls, secret.Key)}): the management API fills no macros in; use a hash.");
        }
    }
}
