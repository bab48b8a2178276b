using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using DraftText = StalwartHardening.Plans.DraftText;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Judges the servers that a program writes with typed builders, while it is being typed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BuilderAnalyzer : HardeningAnalyzer
{
    // A program without the library may still put a server's text together.
    private static readonly SourceTextValueProvider<bool> MayHoldServer = new(static text => MemberSearch.MayHoldServer(text.ToString()));

    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(start =>
    {
        var vocabulary = BuilderVocabulary.From(start.Compilation);
        if (vocabulary is not null
            ? !BuilderSettingsReader.IsMentioned(start.Compilation, vocabulary, start.CancellationToken)
            : !TextSearch.Finds(start.Compilation, text => start.TryGetValue(text, MayHoldServer, out var mayHold) && mayHold, start.CancellationToken))
            return;
        var judged = new JudgedServers(start.Compilation, vocabulary ?? BuilderVocabulary.None, start.Options.AnalyzerConfigOptionsProvider, (finding, tree) => ProjectOptionFile.Ignores(finding, tree.FilePath, start.Options.AdditionalFiles, context));
        // Each finding is reported with the file it is in, so that editors show it there.
        start.RegisterSemanticModelAction(file =>
        {
            foreach (var diagnostic in judged.In(file.SemanticModel.SyntaxTree, file.CancellationToken))
                file.ReportDiagnostic(diagnostic);
        });
    });
}

/// <summary>The findings about all servers of one compilation, found once, for whichever caller asks first.</summary>
internal sealed class JudgedServers(Compilation compilation, BuilderVocabulary vocabulary, AnalyzerConfigOptionsProvider options, Func<Finding, SyntaxTree, bool> isMeantToStay)
{
    private readonly object _gate = new();
    private readonly Dictionary<SyntaxTree, HardeningOptions> _options = [];
    private Dictionary<SyntaxTree, List<Diagnostic>>? _findings;

