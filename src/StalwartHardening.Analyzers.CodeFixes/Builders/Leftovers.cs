using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// What has nothing left to do once calls are gone goes with them: braces, branches and loops around nothing, methods of nothing with their
/// calls, variables that nobody reads any more. Where something cannot go, nothing does.
/// </summary>
internal sealed class Leftovers(BuilderServers program, ProgramEdit edit, HashSet<SyntaxNode> going, HashSet<SyntaxNode> emptied, CancellationToken cancellationToken)
{
    private const int MaxRounds = 8;

    private readonly HashSet<SyntaxNode> _settled = [];

    /// <summary>The changes with what follows from them; null where something would be left that cannot go.</summary>
    public ProgramEdit? Complete()
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var complete = edit.Copy();
            if (Outermost() is not { } outermost || !Surroundings(outermost, complete) || !Emptied(complete, out var hasMore))
                return null;
            if (hasMore)
                continue;
            StatementLines.Remove(outermost.Where(static node => node.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax or TypeDeclarationSyntax), complete);
            if (complete.Trees.Any(tree => HoldsDirective(tree, complete)))
                return null;
            var isSettled = true;
            foreach (var orphan in Orphans(complete).ToList())
            {
                // What is written stays, without a name.
                if (orphan is LocalDeclarationStatementSyntax { Declaration: { Variables: [{ Initializer.Value: { } value }] } declaration } && Writes(value))
                    edit.Remove(orphan.SyntaxTree, TextSpan.FromBounds(declaration.SpanStart, value.SpanStart));
                else
                    going.Add(orphan);
                isSettled = false;
            }

