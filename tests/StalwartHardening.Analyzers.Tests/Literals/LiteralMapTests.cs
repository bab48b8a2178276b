using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Literals;

/// <summary>The way from the text of a literal back to its characters, against the compiler's own reading of the same tokens.</summary>
public class LiteralMapTests
{
    private const int Count = 20_000;

    [Fact]
    public void Every_form_of_literal_is_read_as_the_compiler_reads_it_and_leads_back_to_its_characters()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var trees = new Dictionary<int, SyntaxTree>();
        for (var seed = 0; seed < Count; seed++)
        {
            var source = $"class C{seed} {{ void M(string hole) {{ M(" + new RandomLiteral(seed).Next() + "); } }";
            var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: cancellationToken);
            if (!tree.GetDiagnostics(cancellationToken).Any())
                trees.Add(seed, tree);
        }

        var holes = 0;
        var compilation = CSharpCompilation.Create("Literals", trees.Values, Net100.References.All);
        foreach (var (seed, tree) in trees)
        {
            var source = tree.ToString();
            var model = compilation.GetSemanticModel(tree);
            var whole = tree.GetRoot(cancellationToken).DescendantNodes().OfType<ArgumentSyntax>().First().Expression;
            var text = LiteralReader.Read(whole, model, cancellationToken);

            Assert.Equal((seed, source, CompilersText(whole, model)), (seed, source, WithoutConstants(text, source)));
            AssertLeadsBack(text, source, seed);
            holes += text.Holes.Count();
        }

        // The generator is allowed to fail now and then, not to be useless.
        Assert.InRange(trees.Count, Count * 9 / 10, Count);
        Assert.True(holes > Count / 10, $"{holes} holes");
    }

    [Fact]
    public void Each_literal_of_a_concatenation_belongs_to_one_text()
    {
        var tree = CSharpSyntaxTree.ParseText("""class C { string S = ("a" + ("b" + x) + $"{y}" + "c") + """ + "\"\"\"d\"\"\"; }", cancellationToken: TestContext.Current.CancellationToken);
        var literals = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().Where(LiteralReader.IsLiteral).Cast<ExpressionSyntax>().ToList();
        Assert.Equal(5, literals.Count);
        Assert.Equal([0], literals.Select((literal, i) => (literal, i)).Where(pair => LiteralReader.WholeBegunBy(pair.literal) is not null).Select(pair => pair.i));
    }

    [Theory]
    [InlineData("public static readonly int Port = 143;", true)]
    [InlineData("public static readonly string Port = \"143\";", true)]
    [InlineData("public static int Port = 143;", false)]
    [InlineData("public static readonly int Port = int.Parse(\"143\");", false)]
    [InlineData("public static readonly int Port = 143; static Ports() { Port = 993; }", false)]
    public void A_field_of_another_file_that_is_set_once_to_a_literal_is_known(string field, bool isKnown)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var tree = CSharpSyntaxTree.ParseText("class C { string S = $\"bind = '[::]:{Ports.Port}'\"; }", cancellationToken: cancellationToken);
        var other = CSharpSyntaxTree.ParseText("static class Ports { " + field + " }", cancellationToken: cancellationToken);
        var literal = (ExpressionSyntax)tree.GetRoot(cancellationToken).DescendantNodes().First(LiteralReader.IsLiteral);
        var text = LiteralReader.Read(literal, CSharpCompilation.Create("Literals", [tree, other], Net100.References.All).GetSemanticModel(tree), cancellationToken);
        Assert.Equal("bind = '[::]:" + (isKnown ? "143" : Setting.UnknownPart) + "'", text.Value);
    }

    [Fact]
    public void A_concatenation_of_thousands_of_parts_is_read()
    {
        var source = "class C { string S = " + string.Join(" + ", Enumerable.Repeat("\"a.b = 1\\n\"", 2000)) + "; }";
        var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken);
        var first = (ExpressionSyntax)tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().First(LiteralReader.IsLiteral);
        var model = CSharpCompilation.Create("Literals", [tree], Net100.References.All).GetSemanticModel(tree);
        var text = LiteralReader.Read(LiteralReader.WholeBegunBy(first)!, model, TestContext.Current.CancellationToken);
        Assert.Equal(2000 * 8, text.Value.Length);
    }

    // The compiler's values of all tokens, with a mark for every hole and nothing else.
    private static string CompilersText(ExpressionSyntax whole, SemanticModel model) => whole switch
    {
        BinaryExpressionSyntax both => CompilersText(both.Left, model) + CompilersText(both.Right, model),
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(content =>
            model.GetOperation(content) is IInterpolatedStringTextOperation part ? (string)part.Text.ConstantValue.Value! : Setting.UnknownPart.ToString())),
        _ => throw new InvalidOperationException(whole.Kind().ToString()),
    };

    // Holes with a constant are known to us; here they count as holes.
    private static string WithoutConstants(LiteralText text, string source) => string.Concat(text.Pieces.Select(piece =>
        piece.Kind == LiteralPieceKind.Unknown || IsHole(piece, source) ? Setting.UnknownPart.ToString() : text.Value.Substring(piece.Start, piece.Length)));

    private static bool IsHole(LiteralPiece piece, string source) =>
        piece.Kind == LiteralPieceKind.Whole && source[piece.Source.Start] == '{' && source[piece.Source.Start..piece.Source.End] is not ("{{" or "}}");

    private static void AssertLeadsBack(LiteralText text, string source, int seed)
    {
        var end = 0;
        var sourceEnd = 0;
        foreach (var piece in text.Pieces)
        {
            Assert.Equal(end, piece.Start);
            Assert.True(piece.Source.Start >= sourceEnd, $"seed {seed}");
            end += piece.Length;
            sourceEnd = piece.Source.End;
            var written = source[piece.Source.Start..piece.Source.End];
            var value = text.Value.Substring(piece.Start, piece.Length);
            if (piece.Kind == LiteralPieceKind.Plain)
                Assert.Equal(written, value);
            else if (written[0] == '\\')
                Assert.Equal(SyntaxFactory.ParseToken('"' + written + '"').ValueText, value);
            else
                Assert.True(written is "\"\"" or "{{" or "}}" || written[0] == '{', $"seed {seed}: '{written}' is not an escape");
        }

        Assert.Equal(text.Value.Length, end);
        // What is in one run comes back exactly, whatever part of it is asked for.
        var random = new Random(seed);
        foreach (var piece in text.Pieces.Where(piece => piece.Kind == LiteralPieceKind.Plain))
        {
            var from = random.Next(piece.Length);
            var length = random.Next(1, piece.Length - from + 1);
            var located = text.Locate(new SourceSpan(piece.Start + from, length));
            Assert.Equal(text.Value.Substring(piece.Start + from, length), source[located.Start..located.End]);
        }
    }
}
