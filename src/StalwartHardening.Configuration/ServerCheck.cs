using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>What comes between a sheet of settings and a server: what Build() refuses, and the proof that the server reads back what is written.</summary>
internal static class ServerCheck
{
    public static StalwartServer Build(SettingsSheet sheet)
    {
        // Spans count the settings, so that findings lead back to calls.
        var writes = sheet.Writes.Select(static write => new BuilderWrite(
            new Setting(write.Setting.Key, write.Setting.Value, WrittenPlaces.SpanOf(write.Place), WrittenPlaces.SpanOf(write.Place)), write.Setting.Call)).ToList();
        var problems = new List<string>(sheet.Problems);
        problems.AddRange(sheet.FindMissing());
        problems.AddRange(BuildRefusals.Find(writes, out var all));
        var settings = all.Where(static setting => setting.Key != ServerPlan.GenerationKey && !SettingPath.IsBelow(setting.Key, DeclaredPrincipal.Family)).ToList();
        var toml = "";
        if (problems.Count == 0)
        {
            toml = TomlText.Write(settings);
            Compare(toml, settings, sheet, problems);
        }

        if (problems.Count > 0)
            throw new InvalidServerException(problems, []);
        var document = new SettingsDocument([.. all], all.Count, ServerVersion.Newest) 
        {
            CountBeforeFirstProblem = all.Count,
            AccessRules = TypedAccessRules.Of([.. sheet.Settings.Select(static setting => new Setting(setting.Key, setting.Value, default, default))]) is { Count: > 0 } rules ? rules : sheet.AccessRules,
        };
        var server = new StalwartServer(
            settings.ToDictionary(static setting => setting.Key, static setting => setting.Value, StringComparer.Ordinal),
            DeclaredPrincipal.Read(document).Select(PrincipalJson.From).ToList(),
            toml,
            document,
            new WrittenPlaces([.. sheet.Settings]).Of);
        if (ServerPlan.GenerationsOf(document).Plan && server.PlanProblems() is { Count: > 0 } unsaid)
            throw new InvalidServerException(unsaid, []);
        if (sheet.Policy is { } policy && server.JudgeFrom(policy.Options, policy.Severity) is { Count: > 0 } findings)
            throw new InvalidServerException([], findings);
        return server;
    }

    private static void Compare(string toml, List<Setting> settings, SettingsSheet sheet, List<string> problems)
    {
        var read = new TomlFileSyntax(ServerVersion.Newest).Read(toml);
        foreach (var problem in read.Problems)
            problems.Add($"The server would not read what was written (line {problem.Line}): {problem.Message}");
        var calls = sheet.Settings.ToDictionary(static setting => setting.Key, static setting => setting.Call, StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            if (!read.TryGet(setting.Key, out var same) || same.Value != setting.Value)
                problems.Add($"'{setting.Key}' ({BuildRefusals.CallOf(calls, setting.Key)}): this cannot be written so that the server reads it back.");
        }

        if (problems.Count == 0 && read.Count != settings.Count)
            problems.Add("The server would read settings that were not written.");
    }
}
