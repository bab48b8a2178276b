using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Where a rule depends on what the reader could not see. Where none does, nobody need know that something was not seen.</summary>
/// <param name="options">What the servers are judged by.</param>
/// <param name="trials">How many judgements all that is asked here may take; null for those of one server.</param>
/// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
internal sealed class SightLosses(JudgementOptions options, Budget? trials, CancellationToken cancellationToken)
{
    private const string Advice = "Write it where the compiler sees it, or check what was built: server.Judge().";
    private const string TextAdvice = "Write it where the compiler sees it, or check the text that is written: stalwart-harden check.";

    /// <summary>How many judgements it may take to find out what depends on what is not known.</summary>
    public const int MaxTrials = 2_000;

    private const int MaxTrialsOfOne = 400;

    private readonly Budget _trials = trials ?? new Budget(MaxTrialsOfOne);

    // What decides the rules about listeners, about the way in over HTTP and about administrators.
    private static readonly string[] WholeValues =
        ["[::]:143", "[::]:110", "[::]:587", "[::]:8080", "[::]:465", "[::]:993", "[::]:443", "imap", "pop3", "smtp", "http", "true", "false", "admin", "200", "individual"];

    private static readonly string[] Addresses = ["[::]:143", "[::]:110", "[::]:587", "[::]:8080", "[::]:465", "[::]:993", "[::]:443"];
    private static readonly string[] Protocols = ["imap", "pop3", "smtp", "http"];
    private static readonly string[] Switches = ["false", "true"];
    private static readonly string[] Parts = ["143", "110", "587", "8080", "465", "993", "443", "[::]", "127.0.0.1", "admin", "imap", "http"];

    /// <summary>The findings about one way through a program that say so.</summary>
    /// <param name="server">What the way writes.</param>
    /// <param name="findings">What is found in it.</param>
    /// <param name="all">What is found on all ways of the same program.</param>
    public IEnumerable<Finding> In(WrittenServer server, IReadOnlyList<Finding> findings, IReadOnlyList<Finding> all)
    {
        var said = new HashSet<(LostSightCause, string)>();
        foreach (var lost in server.Lost)
        {
            if (Decides(lost, server.Document, findings) && said.Add((lost.Cause, lost.What + lost.Scope)))
                yield return Create(lost);
        }

        if (!server.IsBegun)
            yield break;
        foreach (var group in UnknownValues(server.Document))
        {
            if (!IsFound(GroupOf(group[0].Key), all) && Decides(group, server.Document, findings))
            {
                yield return OfValue(group[0], Advice);
                // Where nobody can afford to find out, it is said once.
                if (_trials.IsSpent)
                    yield break;
            }
        }
    }

    /// <summary>The findings about a plan that say so: code that has it may write any operation.</summary>
    /// <param name="server">What the way writes.</param>
    public static IEnumerable<Finding> InPlan(WrittenServer server)
    {
        var said = new HashSet<(LostSightCause, string)>();
        foreach (var lost in server.Lost)
        {
            if (said.Add((lost.Cause, lost.What + lost.Scope)))
                yield return Create(lost);
        }
    }

    /// <summary>The findings that say so about a configuration in a text that the program fills in.</summary>
    /// <param name="document">The settings; what is filled in is not known.</param>
    /// <param name="findings">What is found in them.</param>
    public IEnumerable<Finding> InText(SettingsDocument document, IReadOnlyList<Finding> findings)
    {
        foreach (var group in UnknownValues(document))
        {
            if (!IsFound(GroupOf(group[0].Key), findings) && Decides(group, document, findings))
                yield return OfValue(group[0], TextAdvice);
        }
    }

    /// <summary>The finding that says that a text is not known.</summary>
    public static Finding OfText(SourceSpan span) =>
        Finding(span, "The text that is read as a server here is known only when the program runs", "", "what is in it", Advice);

    /// <summary>The finding that says that a switch from elsewhere decides.</summary>
    public static Finding OfSwitch(SourceSpan span) =>
        Finding(span, "This is decided by a value that is fixed in another assembly", "", "what depends on it", Advice);

    private static Finding Create(in LostSight lost) => lost.Cause switch
    {
        LostSightCause.Code => Finding(lost.Span, (lost.Scope.Length == 0 ? "The server" : "'{0}'") + " goes to " + lost.What + ", whose source is not here", lost.Scope, "what it writes", "Annotate it with [Setting], or check what was built: server.Judge()."),
        LostSightCause.Key => Finding(lost.Span, "Which setting is written here is known only when the program runs", "", "what depends on it", Advice),
        _ => Finding(lost.Span, "Following this any further would take too long", "", "what comes after it", "Judge what was built: server.Judge()."),
    };

