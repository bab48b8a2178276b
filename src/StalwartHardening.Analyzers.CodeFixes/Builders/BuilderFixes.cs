using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>The remedies of findings about servers that typed builders write.</summary>
internal static class BuilderFixes
{
    // A proposal costs a reading; what the best few do not give, more of them rarely do.
    private const int MaxProposals = 16;

    /// <summary>The actions for a diagnostic; none where it is about no builder, or nothing can be shown to help.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await ReadAsync(document.Project, new BuilderFocus(), cancellationToken).ConfigureAwait(false) is not { } whole
            || Place(whole, diagnostic) is null
            || Around(whole, diagnostic.Location.SourceTree!, cancellationToken) is not var (program, focus)
            || Place(program, diagnostic) is not var (server, finding))
            return [];
        var solution = document.Project.Solution;
        var actions = new List<CodeAction>();
        foreach (var remedy in program.Servers[server].RemediesOf(finding))
        {
            if (Fix(program, server, finding, remedy, focus, IsEditable(document.Project), cancellationToken) is not { } after)
                continue;
            var changed = With(solution, after.Trees, cancellationToken);
            actions.Add(CodeAction.Create(remedy.Title, _ => Task.FromResult(changed), remedy.EquivalenceKey));
        }

        return actions;
    }

    /// <summary>
    /// The solution with the action called <paramref name="equivalenceKey"/> applied to the servers of a project, one finding after the
    /// other, beginning from those that <paramref name="diagnostics"/> report.
    /// </summary>
    public static async Task<Solution> ApplyAllAsync(Solution solution, Project project, string equivalenceKey, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await ReadAsync(project, new BuilderFocus(), cancellationToken).ConfigureAwait(false) is not { } whole)
            return solution;
        var reported = new HashSet<(string, SyntaxTree, TextSpan)>();
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree)
                reported.Add((diagnostic.Id, tree, diagnostic.Location.SourceSpan));
        }

        var groups = new List<GroupFix>();
        foreach (var group in whole.Groups())
        {
            var focus = new BuilderFocus(group, whole.Reader.Names, whole.Reader.Creators);
            if (BuilderServers.Read(whole.Compilation, whole.Options, focus, cancellationToken) is { } program)
                groups.Add(new GroupFix(program, focus, equivalenceKey, reported, IsEditable(project), cancellationToken));
        }

        GroupFix.Run(groups, whole.Compilation, cancellationToken);
        foreach (var group in groups)
            solution = With(solution, group.Trees, cancellationToken);
        return solution;
    }

    /// <summary>The program after the first proposal that is proven; null where there is none.</summary>
    public static FixedProgram? Fix(BuilderServers program, int server, Finding finding, Remedy remedy, BuilderFocus focus, Func<SyntaxTree, bool> isEditable, CancellationToken cancellationToken)
    {
        foreach (var attempt in Attempts(program, server, finding, remedy, isEditable, cancellationToken))
        {
            if (BuilderProof.Prove(program, attempt, focus, cancellationToken) is { } after)
                return after;
        }

        return null;
    }

    /// <summary>The ways to say a remedy that change only what may be changed.</summary>
    public static IEnumerable<Attempt> Attempts(BuilderServers program, int server, Finding finding, Remedy remedy, Func<SyntaxTree, bool> isEditable, CancellationToken cancellationToken) =>
        (program.Servers[server].Plan is null
            ? CSharpEditor.Proposals(program, program.Servers[server], finding, remedy, cancellationToken)
            : PlanEditor.Proposals(program, program.Servers[server], finding, remedy, cancellationToken))
            .Take(MaxProposals)
            .Where(proposal => proposal.Edit.Trees.All(isEditable))
            .Select(proposal => new Attempt(server, finding, remedy, proposal));

    private static async Task<BuilderServers?> ReadAsync(Project project, BuilderFocus focus, CancellationToken cancellationToken) =>
        await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation
            ? BuilderServers.Read(compilation, project.AnalyzerOptions.AnalyzerConfigOptionsProvider, focus, cancellationToken)
            : null;

    // Only the servers that have to do with a file are read again for every proposal.
    private static (BuilderServers Program, BuilderFocus Focus)? Around(BuilderServers whole, SyntaxTree tree, CancellationToken cancellationToken)
    {
        foreach (var group in whole.Groups(tree))
        {
            var focus = new BuilderFocus(group, whole.Reader.Names, whole.Reader.Creators);
            return BuilderServers.Read(whole.Compilation, whole.Options, focus, cancellationToken) is { } program ? (program, focus) : null;
        }

        return null;
    }

    // The finding that a diagnostic reports, with the first server that has it.
    private static (int Server, Finding Finding)? Place(BuilderServers program, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FindingDiagnostic.SettingKeyProperty, out var key))
            return null;
        for (var i = 0; i < program.Servers.Count; i++)
        {
            foreach (var finding in program.Servers[i].Findings)
            {
                if (finding.Rule.Id == diagnostic.Id && finding.SettingKey == key && program.Reader.Sources.Locate(finding.Span) == diagnostic.Location)
                    return (i, finding);
            }
        }

        return null;
    }

    // Generated code is written anew by its generator.
    private static Func<SyntaxTree, bool> IsEditable(Project project) => tree => project.GetDocument(tree) is { } document and not SourceGeneratedDocument && document.Project.Id == project.Id;

    private static Solution With(Solution solution, IReadOnlyDictionary<SyntaxTree, SyntaxTree> trees, CancellationToken cancellationToken)
    {
        foreach (var pair in trees)
        {
            if (solution.GetDocument(pair.Key) is not { } document)
                continue;
            var text = pair.Value.GetText(cancellationToken);
            solution = solution.WithDocumentText(document.Id, text);
            // A file that several projects share is one file.
            foreach (var linked in document.GetLinkedDocumentIds())
                solution = solution.WithDocumentText(linked, text);
        }

        return solution;
    }
}
