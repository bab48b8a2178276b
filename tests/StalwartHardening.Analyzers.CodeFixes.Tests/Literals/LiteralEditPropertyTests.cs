using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Analyzers.CodeFixes.Literals;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Literals;

/// <summary>Changes of a text inside random literals, and every remedy in every kind of literal, against the same change of the plain text.</summary>
public class LiteralEditPropertyTests
{
    private const int Count = 4_000;

    private static readonly string[] Replacements = ["", "", "x", "a = 1\n", "b = \"c\"\n\n", "\"", "\\", "{", "}", "é\t", "# c", "\r\n", "tls.implicit = true\n"];

    private static readonly string[] Configurations =
    [
        "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n\n[server.listener.pop3]\nbind = \"[::]:110\"\nprotocol = \"pop3\"\n",
        "# Mail\n[server.listener]\nimap = { bind = [\"[::]:143\", \"127.0.0.1:143\"], protocol = \"imap\" }\nsubmission.bind = '0.0.0.0:587'\nsubmission.protocol = 'smtp'\n",
        "authentication.fallback-admin.user = \"admin\"\nauthentication.fallback-admin.secret = \"%{env:SECRET}%\"\n\n[server.listener.http]\nbind = \"[::]:8080\"\nprotocol = \"http\"\n",
        "server.http.hsts = true\nserver.listener.https.bind = \"[::]:443\"\nserver.listener.https.protocol = \"http\"\nserver.listener.https.tls.implicit = true\nstorage.data = \"rocksdb\"",
        "[[server.listener]]\nbind = \"[::]:993\"\nprotocol = \"imap\"\n[authentication.master]\nuser = \"m\"\nsecret = \"s\\\"\\\\\"\n[storage]\ndata = \"{}\"\n",
    ];

    [Fact]
    public void A_change_of_the_text_is_a_change_of_the_literal()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var empty = CSharpCompilation.Create("Literals", [], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var tried = 0;
        var written = 0;
        Parallel.For(0, Count, new ParallelOptions { CancellationToken = cancellationToken }, seed =>
        {
            var random = new Random(seed);
            var source = $"class C{seed} {{ void M(string hole) {{ M(" + new RandomLiteral(seed).Next() + ");   /* rest */ } }";
            var tree = CSharpSyntaxTree.ParseText(source, cancellationToken: cancellationToken);
            if (tree.GetDiagnostics(cancellationToken).Any())
                return;
            var compilation = empty.AddSyntaxTrees(tree);
            var model = compilation.GetSemanticModel(tree);
            var whole = tree.GetRoot(cancellationToken).DescendantNodes().OfType<ArgumentSyntax>().First().Expression;
            var text = LiteralReader.Read(whole, model, cancellationToken);
            var changes = RandomChanges(random, text.Value);
            if (changes.Count == 0)
                return;
            Interlocked.Increment(ref tried);
            if (LiteralEditor.Edit(model, whole, text, changes, cancellationToken) is not { } edited)
                return;
            Interlocked.Increment(ref written);
            var result = edited.Tree.ToString();
            var message = $"seed {seed}: {string.Join(", ", changes)}\n{source}\n=>\n{result}";
            // The compiler's own opinion, where it has one.
            if (edited.Model.GetConstantValue(edited.Whole, cancellationToken) is { HasValue: true, Value: string constant })
                Assert.True(constant == TextChange.Apply(text.Value, changes), message);
            Assert.True(result.StartsWith(source[..whole.SpanStart], StringComparison.Ordinal), message);
            Assert.True(result.EndsWith(source[whole.Span.End..], StringComparison.Ordinal), message);
            Assert.Equal(text.Holes.Count(), edited.Text.Holes.Count());
        });
        // Holes, constants from elsewhere and what raw literals cannot say are left alone; most can be said.
        Assert.True(tried > Count / 2, $"{tried} tried");
        Assert.True(written > tried / 2, $"{written} of {tried} written");
        TestContext.Current.TestOutputHelper!.WriteLine($"{written} of {tried} written");
    }

