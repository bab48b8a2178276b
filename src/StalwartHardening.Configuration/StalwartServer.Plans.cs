using System.Text;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

// The same server for the generation that takes plans.
public sealed partial class StalwartServer
{
    /// <summary>Begins a server (<c>server.hostname</c>) for the generations that are named: <c>Build()</c> refuses what one of them cannot say.</summary>
    /// <param name="hostname">The name it introduces itself with.</param>
    /// <param name="generation">Which servers it is for.</param>
    [CreatesServer]
    [Setting("server.hostname", Value = "{hostname}")]
    [Setting(ServerPlan.GenerationKey, Value = "{generation}")]
    public static partial StalwartServerBuilder CreateBuilder(string hostname, ServerGeneration generation);

    /// <summary>What a plan does not hold because it is outside of the server's objects, in its environment or in <c>config.json</c>: one sentence each, with the setting and the call.</summary>
    public IReadOnlyList<string> PlanNotes => ServerPlan.Create(_document, reconciles: true, PlanTarget).Notes.Select(note => Describe(note.Key, note.Value)).ToList();

    /// <summary>The server as a plan: JSON, one operation a line. Accounts and roles are objects in it.</summary>
    /// <param name="style">What becomes of what the server has besides.</param>
    /// <exception cref="InvalidServerException">A plan cannot say something that the server says.</exception>
    public string ToPlan(PlanStyle style = PlanStyle.Reconcile)
    {
        BuildReport.Current?.Add(JudgeWith, null);
        return Plan(style);
    }

    /// <summary>Writes the server as a plan, whole or not at all: readers see the old file until the new one is complete.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="style">What becomes of what the server has besides.</param>
    /// <exception cref="InvalidServerException">A plan cannot say something that the server says.</exception>
    public void WritePlan(string path, PlanStyle style = PlanStyle.Reconcile) => WritePlan(path, ConfigurationFileMode.Default, style);

    /// <summary>Writes the server as a plan, whole or not at all, with permissions of its own from the first moment on.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="mode">Who may read and write it, on Unix; Windows ignores it.</param>
    /// <param name="style">What becomes of what the server has besides.</param>
    /// <exception cref="InvalidServerException">A plan cannot say something that the server says.</exception>
    public void WritePlan(string path, ConfigurationFileMode mode, PlanStyle style = PlanStyle.Reconcile)
    {
        var bytes = EncodePlan(style);
        BuildReport.Current?.Add(JudgeWith, path);
        AtomicFile.Write(path, bytes, mode);
    }

    /// <summary>Writes the server as a plan to a stream, as UTF-8 without a byte order mark; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="style">What becomes of what the server has besides.</param>
    /// <exception cref="InvalidServerException">A plan cannot say something that the server says.</exception>
    public void WritePlan(Stream stream, PlanStyle style = PlanStyle.Reconcile)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        var bytes = EncodePlan(style);
        BuildReport.Current?.Add(JudgeWith, null);
        stream.Write(bytes, 0, bytes.Length);
    }

    /// <summary>Writes the server as a plan, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="style">What becomes of what the server has besides.</param>
    /// <param name="cancellationToken">Gives up; the old file stays as it is.</param>
    /// <exception cref="InvalidServerException">A plan cannot say something that the server says.</exception>
    public Task WritePlanAsync(string path, PlanStyle style = PlanStyle.Reconcile, CancellationToken cancellationToken = default)
    {
        var bytes = EncodePlan(style);
        BuildReport.Current?.Add(JudgeWith, path);
        return AtomicFile.WriteAsync(path, bytes, ConfigurationFileMode.Default, cancellationToken);
    }

    private static ReadingTarget PlanTarget => new(PlanGeneration.Instance.Newest);

    /// <summary>What a plan cannot say, one sentence each.</summary>
    internal IReadOnlyList<string> PlanProblems() => [.. ServerPlan.Create(_document, reconciles: true, PlanTarget).Problems.Select(problem => Describe(problem.Key, problem.Value))];

    private string Plan(PlanStyle style)
    {
        if (style is not (PlanStyle.Reconcile or PlanStyle.Upsert))
            throw new ArgumentOutOfRangeException(nameof(style), style, "This is not a style of a plan.");
        if (PlanProblems() is { Count: > 0 } problems)
            throw new InvalidServerException(problems, []);
        return ServerPlan.Create(_document, style == PlanStyle.Reconcile, PlanTarget).Text;
    }

    private byte[] EncodePlan(PlanStyle style) => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(Plan(style));

    private ServerFindings JudgePlan(JudgementOptions options, Severity severity)
    {
        var rules = options.ToRules(PlanGeneration.Instance);
        var plan = ServerPlan.Create(_document, reconciles: true, rules.Target);
        return ServerJudge.Judge(PlanGeneration.ReadPlan(plan.Text, rules.Target).Document, options, rules, severity, finding => LocateInPlan(plan, finding));
    }

    private IEnumerable<(ServerFinding Finding, Severity Severity)> JudgePlanWith(HardeningOptions options)
    {
        var target = PlanGeneration.Instance.Reads(options.Judgement.TargetVersion) ? options.Judgement.Target : options.Judgement.Target with { Version = PlanGeneration.Instance.Newest };
        var plan = ServerPlan.Create(_document, reconciles: true, target);
        return ServerJudge.Judge(PlanGeneration.ReadPlan(plan.Text, target).Document, options, finding => LocateInPlan(plan, finding));
    }

    // Findings lead back to the settings of the builder, and those to calls.
    private (string? Call, SourceLine? Place) LocateInPlan(ServerPlan plan, Finding finding) =>
        plan.SourceOf(finding.SettingKey, finding.Span) is { } setting ? _locate(setting.Key, setting.KeySpan) : default;

    private string Describe(Setting setting, string why) =>
        _locate(setting.Key, setting.KeySpan).Call is { } call ? $"'{setting.Key}' ({call}): {why}" : $"'{setting.Key}': {why}";
}
