using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Rules.Reading;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Annotates a helper of another project of the solution where a call of it loses sight of a server: its body is there to be read, though
/// not from the project that calls it. What the annotations say is compared with what the body does before they are offered.
/// </summary>
internal static class AnnotationFixes
{
    private const string Key = "safe/" + LostSight.RuleId + "/annotate";
    private const string Namespace = "StalwartHardening.Configuration.Annotations";
    private const string Attribute = "SettingAttribute";

    /// <summary>The action for a diagnostic; none where no helper of the solution is called there, or annotations cannot say what it does.</summary>
    public static async Task<IReadOnlyList<CodeAction>> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await ApplyAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is var (solution, helper)
            ? [CodeAction.Create($"Annotate '{helper.ContainingType.Name}.{helper.Name}' with the settings it writes", _ => Task.FromResult(solution), Key)]
            : [];

    /// <summary>The solution with every helper annotated that one of the diagnostics is about.</summary>
    public static async Task<Solution> ApplyAllAsync(Solution solution, DocumentId document, string equivalenceKey, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (equivalenceKey != Key)
            return solution;
        foreach (var diagnostic in diagnostics)
        {
            // A helper that is called twice is annotated once: then it has annotations, and nothing is lost at the second call.
            if (await ApplyAsync(solution.GetDocument(document)!, diagnostic, cancellationToken).ConfigureAwait(false) is var (changed, _))
                solution = changed;
        }

        return solution;
    }

    private static async Task<(Solution Solution, IMethodSymbol Helper)?> ApplyAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.Id != LostSight.RuleId
            || await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol called
            || await SymbolFinder.FindSourceDefinitionAsync((called.ReducedFrom ?? called).OriginalDefinition, document.Project.Solution, cancellationToken).ConfigureAwait(false) is not IMethodSymbol helper
            || helper.DeclaringSyntaxReferences is not [var reference]
            || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not MethodDeclarationSyntax declaration
            || document.Project.Solution.GetDocument(declaration.SyntaxTree) is not { } home
            || home.Project.Id == document.Project.Id
            || await home.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } library
            || IsAnnotated(helper)
            || HelperProbe.For(helper) is not { } probe
            || HelperAnnotation.Of(probe, library, cancellationToken) is not { } attributes)
            return null;
        var text = await home.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var changed = text.WithChanges(Changes(text, declaration, library, attributes, cancellationToken));
        if (!IsProven(probe, library, declaration.SyntaxTree, changed, cancellationToken))
            return null;
        // A file that several projects share is one file.
        var solution = document.Project.Solution.WithDocumentText(home.Id, changed);
        foreach (var linked in home.GetLinkedDocumentIds())
            solution = solution.WithDocumentText(linked, changed);
        return (solution, helper);
    }

    private static bool IsAnnotated(IMethodSymbol helper) =>
        helper.GetAttributes().Any(static attribute => attribute.AttributeClass?.ContainingNamespace.ToDisplayString() == Namespace);

    private static IEnumerable<TextChange> Changes(SourceText text, MethodDeclarationSyntax declaration, Compilation library, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        var start = declaration.GetFirstToken().SpanStart;
        var line = text.Lines.GetLineFromPosition(start);
        var lineBreak = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } own ? own : "\n";
#pragma warning disable RS1030 // The library is another project than the one that the fix is asked for.
        var model = library.GetSemanticModel(declaration.SyntaxTree);
#pragma warning restore RS1030
        if (!model.LookupNamespacesAndTypes(start, name: Attribute).Any(static type => type.ContainingNamespace.ToDisplayString() == Namespace)
            && declaration.SyntaxTree.GetRoot(cancellationToken) is CompilationUnitSyntax unit)
        {
            var directive = "using " + Namespace + ";" + lineBreak;
            yield return unit.Usings.LastOrDefault() is { } last
                ? new TextChange(new TextSpan(text.Lines.GetLineFromPosition(last.Span.End).EndIncludingLineBreak, 0), directive)
                : new TextChange(new TextSpan(unit.GetFirstToken().SpanStart, 0), directive + lineBreak);
        }

        var margin = text.ToString(TextSpan.FromBounds(line.Start, start));
        if (margin.Trim().Length > 0)
            margin = "";
        yield return new TextChange(new TextSpan(start, 0), string.Concat(attributes.Select(attribute => attribute + lineBreak + margin)));
    }

    // Somebody who sees only the annotations sees what the body does, for other arguments than those that the annotations were found with.
    private static bool IsProven(HelperProbe probe, Compilation library, SyntaxTree tree, SourceText changed, CancellationToken cancellationToken)
    {
        var annotated = library.ReplaceSyntaxTree(tree, tree.WithChangedText(changed));
        if (annotated.GetDiagnostics(cancellationToken).Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) && !library.GetDiagnostics(cancellationToken).Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return false;
        var caller = CSharpCompilation.Create("StalwartProbe", references: library.References.Append(annotated.ToMetadataReference()), options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        foreach (var isOn in new[] { false, true })
        {
            if (HelperAnnotation.Arguments(probe, 2, _ => isOn) is not { } arguments
                || probe.Call(library, arguments, cancellationToken) is not { } body
                || probe.Call(caller, arguments, cancellationToken) is not { } said
                || !new HashSet<(string, string)>(body).SetEquals(said))
                return false;
        }

        return true;
    }
}
