namespace StalwartHardening.Tests;

/// <summary>A mistake in an access rule is marked where it is, however C# spells the text.</summary>
public sealed class ExpressionPlaceTests
{
    private const string Declarations = "const string Name = \"urlpath\"; const string Rule = \"if_then(urlpath == '/x', 404, 200)\";";

    [Theory]
    [InlineData("""  "if_then(urlpath == '/x', 404, 200)"  """, "urlpath")]
    [InlineData("""  "if_then(\u0075rlpath == '/x', 404, 200)"  """, "\\u0075rlpath")]
    [InlineData("""  "if_then(is_tls && \"\" == \"\" && urlpath == '/x', 404, 200)"  """, "urlpath")]
    [InlineData("@\"if_then(\"\"\"\" == \"\"\"\" && urlpath == '/x', 404, 200)\"", "urlpath")]
    [InlineData("""""  """if_then("" == "" && urlpath == '/x', 404, 200)"""  """"", "urlpath")]
    [InlineData("""  "if_then(is_tls" + " && urlpath == '/x'" + ", 404, 200)"  """, "urlpath")]
    [InlineData("""  ("if_then(url" + "path == '/x', 404, 200)")  """, "url\" + \"path")]
    [InlineData("""  $"if_then({Name} == '/x', 404, 200)"  """, "{Name}")]
    [InlineData("""  $"if_then({"is_tls"} && urlpath == '/x', 404, 200)"  """, "urlpath")]
    [InlineData("""  Rule  """, "Rule")]
    public async Task A_mistake_is_marked_where_it_stands(string argument, string marked)
    {
        var source = BuilderProgram.Source($"server.AddListener(\"https\", MailProtocol.Http).Bind(\"[::]:443\").WithImplicitTls(); server.Http.WithAllowedEndpoint({argument.Trim()});", Declarations);
        Assert.Equal(["SWH2003 " + marked], await BuilderProgram.Judge(source));
    }

    [Fact]
    public async Task A_value_that_was_put_together_elsewhere_is_marked_as_a_whole()
    {
        var source = BuilderProgram.Source("server.AddListener(\"https\", MailProtocol.Http).Bind(\"[::]:443\").WithImplicitTls(); var rule = \"if_then(\" + Name; rule += \" == '/x', 404, 200)\"; server.Http.WithAllowedEndpoint(rule);", Declarations);
        Assert.Equal(["SWH2003 rule"], await BuilderProgram.Judge(source));
    }
}
