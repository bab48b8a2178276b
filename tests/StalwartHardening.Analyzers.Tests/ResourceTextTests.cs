using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Tests;

/// <summary>Configurations that a program keeps in a resource file.</summary>
public class ResourceTextTests
{
    private const string Toml = "[server.listener.imap]\nprotocol = \"imap\"\nbind = \"[::]:143\"\n";
    private const string Plan = """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true},"useTls":true,"tlsImplicit":false}}}""";

    private static string Resource(params string[] values) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<root>\n  <!-- <data name=\"sample\"><value>[server.listener.x]\nprotocol = 'imap'\nbind = '[::]:143'\n</value></data> -->\n"
        + string.Concat(values.Select(static (value, index) => $"  <data name=\"t{index}\" xml:space=\"preserve\">\n    <value>{value}</value>\n  </data>\n")) + "</root>\n";

    private static async Task<IReadOnlyList<(string Id, string Text)>> Judge(string text) =>
        [.. (await Compiler.Judge(new Compiler.TextFile("/0/Texts.resx", SourceText.From(text))))
            .OrderBy(finding => finding.Location.SourceSpan.Start)
            .Select(finding => (finding.Id, text.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length)))];

    [Theory]
    [InlineData(Toml, "\"[::]:143\"")]
    [InlineData("[server.listener.imap]\r\nprotocol = &quot;imap&quot;\r\nbind = &quot;[::]:143&quot;\r\n", "&quot;[::]:143&quot;")]
    [InlineData("<![CDATA[" + Toml + "]]>", "\"[::]:143\"")]
    [InlineData("[server.listener.imap]\nprotocol = 'imap'\nbind = '[::]:&#49;&#x34;3'\n", "'[::]:&#49;&#x34;3'")]
    [InlineData("# a &lt; b &amp; c\n" + Toml, "\"[::]:143\"")]
    [InlineData(Plan, "\"[::]:143\"")]
    public async Task A_configuration_among_the_texts_is_judged_at_its_characters(string value, string expected) =>
        Assert.Equal(("SWH1001", expected), Assert.Single(await Judge(Resource("Hello", value, "<b>Bye</b>"))));

    [Fact]
    public async Task Each_text_is_a_server_of_its_own() =>
        Assert.Equal(["SWH1001", "SWH1001"], (await Judge(Resource(Toml, "x", Toml))).Select(finding => finding.Id));

    [Theory]
    [InlineData("Hello, server.listener")]
    [InlineData("[authentication.fallback-admin]\nuser = 'admin'\nsecret = 'x'\n")]
    [InlineData("&unknown; &#xD800; &#; & <value")]
    [InlineData("")]
    public async Task Texts_of_others_do_not_trigger(string value) => Assert.Empty(await Judge(Resource(value)));

    [Fact]
    public async Task Half_a_file_does_not_throw()
    {
        var text = Resource(Toml, Plan);
        for (var length = 0; length < text.Length; length += 7)
            Assert.DoesNotContain(await Judge(text[..length]), finding => finding.Id == "AD0001");
    }
}
