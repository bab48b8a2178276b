using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Generations;
using StalwartHardening.Programs;
using StalwartHardening.Server;

namespace StalwartHardening.Analyzers.CodeFixes;

/// <summary>
/// Offers to write a configuration as C#: one that is in a literal, or in a file of the project that a call names. The class is a
/// new file; what there was stays, so that both can be compared before one of them goes.
/// </summary>
/// <remarks>Not [Shared], as the providers of fixes.</remarks>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(ConfigurationImport))]
public sealed class ConfigurationImport : CodeRefactoringProvider
{
    internal const string Title = "Write this configuration as C#";

    private const string ClassName = "MailServer";
    private const string Library = "StalwartHardening.Configuration.StalwartServer";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var document = context.Document;
        var cancellationToken = context.CancellationToken;
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root || LiteralAt(root, context.Span.Start) is not { } literal)
            return;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model || model.Compilation.GetTypeByMetadataName(Library) is null)
            return;
        var (text, name) = Named(literal, document.Project, cancellationToken) ?? Held(literal, model, document, cancellationToken) ?? default;
        if (text is null)
            return;
        // A file needs a final line break; the program writes one.
        if (!text.EndsWith("\n", StringComparison.Ordinal))
            text += "\n";
        var server = ConfigurationReader.Read(text, new ReadingTarget(SettingsGeneration.Instance.Newest), cancellationToken);
        if (!server.IsPlan && !StalwartSignature.LooksLikeStalwart(server.Document) || ImportedProgram.FindObstacle(server) is not null)
            return;
        context.RegisterRefactoring(CodeAction.Create(Title, cancel => Task.FromResult(Write(document.Project, server, text, name!, cancel)), Title));
    }

    // The first of the literals that a text is put together from, or the one that names a file.
    private static ExpressionSyntax? LiteralAt(SyntaxNode root, int position)
    {
        var at = root.FindToken(position).Parent?.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(static node => LiteralReader.IsLiteral(node) || node is InterpolatedStringExpressionSyntax);
        if (at is null)
            return null;
        SyntaxNode whole = at;
        while (whole.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or ParenthesizedExpressionSyntax)
            whole = whole.Parent;
        return whole.DescendantNodesAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(static node => LiteralReader.IsLiteral(node) || node is InterpolatedStringExpressionSyntax);
    }

    private static (string Text, string Name)? Named(ExpressionSyntax literal, Project project, CancellationToken cancellationToken) =>
        literal is LiteralExpressionSyntax name && ConfigurationName.FileOf(name, ConfigurationName.Candidates(project.AnalyzerOptions.AdditionalFiles)) is { } file && file.GetText(cancellationToken) is { } text
            ? (text.ToString(), Path.GetFileName(file.Path)) : null;

    // What the program fills in it cannot be said yet.
    private static (string Text, string Name)? Held(ExpressionSyntax literal, SemanticModel model, Document document, CancellationToken cancellationToken) =>
        ConfigurationLiteral.Candidate(literal) is { } whole
        && ConfigurationLiteral.Read(whole, model, CompilerOptions.For(literal.SyntaxTree, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider), cancellationToken) is { } held && !held.Text.Holes.Any()
            ? (held.Text.Value, document.Name) : null;

    private static Solution Write(Project project, ServerConfiguration server, string text, string source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var name = ClassName;
        for (var number = 2; project.Documents.Any(document => document.Name == name + ".cs"); number++)
            name = ClassName + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var program = ImportedProgram.From(server, source);
        return project.AddDocument(name + ".cs", program.ToClass(name, project.DefaultNamespace)).Project.Solution;
    }
}
