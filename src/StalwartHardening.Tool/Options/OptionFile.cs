using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Options;

/// <summary>
/// <c>stalwart-harden.toml</c>, the tool's own options beside the configurations they are for. Read with the server's own reader:
/// one TOML in the house is enough.
/// </summary>
internal sealed class OptionFile
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "stalwart-harden.toml";

    private static readonly string[] Names = ["target_version", "server_state", "cli_version", "allowed_ports", "http_access_control", "admin_from", "min_severity", "preset", "only", "baseline"];

    private const string SeverityTable = "severity";
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<IgnoredFinding> _ignored = [];

    private OptionFile(string path)
    {
        FilePath = path;
    }

    /// <summary>Where it is.</summary>
    public string FilePath { get; }

    /// <summary>What counts as loud enough to be reported; null where it does not say.</summary>
    public RuleSeverity? MinimumSeverity { get; private set; }

    /// <summary>The preset; null where it does not say.</summary>
    public Preset? Preset { get; private set; }

    /// <summary>The rules to be heard; null for all.</summary>
    public HashSet<string>? Only { get; private set; }

    /// <summary>The baseline, as a full path; null where there is none.</summary>
    public string? Baseline { get; private set; }

    /// <summary>The findings that are meant to stay.</summary>
    public IReadOnlyList<IgnoredFinding> Ignored => _ignored;

    /// <summary>The value of one of the options that the compiler knows too; null where it is not set.</summary>
    public string? ValueOf(string name) => _values.GetValueOrDefault(name);

    /// <summary>Understands the text of the file at <paramref name="path"/>.</summary>
    /// <exception cref="UsageException">It says something that cannot be.</exception>
    public static OptionFile Parse(string text, string path)
    {
        // The server wants a line break at the very end; nobody has to know that to write this file.
        var document = new TomlFileSyntax(ServerVersion.Newest).Read(InQuotes(text));
        var file = new OptionFile(path);
        if (document.Problems.Count > 0)
            throw new UsageException($"{path}({document.Problems[0].Line}): {document.Problems[0].Message}");
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        file._ignored.AddRange(IgnoredFinding.ReadAll(document, path));
        for (var i = 0; i < document.Count; i++)
        {
            var setting = document[i];
            if (IgnoredFinding.IsPartOfOne(setting.Key))
                continue;
            var key = SettingPath.ListOf(setting.Key);
            if (!lists.TryGetValue(key, out var list))
                lists.Add(key, list = []);
            list.Add(setting.Value);
        }

        foreach (var (key, list) in lists)
            file.Take(key, list);
        return file;
    }

    // What a .globalconfig says without quotes may be copied as it is: stalwart_hardening.http_access_control = in_database.
    private static string InQuotes(string text)
    {
        var result = new System.Text.StringBuilder(text.Length + 16);
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            var sign = line.IndexOf('=', StringComparison.Ordinal);
            var value = sign < 0 ? "" : line[(sign + 1)..].Trim();
            if (line.TrimStart().StartsWith(HardeningOptions.Prefix, StringComparison.OrdinalIgnoreCase) && value.Length > 0 && value.AsSpan().IndexOfAny("\"'[{#") < 0)
                result.Append(line, 0, sign).Append("= \"").Append(value).Append('"').Append('\n');
            else
                result.Append(line).Append('\n');
        }

        return result.ToString();
    }

    private void Take(string key, List<string> list)
    {
        var value = string.Join(", ", list);
        // The name that projects use is understood here too.
        key = HardeningOptions.WithoutPrefix(key);
        switch (key)
        {
            case "target_version":
                if (!ServerVersion.TryParse(value, out _))
                    throw Wrong(key, value, HardeningOptions.AllowedVersions(value));
                _values[HardeningOptions.TargetVersionName] = value;
                break;
            case "server_state":
                _values[HardeningOptions.ServerStateName] = value;
                ReportProblem(key, value);
                break;
            case "cli_version":
                _values[HardeningOptions.CliVersionName] = value;
                ReportProblem(key, value);
                break;
            case "allowed_ports":
                _values[HardeningOptions.AllowedPortsName] = value;
                ReportProblem(key, value);
                break;
            case "http_access_control":
                _values[HardeningOptions.HttpAccessControlName] = value;
                ReportProblem(key, value);
                break;
            case "admin_from":
                _values[HardeningOptions.AdminFromName] = value;
                ReportProblem(key, value);
                break;
            case "min_severity":
                MinimumSeverity = Thresholds.TryParse(value, out var severity) ? severity : throw Wrong(key, value, Thresholds.Names);
                break;
            case "preset":
                Preset = Presets.TryParse(value, out var preset) ? preset : throw Wrong(key, value, Presets.Names);
                break;
            case "only":
                Only = [];
                if (RuleSelection.AddTo(Only, value) is { } unknown)
                    throw Wrong(key, unknown, "rules by id (\"SWH1001\"), name or the beginning of an id (\"SWH1\")");
                break;
            case "baseline":
                Baseline = Path.GetFullPath(value, Path.GetDirectoryName(FilePath) ?? ".");
                break;
            default:
                if (!SettingPath.IsBelow(key, SeverityTable))
                    throw new UsageException($"{FilePath}: unknown option '{Printable.Text(key)}'{Suggestion.For(key, Names)} Options are target_version, server_state, cli_version, allowed_ports, http_access_control, admin_from, min_severity, preset, only, baseline, severity.SWHnnnn or [[ignore]].");
                if (RuleCatalog.Find(SettingPath.Relative(key, SeverityTable)) is not { } rule)
                    throw new UsageException($"{FilePath}: unknown rule '{Printable.Text(SettingPath.Relative(key, SeverityTable))}'{Suggestion.ForRule(SettingPath.Relative(key, SeverityTable))}");
                _values[HardeningOptions.SeverityPrefix + rule.Id] = value;
                ReportProblem(key, value);
                break;
        }
    }

    private void ReportProblem(string key, string value)
    {
        if (HardeningOptions.Read(ValueOf).Judgement.Problems is [var problem, ..])
            throw Wrong(key, value, problem.Allowed);
    }

    private UsageException Wrong(string key, string value, string allowed) =>
        new($"{FilePath}: '{Printable.Text(value)}' is not a value of '{key}'; it can be {allowed}.");
}
