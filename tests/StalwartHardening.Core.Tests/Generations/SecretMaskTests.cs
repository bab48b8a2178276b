using StalwartHardening.Generations;

namespace StalwartHardening.Tests.Generations;

/// <summary>What stands for passwords in addresses.</summary>
public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("redis://user:pw@host", "redis://user:********@host")]
    [InlineData("redis://:pw@host/0", "redis://:********@host/0")]
    [InlineData("redis://u:p@q@host", "redis://u:********@host")]
    [InlineData("a://u:p@h b://v:q@i", "a://u:********@h b://v:********@i")]
    [InlineData("see \"a://u:p@h\"", "see \"a://u:********@h\"")]
    [InlineData("redis://u:%{env:P}%@host", "redis://u:%{env:P}%@host")]
    [InlineData("redis://user@host", "redis://user@host")]
    [InlineData("redis://u:@host", "redis://u:@host")]
    [InlineData("redis://host:6379", "redis://host:6379")]
    [InlineData("redis://host/a:b@c", "redis://host/a:b@c")]
    [InlineData("redis://host?a:b@c", "redis://host?a:b@c")]
    [InlineData("redis://host#a:b@c", "redis://host#a:b@c")]
    [InlineData("redis://h 'a:b@c'", "redis://h 'a:b@c'")]
    [InlineData("a:b@c", "a:b@c")]
    [InlineData("://", "://")]
    [InlineData("redis://", "redis://")]
    [InlineData("redis:///0", "redis:///0")]
    public void Passwords_of_addresses_are_masked(string text, string expected) => Assert.Equal(expected, SecretKeys.MaskUserInformation(text));
}
