using StalwartHardening.Generations;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Server.Access;

/// <summary>The rules of the builders, and the one expression that says the same to the server.</summary>
public sealed class TypedAccessRulesTests
{
    [Theory]
    [InlineData("0.answer=200 0.path.0=/jmap", "if_then(starts_with(url_path, '/jmap'), 200, 404)")]
    [InlineData("0.path.0=/jmap", "if_then(starts_with(url_path, '/jmap'), 200, 404)")]
    [InlineData("0.path.0=/jmap otherwise=403", "if_then(starts_with(url_path, '/jmap'), 200, 403)")]
    [InlineData("otherwise=403", "403")]
    [InlineData("0.answer=200", "if_then(true, 200, 404)")]
    [InlineData("0.answer=403 0.listener.0=a", "if_then(listener == 'a', 403, 404)")]
    [InlineData("0.listener.0=a 0.listener.1=b", "if_then((listener == 'a' || listener == 'b'), 200, 404)")]
    [InlineData("0.path.0=/a 0.listener.0=b", "if_then(starts_with(url_path, '/a') && listener == 'b', 200, 404)")]
    [InlineData("0.path.0=/a 0.path.1=/b 0.listener.0=c", "if_then((starts_with(url_path, '/a') || starts_with(url_path, '/b')) && listener == 'c', 200, 404)")]
    [InlineData("0.from.0=10.0.0.0/8", "if_then(starts_with(remote_ip, '10.'), 200, 404)")]
    [InlineData("0.path.0=/a 1.path.0=/b 1.answer=403", "if_then(starts_with(url_path, '/a'), 200, if_then(starts_with(url_path, '/b'), 403, 404))")]
    [InlineData("0.path.0=/a 1.path.0=/b 0.path.1=/c", "if_then((starts_with(url_path, '/a') || starts_with(url_path, '/c')), 200, if_then(starts_with(url_path, '/b'), 200, 404))")]
    public void Rules_become_one_expression(string rules, string expected) => Assert.Equal(expected, Lowered(rules, out _));

    // Nothing that cannot be said must open anything.
    [Theory]
    [InlineData("0.path.0=jmap", "if_then(false, 200, 404)")]
    [InlineData("0.path.0=/a'b", "if_then(false, 200, 404)")]
    [InlineData("0.listener.0=a'b", "if_then(false, 200, 404)")]
    [InlineData("0.from.0=nowhere", "if_then(false, 200, 404)")]
    [InlineData("0.path.0=jmap 0.path.1=/b", "if_then(starts_with(url_path, '/b'), 200, 404)")]
    [InlineData("0.path.0=jmap 0.listener.0=a", "if_then(false && listener == 'a', 200, 404)")]
    public void What_the_server_cannot_be_told_is_said_and_admits_nobody(string rules, string expected)
    {
        Assert.Equal(expected, Lowered(rules, out var problems));
        Assert.Equal(SettingPath.Join(TypedAccessRules.Family, rules.Split('=')[0]), Assert.Single(problems).Key.Key);
    }

    [Fact]
    public void The_expression_takes_the_place_of_the_rules()
    {
        var lowered = TypedAccessRules.Lower([Set("a", "1"), Set("http.access-rule.0.path.0", "/a"), Set("b", "2"), Set("http.access-rule.otherwise", "403"), Set("http.allowed-endpoint", "200"), Set("c", "3")], SettingsEndpoints.Instance);
        Assert.Equal(["a", "http.allowed-endpoint", "b", "c"], lowered.Select(static setting => setting.Key));
        Assert.Equal("if_then(starts_with(url_path, '/a'), 200, 403)", lowered[1].Value);
        Setting[] others = [Set("a", "1"), Set("http.allowed-endpoint", "200")];
        Assert.Equal(others, TypedAccessRules.Lower(others, SettingsEndpoints.Instance));
        Assert.Empty(TypedAccessRules.Of(others));
    }

    private static string Lowered(string rules, out List<KeyValuePair<Setting, string>> problems)
    {
        problems = [];
        var settings = rules.Split(' ').Select(static rule => Set(SettingPath.Join(TypedAccessRules.Family, rule.Split('=')[0]), rule.Split('=')[1])).ToArray();
        Assert.Equal(settings, TypedAccessRules.Of(settings));
        return Assert.Single(TypedAccessRules.Lower(settings, SettingsEndpoints.Instance, problems)).Value;
    }

    private static Setting Set(string key, string value) => new(key, value, default, default);
}
