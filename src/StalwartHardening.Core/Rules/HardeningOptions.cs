using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>
/// The options people write (<c>stalwart_hardening.target_version = 0.14</c>), understood. The compiler reads them
/// from <c>.globalconfig</c> and <c>[*.toml]</c> sections, the tool from the same files; both end up here.
/// </summary>
internal sealed class HardeningOptions
{
    /// <summary>What every option's name begins with.</summary>
    public const string Prefix = "stalwart_hardening.";

    /// <summary>The name of an option as an option file may have it: <c>target_version</c> for both <c>target_version</c> and <c>stalwart_hardening.target_version</c>.</summary>
    public static string WithoutPrefix(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name.Substring(Prefix.Length) : name;

    /// <summary>The server version that will read the configuration.</summary>
    public const string TargetVersionName = Prefix + "target_version";

    /// <summary>Ports that stay as they are.</summary>
    public const string AllowedPortsName = Prefix + "allowed_ports";

    /// <summary>Where HTTP access control is kept.</summary>
    public const string HttpAccessControlName = Prefix + "http_access_control";

    /// <summary>What the server is before a plan runs.</summary>
    public const string ServerStateName = Prefix + "server_state";

    /// <summary>The version of <c>stalwart-cli</c> that applies a plan.</summary>
    public const string CliVersionName = Prefix + "cli_version";

    /// <summary>Networks that the server is administered from.</summary>
    public const string AdminFromName = Prefix + "admin_from";

    /// <summary>What the names of the severity options begin with; the id of a rule follows.</summary>
    public const string SeverityPrefix = Prefix + "severity.";

    /// <summary>The metadata of a project item that says the target version of that one file.</summary>
    public const string TargetVersionMetadata = "TargetVersion";

    /// <summary>The metadata of a project item that says what the server of that one plan is before the run.</summary>
    public const string ServerStateMetadata = "ServerState";

    /// <summary>The MSBuild property that says the target version of a whole project.</summary>
    public const string TargetVersionProperty = "StalwartHardeningTargetVersion";

    /// <summary>The MSBuild property that says what the servers of a whole project are before plans run.</summary>
    public const string ServerStateProperty = "StalwartHardeningServerState";

    /// <summary>The MSBuild property that says which <c>stalwart-cli</c> applies the plans of a whole project.</summary>
    public const string CliVersionProperty = "StalwartHardeningCliVersion";

    /// <summary>What a target version can be, in words.</summary>
    private const string KnownVersions = "a server version from 0.5 to 0.16, such as 0.15, 0.13.1 or 0.16.7";

    /// <summary>Which versions there are, for somebody who has written <paramref name="text"/> instead.</summary>
    public static string AllowedVersions(string text) =>
        Version.TryParse(text, out var version) && version >= new Version(0, 17) ? KnownVersions + " (newer servers: use 0.16 until a later release of this tool knows them)" : KnownVersions;


    private const string AllowedPorts = "port numbers from 1 to 65535, separated by commas or blanks";
    private const string AllowedPlaces = "in_file or in_database";
    private const string AllowedNetworks = "addresses or networks, such as 10.0.0.0/8 or 2001:db8:1::/48, separated by commas or blanks; an IPv6 prefix ends between two groups, none of them zero";
    private const string AllowedSeverities = "none, info, suggestion, warning or error";
    private const string AllowedStates = "fresh, existing or recovery_first";
    private const string AllowedTools = "a version of stalwart-cli, such as 1.0 or 1.0.3";
    private const string AllowedNames = "target_version, server_state, cli_version, allowed_ports, http_access_control, admin_from and severity.SWHnnnn";

    private readonly IReadOnlyDictionary<string, RuleSeverity> _severities;

    private HardeningOptions(JudgementOptions judgement, IReadOnlyDictionary<string, RuleSeverity> severities)
    {
        Judgement = judgement;
        _severities = severities;
    }

    /// <summary>What the rules have to know.</summary>
    public JudgementOptions Judgement { get; }

    /// <summary>The same options for several plans that are one run (<see cref="JudgementOptions.IsJoined"/>).</summary>
    public HardeningOptions ForJoinedPlans() => new(Judgement with { IsJoined = true }, _severities) { StatesTargetVersion = StatesTargetVersion };

    /// <summary>Whether somebody says which version the server has. Without it a text is for the newest version that reads what it is written in.</summary>
    public bool StatesTargetVersion { get; private init; }

    /// <summary>Reads the options. What cannot be understood becomes a problem in <see cref="JudgementOptions.Problems"/> and counts as not set.</summary>
    /// <param name="valueOf">The value of an option, or null; the callback compares names without case.</param>
    /// <param name="names">The names of all options that are set, others' too, so that misspelled ones of ours come to light; null where nobody knows them.</param>
    /// <param name="targetVersion">The target version a project item states for the file; it wins over the option.</param>
    /// <param name="serverState">The server's state a project item states for the plan; it wins over the option.</param>
    /// <param name="propertyOf">The value of an MSBuild property of the project, or null; any option wins over it.</param>
    public static HardeningOptions Read(
        Func<string, string?> valueOf,
        IEnumerable<string>? names = null,
        string? targetVersion = null,
        string? serverState = null,
        Func<string, string?>? propertyOf = null)
    {
        var problems = new List<OptionProblem>();
        var target = Said((TargetVersionMetadata, targetVersion), TargetVersionName, TargetVersionProperty);
        var judgement = new JudgementOptions
        {
            TargetVersion = ReadVersion(target, problems),
            ServerState = ReadState(Said((ServerStateMetadata, serverState), ServerStateName, ServerStateProperty), problems),
            ToolPatch = ReadTool(Said(default, CliVersionName, CliVersionProperty), problems),
            AllowedPorts = ReadPorts(valueOf(AllowedPortsName), problems),
            HttpAccessControl = ReadPlace(valueOf(HttpAccessControlName), problems),
            AdministrationNetworks = ReadNetworks(valueOf(AdminFromName), problems),
        };
        var severities = ReadSeverities(valueOf, problems);
        if (names is not null)
            FindUnknownNames(names, valueOf, problems);
        return new HardeningOptions(problems.Count == 0 ? judgement : judgement with { Problems = problems }, severities) { StatesTargetVersion = !string.IsNullOrWhiteSpace(target.Text) };

        // The nearest word counts: the item's, the option's, the project's.
        (string Name, string? Text) Said((string Name, string? Text) item, string option, string property)
        {
            if (!string.IsNullOrWhiteSpace(item.Text))
                return item;
            return valueOf(option) is { } text && !string.IsNullOrWhiteSpace(text) ? (option, text) : (property, propertyOf?.Invoke(property));
        }
    }

    /// <summary>What somebody decided for the rule, or null.</summary>
    public RuleSeverity? SeverityOf(Rule rule) => _severities.TryGetValue(rule.Id, out var severity) ? severity : null;

    /// <summary>
    /// How loud <paramref name="finding"/> is here. A finding that is quieter than its rule (something is only
    /// possible, not certain) gets no louder by what was decided for the rule.
    /// </summary>
    public RuleSeverity SeverityOf(Finding finding)
    {
        if (SeverityOf(finding.Rule) is not { } decided)
            return finding.Severity;
        return finding.SeverityOverride is { } own && own < decided && own < finding.Rule.Severity ? own : decided;
    }

    private static ServerVersion ReadVersion((string Name, string? Text) said, List<OptionProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(said.Text))
            return ServerVersion.Newest;
        if (!ServerVersion.TryParse(said.Text, out var version))
            problems.Add(new OptionProblem(said.Name, said.Text!, AllowedVersions(said.Text!)));
        return version;
    }

