using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using Core = StalwartHardening.Rules;

namespace StalwartHardening.Configuration;

/// <summary>What a configuration cannot say about its own server, and what its owner has decided.</summary>
/// <example>
/// <code>
/// var options = new JudgementOptions { TargetVersion = new Version(0, 13) }
///     .Accept("SWH1003", because: "phones that only speak STARTTLS", setting: "server.listener.submission");
/// var findings = server.Build().Judge(options);
/// </code>
/// </example>
public sealed class JudgementOptions
{
    private readonly List<AcceptedFinding> _accepted = [];

    /// <summary>The server version that will read the configuration, 0.5 to 0.15 for TOML and from 0.16 on for plans; null for the newest. Without a third part it is the newest patch.</summary>
    public Version? TargetVersion { get; set; }

    /// <summary>Ports whose listeners SWH1001 to SWH1005 and SWH1008 leave alone.</summary>
    public ICollection<int> AllowedPorts { get; } = [];

    /// <summary>What the server is before a plan is applied to it; null for a new one that has booted once, unless the plan itself shows otherwise.</summary>
    public ServerState? ServerState { get; set; }

    /// <summary>Where the server keeps its HTTP access control.</summary>
    public HttpAccessControl HttpAccessControl { get; set; }

    /// <summary>The quietest findings to return; advice (<see cref="Severity.Info"/>) is left out unless this asks for it.</summary>
    public Severity MinimumSeverity { get; set; } = Severity.Warning;

    /// <summary>Takes findings back that are meant to stay.</summary>
    /// <param name="ruleId">The rule, for example <c>SWH1003</c>.</param>
    /// <param name="because">Why; a reason is required, and the next reader is grateful.</param>
    /// <param name="setting">Only about settings whose key is this or begins with it and a dot or slash, <c>server.listener.submission</c>, <c>NetworkListener/submission</c>; all where null.</param>
    /// <exception cref="ArgumentException">There is no such rule, or no reason.</exception>
    public JudgementOptions Accept(string ruleId, string because, string? setting = null)
    {
        if (RuleCatalog.Find(ruleId) is null)
            throw new ArgumentException($"There is no rule '{ruleId}'.", nameof(ruleId));
        if (string.IsNullOrWhiteSpace(because))
            throw new ArgumentException("A finding is accepted for a reason.", nameof(because));
        _accepted.Add(new AcceptedFinding(ruleId, setting));
        return this;
    }

    internal bool Accepts(string ruleId, string key)
    {
        foreach (var accepted in _accepted)
        {
            if (accepted.Covers(ruleId, key))
                return true;
        }

        return false;
    }

    internal Core.JudgementOptions ToRules(Generation generation) => new()
    {
        TargetVersion = Read(TargetVersion, generation),
        ServerState = ServerState switch
        {
            Configuration.ServerState.Fresh => Server.ServerState.Fresh,
            Configuration.ServerState.Existing => Server.ServerState.Existing,
            Configuration.ServerState.RecoveryFirst => Server.ServerState.RecoveryFirst,
            _ => null,
        },
        AllowedPorts = [.. AllowedPorts],
        HttpAccessControl = HttpAccessControl switch
        {
            HttpAccessControl.InConfiguration => HttpAccessControlPlace.InFile,
            HttpAccessControl.InDatabase => HttpAccessControlPlace.InDatabase,
            _ => HttpAccessControlPlace.Unsaid,
        },
    };

    internal static ServerVersion Read(Version? version, Generation generation)
    {
        if (version is null)
            return generation.Newest;
        var isPlan = generation is PlanGeneration;
        return ServerVersion.TryParse(version.ToString(version.Build < 0 ? 2 : 3), out var known) && (!isPlan || generation.Reads(known))
            ? known
            : throw new InvalidOperationException(string.Format(CultureInfo.InvariantCulture, "The target version is {0}; servers that read {1}.", version, isPlan ? "plans are 0.16" : "TOML are 0.5 to 0.15"));
    }

    private readonly record struct AcceptedFinding(string RuleId, string? Setting)
    {
        public bool Covers(string ruleId, string key) =>
            string.Equals(RuleId, ruleId, StringComparison.OrdinalIgnoreCase)
            && (Setting is null || SettingPath.CoversInAnyGeneration(Setting, key));
    }
}
