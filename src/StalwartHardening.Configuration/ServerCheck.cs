using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Configuration;

/// <summary>What stands between a sheet of settings and a server: everything the server would refuse, ignore or read differently.</summary>
internal static class ServerCheck
{
    // What the server cannot use as it is written: SWH0001 and SWH0002 values, SWH0007 listeners.
    private static readonly string[] Refusals = ["SWH0001", "SWH0002", "SWH0007"];

    private static readonly string[] KnownStorage = ["storage.data", "storage.blob", "storage.fts", "storage.lookup"];

    public static StalwartServer Build(SettingsSheet sheet)
    {
        var problems = new List<string>(sheet.Problems);
        var calls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in sheet.Settings)
            calls[setting.Key] = setting.Call;

        var all = Lower(sheet, problems);
        CheckEach(all, calls, problems);
        var document = new SettingsDocument([.. all], all.Count, ServerVersion.Newest) { CountBeforeFirstProblem = all.Count };
        CheckReferences(document, calls, problems);
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(document, ServerVersion.Newest), Rules.JudgementOptions.Default))
        {
            if (Array.IndexOf(Refusals, finding.Rule.Id) >= 0)
                problems.Add($"'{finding.SettingKey}' ({Call(calls, finding.SettingKey)}): {finding.Message}");
        }

        var principals = DeclaredPrincipal.Read(document);
        foreach (var principal in principals)
            Check(principal, calls, problems);

        var settings = all.Where(static setting => !setting.Key.StartsWith(DeclaredPrincipal.Prefix, StringComparison.Ordinal)).ToList();
        var toml = "";
        if (problems.Count == 0)
        {
            toml = TomlText.Write(settings);
            Compare(toml, settings, calls, problems);
        }

        if (problems.Count > 0)
            throw new InvalidServerException(problems, []);
        var server = new StalwartServer(
            settings.ToDictionary(static setting => setting.Key, static setting => setting.Value, StringComparer.Ordinal),
            principals.Select(PrincipalJson.Of).ToList(),
            toml,
            document,
            new WrittenPlaces([.. sheet.Settings]).Of);
        if (sheet.Policy is { } policy && server.JudgeFrom(policy.Options, policy.Severity) is { Count: > 0 } findings)
            throw new InvalidServerException([], findings);
        return server;
    }

    private static List<Setting> Lower(SettingsSheet sheet, List<string> problems)
    {
        var written = sheet.Settings.Select(static (setting, index) => new Setting(setting.Key, setting.Value, WrittenPlaces.SpanOf(index), WrittenPlaces.SpanOf(index))).ToList();
        var unsaid = new List<KeyValuePair<Setting, string>>();
        var lowered = TypedAccessRules.Lower(written, unsaid).ToList();
        foreach (var problem in unsaid)
            problems.Add($"'{problem.Key.Key}' ({sheet.Settings.First(setting => setting.Key == problem.Key.Key).Call}): '{problem.Key.Value}': {problem.Value}.");
        foreach (var setting in sheet.Settings)
        {
            if (setting.Key.StartsWith(TypedAccessRules.Prefix, StringComparison.Ordinal)
                && (setting.Key.EndsWith(".answer", StringComparison.Ordinal) || setting.Key.EndsWith(".otherwise", StringComparison.Ordinal))
                && !(int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and <= 999))
                problems.Add($"'{setting.Key}' ({setting.Call}): '{setting.Value}' is no status, so the server would let the request through.");
            if (setting.Key == TypedAccessRules.Key && written.Exists(static other => other.Key.StartsWith(TypedAccessRules.Prefix, StringComparison.Ordinal)))
                problems.Add($"'{setting.Key}' ({setting.Call}): there are access rules too; write one or the other.");
        }

        return lowered;
    }

    private static void CheckEach(List<Setting> settings, Dictionary<string, string> calls, List<string> problems)
    {
        foreach (var setting in settings)
        {
            if (setting.Value is null || setting.Key.IndexOf(Setting.UnknownPart) >= 0 || setting.Value.IndexOf(Setting.UnknownPart) >= 0)
                problems.Add($"'{setting.Key}' ({Call(calls, setting.Key)}): the value is null or holds the object replacement character.");
            else if (OpensMacroForEver(setting.Value))
                problems.Add($"'{setting.Key}' ({Call(calls, setting.Key)}): a macro is opened and never closed; the server would not stop reading it.");
        }
    }

    // config/mod.rs: behind a closed macro, an open one without its end is looked for for ever.
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

    private static void CheckReferences(SettingsDocument document, Dictionary<string, string> calls, List<string> problems)
    {
        // boot.rs: if one role resolves to no store, none is used.
        foreach (var key in KnownStorage)
        {
            if (document.TryGet(key, out var store) && !document.TryGet("store." + store.Value + ".type", out _) && store.Value.IndexOf("%{", StringComparison.Ordinal) < 0)
                problems.Add($"'{key}' ({Call(calls, key)}): there is no store '{store.Value}'.");
        }

        if (document.TryGet("storage.directory", out var active) && !document.TryGet("directory." + active.Value + ".type", out _) && active.Value.IndexOf("%{", StringComparison.Ordinal) < 0)
            problems.Add($"'storage.directory' ({Call(calls, "storage.directory")}): there is no directory '{active.Value}'.");
    }

    private static void Check(DeclaredPrincipal principal, Dictionary<string, string> calls, List<string> problems)
    {
        if (principal.Name.Value.Length == 0)
            problems.Add($"'{principal.Name.Key}' ({Call(calls, principal.Name.Key)}): the name is empty.");
        foreach (var secret in principal.Secrets)
        {
            if (secret.Value.IndexOf("%{", StringComparison.Ordinal) >= 0)
                problems.Add($"'{secret.Key}' ({Call(calls, secret.Key)}): the management API fills no macros in; use a hash.");
        }
    }

    private static void Compare(string toml, List<Setting> settings, Dictionary<string, string> calls, List<string> problems)
    {
        var read = ServerTomlReader.Read(toml, ServerVersion.Newest);
        foreach (var problem in read.Problems)
            problems.Add($"The server would not read what was written (line {problem.Line}): {problem.Message}");
        foreach (var setting in settings)
        {
            if (!read.TryGet(setting.Key, out var same) || same.Value != setting.Value)
                problems.Add($"'{setting.Key}' ({Call(calls, setting.Key)}): this cannot be written so that the server reads it back.");
        }

        if (problems.Count == 0 && read.Count != settings.Count)
            problems.Add("The server would read settings that were not written.");
    }

    private static string Call(Dictionary<string, string> calls, string key) =>
        calls.TryGetValue(key, out var call) ? call : key == TypedAccessRules.Key ? "AccessRules" : "Set";
}
