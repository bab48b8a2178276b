using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Plans;
using StalwartHardening.Programs;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Where a program says the parts of the plan that it writes.</summary>
internal sealed class PlanPlaces(BuilderServers program, JudgedServer server, CancellationToken cancellationToken)
{
    /// <summary>Where values come from.</summary>
    public ValueOrigin Origin { get; } = new(program, cancellationToken);

    /// <summary>The last statement of the member that begins the plan in which an operation is added, with what it is added to.</summary>
    public (StatementSyntax Statement, string Receiver)? LastStatement
    {
        get
        {
            (StatementSyntax, string)? last = null;
            foreach (var operation in server.Plan!.Run.Operations)
            {
                if (CallAt(operation.Span.Start) is { Expression: MemberAccessExpressionSyntax access } call
                    && Chain.IsName(access.Expression)
                    && call.Ancestors().OfType<StatementSyntax>().FirstOrDefault(IsOfMember) is { } statement
                    && server.Written.Body.Span.Contains(statement.Span) && server.Written.Body.SyntaxTree == statement.SyntaxTree
                    && (last is null || statement.SpanStart > last.Value.Item1.SpanStart))
                    last = (statement, access.Expression.ToString() + access.OperatorToken.Text);
            }

            return last;
        }
    }

    /// <summary>The call that adds an operation; null where it is none that can be changed.</summary>
    public InvocationExpressionSyntax? CallOf(DraftOperation operation) => operation.Origin is SourceSpan span ? CallAt(span.Start) : null;

    /// <summary>What of the program wrote a piece of the plan.</summary>
    /// <param name="origin">The piece: its characters in the plan.</param>
    public SyntaxNode? NodeOf(object? origin) =>
        origin is SourceSpan piece && server.Written.Plan!.OriginAt(piece.Start) is SourceSpan span && program.Reader.Sources.TreeOf(span) is { } tree
            && tree.GetRoot(cancellationToken).FindNode(new TextSpan(span.Start, span.Length), getInnermostNodeForTie: true) is { } node && node.Span == new TextSpan(span.Start, span.Length)
                ? node
                : null;

    /// <summary>The expression that creates an object.</summary>
    public BaseObjectCreationExpressionSyntax? CreationOf(DraftObject written) => CreationAt(NodeOf(written.Origin), mayFollow: true);

    /// <summary>The entry of a list, or the argument of <paramref name="call"/>, that an object is made from: the one that says a value which the creation does not say.</summary>
    public ExpressionSyntax? EntryOf(DraftObject written, InvocationExpressionSyntax? call)
    {
        var creation = CreationOf(written);
        foreach (var value in written.Fields.SelectMany(static field => field.Value.Items.Select(static item => item.Origin).Prepend(field.Value.Origin)))
        {
            for (var node = NodeOf(value); node is ExpressionSyntax or ArgumentSyntax or BaseArgumentListSyntax; node = node.Parent)
            {
                if (node == creation)
                    break;
                if (node is ExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: not BaseObjectCreationExpressionSyntax { Initializer.RawKind: (int)SyntaxKind.ObjectInitializerExpression } } or ExpressionElementSyntax } entry
                    && creation?.Span.Contains(entry.Span) != true)
                    return entry;
                if (call is not null && node is ExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax list } } argument && list.Parent == call)
                    return argument;
            }
        }

        return null;
    }

    /// <summary>Where an object that is kept in a variable is used.</summary>
    public static IReadOnlyList<ExpressionSyntax> UsesOf(BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } || Chain.MemberOf(creation) is not { } member)
            return [];
        return [.. member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Identifier.ValueText)];
    }

    /// <summary>The variable that holds an object; null where none does.</summary>
    public string? VariableOf(DraftObject written) =>
        CreationOf(written) is { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } variable } } ? variable.Identifier.ValueText : null;

    /// <summary>The assignment of a field of an object.</summary>
    public AssignmentExpressionSyntax? AssignmentOf(DraftObject owner, DraftField field)
    {
        var property = PlanValueCode.PropertyName(owner.Type, field.Field!);
        foreach (var assignment in CreationOf(owner)?.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>() ?? [])
        {
            if (assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == property)
                return assignment;
        }

        return NodeOf(field.Origin)?.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Left: MemberAccessExpressionSyntax access } outside && access.Name.Identifier.ValueText == property ? outside : null;
    }

    /// <summary>What is to be inserted after an element of a list so that <paramref name="code"/> is the next one: on its own line where elements are.</summary>
    public string After(SyntaxNode element, string code)
    {
        var text = element.SyntaxTree.GetText(cancellationToken);
        var line = text.Lines.GetLineFromPosition(element.SpanStart);
        if (text.ToString(TextSpan.FromBounds(line.Start, element.SpanStart)).Trim().Length > 0)
            return ", " + code.Replace("\n", "\n" + IndentAt(element.SyntaxTree, element.SpanStart));
        var indent = "\n" + IndentAt(element.SyntaxTree, element.SpanStart);
        return InLinesOf(element.SyntaxTree, "," + indent + code.Replace("\n", indent));
    }

    /// <summary>The blanks that a line begins with.</summary>
    public string IndentAt(SyntaxTree tree, int position)
    {
        var text = tree.GetText(cancellationToken);
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && text[end] is ' ' or '\t')
            end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>The text with the line ends of a file.</summary>
    public string InLinesOf(SyntaxTree tree, string text)
    {
        var source = tree.GetText(cancellationToken);
        var first = source.Lines[0];
        return first.EndIncludingLineBreak - first.End == 2 ? text.Replace("\n", "\r\n") : text;
    }

    // Not in a loop or a branch, but after it.
    private static bool IsOfMember(StatementSyntax statement) =>
        statement.Parent is GlobalStatementSyntax or BlockSyntax { Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax };

    private InvocationExpressionSyntax? CallAt(int offset) =>
        NodeOf(new SourceSpan(offset, 1))?.FirstAncestorOrSelf<InvocationExpressionSyntax>();

    private BaseObjectCreationExpressionSyntax? CreationAt(SyntaxNode? node, bool mayFollow)
    {
        if (node is BaseObjectCreationExpressionSyntax itself)
            return itself;
        for (var outer = node?.Parent; outer is TypeSyntax or ObjectCreationExpressionSyntax; outer = outer.Parent)
        {
            if (outer is ObjectCreationExpressionSyntax creation)
                return creation.Type.Span.Contains(node!.Span) ? creation : null;
        }

        return mayFollow && node is IdentifierNameSyntax && program.ModelOf(node.SyntaxTree).GetSymbolInfo(node, cancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
            && reference.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value } ? CreationAt(value, mayFollow: false) : null;
    }
}
