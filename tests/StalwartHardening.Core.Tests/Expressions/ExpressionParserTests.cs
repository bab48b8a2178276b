using StalwartHardening.Expressions;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Expressions;

public sealed class ExpressionParserTests
{
    [Theory]
    [InlineData("starts_with(urlpath, '/api')", "urlpath")]
    [InlineData("url_path = '/x", "'/x")]
    [InlineData("len('a', 'b')", "len")]
    [InlineData("(404", "(")]
    [InlineData("404)", ")")]
    [InlineData("remote_ip == 10.0.0.1", "10.0.0.1")]
    [InlineData("1\t+ 2", "\t")]
    [InlineData("matches('(?=a)', url_path)", "matches('(?=a)'")]
    public void An_error_points_at_the_wrong_text(string text, string wrong)
    {
        Assert.False(ExpressionParser.TryParse(text, ExpressionLanguage.Settings, StepBudget.ForQuestionAbout(text.Length), out _, out var problem));
        Assert.Equal(wrong, text.Substring(problem.Start, problem.Length));
        Assert.NotEmpty(problem.Message);
    }

    [Fact]
    public void An_error_in_a_setting_points_into_its_source()
    {
        const string Source = "http.allowed-endpoint = \"statuss\"\n";
        var problem = Assert.Single(IfBlockReader.Read(ServerTomlReader.Read(Source, ServerVersion.Newest, TestContext.Current.CancellationToken), PolicyText.Key).Problems);
        Assert.Equal("statuss", Source.Substring(problem.Span.Start, problem.Span.Length));
    }

    [Fact]
    public void An_error_that_nobody_can_place_points_at_the_whole_value()
    {
        var setting = new Setting(PolicyText.Key, "statuss", new SourceSpan(0, 21), new SourceSpan(24, 10));
        Assert.Equal(new SourceSpan(24, 10), Assert.Single(IfBlockReader.Read(PolicyText.Document([setting]), PolicyText.Key).Problems).Span);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[")]
    [InlineData("!")]
    [InlineData("-")]
    [InlineData(" ")]
    [InlineData("1 ")]
    [InlineData("x.")]
    [InlineData("a.:")]
    [InlineData("len(")]
    [InlineData("1+")]
    [InlineData("1&&")]
    [InlineData("split(url,'/')[")]
    public void A_hundred_thousand_of_anything_gets_an_answer(string part)
    {
        // Neither the stack nor anybody's patience is used up.
        var text = string.Concat(Enumerable.Repeat(part, 100_000));
        var isRead = ExpressionParser.TryParse(text, ExpressionLanguage.Settings, StepBudget.ForQuestionAbout(text.Length), out var expression, out var problem);
        Assert.Equal(isRead, problem.Equals(default));
        if (isRead)
            new ExpressionEvaluator(new HttpRequestContext(new HttpRequest()), StepBudget.ForQuestionAbout(text.Length)).Evaluate(expression!, out _);
    }

    [Fact]
    public void Balanced_parentheses_of_any_depth_are_no_error()
    {
        var text = new string('(', 100_000) + "404" + new string(')', 100_000);
        Assert.True(ExpressionParser.TryParse(text, ExpressionLanguage.Settings, StepBudget.ForQuestionAbout(text.Length), out var expression, out _));
        new ExpressionEvaluator(new HttpRequestContext(new HttpRequest()), StepBudget.ForQuestionAbout(text.Length)).Evaluate(expression, out var value);
        Assert.Equal(404, value.Integer);
    }

    [Theory]
    [InlineData("%{env:POLICY}%")]
    [InlineData("if_then(listener == '%{cfg:x}%', 200, 404)")]
    [InlineData("404\uFFFC")]
    public void A_part_that_is_not_known_yet_is_neither_right_nor_wrong(string text)
    {
        var block = IfBlockReader.Read(PolicyText.Document(text), PolicyText.Key);
        Assert.True(block.IsUnknown);
        Assert.NotEqual(IfBlockState.Invalid, block.State);
    }

    [Fact]
    public void A_macro_of_no_known_class_is_text_and_hence_an_error() =>
        Assert.Equal(IfBlockState.Invalid, IfBlockReader.Read(PolicyText.Document("%{vault:x}%"), PolicyText.Key).State);

    // Whoever types it has typed each beginning of it before.
    [Fact]
    public void Every_beginning_of_an_expression_is_read_to_its_end()
    {
        const string Text = "!is_tls && url != 'a' || -remote_port <= 1.5 + 2 && (local_port >= 3 * 4) && split(url, '/')[0] == \"b\" || x > 1 && y < 2 || !!z";
        for (var length = 0; length <= Text.Length; length++)
        {
            foreach (var ending in new[] { "", "!", "&", "|", "<", ">", "=", "'", "-" })
            {
                var text = Text[..length] + ending;
                if (!ExpressionParser.TryParse(text, ExpressionLanguage.Settings, StepBudget.ForQuestionAbout(text.Length), out _, out var problem))
                    Assert.InRange(problem.Start + problem.Length, 0, text.Length);
            }
        }
    }
}