    private static Finding OfValue(in Setting setting, string advice) =>
        Finding(setting.ValueSpan, "What '{0}' is set to is known only when the program runs", setting.Key, "what depends on it", advice);

    private static Finding Finding(SourceSpan span, string cause, string name, string lost, string advice) => Rules.Reading.LostSight.At(span, cause, name, lost, advice);

    // Code that has the server, or a listener of it, may open any door.
    private bool Decides(in LostSight lost, SettingsDocument document, IReadOnlyList<Finding> findings) =>
        lost.Cause == LostSightCause.Budget || lost.Scope.Length == 0 || SettingPath.IsAtOrBelow(lost.Scope, Listener.Family)
        || Differs(findings, With(document, static setting => setting, isComplete: true));

    // The settings whose values are not known, those of one listener or account together.
    private static List<List<Setting>> UnknownValues(SettingsDocument document)
    {
        var groups = new Dictionary<string, List<Setting>>(StringComparer.Ordinal);
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (setting.Value.IndexOf(Setting.UnknownPart) < 0)
                continue;
            var group = GroupOf(setting.Key);
            if (!groups.TryGetValue(group, out var list))
                groups.Add(group, list = []);
            list.Add(setting);
        }

        return [.. groups.Values];
    }

    private static string GroupOf(string key)
    {
        return SettingPath.ChildOf(SettingPath.IsBelow(key, Listener.Family) ? Listener.Family : SettingPath.FirstPart(key), key);
    }

    // What has a finding, on whichever way, has not been lost.
    private static bool IsFound(string group, IReadOnlyList<Finding> findings) =>
        findings.Any(finding => IsDecisive(finding) && SettingPath.IsAtOrBelow(finding.SettingKey, group));

    private bool Decides(List<Setting> unknown, SettingsDocument document, IReadOnlyList<Finding> findings)
    {
        var tried = 0;
        foreach (var first in Completions(unknown[0]))
        {
            var second = unknown.Count > 1 ? Completions(unknown[1]) : [""];
            foreach (var other in second)
            {
                if (++tried > MaxTrialsOfOne || !_trials.Spend())
                    return true;
                if (Differs(findings, With(document, setting => setting.Key == unknown[0].Key ? setting with { Value = first } : unknown.Count > 1 && setting.Key == unknown[1].Key ? setting with { Value = other } : setting, document.IsComplete)))
                    return true;
            }
        }

        return false;
    }

    // Each is a judgement of the whole server while somebody types: only what may stand there is tried.
    private static IEnumerable<string> Completions(in Setting setting)
    {
        var value = setting.Value;
        if (value.Length > 1)
            return Parts.Select(part => value.Replace(Setting.UnknownPart.ToString(), part)).Concat(value.IndexOf(Setting.UnknownPart) < value.LastIndexOf(Setting.UnknownPart) ? Parts.Select(part => Address(value, part)) : []);
        return SettingPath.LastPart(SettingPath.WithoutIndexes(setting.Key)) switch
        {
            "bind" => Addresses,
            "protocol" => Protocols,
            "implicit" or "enable" => Switches,
            _ => WholeValues,
        };
    }

    // What is unknown in several places may be a host and its port.
    private static string Address(string value, string port)
    {
        var last = value.LastIndexOf(Setting.UnknownPart);
        return value.Substring(0, last).Replace(Setting.UnknownPart.ToString(), "[::]") + port + value.Substring(last + 1);
    }

    private static SettingsDocument With(SettingsDocument document, Func<Setting, Setting> change, bool isComplete)
    {
        var settings = new Setting[document.Count];
        var count = 0;
        foreach (ref readonly var setting in document.InTextOrder)
            settings[count++] = change(setting);
        return document.WithSettings(settings, count) with { IsComplete = isComplete, OpenPrefixes = isComplete ? [] : document.OpenPrefixes };
    }

    private bool Differs(IReadOnlyList<Finding> findings, SettingsDocument other)
    {
        var known = new HashSet<string>(findings.Where(IsDecisive).Select(static finding => finding.Rule.Id + finding.SettingKey), StringComparer.Ordinal);
        return ConfigurationJudge.Judge(Generation.ReadServer(other, options.TargetVersion), options, cancellationToken).Any(finding => IsDecisive(finding) && !known.Contains(finding.Rule.Id + finding.SettingKey));
    }

    private static bool IsDecisive(Finding finding) => finding.Rule.Category != RuleCategory.Reading && finding.Severity >= RuleSeverity.Warning;
}
