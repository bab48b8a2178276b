using StalwartHardening.Generations;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Server.Access;

/// <summary>What access rules see of a request (hyper 1.6, <c>http/request.rs</c>, 0.15.5).</summary>
public sealed class RequestViewTests
{
    [Theory]
    [InlineData("/jmap", "/jmap")]
    [InlineData("/jmap?x=1", "/jmap?x=1")]
    [InlineData("/jmap#part", "/jmap")]
    [InlineData("#part", "")]
    [InlineData("HTTP://Host/jmap", "http://Host/jmap")]
    [InlineData("http://host/jmap#part", "http://host/jmap")]
    [InlineData("/a/HTTP://b", "/a/HTTP://b")]
    [InlineData("://b", "://b")]
    public void The_target_is_seen_as_it_is_sent(string target, string expected)
    {
        Assert.Equal(HttpDecision.Refused, Decide($"url == '{expected}'", new HttpRequest { Target = target }));
        Assert.Equal(HttpDecision.LetThrough, Decide($"url == '{expected}x'", new HttpRequest { Target = target }));
    }

    [Theory]
    [InlineData("X-A: 1", "x-a: 1", true)]
    [InlineData("x-a:1", "x-a: 1", true)]
    [InlineData("X-A:   1  ", "x-a: 1", true)]
    [InlineData("X-A", "x-a: ", true)]
    [InlineData("X-A: b\tc~ ", "x-a: b\tc~", true)]
    [InlineData("X-A: é", "x-a: ", true)]
    [InlineData("X-A: \u007f", "x-a: ", true)]
    [InlineData("X-A: 1", "X-A: 1", false)]
    [InlineData("X-A: Bc", "x-a: bc", false)]
    public void A_header_has_a_small_name_and_its_own_value(string header, string seen, bool expected) =>
        Assert.Equal(expected ? HttpDecision.Refused : HttpDecision.LetThrough, Decide($"contains(headers, '{seen}')", new HttpRequest { Headers = [header] }));

    [Theory]
    [InlineData(0, "x-a: 1")]
    [InlineData(1, "x-a: 3")]
    [InlineData(2, "x-b: 2")]
    public void Headers_of_one_name_are_together(int index, string expected) =>
        Assert.Equal(HttpDecision.Refused, Decide($"headers[{index}] == '{expected}'", new HttpRequest { Headers = ["X-A: 1", "X-B: 2", "x-a: 3"] }));

    private static HttpDecision Decide(string condition, HttpRequest request)
    {
        var text = $"http.allowed-endpoint = \"if_then({condition}, 404, 200)\"\n[server.listener.https]\nprotocol = \"http\"\nbind = \"[::]:443\"\ntls.implicit = true\n";
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        Assert.Empty(document.Problems);
        return Generation.ReadServer(document, ServerVersion.Newest).HttpAccess.Decide(request).Decision;
    }
}
