using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Literals;

/// <summary>
/// Carries changes of a literal's text back into the source it is written with. What comes out is read again by the compiler, and must be
/// the wanted text.
/// </summary>
internal static class LiteralEditor
{
    /// <summary>The source with the changes made in the literal; null where the literal cannot say the new text.</summary>
    /// <param name="model">The model of the file with the literal.</param>
    /// <param name="whole">The literal, or the concatenation of several.</param>
    /// <param name="text">Its text.</param>
    /// <param name="changes">Changes of the text, in its order and without overlap.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static EditedLiteral? Edit(SemanticModel model, ExpressionSyntax whole, LiteralText text, IReadOnlyList<Edits.TextChange> changes, CancellationToken cancellationToken)
    {
        var wanted = Edits.TextChange.Apply(text.Value, changes);
        return SourceChanges(whole, text, changes) is { } source ? Proven(model, whole, text, wanted, source, cancellationToken) : null;
    }

    private static List<TextChange>? SourceChanges(ExpressionSyntax whole, LiteralText text, IReadOnlyList<Edits.TextChange> changes)
    {
        var source = whole.SyntaxTree.GetText();
        var result = new List<TextChange>();
        foreach (var change in changes)
        {
            if (InsertionPlace(whole, text, change.Start, change.Length) is not var (position, literal)
                || change.Replacement.IndexOf(Setting.UnknownPart) >= 0
                || Removals(whole, text, change.Start, change.Start + change.Length) is not { } removals)
                return null;
            var syntax = LiteralSyntax.From(literal);
            if (removals.Count == 0)
                removals.Add(new TextSpan(position, 0));
            // Whole lines go with what is before them.
            else if (syntax.HasMargin && source[removals[0].End - 1] == '\n' && IsBlank(source, LineStart(source, removals[0].Start), removals[0].Start))
                removals[0] = TextSpan.FromBounds(LineStart(source, removals[0].Start), removals[0].End);
            for (var i = 0; i < removals.Count; i++)
            {
                var written = i == 0 && change.Replacement.Length > 0 ? syntax.Write(change.Replacement, source, removals[i]) : "";
                if (written.Length > 0 || removals[i].Length > 0)
                    result.Add(new TextChange(removals[i], written));
            }
        }

        return result.Count == 0 ? null : result;
    }

    private static int LineStart(SourceText source, int position) => source.Lines.GetLineFromPosition(position).Start;

    private static bool IsBlank(SourceText source, int start, int end) => source.ToString(TextSpan.FromBounds(start, end)).Trim().Length == 0;

    // The source of a stretch of text, one span for each literal it touches; null where a part of it is written elsewhere.
    private static List<TextSpan>? Removals(ExpressionSyntax whole, LiteralText text, int start, int end)
    {
        var spans = new List<TextSpan>();
        ExpressionSyntax? literal = null;
        for (var i = 0; i < text.Pieces.Count; i++)
        {
            var piece = text.Pieces[i];
            if (piece.Start >= end || piece.Start + piece.Length <= start)
                continue;
            var own = LiteralAt(whole, piece.Source.Start);
            if (own is null || !IsWrittenIn(own, piece) || (piece.Kind == LiteralPieceKind.Whole && (piece.Start < start || piece.Start + piece.Length > end)))
                return null;
            var span = TextSpan.FromBounds(piece.SourceOffset(Math.Max(start, piece.Start)), piece.SourceEndOf(Math.Min(end, piece.Start + piece.Length)));
            // What lies between two pieces of one literal is the margin of a line.
            if (own == literal)
                spans[spans.Count - 1] = TextSpan.FromBounds(spans[spans.Count - 1].Start, span.End);
            else
                spans.Add(span);
            literal = own;
        }

        return spans;
    }