    private static ServerState? ReadState((string Name, string? Text) said, List<OptionProblem> problems)
    {
        switch (said.Text?.Trim().Replace('-', '_').ToLowerInvariant())
        {
            case null or "":
                return null;
            case "fresh":
                return ServerState.Fresh;
            case "existing":
                return ServerState.Existing;
            case "recovery_first" or "recoveryfirst":
                return ServerState.RecoveryFirst;
            default:
                problems.Add(new OptionProblem(said.Name, said.Text, AllowedStates));
                return null;
        }
    }

    private static int ReadTool((string Name, string? Text) said, List<OptionProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(said.Text))
            return int.MaxValue;
        var parts = said.Text!.Trim().TrimStart('v', 'V').Split('.');
        if (parts.Length is 2 or 3 && parts[0] == "1" && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            // Whatever follows 1.0 knows all that its newest patch does.
            if (minor > 0 || parts.Length == 2 || parts[2] is "x" or "*")
                return int.MaxValue;
            if (int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var patch))
                return patch;
        }

        problems.Add(new OptionProblem(said.Name, said.Text, AllowedTools));
        return int.MaxValue;
    }

    private static List<int> ReadPorts(string? text, List<OptionProblem> problems)
    {
        var ports = new List<int>();
        if (string.IsNullOrWhiteSpace(text))
            return ports;
        foreach (var word in text!.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
                ports.Add(port);
            else
                problems.Add(new OptionProblem(AllowedPortsName, word, AllowedPorts));
        }

        return ports;
    }

    private static List<string> ReadNetworks(string? text, List<OptionProblem> problems)
    {
        var networks = new List<string>();
        if (string.IsNullOrWhiteSpace(text))
            return networks;
        foreach (var word in text!.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NetworkCondition.TryWrite(word, out _))
                networks.Add(word);
            else
                problems.Add(new OptionProblem(AdminFromName, word, AllowedNetworks));
        }

        return networks;
    }

    private static HttpAccessControlPlace ReadPlace(string? text, List<OptionProblem> problems)
    {
        switch (text?.Trim().ToLowerInvariant())
        {
            case null or "":
                return HttpAccessControlPlace.Unsaid;
            case "in_file":
                return HttpAccessControlPlace.InFile;
            case "in_database":
                return HttpAccessControlPlace.InDatabase;
            default:
                problems.Add(new OptionProblem(HttpAccessControlName, text, AllowedPlaces));
                return HttpAccessControlPlace.Unsaid;
        }
    }

    private static Dictionary<string, RuleSeverity> ReadSeverities(Func<string, string?> valueOf, List<OptionProblem> problems)
    {
        var severities = new Dictionary<string, RuleSeverity>(StringComparer.Ordinal);
        foreach (var rule in RuleCatalog.All)
        {
            var name = SeverityPrefix + rule.Id;
            var text = valueOf(name);
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (Severities.TryParse(text!, out var severity))
                severities[rule.Id] = severity;
            else
                problems.Add(new OptionProblem(name, text!, AllowedSeverities));
        }

        return severities;
    }

    private static void FindUnknownNames(IEnumerable<string> names, Func<string, string?> valueOf, List<OptionProblem> problems)
    {
        foreach (var name in names)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || IsKnown(name))
                continue;
            var allowed = name.StartsWith(SeverityPrefix, StringComparison.OrdinalIgnoreCase)
                ? "the id of a rule after '" + SeverityPrefix + "'"
                : "one of the options " + AllowedNames;
            problems.Add(new OptionProblem(name, valueOf(name) ?? "", allowed));
        }
    }

    private static bool IsKnown(string name) =>
        name.Equals(TargetVersionName, StringComparison.OrdinalIgnoreCase)
        || name.Equals(ServerStateName, StringComparison.OrdinalIgnoreCase)
        || name.Equals(CliVersionName, StringComparison.OrdinalIgnoreCase)
        || name.Equals(AllowedPortsName, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HttpAccessControlName, StringComparison.OrdinalIgnoreCase)
        || name.Equals(AdminFromName, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith(SeverityPrefix, StringComparison.OrdinalIgnoreCase)
            && RuleCatalog.Find(name.Substring(SeverityPrefix.Length)) is not null);
}
