using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Rules.HttpAccess;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Deployments;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Checking;

/// <summary>Judges one file. Used by many threads.</summary>
internal sealed class FileJudge(OptionResolver resolver)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<Baseline>> _baselines = new(StringComparer.Ordinal);

    /// <summary>Whether baselines are left alone: a new one is written from everything that is found.</summary>
    public bool IgnoresBaselines { get; init; }

    /// <summary>Whether reports say which server they are about, for those who look for remedies; it takes memory.</summary>
    public bool KeepsServer { get; init; }

    /// <summary>Reads and judges <paramref name="file"/>.</summary>
    public FileReport Judge(InputFile file, CancellationToken cancellationToken = default) => Judge(file, InputText.Read(file), cancellationToken);

    /// <summary>Judges <paramref name="file"/> as if <paramref name="input"/> were in it.</summary>
    public FileReport Judge(InputFile file, InputText input, CancellationToken cancellationToken = default)
    {
        var options = resolver.For(file.FullPath, file.IsRun);
        if (input.Text is null && !file.IsNamed && !file.IsToml && input.IsNoText)
            return new FileReport(file) { IsForeign = true };
        if (input.Text is not { } text)
            return new FileReport(file) { Problem = new InputProblem(file.Path, input.Problem ?? "it cannot be read") };

        var judgement = options.Hardening.Judgement;
        if (!file.IsRun && DeploymentFile.Is(file))
            return JudgeDeployment(file, text, options);

        // Most JSON belongs to somebody else.
        if (!file.IsNamed && !file.IsToml && !PlanIdentification.MayBePlan(text))
            return new FileReport(file) { IsForeign = true };
        var server = ConfigurationReader.Read(text, judgement.Target, cancellationToken);
        if (!file.IsNamed && (!file.IsToml && !server.IsPlan || !Generation.For(server.Document.Version).LooksLikeStalwart(server.Document)))
            return new FileReport(file) { IsForeign = true };

        if (input.InvalidAt >= 0)
            server = Generation.ReadServer(WithEncodingProblem(server.Document, input.InvalidAt), server.Version);
        var findings = ConfigurationJudge.Judge(server, judgement, cancellationToken);
        return findings.Count == 0 ? new FileReport(file) { Gone = KnownFor(file, options).Count } : Report(file, text, server, findings, options);
    }

    // What starts a server from 0.16 on also says who recovers it.
    private FileReport JudgeDeployment(InputFile file, string text, EffectiveOptions options)
    {
        var entries = DeploymentFile.Read(file, text, out var problem);
        var server = ConfigurationReader.Read("", options.Hardening.Judgement.Target with { Version = ServerVersion.Newest });
        var findings = new List<Finding>();
        var hidden = new List<SourceSpan>();
        var isSet = false;
        foreach (var entry in entries)
        {
            if (entry.Name == RecoveryAdministrator.Variable)
            {
                isSet = true;
                findings.AddRange(RecoveryAdministrator.Judge(entry.Value, entry.NamePlace, entry.ValuePlace, "the file"));
                if (!entry.IsReference)
                {
                    var colon = text.AsSpan(entry.ValuePlace.Start, entry.ValuePlace.Length).IndexOf(':');
                    hidden.Add(new SourceSpan(entry.ValuePlace.Start + colon + 1, entry.ValuePlace.Length - colon - 1));
                }
            }
            else if (SecretKeys.IsNamed(entry.Name) && !entry.IsReference)
            {
                hidden.Add(entry.ValuePlace);
            }
        }

        if (problem is not null && !isSet)
            return new FileReport(file) { Problem = new InputProblem(file.Path, problem) };
        var note = isSet ? problem is null ? null : $"'{file.Path}': {problem}; everything before it was checked."
            : $"'{file.Path}': of a file that starts a server only the variable {RecoveryAdministrator.Variable} is looked at, and it sets none.";
        var report = findings.Count == 0 ? new FileReport(file) { Gone = KnownFor(file, options).Count } : Report(file, text, server, findings, options, new SecretMask(text, hidden));
        report.Note = note;
        return report;
    }

    private FileReport Report(InputFile file, string text, ServerConfiguration server, IReadOnlyList<Finding> findings, EffectiveOptions options, SecretMask? deployment = null)
    {
        var document = server.Document;
        var lines = new RunPlaces(file, text);
        var secrets = deployment ?? new SecretMask(document, text);
        var fingerprints = new Fingerprint();
        var known = KnownFor(file, options);
        var everything = new List<KnownFinding>(findings.Count);
        var reported = new List<ReportedFinding>(findings.Count);
        var quieter = 0;
        var old = 0;
        List<Finding>? accepted = KeepsServer ? [] : null;
        var heard = new List<(Finding Finding, RuleSeverity Severity, string Fingerprint)>(findings.Count);
        foreach (var finding in findings)
        {
            var fingerprint = fingerprints.Next(finding, document);
            var severity = options.Hardening.SeverityOf(finding);
            if (severity == RuleSeverity.None || !options.Wants(finding.Rule))
                continue;
            if (options.Ignores(finding))
            {
                accepted?.Add(finding);
                continue;
            }

            everything.Add(new KnownFinding(finding.Rule.Id, NameOf(finding, document, secrets), fingerprint));
            if (known.Remove(fingerprint))
            {
                old++;
                accepted?.Add(finding);
            }
            else if (severity < options.MinimumSeverity)
                quieter++;
            else
                heard.Add((finding, severity, fingerprint));
        }

        var prints = heard.ToDictionary(static one => one.Finding, static one => one.Fingerprint);
        foreach (var (finding, severity, merged) in FindingGroups.WithoutConsequences(heard.ConvertAll(static one => (one.Finding, one.Severity))))
        {
            var report = Report(finding, severity, prints[finding], lines, document, secrets) with { Why = deployment is null ? finding.Rule.WhyFor(server) : finding.Rule.WhyInPlan, Remedy = deployment is null ? finding.Rule.RemedyFor(server) : finding.Rule.RemedyInPlan, Entrance = EntranceOf(finding, server, lines), Source = KeepsServer ? finding : null };
            if (merged.Count > 0)
                report = report with { Related = [.. report.Related, .. merged.Select(other => new RelatedPlace(other.Span, lines.At(other.Span.Start), lines.At(other.Span.End)))] };
            reported.Add(report);
        }

        return new FileReport(file)
        {
            Findings = reported,
            Everything = everything,
            Quieter = quieter,
            Known = old,
            Gone = known.Count,
            Text = text,
            Lines = lines.Parts[0].Lines,
            Secrets = secrets,
            Server = KeepsServer ? server : null,
            Options = options.Hardening.Judgement,
            Accepted = accepted ?? [],
        };
    }

    private static ReportedFinding Report(Finding finding, RuleSeverity severity, string fingerprint, RunPlaces lines, SettingsDocument document, SecretMask secrets)
    {
        var related = new List<RelatedPlace>(finding.Related.Count);
        foreach (var span in finding.Related)
            related.Add(new RelatedPlace(span, lines.At(span.Start), lines.At(span.End)));

        var message = Printable.Text(OptionAdvice.Say(secrets.InMessage(finding.Message, finding.Span), AdviceHost.Tool));
        return new ReportedFinding(
            finding.Rule,
            severity,
            message,
            NameOf(finding, document, secrets),
            finding.Span,
            lines.At(finding.Span.Start),
            lines.At(finding.Span.End),
            fingerprint,
            related)
        {
            Rank = FindingGroups.Rank(finding),
        };
    }

    private static string NameOf(Finding finding, SettingsDocument document, SecretMask secrets) =>
        Printable.Text(document.TryGet(finding.SettingKey, out var setting) ? secrets.NameOf(setting) : SecretText.Mask(finding.SettingKey));

    private static RelatedPlace? EntranceOf(Finding finding, ServerConfiguration server, RunPlaces lines)
    {
        if (finding.Rule is not (HttpAccessControlAllowsEverything or SensitiveEndpointExposed or BypassableAccessRule))
            return null;
        SourceSpan? first = null;
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol != MailProtocol.Http)
                continue;
            foreach (var address in listener.BindAddresses)
            {
                if (address.IsReachableFromElsewhere && (first is null || address.Span.Start < first.Value.Start))
                    first = address.Span;
            }
        }

        return first is { } span ? new RelatedPlace(span, lines.At(span.Start), lines.At(span.End)) : null;
    }

    private List<string> KnownFor(InputFile file, EffectiveOptions options)
    {
        if (IgnoresBaselines || options.Baseline is not { } path)
            return [];
        return [.. _baselines.GetOrAdd(path, static path => new Lazy<Baseline>(() => Baseline.Read(path))).Value.For(file)];
    }

    // The server reads UTF-8 and nothing else.
    private static SettingsDocument WithEncodingProblem(SettingsDocument document, int invalidAt)
    {
        var text = document.Text ?? "";
        var place = Math.Clamp(invalidAt, 0, text.Length);
        return document.WithProblem(ReadProblem.NotUtf8(new SourceSpan(place, Math.Min(1, text.Length - place))));
    }
}
