using StalwartHardening.Generations;

namespace StalwartHardening.Tests.Generations;

/// <summary>A key written in the way of another version.</summary>
public sealed class SettingPatternTests
{
    [Theory]
    [InlineData("queue.tls", "queue.tls", "session.tls", "session.tls")]
    [InlineData("queue.tlss", "queue.tls", "session.tls", null)]
    [InlineData("queue", "queue.tls", "session.tls", null)]
    [InlineData("queue.tls.x", "queue.tls", "session.tls", null)]
    [InlineData("tracing.stdout.level", "tracing.*.level", "tracer.*.level", "tracer.stdout.level")]
    [InlineData("tracing.a.b.level", "tracing.*.level", "tracer.*.level", "tracer.a.b.level")]
    [InlineData("tracing.level", "tracing.*.level", "tracer.*.level", null)]
    [InlineData("tracing.stdout.path", "tracing.*.level", "tracer.*.level", null)]
    [InlineData("tracing.level.level", "tracing.*.level", "tracer.*.level", "tracer.level.level")]
    [InlineData("directory.a", "directory.*", "store.*", "store.a")]
    [InlineData("a.one.b.two.c", "a.*.b.*.c", "x.*.y.*", "x.one.y.two")]
    [InlineData("a.one.b.two.b.three.c", "a.*.b.*.c", "x.*.y.*", "x.one.y.two.b.three")]
    [InlineData("a.one.b.two.c", "a.*.b.*.c", "x.*", "x.one")]
    [InlineData("a.one.c", "a.*.c", "x.*.y.*", null)]
    public void Names_stay_and_what_is_around_them_changes(string key, string pattern, string other, string? expected) =>
        Assert.Equal(expected, SettingPattern.Translate(key, pattern, other));
}
