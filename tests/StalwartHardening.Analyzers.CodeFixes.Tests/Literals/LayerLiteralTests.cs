namespace StalwartHardening.Tests.Literals;

/// <summary>A text that only becomes a part of a server is judged as what that becomes.</summary>
public class LayerLiteralTests
{
    private const string Toml = "\"[server.listener.https]\\nbind = '[::]:443'\\nprotocol = 'http'\\ntls.implicit = true\\n[server.listener.imap]\\nbind = '[::]:143'\\nprotocol = 'imap'\\n\"";
    private const string Secures = ".Without(\"server.listener.imap\"); b.Http.WithAccessRules(rules => rules.Allow(Endpoints.Jmap)); return b.Build();";

    private static string Program(string members) => "using StalwartHardening.Configuration;\npublic static class Program\n{\n" + members + "\n}\n";

    [Theory]
    [InlineData("public static StalwartServer Write() { var b = StalwartServer.ParseToml(" + Toml + ").ToBuilder()" + Secures + " }")]
    [InlineData("const string Base = " + Toml + "; public static StalwartServer Write() { var b = StalwartServer.ParseToml(Base).ToBuilder()" + Secures + " }")]
    [InlineData("public static StalwartServer Write() { var layer = StalwartServer.ParseToml(" + Toml + "); var b = StalwartServer.CreateBuilder(\"mail.example.org\").Overlay(layer)" + Secures + " }")]
    public async Task What_the_whole_makes_good_is_no_finding(string members)
    {
        using var programs = new SourcePrograms();
        programs.AddProject(Program(members));
        Assert.DoesNotContain(await programs.RulesAsync(), static rule => rule is "SWH1001" or "SWH2001");
    }

    [Theory]
    [InlineData("public static StalwartServer Write() => StalwartServer.ParseToml(" + Toml + ").ToBuilder().Build();")]
    [InlineData("const string Base = " + Toml + "; public static StalwartServer Write() => StalwartServer.ParseToml(Base).ToBuilder().Without(\"storage\").Build();")]
    // By itself it is a server as well.
    [InlineData("const string Base = " + Toml + "; public static StalwartServer Write() { var b = StalwartServer.ParseToml(Base).ToBuilder()" + Secures + " } public static StalwartServer Old() => StalwartServer.ParseToml(Base);")]
    [InlineData("public static StalwartServer Write() { var layer = StalwartServer.ParseToml(" + Toml + "); return layer; }")]
    public async Task What_stays_insecure_is_found_in_the_text(string members)
    {
        using var programs = new SourcePrograms();
        programs.AddProject(Program(members));
        Assert.Equal(["SWH1001", "SWH2001"], (await programs.RulesAsync()).Where(static rule => rule is "SWH1001" or "SWH2001").Order().Distinct());
    }
}