    /// <summary>The findings in <paramref name="tree"/>.</summary>
    public IEnumerable<Diagnostic> In(SyntaxTree tree, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _findings ??= Judge(cancellationToken);
            return _findings.TryGetValue(tree, out var list) ? list : [];
        }
    }

    private Dictionary<SyntaxTree, List<Diagnostic>> Judge(CancellationToken cancellationToken)
    {
        var findings = new Dictionary<SyntaxTree, List<Diagnostic>>();
        var seen = new HashSet<(string, Location)>();
        var reader = BuilderSettingsReader.Read(compilation, vocabulary, cancellationToken);
        var judged = reader.Written.Where(static server => server.Document.Count > 0 || server.Plan is not null).Select(server => Judge(server, reader, cancellationToken)).Where(static server => server is not null).ToList();
        var sure = new SureFindings(judged!);
        foreach (var server in judged)
        {
            foreach (var finding in server!.Findings)
            {
                // What is about no setting is about a text or an option, and reported there.
                if ((finding.SettingKey.Length > 0 || server.Server.Plan is not null) && sure.Contains(server, finding) && !(server.Server.HasText && IsSaidOfLiteral(finding, reader, cancellationToken)))
                    Report(finding, reader.Sources.Locate);
            }
        }

        // What was not seen comes after what was: the same place is not told twice.
        var trials = new Budget(SightLosses.MaxTrials);
        var byBody = judged.GroupBy(static server => server!.Server.Body).ToDictionary(static group => group.Key, static group => group.SelectMany(static server => server!.Findings).ToList());
        foreach (var server in judged)
        {
            var all = byBody[server!.Server.Body];
            if (server.Server.Plan is not null)
            {
                foreach (var finding in SightLosses.InPlan(server.Server).Concat(sure.Lost(server)))
                    Report(finding, reader.Sources.Locate);
                continue;
            }

            foreach (var finding in new SightLosses(server.Options, trials, cancellationToken).In(server.Server, server.Findings, all).Concat(sure.Lost(server)))
                Report(finding, reader.Sources.Locate);
        }

        foreach (var text in reader.Texts)
            Judge(text, reader, Report, cancellationToken);
        foreach (var list in findings.Values)
            list.Sort(static (left, right) => left.Location.SourceSpan.Start != right.Location.SourceSpan.Start ? left.Location.SourceSpan.Start.CompareTo(right.Location.SourceSpan.Start) : string.CompareOrdinal(left.Id, right.Id));
        return findings;

        void Report(Finding finding, Func<SourceSpan, Location> locate)
        {
            var location = locate(finding.Span);
            if (location.SourceTree is not { } tree || !seen.Add((finding.Rule.Id, location)) || isMeantToStay(finding, tree) || FindingDiagnostic.Create(finding, OptionsFor(tree), locate) is not { } diagnostic)
                return;
            if (!findings.TryGetValue(tree, out var list))
                findings.Add(tree, list = []);
            list.Add(diagnostic);
        }
    }

    private JudgedWay? Judge(WrittenServer server, BuilderSettingsReader reader, CancellationToken cancellationToken)
    {
        if (server.Plan is { } plan)
            return JudgePlan(server, plan, reader, cancellationToken);
        if (reader.Sources.TreeOf(server.Document.InTextOrder[0].ValueSpan) is not { } place)
            return null;
        var judgement = OptionsFor(place).Judgement;
        var (toml, asPlan) = ServerPlan.GenerationsOf(server.Document);
        // The builders speak 0.15: what no server of it takes is refused before it becomes a plan.
        List<Finding> findings = toml ? [.. ConfigurationJudge.Judge(Generation.ReadServer(server.Document, judgement.TargetVersion), judgement, cancellationToken)]
            : [.. ConfigurationJudge.Judge(Generation.ReadServer(server.Document, ServerVersion.Newest), JudgementOptions.Default, cancellationToken).Where(static finding => BuildRefusals.IsRefused(finding.Rule))];
        if (asPlan)
            findings.AddRange(JudgeAsPlan(server.Document, judgement, findings, cancellationToken));
        return new JudgedWay(server, findings, judgement);
    }

    // The builders' settings as a plan: what cannot be said is found where it is said, and what is found in the plan where that comes from.
    private static IEnumerable<Finding> JudgeAsPlan(SettingsDocument document, JudgementOptions judgement, List<Finding> known, CancellationToken cancellationToken)
    {
        var target = PlanGeneration.Instance.Reads(judgement.TargetVersion) ? judgement.Target : judgement.Target with { Version = PlanGeneration.Instance.Newest };
        var plan = ServerPlan.Create(document, reconciles: true, target, cancellationToken);
        foreach (var problem in plan.Problems)
            yield return new Finding(RuleCatalog.Find("SWH0012")!, problem.Key.ValueSpan, problem.Key.Key) { Wording = $"A plan for 0.16 cannot say '{Display.Text(problem.Key.Key)}', and Build() refuses it: {problem.Value}" };
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(PlanGeneration.ReadPlan(plan.Text, target, cancellationToken).Document, target.Version), judgement, cancellationToken))
        {
            if (plan.SourceOf(finding.SettingKey, finding.Span) is { } source && !known.Exists(other => other.Rule == finding.Rule && other.Span.Equals(source.ValueSpan)))
                yield return finding.At(_ => source.ValueSpan).About(source.Key);
        }
    }

    // The plan is read as the tool and the server read it; what is found in its text is found where that was written.
    private JudgedWay? JudgePlan(WrittenServer server, DraftText plan, BuilderSettingsReader reader, CancellationToken cancellationToken)
    {
        if (plan.OriginAt(0) is not SourceSpan first || reader.Sources.TreeOf(first) is not { } place)
            return null;
        var judgement = OptionsFor(place).Judgement;
        var findings = Impossible(plan).ToList();
        foreach (var finding in ConfigurationJudge.Judge(server.ReadPlan(judgement, cancellationToken), judgement, cancellationToken))
            findings.Add(finding.At(span => plan.OriginAt(span.Start) is SourceSpan written ? written : first));
        return new JudgedWay(server, findings, judgement);
    }

    // What the library refuses before any server does: objects without a way to tell them apart, references that lead nowhere.
    private static IEnumerable<Finding> Impossible(DraftText plan)
    {
        foreach (var problem in plan.Problems)
        {
            if (problem.Origin is SourceSpan place)
                yield return new Finding(RuleCatalog.Find("SWH0002")!, place, "") { Wording = problem.Message + " WritePlan refuses the plan." };
        }
    }

    // A server that is made of a text: what the literal says by itself is said by those who look at literals.
    private bool IsSaidOfLiteral(Finding finding, BuilderSettingsReader reader, CancellationToken cancellationToken)
    {
        if (reader.Sources.Locate(finding.Span) is not { SourceTree: { } tree } location)
            return false;
        var literal = tree.GetRoot(cancellationToken).FindToken(location.SourceSpan.Start).Parent?.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(LiteralReader.IsLiteral);
        return literal is not null && SaidOf(literal, reader, OptionsFor(tree), cancellationToken).Contains((finding.Rule.Id, location));
    }

    private readonly Dictionary<ExpressionSyntax, HashSet<(string, Location)>> _said = [];

    private HashSet<(string, Location)> SaidOf(ExpressionSyntax literal, BuilderSettingsReader reader, HardeningOptions options, CancellationToken cancellationToken)
    {
        if (_said.TryGetValue(literal, out var said))
            return said;
        _said.Add(literal, said = []);
        if (ConfigurationLiteral.Candidate(literal) is not { } whole || ConfigurationLiteral.Read(whole, reader.Models.Of(whole.SyntaxTree), options, cancellationToken) is not { } own)
            return said;
        foreach (var finding in ConfigurationJudge.Judge(own.Server, options.Judgement, cancellationToken))
            said.Add((finding.Rule.Id, Location.Create(whole.SyntaxTree, own.Text.Locate(finding.Span))));
        return said;
    }

    private void Judge(LoadedText text, BuilderSettingsReader reader, Action<Finding, Func<SourceSpan, Location>> report, CancellationToken cancellationToken)
    {
        var options = OptionsFor(text.Syntax.SyntaxTree);
        if (LoadedDocument.Read(text, reader.Models, options.Judgement.Target, cancellationToken) is not { } loaded)
        {
            if (text.IsRead)
                report(SightLosses.OfText(text.Span), reader.Sources.Locate);
            return;
        }

        if (!text.IsRead && !loaded.LooksLikeStalwart)
            return;
        // What a literal says by itself is said by those who look at literals.
        var said = new HashSet<(string, Location)>();
        foreach (var literal in loaded.Literals)
            said.UnionWith(SaidOf(literal, reader, options, cancellationToken));

        foreach (var finding in ConfigurationJudge.Judge(loaded.Server, options.Judgement, cancellationToken))
        {
            if (finding.Rule is not InvalidOption && loaded.IsReported(finding) && !said.Contains((finding.Rule.Id, loaded.Locate(finding.Span))))
                report(finding, loaded.Locate);
        }
    }

    // Reading them means asking for every name there is, and a file may have many findings.
    private HardeningOptions OptionsFor(SyntaxTree tree)
    {
        if (!_options.TryGetValue(tree, out var own))
            _options.Add(tree, own = CompilerOptions.For(tree, options));
        return own;
    }
}