    private static (int Position, ExpressionSyntax Literal)? InsertionPlace(ExpressionSyntax whole, LiteralText text, int offset, int length)
    {
        // Into the piece that holds the place, else after the one that ends there.
        LiteralPiece? before = null;
        foreach (var piece in text.Pieces)
        {
            if (piece.Start + piece.Length < offset || (piece.Start + piece.Length == offset && piece.Kind != LiteralPieceKind.Unknown))
            {
                before = piece;
                continue;
            }

            if (piece.Start <= offset && LiteralAt(whole, piece.Source.Start) is { } own && IsWrittenIn(own, piece)
                && (piece.Start == offset || piece.Kind == LiteralPieceKind.Plain))
            {
                return (piece.SourceOffset(offset), own);
            }

            break;
        }

        return length == 0 && before is { } last && last.Start + last.Length == offset && LiteralAt(whole, last.Source.Start) is { } literal && IsWrittenIn(literal, last)
            ? (last.Source.End, literal)
            : null;
    }

    // Holes and constants of other places have their text from somewhere else.
    private static bool IsWrittenIn(ExpressionSyntax literal, LiteralPiece piece)
    {
        if (piece.Kind == LiteralPieceKind.Unknown)
            return false;
        return literal is not InterpolatedStringExpressionSyntax interpolated || interpolated.Contents.Any(content => content is InterpolatedStringTextSyntax && content.Span.Contains(piece.Source));
    }

    private static ExpressionSyntax? LiteralAt(ExpressionSyntax whole, int position)
    {
        for (var node = whole.FindToken(position).Parent; node is not null && whole.Span.Contains(node.Span); node = node.Parent)
        {
            if (LiteralReader.IsLiteral(node))
                return (ExpressionSyntax)node;
        }

        return null;
    }

    private static EditedLiteral? Proven(SemanticModel model, ExpressionSyntax whole, LiteralText text, string wanted, List<TextChange> changes, CancellationToken cancellationToken)
    {
        var tree = whole.SyntaxTree;
        SourceText source;
        try
        {
            source = tree.GetText(cancellationToken).WithChanges(changes);
        }
        catch (ArgumentException)
        {
            // Two changes ask for one place.
            return null;
        }

        var changed = tree.WithChangedText(source);
        if (Errors(changed, cancellationToken) > Errors(tree, cancellationToken))
            return null;
        var compilation = model.Compilation.ReplaceSyntaxTree(tree, changed);
        if (WholeAt(changed.GetRoot(cancellationToken), whole.SpanStart) is not { } edited)
            return null;
#pragma warning disable RS1030 // A code fix looks at a program that is not there yet.
        var after = compilation.GetSemanticModel(changed);
#pragma warning restore RS1030
        var read = LiteralReader.Read(edited, after, cancellationToken);
        return read.Value == wanted && read.Holes.Count() == text.Holes.Count() ? new EditedLiteral(after, edited, read, changed) : null;
    }

    /// <summary>The text that begins at a place of the source; null where none does.</summary>
    public static ExpressionSyntax? WholeAt(SyntaxNode root, int position)
    {
        for (var node = root.FindToken(position).Parent; node is not null && node.SpanStart >= position; node = node.Parent)
        {
            if (LiteralReader.IsLiteral(node))
                return LiteralReader.WholeBegunBy((ExpressionSyntax)node);
        }

        // The first part may be a constant or a parenthesis.
        var outer = root.FindToken(position).Parent?.AncestorsAndSelf().OfType<ExpressionSyntax>().LastOrDefault(node => node.SpanStart == position && node.DescendantNodes().Any(LiteralReader.IsLiteral));
        return outer?.DescendantNodes().Where(LiteralReader.IsLiteral).Select(node => LiteralReader.WholeBegunBy((ExpressionSyntax)node)).FirstOrDefault(candidate => candidate?.SpanStart == position);
    }

    private static int Errors(SyntaxTree tree, CancellationToken cancellationToken) =>
        tree.GetDiagnostics(cancellationToken).Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}

/// <summary>A literal after its text was changed.</summary>
internal sealed record EditedLiteral(SemanticModel Model, ExpressionSyntax Whole, LiteralText Text, SyntaxTree Tree);
