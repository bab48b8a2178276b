using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Environments;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.Environments;

/// <summary>Takes the recovery administrator out of the environment that a program gives to a server.</summary>
internal static class EnvironmentFixes
{
    private const string Title = "Remove the recovery administrator (cuts off those who administer the server with it)";
    private const string Key = "review/SWH3001/remove";

    /// <summary>The action for a diagnostic; none where it is about something else, or the entry cannot be removed by itself.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!IsEntry(diagnostic) || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return [];
        return await RemoveAsync(document, model, [diagnostic], cancellationToken).ConfigureAwait(false) is { } changed
            ? [CodeAction.Create(Title, _ => Task.FromResult(changed), Key)]
            : [];
    }

    /// <summary>The solution without the entries of a document that <paramref name="diagnostics"/> are about.</summary>
    public static async Task<Solution> ApplyAllAsync(Solution solution, Document document, string equivalenceKey, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var entries = equivalenceKey == Key ? diagnostics.Where(IsEntry).ToList() : [];
        if (entries.Count == 0 || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || await RemoveAsync(document, model, entries, cancellationToken).ConfigureAwait(false) is not { } changed)
            return solution;
        return solution.WithDocumentText(document.Id, await changed.GetDocument(document.Id)!.GetTextAsync(cancellationToken).ConfigureAwait(false));
    }

    private static bool IsEntry(Diagnostic diagnostic) =>
        diagnostic.Id == "SWH3001" && diagnostic.Properties.TryGetValue(FindingDiagnostic.SettingKeyProperty, out var key) && key == RecoveryAdministrator.Variable;

    // Null where one of them cannot be removed, or the program would not be what it was without them.
    private static async Task<Solution?> RemoveAsync(Document document, SemanticModel model, List<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var root = await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false);
        var text = await model.SyntaxTree.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var changes = new SortedDictionary<int, TextChange>();
        foreach (var diagnostic in diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax name || new EntryRemoval(model, text, cancellationToken).Of(name) is not { } change)
                return null;
            changes[change.Span.Start] = change;
        }

        var end = 0;
        foreach (var change in changes.Values)
        {
            if (change.Span.Start < end)
                return null;
            end = change.Span.End;
        }

        var without = root.SyntaxTree.WithChangedText(text.WithChanges(changes.Values));
        return IsProven(model, without, diagnostics.Count, cancellationToken) ? document.Project.Solution.WithDocumentText(document.Id, without.GetText(cancellationToken)) : null;
    }

    // The compiler says nothing that it did not say before, and the entries are gone.
    private static bool IsProven(SemanticModel model, SyntaxTree without, int removed, CancellationToken cancellationToken)
    {
        var changed = model.Compilation.ReplaceSyntaxTree(model.SyntaxTree, without);
#pragma warning disable RS1030 // What the changed file means is what has to be proven.
        var after = changed.GetSemanticModel(without);
#pragma warning restore RS1030
        var before = Said(model, cancellationToken);
        foreach (var said in Said(after, cancellationToken))
        {
            if (!before.TryGetValue(said.Key, out var times) || times < said.Value)
                return false;
        }

        return CountIn(after, cancellationToken) == CountIn(model, cancellationToken) - removed;
    }

    private static Dictionary<string, int> Said(SemanticModel model, CancellationToken cancellationToken) =>
        model.GetDiagnostics(cancellationToken: cancellationToken).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).GroupBy(static diagnostic => diagnostic.Id).ToDictionary(static group => group.Key, static group => group.Count());

    private static int CountIn(SemanticModel model, CancellationToken cancellationToken)
    {
        var entries = new EnvironmentEntries(model, cancellationToken);
        return model.SyntaxTree.GetRoot(cancellationToken).DescendantNodes().SelectMany(entries.SetBy).Select(static entry => entry.Name.Span).Distinct().Count();
    }
}
