using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>The servers that a program, or some of its files, write with typed builders, with what the rules find about each.</summary>
internal sealed class BuilderServers
{
    private readonly Dictionary<SyntaxTree, IReadOnlyDictionary<string, int>> _problems = [];

    private BuilderServers(Compilation compilation, BuilderVocabulary vocabulary, BuilderSettingsReader reader, AnalyzerConfigOptionsProvider options, CancellationToken cancellationToken)
    {
        Compilation = compilation;
        Vocabulary = vocabulary;
        Reader = reader;
        Options = options;
        Servers = [.. reader.Written.Select(written => JudgedServer.Create(written, reader, options, cancellationToken))];
    }

    /// <summary>The program.</summary>
    public Compilation Compilation { get; }

    /// <summary>What its builders' annotations say.</summary>
    public BuilderVocabulary Vocabulary { get; }

    /// <summary>The reader that has read it.</summary>
    public BuilderSettingsReader Reader { get; }

    /// <summary>What its owners have decided.</summary>
    public AnalyzerConfigOptionsProvider Options { get; }

    /// <summary>The servers, one for each way through the program.</summary>
    public IReadOnlyList<JudgedServer> Servers { get; }

    /// <summary>Reads a program, or the members of some of its files; null where it knows nothing of typed builders.</summary>
    public static BuilderServers? Read(Compilation compilation, AnalyzerConfigOptionsProvider options, BuilderFocus focus, CancellationToken cancellationToken) =>
        BuilderVocabulary.From(compilation) is { } vocabulary
            ? new BuilderServers(compilation, vocabulary, BuilderSettingsReader.Read(compilation, vocabulary, cancellationToken, focus), options, cancellationToken)
            : null;

    /// <summary>Whether objects of a type write a whole server.</summary>
    public bool IsRoot(ITypeSymbol? type) => type is INamedTypeSymbol named && Reader.Roots.Contains(named.OriginalDefinition, SymbolEqualityComparer.Default);

    /// <summary>Whether a call begins something with a name of its own, such as a listener.</summary>
    public bool Opens(SyntaxNode call) =>
        call is InvocationExpressionSyntax && ModelOf(call.SyntaxTree).GetSymbolInfo(call).Symbol is IMethodSymbol method && Vocabulary.ScopeOf(method.ReducedFrom ?? method) is not null;

    /// <summary>The semantic model of a file.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => Reader.Models.Of(tree);

    /// <summary>How often the compiler complains of what in a file, warnings included.</summary>
    public IReadOnlyDictionary<string, int> ProblemsIn(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (!_problems.TryGetValue(tree, out var problems))
        {
            problems = ModelOf(tree).GetDiagnostics(cancellationToken: cancellationToken)
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .GroupBy(static diagnostic => diagnostic.Id)
                .ToDictionary(static group => group.Key, static group => group.Count());
            _problems.Add(tree, problems);
        }

        return problems;
    }

    /// <summary>The servers in groups that share no file, each with the files in which they begin; with a file, only the group that it is in.</summary>
    public IReadOnlyList<IReadOnlyCollection<SyntaxTree>> Groups(SyntaxTree? only = null)
    {
        var groups = new List<(HashSet<SyntaxTree> Touched, HashSet<SyntaxTree> Begun)>();
        foreach (var server in Servers)
        {
            var touched = new HashSet<SyntaxTree> { server.Written.Body.SyntaxTree };
            foreach (var write in server.Written.Writes)
                touched.Add(write.Site.Call.SyntaxTree);
            foreach (var origin in server.Written.Plan?.Origins ?? [])
            {
                if (origin is SourceSpan span && Reader.Sources.TreeOf(span) is { } tree)
                    touched.Add(tree);
            }

            foreach (ref readonly var setting in server.Written.Document.InTextOrder)
            {
                if (Reader.Sources.TreeOf(setting.ValueSpan) is { } tree)
                    touched.Add(tree);
            }

            var begun = new HashSet<SyntaxTree> { server.Written.Body.SyntaxTree };
            foreach (var other in groups.Where(group => group.Touched.Overlaps(touched)).ToList())
            {
                touched.UnionWith(other.Touched);
                begun.UnionWith(other.Begun);
                groups.Remove(other);
            }

            groups.Add((touched, begun));
        }

        return [.. groups.Where(group => only is null || group.Touched.Contains(only)).Select(static group => group.Begun)];
    }
}

