using StalwartHardening.Server;

namespace StalwartHardening.Tests.Server;

/// <summary>What messages call an object, and which part of a name is a slip.</summary>
public sealed class ObjectNameTests
{
    [Theory]
    [InlineData("server.listener.imap", "imap")]
    [InlineData("server.listener.im.ap", "im.ap")]
    [InlineData("directory.main", "main")]
    [InlineData("directory.a.b", "a.b")]
    [InlineData("server.other.x", "other.x")]
    [InlineData("storage", "storage")]
    public void An_object_is_called_by_what_follows_its_family(string scope, string expected) => Assert.Equal(expected, ObjectScope.IdOf(scope));

    [Theory]
    [InlineData("http.hst", "http.hsts", "http.hst", "http.hsts", false)]
    [InlineData("tracing.t.level", "tracer.t.level", "tracing", "tracer", true)]
    [InlineData("server.listeners.x", "server.listener.x", "server.listeners", "server.listener", true)]
    [InlineData("imap.allow-plain-text", "imap.auth.allow-plain-text", "imap", "imap.auth", true)]
    [InlineData("hostname", "server.hostname", "hostname", "server.hostname", false)]
    public void What_is_right_below_a_slip_is_not_part_of_it(string name, string alive, string written, string meant, bool isTable) =>
        Assert.Equal(new NameSlip(written, meant, isTable), new IgnoredSetting(IgnoredReason.Unknown, name, []) { Alive = alive }.Slip);

    [Fact]
    public void Where_nothing_is_known_to_be_meant_there_is_no_slip() => Assert.Null(new IgnoredSetting(IgnoredReason.Unknown, "x.y", []).Slip);
}