    [Fact]
    public async Task Every_remedy_in_every_kind_of_literal_does_what_it_does_in_a_file()
    {
        var applied = 0;
        foreach (var configuration in Configurations)
        {
            var server = Generation.ReadFile(configuration, ServerVersion.Newest, CancellationToken.None);
            foreach (var (kind, literal) in Kinds(configuration))
            {
                using var programs = new SourcePrograms();
                var project = programs.AddProject("class Program { static object Server = StalwartHardening.Configuration.StalwartServer.ParseToml(" + literal + "); }\n");
                var before = programs.Solution.GetProject(project)!;
                var expected = new List<string>();
                foreach (var finding in ConfigurationJudge.Judge(server, JudgementOptions.Default, CancellationToken.None))
                {
                    foreach (var remedy in finding.Remedies(server))
                    {
                        if (RemedyApplication.Apply(server, JudgementOptions.Default, finding, remedy, cancellationToken: CancellationToken.None) is { } changes)
                            expected.Add(remedy.EquivalenceKey + ": " + TextChange.Apply(configuration, changes));
                    }
                }

                var actual = new List<string>();
                foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(before))
                {
                    foreach (var action in await SourcePrograms.ActionsAsync(before, diagnostic))
                    {
                        var operations = await action.GetOperationsAsync(CancellationToken.None);
                        var after = operations.OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>().Single().ChangedSolution.GetProject(project)!;
                        var root = (await after.Documents.Single().GetSyntaxRootAsync(CancellationToken.None))!;
                        var argument = root.DescendantNodes().OfType<ArgumentSyntax>().First().Expression;
                        var compilation = (await after.GetCompilationAsync(CancellationToken.None))!;
                        Assert.DoesNotContain(compilation.GetDiagnostics(CancellationToken.None), static problem => problem.Severity == DiagnosticSeverity.Error);
                        actual.Add(action.EquivalenceKey + ": " + (string)compilation.GetSemanticModel(root.SyntaxTree).GetConstantValue(argument, CancellationToken.None).Value!);
                        applied++;
                    }
                }

                Assert.Equal((kind, configuration, string.Join("\n---\n", expected.Order(StringComparer.Ordinal))), (kind, configuration, string.Join("\n---\n", actual.Order(StringComparer.Ordinal))));
            }
        }

        Assert.True(applied > 80, $"{applied} applied");
    }

    private static List<TextChange> RandomChanges(Random random, string value)
    {
        var changes = new List<TextChange>();
        var position = 0;
        for (var i = random.Next(1, 4); i > 0 && position <= value.Length; i--)
        {
            var start = random.Next(position, value.Length + 1);
            var length = random.Next(2) == 0 ? 0 : random.Next(0, value.Length - start + 1);
            var replacement = Replacements[random.Next(Replacements.Length)];
            if (length == 0 && replacement.Length == 0)
                continue;
            changes.Add(new TextChange(start, length, replacement));
            position = start + length + 1;
        }

        return changes;
    }

    private static IEnumerable<(string Kind, string Literal)> Kinds(string text)
    {
        yield return ("regular", SymbolDisplay.FormatLiteral(text, quote: true));
        yield return ("verbatim", "@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
        yield return ("concatenation", string.Join(" +\n    ", text.Split('\n').Select((line, index) => SymbolDisplay.FormatLiteral(index < text.Count(static c => c == '\n') ? line + "\n" : line, quote: true))));
        foreach (var margin in new[] { "", "    ", "\t\t" })
            yield return (string.Create(CultureInfo.InvariantCulture, $"raw, margin {margin.Length}"), "\"\"\"\n" + string.Concat(text.Split('\n').Select(line => (line.Length == 0 ? "" : margin) + line + "\n")) + margin + "\"\"\"");
        yield return ("interpolated", "$" + SymbolDisplay.FormatLiteral(text, quote: true).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    }
}
