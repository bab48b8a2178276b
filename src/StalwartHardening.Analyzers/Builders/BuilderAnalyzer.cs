using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Generations;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Judges the servers that a program writes with typed builders, while it is being typed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BuilderAnalyzer : HardeningAnalyzer
{
    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(static start =>
    {
        if (BuilderVocabulary.Of(start.Compilation) is not { } vocabulary || !BuilderSettingsReader.IsMentioned(start.Compilation, vocabulary, start.CancellationToken))
            return;
        var judged = new JudgedServers(start.Compilation, vocabulary, start.Options.AnalyzerConfigOptionsProvider);
        // Each finding is reported with the file it is in, so that editors show it there.
        start.RegisterSemanticModelAction(file =>
        {
            foreach (var diagnostic in judged.In(file.SemanticModel.SyntaxTree, file.CancellationToken))
                file.ReportDiagnostic(diagnostic);
        });
    });
}

/// <summary>The findings about all servers of one compilation, found once, whoever asks first.</summary>
internal sealed class JudgedServers(Compilation compilation, BuilderVocabulary vocabulary, AnalyzerConfigOptionsProvider options)
{
    private readonly object _gate = new();
    private readonly Dictionary<SyntaxTree, HardeningOptions> _options = [];
    private Dictionary<SyntaxTree, List<Diagnostic>>? _findings;

    /// <summary>The findings in <paramref name="tree"/>.</summary>
    public IEnumerable<Diagnostic> In(SyntaxTree tree, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _findings ??= Judge(cancellation);
            return _findings.TryGetValue(tree, out var list) ? list : [];
        }
    }

    private Dictionary<SyntaxTree, List<Diagnostic>> Judge(CancellationToken cancellation)
    {
        var findings = new Dictionary<SyntaxTree, List<Diagnostic>>();
        var seen = new HashSet<(string, Location)>();
        var reader = BuilderSettingsReader.Read(compilation, vocabulary, cancellation);
        foreach (var server in reader.Servers)
        {
            if (server.Count == 0)
                continue;
            var place = reader.Sources.TreeOf(server.InTextOrder[0].ValueSpan);
            if (place is null)
                continue;
            var judgement = OptionsFor(place).Judgement;
            foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(server, judgement.TargetVersion), judgement, cancellation))
            {
                // What is about no setting is about a text or an option, and reported there.
                if (finding.SettingKey.Length == 0 || reader.Sources.TreeOf(finding.Span) is not { } tree || !seen.Add((finding.Rule.Id, reader.Sources.Locate(finding.Span))))
                    continue;
                if (FindingDiagnostic.Create(finding, OptionsFor(tree), reader.Sources.Locate) is not { } diagnostic)
                    continue;
                if (!findings.TryGetValue(tree, out var list))
                    findings.Add(tree, list = []);
                list.Add(diagnostic);
            }
        }

        return findings;
    }

    // Reading them means asking for every name there is, and a file may have many findings.
    private HardeningOptions OptionsFor(SyntaxTree tree)
    {
        if (!_options.TryGetValue(tree, out var own))
            _options.Add(tree, own = CompilerOptions.For(tree, options));
        return own;
    }
}