/// <summary>A server with what the rules find.</summary>
internal sealed record JudgedServer(WrittenServer Written, ServerConfiguration Configuration, IReadOnlyList<Finding> Findings)
{
    // A plan's findings with what they were found as: at a place of the plan's text.
    private Dictionary<Finding, Finding> _inPlan = [];

    /// <summary>The plan, as the tool reads it; null where the server is written otherwise.</summary>
    public PlanReading? Plan => Configuration.Document.Origin as PlanReading;

    /// <summary>What the server is judged under.</summary>
    public JudgementOptions Options { get; private init; } = JudgementOptions.Default;

    /// <summary>What ends a finding.</summary>
    public IEnumerable<Remedy> RemediesOf(Finding finding) => InPlan(finding).Remedies(Configuration);

    /// <summary>The plan that a remedy makes of this one, shown to help; null where it does not.</summary>
    public PlanReading? AfterRemedy(Finding finding, Remedy remedy, CancellationToken cancellationToken) =>
        Plan is { } plan && RemedyApplication.Apply(Configuration, Options, InPlan(finding), remedy, cancellationToken: cancellationToken) is { } changes
            ? PlanReading.Read(TextChange.Apply(plan.Texts[0].Text, changes), plan.Run.Options, cancellationToken)
            : null;

    public static JudgedServer Create(WrittenServer written, BuilderSettingsReader reader, AnalyzerConfigOptionsProvider options, CancellationToken cancellationToken)
    {
        if (written.Plan is { } plan && plan.OriginAt(0) is SourceSpan first && reader.Sources.TreeOf(first) is { } begun)
            return OfPlan(written, plan, first, CompilerOptions.For(begun, options).Judgement, cancellationToken);
        var document = written.Document;
        var place = document.Count == 0 ? null : reader.Sources.TreeOf(document.InTextOrder[0].ValueSpan);
        if (place is null)
            return new JudgedServer(written, Generation.ReadServer(document, ServerVersion.Newest), []);
        var judgement = CompilerOptions.For(place, options).Judgement;
        var configuration = Generation.ReadServer(document, judgement.TargetVersion);
        // What is about no setting is about a text or an option.
        return new JudgedServer(written, configuration, [.. ConfigurationJudge.Judge(configuration, judgement, cancellationToken).Where(static finding => finding.SettingKey.Length > 0)]);
    }

    private static JudgedServer OfPlan(WrittenServer written, DraftText plan, SourceSpan first, JudgementOptions judgement, CancellationToken cancellationToken)
    {
        var configuration = written.ReadPlan(judgement, cancellationToken);
        var inPlan = new Dictionary<Finding, Finding>();
        foreach (var finding in ConfigurationJudge.Judge(configuration, judgement, cancellationToken))
            inPlan.Add(finding.At(span => plan.OriginAt(span.Start) is SourceSpan place ? place : first), finding);
        return new JudgedServer(written, configuration, [.. inPlan.Keys]) { Options = judgement, _inPlan = inPlan };
    }

    private Finding InPlan(Finding finding) => _inPlan.TryGetValue(finding, out var found) ? found : finding;

    /// <summary>The call that wrote a setting last; null where the setting came about in another way.</summary>
    public WriteSite? SiteOf(string key)
    {
        for (var i = Written.Writes.Count - 1; i >= 0; i--)
        {
            if (Written.Writes[i].Key == key)
                return Written.Writes[i].Site;
        }

        return null;
    }

    /// <summary>The setting with this key, if there is one.</summary>
    public Setting? Find(string key) => Written.Document.TryGet(key, out var setting) ? setting : null;
}
