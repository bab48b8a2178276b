using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace StalwartHardening.Mutation;

/// <summary>
/// Puts every mutant into one assembly: each method begins with the question which of its mutants is on, and holds one body for each. One compilation
/// serves all. The unchanged body tells which of its blocks tests enter; blocks have the same numbers whichever mutants are chosen.
/// </summary>
internal sealed class MutantWeaver(string folder, Func<Mutant, bool> isWanted)
{
    /// <summary>Marks the branch of a mutant, so that errors of the compiler find it.</summary>
    public const string Mark = "mutant";

    private readonly List<Mutant> _mutants = [];
    private int _blocks;
    private int _ids;

    /// <summary>What has been woven in.</summary>
    public IReadOnlyList<Mutant> Mutants => _mutants;

    /// <summary>What the woven methods ask and tell. Blocks first entered while a type is initialised run once in a process, whatever mutant is on later.</summary>
    public const string Switch = """
        internal static class MutantSwitch
        {
            internal static int Active = int.TryParse(System.Environment.GetEnvironmentVariable("MUTANT"), out var id) ? id : 0;
            internal static bool IsWatched;
            internal static readonly System.Collections.Generic.List<int> Entered = new();
            internal static readonly System.Collections.Generic.HashSet<int> Once = new();
            private static readonly bool[] _isEntered = new bool[200000];
            private static readonly bool[] _isKnown = new bool[200000];

            public static bool IsOn(int id) => Active == id;

            public static void Enter(int block)
            {
                if (!IsWatched || _isEntered[block])
                    return;
                lock (Entered)
                {
                    _isEntered[block] = true;
                    Entered.Add(block);
                    if (_isKnown[block])
                        return;
                    _isKnown[block] = true;
                    var stack = new System.Diagnostics.StackTrace().ToString();
                    if (stack.IndexOf(".cctor", System.StringComparison.Ordinal) >= 0 || stack.IndexOf("System.Lazy", System.StringComparison.Ordinal) >= 0)
                        Once.Add(block);
                }
            }

            internal static void Forget()
            {
                lock (Entered)
                {
                    foreach (var block in Entered)
                        _isEntered[block] = false;
                    Entered.Clear();
                }
            }
        }
        """;

    /// <summary>A file with its mutants.</summary>
    public SyntaxTree Weave(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var bodies = root.DescendantNodes().Where(static node => BodyOf(node) is not null);
        var woven = root.ReplaceNodes(bodies, (original, _) => WithBody(original, tree));
        return tree.WithRootAndOptions(woven, tree.Options);
    }

    /// <summary>The body of a member whose mutants can be told apart at its start: not what holds no statement, not what gives a reference.</summary>
    private static SyntaxNode? BodyOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax { ReturnType: not RefTypeSyntax } method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        ConstructorDeclarationSyntax constructor => (SyntaxNode?)constructor.Body ?? constructor.ExpressionBody,
        OperatorDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        PropertyDeclarationSyntax { Type: not RefTypeSyntax } property => property.ExpressionBody,
        IndexerDeclarationSyntax { Type: not RefTypeSyntax } indexer => indexer.ExpressionBody,
        AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax { Type: not RefTypeSyntax } } accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        _ => null,
    };

    private SyntaxNode WithBody(SyntaxNode member, SyntaxTree tree)
    {
        var method = _blocks++;
        var body = BodyOf(member)!;
        var blocks = body.DescendantNodes().Where(static node => node is BlockSyntax or SwitchSectionSyntax).ToDictionary(static node => node, _ => _blocks++);
        var isVoid = member is ConstructorDeclarationSyntax or MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } }
            || member is AccessorDeclarationSyntax accessor && !accessor.IsKind(SyntaxKind.GetAccessorDeclaration);
        StatementSyntax chain = AsBlock(body.ReplaceNodes(blocks.Keys, (block, inner) => WithProbe(inner, blocks[block])), isVoid);
        foreach (var mutant in MutantsOf(body, node => node.Ancestors().Select(outer => blocks.TryGetValue(outer, out var block) ? block : (int?)null).FirstOrDefault(static block => block is not null) ?? method, tree).Reverse())
        {
            var block = AsBlock(mutant.Body, isVoid).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, mutant.Mutant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            chain = IfStatement(ParseExpression($"MutantSwitch.IsOn({mutant.Mutant.Id})"), block, ElseClause(chain));
        }

        var whole = Block(Probe(method), chain);
        return member switch
        {
            MethodDeclarationSyntax it => it.WithExpressionBody(null).WithSemicolonToken(default).WithBody(whole),
            ConstructorDeclarationSyntax it => it.WithExpressionBody(null).WithSemicolonToken(default).WithBody(whole),
            OperatorDeclarationSyntax it => it.WithExpressionBody(null).WithSemicolonToken(default).WithBody(whole),
            PropertyDeclarationSyntax it => it.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(whole)),
            IndexerDeclarationSyntax it => it.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(whole)),
            AccessorDeclarationSyntax it => it.WithExpressionBody(null).WithSemicolonToken(default).WithBody(whole),
            _ => throw new InvalidOperationException(member.Kind() + " has no body"),
        };
    }

    private static StatementSyntax Probe(int block) => ParseStatement($"MutantSwitch.Enter({block});");

    private static SyntaxNode WithProbe(SyntaxNode node, int block) => node switch
    {
        BlockSyntax it => it.WithStatements(it.Statements.Insert(0, Probe(block))),
        SwitchSectionSyntax it => it.WithStatements(it.Statements.Insert(0, Probe(block))),
        _ => node,
    };

    private static AccessorListSyntax Getter(BlockSyntax body) => AccessorList([AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, body)]);

    private static BlockSyntax AsBlock(SyntaxNode body, bool isVoid) => body switch
    {
        BlockSyntax block => block,
        ArrowExpressionClauseSyntax { Expression: ThrowExpressionSyntax thrown } => Block(ThrowStatement(thrown.Expression)),
        ArrowExpressionClauseSyntax arrow => Block(isVoid ? ExpressionStatement(arrow.Expression) : ReturnStatement(arrow.Expression)),
        _ => throw new InvalidOperationException(body.Kind() + " is no body"),
    };

    private IEnumerable<(Mutant Mutant, SyntaxNode Body)> MutantsOf(SyntaxNode body, Func<SyntaxNode, int> blockOf, SyntaxTree tree)
    {
        var file = Path.GetRelativePath(folder, tree.FilePath).Replace('\\', '/');
        if (file.StartsWith("obj/", StringComparison.Ordinal) || file.StartsWith("..", StringComparison.Ordinal) || file.EndsWith(".g.cs", StringComparison.Ordinal))
            yield break;
        var home = Mutant.FolderOf(file);
        foreach (var node in body.DescendantNodes())
        {
            foreach (var replacement in Mutations.Of(node))
            {
                var mutant = new Mutant(++_ids, blockOf(node), home, file, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, Short(node), Short(replacement));
                if (!isWanted(mutant))
                    continue;
                _mutants.Add(mutant);
                yield return (mutant, body.ReplaceNode(node, replacement));
            }
        }
    }

    // A whole 'if' statement is its condition.
    private static string Short(SyntaxNode node)
    {
        var text = node is IfStatementSyntax statement ? $"if ({statement.Condition})" : node.ToString();
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('`', '\'');
        return text.Length <= 100 ? text : text[..97] + "…";
    }
}
