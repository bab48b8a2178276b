using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.OptionFiles;

/// <summary>
/// <c>stalwart-harden.toml</c>, the tool's own options beside the configurations they are for; builds take from it the findings that
/// are meant to stay. Read with the server's own reader: one TOML in the house is enough.
/// </summary>
internal sealed class OptionFile
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "stalwart-harden.toml";

    private static readonly string[] Names = ["target_version", "server_state", "cli_version", "allowed_ports", "http_access_control", "admin_from", "min_severity", "preset", "only", "baseline"];

    private const string SeverityTable = "severity";

    private static readonly char[] s_beginsValue = ['"', '\'', '[', '{', '#'];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<OptionFileProblem> _problems = [];

    private OptionFile()
    {
    }

    /// <summary>What in it cannot be, in the order of the text as far as possible. What is wrong is not in force.</summary>
    public IReadOnlyList<OptionFileProblem> Problems => _problems;

    /// <summary>What counts as loud enough to be reported; null where it does not say.</summary>
    public RuleSeverity? MinimumSeverity { get; private set; }

    /// <summary>The preset; null where it does not say.</summary>
    public Preset? Preset { get; private set; }

    /// <summary>The rules to be heard; null for all.</summary>
    public HashSet<string>? Only { get; private set; }

    /// <summary>The path of the baseline as it is written; null where there is none.</summary>
    public string? Baseline { get; private set; }

    /// <summary>The findings that are meant to stay.</summary>
    public IReadOnlyList<IgnoredFinding> Ignored { get; private set; } = [];

    /// <summary>The value of one of the options that the compiler knows too; null where it is not set.</summary>
    public string? ValueOf(string name) => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>Understands the text of an option file.</summary>
    public static OptionFile Parse(string text)
    {
        // The server wants a line break at the very end; nobody has to know that to write this file.
        var document = new TomlFileSyntax(ServerVersion.Newest).Read(InQuotes(text));
        var file = new OptionFile();
        foreach (var problem in document.Problems)
            file._problems.Add(new OptionFileProblem(problem.Line, problem.Message));

        // What cannot be read might have narrowed what can.
        if (document.Problems.Count > 0)
            return file;
        var lines = new LineTable(document.Text ?? "");
        file.Ignored = IgnoredFinding.ReadAll(document, lines, file._problems);
        var lists = new Dictionary<string, (int Line, List<string> Values)>(StringComparer.Ordinal);
        foreach (var setting in document.InTextOrder.ToArray())
        {
            if (IgnoredFinding.IsPartOfOne(setting.Key))
                continue;
            var key = SettingPath.ListOf(setting.Key);
            if (!lists.TryGetValue(key, out var list))
                lists.Add(key, list = (lines.LineOf(setting.KeySpan.Start), []));
            list.Values.Add(setting.Value);
        }

        foreach (var list in lists)
            file.Take(list.Key, list.Value.Line, list.Value.Values);
        return file;
    }

    // What a .globalconfig says without quotes may be copied as it is: stalwart_hardening.http_access_control = in_database.
    private static string InQuotes(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            var sign = line.IndexOf('=');
            var value = sign < 0 ? "" : line.Substring(sign + 1).Trim();
            if (line.TrimStart().StartsWith(HardeningOptions.Prefix, StringComparison.OrdinalIgnoreCase) && value.Length > 0 && value.IndexOfAny(s_beginsValue) < 0)
                result.Append(line, 0, sign).Append("= \"").Append(value).Append('"').Append('\n');
            else
                result.Append(line).Append('\n');
        }

        return result.ToString();
    }

    private void Take(string key, int line, List<string> list)
    {
        var value = string.Join(", ", list);
        // The name that projects use is understood here too.
        key = HardeningOptions.WithoutPrefix(key);
        switch (key)
        {
            case "target_version":
                if (ServerVersion.TryParse(value, out _))
                    _values[HardeningOptions.TargetVersionName] = value;
                else
                    Add(line, key, value, HardeningOptions.AllowedVersions(value));
                break;
            case "server_state":
                TakeShared(HardeningOptions.ServerStateName, line, key, value);
                break;
            case "cli_version":
                TakeShared(HardeningOptions.CliVersionName, line, key, value);
                break;
            case "allowed_ports":
                TakeShared(HardeningOptions.AllowedPortsName, line, key, value);
                break;
            case "http_access_control":
                TakeShared(HardeningOptions.HttpAccessControlName, line, key, value);
                break;
            case "admin_from":
                TakeShared(HardeningOptions.AdminFromName, line, key, value);
                break;
            case "min_severity":
                MinimumSeverity = Thresholds.TryParse(value, out var severity) ? severity : null;
                if (MinimumSeverity is null)
                    Add(line, key, value, Thresholds.Names);
                break;
            case "preset":
                Preset = Presets.TryParse(value, out var preset) ? preset : null;
                if (Preset is null)
                    Add(line, key, value, Presets.Names);
                break;
            case "only":
                Only = [];
                if (RuleSelection.AddTo(Only, value) is { } unknown)
                    Add(line, key, unknown, "rules by id (\"SWH1001\"), name or the beginning of an id (\"SWH1\")");
                break;
            case "baseline":
                Baseline = value;
                break;
            default:
                TakeSeverity(key, line, value);
                break;
        }
    }

    private void TakeSeverity(string key, int line, string value)
    {
        if (!SettingPath.IsBelow(key, SeverityTable))
            _problems.Add(new OptionFileProblem(line, $"unknown option '{Display.Text(key)}'{Suggestion.For(key, Names)} Options are target_version, server_state, cli_version, allowed_ports, http_access_control, admin_from, min_severity, preset, only, baseline, severity.SWHnnnn or [[ignore]]."));
        else if (RuleCatalog.Find(SettingPath.Relative(key, SeverityTable)) is { } rule)
            TakeShared(HardeningOptions.SeverityPrefix + rule.Id, line, key, value);
        else
            _problems.Add(new OptionFileProblem(line, $"unknown rule '{Display.Text(SettingPath.Relative(key, SeverityTable))}'{Suggestion.ForRule(SettingPath.Relative(key, SeverityTable))}"));
    }

    private void TakeShared(string name, int line, string key, string value)
    {
        _values[name] = value;
        if (HardeningOptions.Read(ValueOf).Judgement.Problems is not [var problem, ..])
            return;
        _values.Remove(name);
        Add(line, key, value, problem.Allowed);
    }

    private void Add(int line, string key, string value, string allowed) =>
        _problems.Add(new OptionFileProblem(line, $"'{Display.Text(value)}' is not a value of '{key}'; it can be {allowed}."));
}
