using System.Net;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

/// <summary>Addresses as Rust reads them, beside what .NET makes of them.</summary>
public sealed partial class IpAddressTextTests
{
    [Theory]
    [InlineData("::", "00000000000000000000000000000000")]
    [InlineData("::1", "00000000000000000000000000000001")]
    [InlineData("1::", "00010000000000000000000000000000")]
    [InlineData("2001:db8::ABCD:7", "20010db80000000000000000abcd0007")]
    [InlineData("1:2:3:4:5:6:7:8", "00010002000300040005000600070008")]
    [InlineData("1:2:3:4:5:6:7::", "00010002000300040005000600070000")]
    [InlineData("::2:3:4:5:6:7:8", "00000002000300040005000600070008")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "00010002000300040005000601020304")]
    [InlineData("::1.2.3.4", "00000000000000000000000001020304")]
    [InlineData("::ffff:1.2.3.4", "00000000000000000000ffff01020304")]
    [InlineData("1::5:1.2.3.4", "00010000000000000000000501020304")]
    [InlineData("10.0.200.255", "0a00c8ff")]
    public void An_address_is_its_bytes(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1:2:3:4:5:1.2.3.4")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("::1.2.3")]
    [InlineData("[::1]")]
    [InlineData("::1%eth0")]
    [InlineData("::1/128")]
    [InlineData(" ::1")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.+4")]
    [InlineData("1..2.3")]
    [InlineData(".1.2.3")]
    public void Anything_else_is_none(string text) => Assert.Null(Read(text));

    [Fact]
    public void Random_texts_are_the_addresses_that_dotnet_takes_them_for()
    {
        var piece = Gen.Frequency((6, Gen.Elements("0", "1", "a", "ff", "db8", "FFFF", "2001")), (1, Gen.Elements("", "12345", "g", "1.2.3.4")));
        var v6 = from groups in Gen.Choose(1, 9).SelectMany(count => Gen.ListOf(piece, count)) from gap in Gen.Choose(0, 20) select string.Join(':', groups.Select((text, index) => index == gap ? ":" + text : text));
        var v4 = from parts in Gen.ListOf(Gen.Elements("0", "1", "10", "127", "255", "256", "01", "", "1000", "a"), 4) select string.Join('.', parts);
        int addresses = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(Gen.OneOf(v6, v4).ToArbitrary(), text =>
        {
            var theirs = (text.Contains(':', StringComparison.Ordinal) || Octets().IsMatch(text)) && IPAddress.TryParse(text, out var address) ? Convert.ToHexStringLower(address.GetAddressBytes()) : null;
            addresses += theirs is null ? 0 : 1;
            Assert.Equal(theirs, Read(text));
        }));
        Assert.True(addresses > 200, $"Only {addresses} addresses.");
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.0.9", true)]
    [InlineData("126.0.0.1", false)]
    [InlineData("::1", true)]
    [InlineData("::", false)]
    [InlineData("::2", false)]
    [InlineData("::1:1", false)]
    [InlineData("::100:1", false)]
    [InlineData("::1:0:1", false)]
    [InlineData("::100:0:1", false)]
    [InlineData("::1:0:0:1", false)]
    [InlineData("1::1", false)]
    [InlineData("::101", false)]
    [InlineData("::ffff:127.0.0.2", true)]
    [InlineData("::ffff:126.0.0.1", false)]
    [InlineData("::ff:127.0.0.1", false)]
    [InlineData("::ff00:127.0.0.1", false)]
    [InlineData("1::ffff:127.0.0.1", false)]
    public void Only_the_machine_itself_reaches_loopback(string text, bool expected)
    {
        Span<byte> bytes = stackalloc byte[16];
        Assert.True(IpAddressText.TryParse(text, bytes, out var isIPv4));
        Assert.Equal(expected, IpAddressText.IsLoopback(bytes, isIPv4));
    }

    private static string? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[16];
        return IpAddressText.TryParse(text, bytes, out var isIPv4) ? Convert.ToHexStringLower(bytes[..(isIPv4 ? 4 : 16)]) : null;
    }

    // .NET also reads octal and short forms.
    [GeneratedRegex(@"^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z")]
    private static partial Regex Octets();
}
