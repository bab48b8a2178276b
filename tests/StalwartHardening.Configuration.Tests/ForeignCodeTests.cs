using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Tests;

/// <summary>Code that has nothing to do with servers costs nothing, however alike its names are; and what one server costs no other pays.</summary>
public sealed class ForeignCodeTests
{
    public static TheoryData<string> Foreign { get; } = new(
        "using System.Collections.Immutable; class F { int A() { var builder = ImmutableArray.CreateBuilder<int>(); builder.Add(143); return builder.ToImmutable().Length; } }",
        "using StalwartHardening.Configuration; using System.Collections.Immutable; class F { int A() { var builder = ImmutableDictionary.CreateBuilder<string, int>(); builder.Add(\"imap\", 143); return builder.Count; } }",
        "namespace Others { class Builder { public Builder AddListener(string name) => this; public Builder Bind(int port) => this; public void Build() { } } class F { void A() { var server = new Builder(); server.AddListener(\"imap\").Bind(143).Build(); } } }",
        "namespace Others { static class WebApplication { public static object CreateBuilder(string[] args) => args; } class F { object A() => WebApplication.CreateBuilder(null); } }");

    [Theory]
    [MemberData(nameof(Foreign))]
    public void No_member_is_begun_with_whose_receiver_cannot_be_ours(string foreign)
    {
        foreach (var imports in new[] { "", "global using StalwartHardening.Configuration;" })
        {
            var compilation = BuilderProgram.Compile(imports, BuilderProgram.Source("server.AddListener(\"imap\", MailProtocol.Imap).Bind(993).WithImplicitTls();"), foreign);
            var vocabulary = BuilderVocabulary.From(compilation)!;
            var members = new MemberSearch(new ProgramModels(compilation), vocabulary, null, TestContext.Current.CancellationToken).All();
            Assert.NotEmpty(members);
            Assert.DoesNotContain(members, member => member.Node.SyntaxTree == compilation.SyntaxTrees[2]);
            Assert.False(BuilderSettingsReader.IsMentioned(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]), vocabulary, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_server_that_takes_too_long_takes_nothing_from_another()
    {
        const string Endless = "using StalwartHardening.Configuration; public static class Slow { public static void Write() { var server = StalwartServer.CreateBuilder(\"slow\"); var x = 0L; for (var i = 0; i < 1000; i++) for (var j = 0; j < 1000; j++) x += i ^ j; server.Set(\"a\", x); server.Build(); } }";
        var diagnostics = await BuilderProgram.Analyze(BuilderProgram.Compile(Endless, Endless.Replace("Slow", "Slower", StringComparison.Ordinal), BuilderProgram.Source("server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);")));
        Assert.Equal(["/0/Program0.cs", "/0/Program1.cs"], diagnostics.Where(static diagnostic => diagnostic.Id == "SWH0014").Select(static diagnostic => diagnostic.Location.SourceTree!.FilePath).Order());
        Assert.Equal("/0/Program2.cs", Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "SWH1001").Location.SourceTree!.FilePath);
    }
}