            if (isSettled)
                return complete;
        }

        return null;
    }

    // What goes as a whole: a statement, or the loop or branch that holds nothing else.
    private HashSet<SyntaxNode>? Outermost()
    {
        var outermost = new HashSet<SyntaxNode>();
        foreach (var node in going)
        {
            var current = node;
            while (current is StatementSyntax && current.Parent is { } parent)
            {
                var outer = parent is ElseClauseSyntax { Parent: { } branch } ? branch : parent;
                if (outer is not StatementSyntax statement || !IsGone(statement))
                    break;
                current = statement;
            }

            // A method's own braces stay with the method.
            if (current is BlockSyntax { Parent: not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax) } block && !going.Contains(block))
            {
                if (block.Parent is FinallyClauseSyntax or IfStatementSyntax or ElseClauseSyntax)
                {
                    outermost.Add(block);
                    continue;
                }

                if (block.Parent is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
                    return null;
                emptied.Add(block.Parent);
                continue;
            }

            outermost.Add(current);
        }

        outermost.RemoveWhere(node => node.Ancestors().Any(outermost.Contains));
        return outermost;
    }

    private bool IsGone(StatementSyntax statement) => going.Contains(statement) || statement switch
    {
        BlockSyntax block => block.Statements.Count > 0 && block.Statements.All(IsGone),
        IfStatementSyntax branch => IsHarmless(branch.Condition) && IsGone(branch.Statement) && (branch.Else is null || IsGone(branch.Else.Statement)),
        ForEachStatementSyntax loop => IsHarmless(loop.Expression) && IsGone(loop.Statement),
        ForEachVariableStatementSyntax loop => IsHarmless(loop.Expression) && IsGone(loop.Statement),
        ForStatementSyntax loop => IsGone(loop.Statement),
        TryStatementSyntax attempt => IsGone(attempt.Block) && (attempt.Finally is null || IsGone(attempt.Finally.Block)),
        _ => false,
    };

    // What stood around a statement that has no braces, or was all there was in them.
    private static bool Surroundings(HashSet<SyntaxNode> outermost, ProgramEdit complete)
    {
        foreach (var node in outermost)
        {
            switch (node.Parent)
            {
                case BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax or TypeDeclarationSyntax:
                    break;
                case ElseClauseSyntax otherwise:
                    complete.Remove(node.SyntaxTree, TextSpan.FromBounds(otherwise.GetFirstToken().GetPreviousToken().Span.End, node.Span.End));
                    break;
                case IfStatementSyntax { Else: { Statement: not IfStatementSyntax } otherwise } branch when branch.Statement == node:
                    complete.Replace(node.SyntaxTree, branch.Condition.Span, Negated(branch.Condition));
                    complete.Remove(node.SyntaxTree, TextSpan.FromBounds(branch.CloseParenToken.Span.End, otherwise.ElseKeyword.Span.End));
                    break;
                case FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: > 0 } } clause:
                    complete.Remove(node.SyntaxTree, TextSpan.FromBounds(clause.GetFirstToken().GetPreviousToken().Span.End, clause.Span.End));
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static string Negated(ExpressionSyntax condition) => condition switch
    {
        PrefixUnaryExpressionSyntax not when not.IsKind(SyntaxKind.LogicalNotExpression) => not.Operand is ParenthesizedExpressionSyntax inner ? inner.Expression.ToString() : not.Operand.ToString(),
        IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax => "!" + condition,
        _ => "!(" + condition + ")",
    };

    private bool Emptied(ProgramEdit complete, out bool hasMore)
    {
        hasMore = false;
        foreach (var function in emptied.ToList())
        {
            // What goes as a part of something else needs nothing more.
            if (function.AncestorsAndSelf().Any(going.Contains) || edit.Covers(function.SyntaxTree, function.Span))
                continue;
            switch (function)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    if (!RemoveArgument(lambda, complete))
                        return false;
                    break;
                case MethodDeclarationSyntax or LocalFunctionStatementSyntax when _settled.Add(function) && RemoveWithCalls(function):
                    hasMore = true;
                    break;
                case BaseMethodDeclarationSyntax method when IsCalledByOthers(method):
                    LeaveEmpty(method, complete);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // AddListener("smtp", MailProtocol.Smtp, smtp => …): there may be the same without.
    private static bool RemoveArgument(AnonymousFunctionExpressionSyntax lambda, ProgramEdit complete)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax list } argument)
            return false;
        var index = list.Arguments.IndexOf(argument);
        if (index == 0 || index < list.Arguments.Count - 1)
            return false;
        complete.Remove(lambda.SyntaxTree, TextSpan.FromBounds(list.Arguments.GetSeparator(index - 1).SpanStart, argument.Span.End));
        return true;
    }

    // A method that does nothing is called for nothing.
    private bool RemoveWithCalls(SyntaxNode function)
    {
        if (program.ModelOf(function.SyntaxTree).GetDeclaredSymbol(function, cancellationToken) is not IMethodSymbol { ReturnsVoid: true } method || !IsOwn(method))
            return false;
        var statements = new List<StatementSyntax>();
        foreach (var name in ReferencesTo(method))
        {
            SyntaxNode called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (called.Parent is not InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement } call || !call.ArgumentList.Arguments.All(argument => IsHarmless(argument.Expression)))
                return false;
            statements.Add(statement);
        }

        going.UnionWith(statements);
        going.Add(function);
        return true;
    }

    // Other assemblies, interfaces and base classes may call a method that nobody calls here.
    private bool IsOwn(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
            return true;
        if (method.IsVirtual || method.IsOverride || method.IsAbstract || method.IsPartialDefinition || method.PartialDefinitionPart is not null || !method.GetAttributes().IsEmpty || !method.ExplicitInterfaceImplementations.IsEmpty)
            return false;
        if (method.ContainingType.AllInterfaces.SelectMany(static contract => contract.GetMembers()).Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)))
            return false;
        if (SymbolEqualityComparer.Default.Equals(program.Compilation.GetEntryPoint(cancellationToken), method))
            return false;
        return method.DeclaredAccessibility == Accessibility.Private || ((IsInternal(method) || program.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication) && ReferencesTo(method).Any());
    }

    private static bool IsInternal(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return true;
        }

        return false;
    }

    private IEnumerable<SimpleNameSyntax> ReferencesTo(ISymbol symbol)
    {
        foreach (var tree in program.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tree.GetText(cancellationToken).ToString().IndexOf(symbol.Name, StringComparison.Ordinal) < 0)
                continue;
            foreach (var name in tree.GetRoot(cancellationToken).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText == symbol.Name && IsTo(name, symbol))
                    yield return name;
            }
        }
    }

    private bool IsTo(SimpleNameSyntax name, ISymbol symbol)
    {
        var info = program.ModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken);
        foreach (var candidate in info.Symbol is { } known ? new[] { known } : info.CandidateSymbols.ToArray())
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition is IMethodSymbol { ReducedFrom: { } original } ? original : candidate.OriginalDefinition, symbol.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool IsCalledByOthers(BaseMethodDeclarationSyntax method) =>
        method is ConstructorDeclarationSyntax || method.Modifiers.Any(static modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);

    // What others call stays, and does nothing.
    private static void LeaveEmpty(BaseMethodDeclarationSyntax method, ProgramEdit complete)
    {
        var text = method.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(method.SpanStart);
        var indentation = text.ToString(TextSpan.FromBounds(line.Start, method.SpanStart));
        if (method.Body is { } body)
            complete.Replace(method.SyntaxTree, TextSpan.FromBounds(body.OpenBraceToken.Span.End, body.CloseBraceToken.SpanStart), Lines.BreakOf(text) + indentation);
        else if (method.ExpressionBody is { } arrow)
            complete.Replace(method.SyntaxTree, TextSpan.FromBounds(arrow.GetFirstToken().GetPreviousToken().Span.End, method.Span.End), Lines.BreakOf(text) + indentation + "{" + Lines.BreakOf(text) + indentation + "}");
    }

    // What a directive encloses may be there or not.
    private static bool HoldsDirective(SyntaxTree tree, ProgramEdit complete)
    {
        var root = tree.GetRoot();
        if (!root.ContainsDirectives)
            return false;
        return root.DescendantTrivia(descendIntoTrivia: false).Any(trivia => trivia.IsDirective && complete.SpansOf(tree).Any(span => span.OverlapsWith(trivia.Span)));
    }

    // What was only read by what goes.
    private IEnumerable<SyntaxNode> Orphans(ProgramEdit complete)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in complete.Trees.ToList())
        {
            var root = tree.GetRoot(cancellationToken);
            foreach (var span in complete.SpansOf(tree).ToList())
            {
                foreach (var name in root.DescendantNodes(span).OfType<SimpleNameSyntax>().Where(name => span.Contains(name.Span)))
                {
                    if (program.ModelOf(tree).GetSymbolInfo(name, cancellationToken).Symbol is { } symbol && seen.Add(symbol) && OrphanOf(symbol, complete) is { } orphan)
                        yield return orphan;
                }
            }
        }
    }

    private SyntaxNode? OrphanOf(ISymbol symbol, ProgramEdit complete)
    {
        if (symbol.DeclaringSyntaxReferences is not [var reference])
            return null;
        SyntaxNode? declaration = (symbol, reference.GetSyntax(cancellationToken)) switch
        {
            (ILocalSymbol, VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } } declarator)
                when declarator.Initializer is null || IsHarmless(declarator.Initializer.Value) => statement,
            (IFieldSymbol { DeclaredAccessibility: Accessibility.Private }, VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } } declarator)
                when declarator.Initializer is null || IsHarmless(declarator.Initializer.Value) => field,
            (IMethodSymbol { MethodKind: MethodKind.LocalFunction }, LocalFunctionStatementSyntax function) => function,
            (IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } method, MethodDeclarationSyntax { } own) when IsOwn(method) => own,
            (IPropertySymbol { DeclaredAccessibility: Accessibility.Private }, PropertyDeclarationSyntax property) => property,
            _ => null,
        };
        if (declaration is null || going.Contains(declaration) || complete.Covers(declaration.SyntaxTree, declaration.Span) || IsUsingResource(declaration)
            || (declaration is LocalDeclarationStatementSyntax { Declaration: var variable } && complete.Covers(declaration.SyntaxTree, variable.Type.Span)))
            return null;
        return References(symbol, declaration).All(name => complete.Covers(name.SyntaxTree, name.Span) || declaration.Span.Contains(name.Span) && name.SyntaxTree == declaration.SyntaxTree) ? declaration : null;
    }

    // Whether something is written into a server while a value is made.
    private bool Writes(ExpressionSyntax value) =>
        value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call => program.Vocabulary.IsBuilder(program.ModelOf(call.SyntaxTree).GetTypeInfo(call, cancellationToken).Type));

    private static bool IsUsingResource(SyntaxNode declaration) => declaration is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };

    private IEnumerable<SimpleNameSyntax> References(ISymbol symbol, SyntaxNode declaration) => symbol is ILocalSymbol
        ? (declaration.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax) ?? declaration).DescendantNodes().OfType<SimpleNameSyntax>()
            .Where(name => name.Identifier.ValueText == symbol.Name && IsTo(name, symbol))
        : ReferencesTo(symbol);

    // Nothing happens but reading, and what is made of it.
    private static bool IsHarmless(ExpressionSyntax expression)
    {
        foreach (var node in expression.DescendantNodesAndSelf())
        {
            if (node is AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax } or AwaitExpressionSyntax
                or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }
                or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
                or ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
                return false;
        }

        return true;
    }
}
