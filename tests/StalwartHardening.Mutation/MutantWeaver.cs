using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace StalwartHardening.Mutation;

/// <summary>
/// Puts every mutant into one assembly: each method begins with the question which of its mutants is on, and holds one body for each. One compilation
/// serves all, and the question at the start tells which tests enter the method.
/// </summary>
internal sealed class MutantWeaver(string folder, Func<Mutant, bool> isWanted)
{
    /// <summary>Marks the branch of a mutant, so that errors of the compiler find it.</summary>
    public const string Mark = "mutant";

    private readonly List<Mutant> _mutants = [];
    private int _methods;
    private int _ids;

    /// <summary>What has been woven in.</summary>
    public IReadOnlyList<Mutant> Mutants => _mutants;

    /// <summary>What the woven methods ask.</summary>
    public const string Switch = """
        internal static class MutantSwitch
        {
            private static readonly int _active = int.TryParse(System.Environment.GetEnvironmentVariable("MUTANT"), out var id) ? id : 0;
            private static readonly string _coverage = System.Environment.GetEnvironmentVariable("MUTANT_COVERAGE") ?? "";
            private static readonly bool[] _entered = Listen();

            public static bool IsOn(int id) => _active == id;

            public static void Enter(int method) => _entered[method] = true;

            private static bool[] Listen()
            {
                var entered = new bool[100000];
                if (_coverage.Length > 0)
                {
                    System.AppDomain.CurrentDomain.ProcessExit += delegate
                    {
                        var lines = new System.Collections.Generic.List<string>();
                        for (var index = 0; index < entered.Length; index++)
                        {
                            if (entered[index])
                                lines.Add(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
                        }

                        System.IO.File.WriteAllLines(_coverage, lines);
                    };
                }

                return entered;
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
        var method = _methods++;
        var body = BodyOf(member)!;
        var isVoid = member is ConstructorDeclarationSyntax or MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } }
            || member is AccessorDeclarationSyntax accessor && !accessor.IsKind(SyntaxKind.GetAccessorDeclaration);
        var original = AsBlock(body, isVoid);
        StatementSyntax chain = original;
        foreach (var mutant in MutantsOf(body, method, tree).Reverse())
        {
            var block = AsBlock(mutant.Body, isVoid).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, mutant.Mutant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            chain = IfStatement(ParseExpression($"MutantSwitch.IsOn({mutant.Mutant.Id})"), block, ElseClause(chain));
        }

        var whole = Block(ParseStatement($"MutantSwitch.Enter({method});"), chain);
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

    private static AccessorListSyntax Getter(BlockSyntax body) => AccessorList([AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, body)]);

    private static BlockSyntax AsBlock(SyntaxNode body, bool isVoid) => body switch
    {
        BlockSyntax block => block,
        ArrowExpressionClauseSyntax { Expression: ThrowExpressionSyntax thrown } => Block(ThrowStatement(thrown.Expression)),
        ArrowExpressionClauseSyntax arrow => Block(isVoid ? ExpressionStatement(arrow.Expression) : ReturnStatement(arrow.Expression)),
        _ => throw new InvalidOperationException(body.Kind() + " is no body"),
    };

    private IEnumerable<(Mutant Mutant, SyntaxNode Body)> MutantsOf(SyntaxNode body, int method, SyntaxTree tree)
    {
        var file = Path.GetRelativePath(folder, tree.FilePath).Replace('\\', '/');
        if (file.StartsWith("obj/", StringComparison.Ordinal) || file.StartsWith("..", StringComparison.Ordinal) || file.EndsWith(".g.cs", StringComparison.Ordinal))
            yield break;
        var parts = file.Split('/');
        var home = string.Join('/', parts[..Math.Min(2, parts.Length - 1)]);
        foreach (var node in body.DescendantNodes())
        {
            foreach (var replacement in Mutations.Of(node))
            {
                var mutant = new Mutant(++_ids, method, home, file, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, Short(node), Short(replacement));
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
