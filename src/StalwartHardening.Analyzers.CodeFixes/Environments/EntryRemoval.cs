using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.CodeFixes.Environments;

/// <summary>What is to be taken out of a program so that it sets one variable less and does everything else as before.</summary>
internal sealed class EntryRemoval(SemanticModel model, SourceText text, CancellationToken cancellationToken)
{
    /// <summary>The change that removes the entry with this name; null where it does more than that, or leaves nothing that could stand there.</summary>
    public TextChange? Of(ExpressionSyntax name)
    {
        for (SyntaxNode? node = name; node is not null; node = node.Parent)
        {
            switch (node)
            {
                // { ["NAME"] = value }, { { "NAME", value } }, { "NAME=value" }, { new("NAME", value) }
                case ExpressionSyntax element when element.Parent is InitializerExpressionSyntax list && IsWholeElement(element, name):
                    return OfElement(list, element);
                case ExpressionElementSyntax { Parent: CollectionExpressionSyntax list } element:
                    return Separated(list.Elements, element);
                case InvocationExpressionSyntax call when call.ArgumentList.Arguments.Any(argument => argument.Span.Contains(name.Span)):
                    // An argument for a tool is one of several.
                    if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ArgumentList" } })
                        return null;
                    if (OfCall(call) is { } change)
                        return change;
                    break;
                case AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax access } assignment when access.ArgumentList.Span.Contains(name.Span):
                    return OfAction(assignment);
                case StatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    // "{ "NAME", value }" is the element, not the name in it.
    private static bool IsWholeElement(ExpressionSyntax element, ExpressionSyntax name) =>
        element.Parent is not InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression }
        && (element == name || element is InitializerExpressionSyntax or BaseObjectCreationExpressionSyntax or TupleExpressionSyntax or BinaryExpressionSyntax or InvocationExpressionSyntax or AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax });

    private TextChange? OfElement(InitializerExpressionSyntax list, ExpressionSyntax element)
    {
        if (list.Expressions.Count > 1)
            return Separated(list.Expressions, element);
        return list.Parent switch
        {
            // Environment = { … }: nothing is left to say of it.
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax outer } assignment when assignment.Right == list => outer.Expressions.Count > 1 ? Separated(outer.Expressions, assignment) : OfElement(outer, assignment),
            // new Dictionary<string, string> { … }
            ObjectCreationExpressionSyntax { ArgumentList: null } creation => new TextChange(TextSpan.FromBounds(creation.Type.Span.End, list.Span.End), "()"),
            BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } => new TextChange(TextSpan.FromBounds(arguments.Span.End, list.Span.End), ""),
            _ => null,
        };
    }

    // An item with the comma that it needs no more; on lines of its own, with these.
    private TextChange? Separated<T>(SeparatedSyntaxList<T> list, T item)
        where T : SyntaxNode
    {
        var index = list.IndexOf(item);
        if (HoldsMore(item.Span))
            return null;
        if (index + 1 < list.Count)
        {
            var next = list[index + 1];
            return new TextChange(TextSpan.FromBounds(item.SpanStart, next.SpanStart), "") is var change && HoldsMore(change.Span) ? null : change;
        }

        if (index == 0)
            return new TextChange(list.SeparatorCount > 0 ? TextSpan.FromBounds(item.SpanStart, list.GetSeparator(0).Span.End) : item.Span, "");
        // A comma after the last one becomes that of the one before.
        var from = list.SeparatorCount > index ? list.GetSeparator(index - 1).Span.End : list[index - 1].Span.End;
        var to = list.SeparatorCount > index ? list.GetSeparator(index).Span.End : item.Span.End;
        return HoldsMore(TextSpan.FromBounds(from, to)) ? null : new TextChange(TextSpan.FromBounds(from, to), "");
    }

    // stalwart.WithImage(…).WithEnvironment("NAME", value): what it was called on takes its place.
    private TextChange? OfCall(InvocationExpressionSyntax call)
    {
        if (!IsFluent(call, out var receiver) || (call.Parent is ExpressionStatementSyntax && receiver is not InvocationExpressionSyntax))
            return OfAction(call);
        return HoldsMore(TextSpan.FromBounds(receiver!.Span.End, call.Span.End)) ? null : new TextChange(TextSpan.FromBounds(receiver.Span.End, call.Span.End), "");
    }

    private bool IsFluent(InvocationExpressionSyntax call, out ExpressionSyntax? receiver)
    {
        receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        return receiver is not null && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { ReturnsVoid: false } && model.GetTypeInfo(receiver, cancellationToken).Type is { } type
            && SymbolEqualityComparer.Default.Equals(type, model.GetTypeInfo(call, cancellationToken).Type);
    }

    // A statement that does only this; or a function that does, with the call that it is given to.
    private TextChange? OfAction(ExpressionSyntax action)
    {
        switch (action.Parent)
        {
            case ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: > 1 } or SwitchSectionSyntax { Statements.Count: > 1 } or GlobalStatementSyntax } statement:
                return WholeLines(statement.Parent is GlobalStatementSyntax global ? global : statement);
            case ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax } } statement:
                return WholeLines(statement);
            case ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: LambdaExpressionSyntax lambda } }:
                return OfFunction(lambda);
            case LambdaExpressionSyntax lambda:
                return OfFunction(lambda);
            default:
                return null;
        }
    }

    private TextChange? OfFunction(LambdaExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax call } } ? OfCall(call) : null;

    private TextChange? WholeLines(SyntaxNode statement)
    {
        var (first, last) = (text.Lines.GetLineFromPosition(statement.SpanStart), text.Lines.GetLineFromPosition(statement.Span.End));
        var (before, after) = (TextSpan.FromBounds(first.Start, statement.SpanStart), TextSpan.FromBounds(statement.Span.End, last.End));
        if (HoldsMore(statement.Span))
            return null;
        return text.ToString(before).Trim().Length == 0 && text.ToString(after).Trim().Length == 0
            ? new TextChange(TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak), "")
            : new TextChange(text.ToString(before).Trim().Length == 0 ? TextSpan.FromBounds(statement.SpanStart, NextStart(statement.Span.End)) : TextSpan.FromBounds(PreviousEnd(statement.SpanStart), statement.Span.End), "");
    }

    private int NextStart(int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
            position++;
        return position;
    }

    private int PreviousEnd(int position)
    {
        while (position > 0 && text[position - 1] is ' ' or '\t')
            position--;
        return position;
    }

    // What somebody wrote there, or what the preprocessor is told, stays.
    private bool HoldsMore(TextSpan span) =>
        model.SyntaxTree.GetRoot(cancellationToken).DescendantTrivia(span, descendIntoTrivia: false).Any(trivia => span.Contains(trivia.Span) && (trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.DisabledTextTrivia));
}
