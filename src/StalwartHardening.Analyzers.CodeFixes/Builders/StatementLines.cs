using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>The lines of statements and members that go: their own, and the comments above them that belong to nothing else.</summary>
internal sealed class StatementLines
{
    private readonly SyntaxTree _tree;
    private readonly SourceText _text;
    private readonly HashSet<SyntaxNode> _going;

    private StatementLines(SyntaxTree tree, IEnumerable<SyntaxNode> statements)
    {
        _tree = tree;
        _text = tree.GetText();
        _going = [.. statements];
    }

    /// <summary>Takes statements away.</summary>
    public static void Remove(IEnumerable<SyntaxNode> statements, ProgramEdit edit)
    {
        foreach (var file in statements.GroupBy(static statement => statement.SyntaxTree))
            new StatementLines(file.Key, file).Remove(edit);
    }

    private void Remove(ProgramEdit edit)
    {
        var ranges = new List<(int Begin, int End)>();
        foreach (var statement in _going.OrderBy(static statement => statement.SpanStart))
        {
            if (LinesOf(statement, edit) is not var (begin, end))
                continue;
            // What is together goes together.
            if (ranges.Count > 0 && ranges[ranges.Count - 1] is var (first, last) && last + 1 >= begin)
                ranges[ranges.Count - 1] = (first, Math.Max(last, end));
            else
                ranges.Add((begin, end));
        }

        foreach (var range in ranges)
        {
            var (begin, end) = range;
            // Two blank lines, or one beside a brace, would be left.
            if (end + 1 < _text.Lines.Count && IsBlank(end + 1) && (begin == 0 || IsBlank(begin - 1) || EndsWith(begin - 1, '{')))
                end++;
            else if (begin > 0 && IsBlank(begin - 1) && end + 1 < _text.Lines.Count && StartsWith(end + 1, '}'))
                begin--;
            edit.Remove(_tree, TextSpan.FromBounds(_text.Lines[begin].Start, _text.Lines[end].EndIncludingLineBreak));
        }
    }

    // The lines that a statement has for itself; where it shares one, it is taken out of it at once.
    private (int Begin, int End)? LinesOf(SyntaxNode statement, ProgramEdit edit)
    {
        var first = _text.Lines.GetLineFromPosition(statement.SpanStart);
        var last = _text.Lines.GetLineFromPosition(statement.Span.End);
        if (!IsBlank(first.Start, statement.SpanStart) || statement.GetLastToken().GetNextToken().SpanStart < last.End)
        {
            var start = statement.SpanStart;
            while (start > first.Start && _text[start - 1] is ' ' or '\t')
                start--;
            edit.Remove(_tree, start == first.Start ? statement.Span : TextSpan.FromBounds(start, statement.Span.End));
            return null;
        }

        return (OwnsComment(statement) ? CommentStart(statement, first.LineNumber) : first.LineNumber, last.LineNumber);
    }

    // A comment above several statements belongs to all of them.
    private bool OwnsComment(SyntaxNode statement)
    {
        for (var current = statement; ; current = Next(current)!)
        {
            var line = _text.Lines.GetLineFromPosition(current.Span.End).LineNumber + 1;
            if (line >= _text.Lines.Count || IsBlank(line) || StartsWith(line, '}') || StartsWith(line, '/') || StartsWith(line, '#'))
                return true;
            if (Next(current) is not { } next || !_going.Contains(next))
                return false;
        }
    }

    private static SyntaxNode? Next(SyntaxNode current) => current.Parent switch
    {
        BlockSyntax block => After(block.Statements, current),
        SwitchSectionSyntax section => After(section.Statements, current),
        TypeDeclarationSyntax type => After(type.Members, current),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global => After(unit.Members, global) is GlobalStatementSyntax next ? next.Statement : null,
        _ => null,
    };

    private static T? After<T>(SyntaxList<T> list, SyntaxNode current)
        where T : SyntaxNode
    {
        var index = list.IndexOf((T)current);
        return index + 1 < list.Count ? list[index + 1] : null;
    }

    private int CommentStart(SyntaxNode statement, int line)
    {
        var comments = new HashSet<int>();
        foreach (var trivia in statement.GetLeadingTrivia())
        {
            if (!trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) && !trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            {
                // What a directive encloses stays where it is.
                if (trivia.IsDirective)
                    comments.Clear();
                continue;
            }

            for (var i = _text.Lines.GetLineFromPosition(trivia.SpanStart).LineNumber; i <= _text.Lines.GetLineFromPosition(trivia.Span.End).LineNumber; i++)
                comments.Add(i);
        }

        while (line > 0 && comments.Contains(line - 1))
            line--;
        return line;
    }

    private bool IsBlank(int line) => IsBlank(_text.Lines[line].Start, _text.Lines[line].End);

    private bool IsBlank(int start, int end) => _text.ToString(TextSpan.FromBounds(start, end)).Trim().Length == 0;

    private bool StartsWith(int line, char character) => _text.Lines[line].ToString().TrimStart() is [var first, ..] && first == character;

    private bool EndsWith(int line, char character) => _text.Lines[line].ToString().TrimEnd() is [.., var last] && last == character;
}
