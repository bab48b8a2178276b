using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Expressions;

/// <summary>Mistakes in expressions are marked where they were written, whatever quotes and escapes are around them.</summary>
public sealed class ErrorSpanTests
{
    private const string Listener = "server.listener.https.bind = \"[::]:443\"\nserver.listener.https.protocol = \"http\"\nserver.listener.https.tls.implicit = true\n";

    [Theory]
    [InlineData("\"starts_with(⟦urlpath⟧, '/jmap')\"")]
    [InlineData("'starts_with(⟦urlpath⟧, \"/jmap\")'")]
    [InlineData("\"starts_with(\\\"x\\\", '/jmap') && ⟦urlpath⟧\"")]
    [InlineData("'''starts_with(⟦urlpath⟧, '/jmap')'''")]
    [InlineData("\"\"\"\nstarts_with(⟦urlpath⟧, '/jmap')\"\"\"")]
    [InlineData("\"\"\"if_then(is_tls,\r\n ⟦urlpath⟧, 404)\"\"\"")]
    [InlineData("'''⟦\\⟧'''")]
    [InlineData("⟦deny⟧")]
    [InlineData("\"⟦d\\eny⟧\"")]
    [InlineData("[ { if = \"true\", then = '⟦deny⟧' }, { else = \"404\" } ]")]
    public void A_mistake_is_marked_where_it_stands(string written)
    {
        var marked = "http.allowed-endpoint = " + written + "\n" + Listener;
        var start = marked.IndexOf('⟦', StringComparison.Ordinal);
        var end = marked.IndexOf('⟧', StringComparison.Ordinal);
        var text = marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        var finding = Assert.Single(ConfigurationJudge.Judge(Generation.ReadServer(document, ServerVersion.Newest), JudgementOptions.Default, TestContext.Current.CancellationToken), static finding => finding.Rule.Id == "SWH2003");
        Assert.Equal(SourceSpan.FromBounds(start, end - 1), finding.Span);
    }

    [Fact]
    public void Every_part_of_a_value_leads_back_to_text_that_reads_as_this_part()
    {
        var inner = Gen.Elements("a", "\\n", "\\\\", "\\\"", "\\'", "\\t", "\\x", "\r", "\n", "é", "😀", " ", "url").ListOf().Select(string.Concat);
        var cases = from content in inner from quotes in Gen.Elements("\"", "'", "\"\"\"", "'''") select (content, quotes);
        var compared = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            var document = ServerTomlReader.Read($"k = {pair.quotes}{pair.content}{pair.quotes}\n", ServerVersion.Newest, TestContext.Current.CancellationToken);
            if (document.Problems.Count > 0 || document.Count != 1)
                return;
            var setting = document[0];
            for (var i = 0; i < setting.Value.Length; i++)
            {
                var span = TomlValueText.Find(document.Text!, setting, i, i + 1);
                Assert.NotNull(span);
                var part = document.Text!.Substring(span.Value.Start, span.Value.Length);
                Assert.True(part[^1] == setting.Value[i] || (part.Length == 2 && part[0] == '\\'), part);
                compared++;
            }

            Assert.Equal(new SourceSpan(setting.ValueSpan.End - pair.quotes.Length, 0), TomlValueText.Find(document.Text!, setting, setting.Value.Length, setting.Value.Length));
        }));
        Assert.True(compared > 1000);
    }
}
