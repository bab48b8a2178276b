using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

/// <summary>Parts of keys are found where they begin and end, and nowhere inside a name.</summary>
public sealed class KeyPartTests
{
    [Theory]
    [InlineData("a.b.c", "c", "a.b")]
    [InlineData("a.b.c", "b.c", "a")]
    [InlineData("a.xb", "b", null)]
    [InlineData("b", "b", null)]
    [InlineData(".b", "b", null)]
    public void The_owner_of_a_setting_is_what_comes_before_its_name(string key, string name, string? owner) => Assert.Equal(owner, SettingPath.OwnerOf(key, name));

    [Theory]
    [InlineData("a.b.c", "b.c", true)]
    [InlineData("b.c", "b.c", true)]
    [InlineData("a.xb.c", "b.c", false)]
    [InlineData("c", "b.c", false)]
    public void A_key_ends_in_whole_parts(string key, string name, bool ends) => Assert.Equal(ends, SettingPath.EndsIn(key, name));

    [Theory]
    [InlineData("a", "a.b.c", "a.b")]
    [InlineData("a", "a.b", "a.b")]
    [InlineData("", "a.b", "a")]
    public void The_child_is_one_part_longer(string parent, string key, string child) => Assert.Equal(child, SettingPath.ChildOf(parent, key));

    [Theory]
    [InlineData("a.tls.disable", "tls.d", true)]
    [InlineData("a.xtls.disable", "tls.d", false)]
    [InlineData("tls.disable", "tls.d", false)]
    [InlineData("a.b.tls", "tls", true)]
    public void A_part_is_like_a_text_that_it_begins_with(string key, string text, bool has) => Assert.Equal(has, SettingPath.HasPartLike(key, text));

    [Theory]
    [InlineData("a.bind.bind.0000", "bind", 7)]
    [InlineData("a.xbind", "bind", -1)]
    [InlineData("bind.a", "bind", -1)]
    public void The_last_part_of_a_name_is_found(string key, string part, int start) => Assert.Equal(start, SettingPath.LastStartOf(key, part));

    [Theory]
    [InlineData("server.listener.a", "server.listener.a.bind", true)]
    [InlineData("server.listener.", "server.listener.a.bind", true)]
    [InlineData("NetworkListener/a", "NetworkListener/a/bind", true)]
    [InlineData("server.listener.a", "server.listener.ab", false)]
    public void Options_name_the_beginning_of_a_key(string at, string key, bool covers) => Assert.Equal(covers, SettingPath.CoversInAnyGeneration(at, key));

    [Theory]
    [InlineData("bind", "server.listener.a.bind")]
    [InlineData("", "server.listener.a")]
    public void A_setting_of_an_object_without_a_name_is_the_object(string name, string key) => Assert.Equal(key, SettingPath.Join("server.listener", "a", name));

    [Fact]
    public void Ancestors_are_the_parents_from_the_innermost_on() => Assert.Equal(SettingPath.Parents("a.b.c.d").Reverse(), SettingPath.Ancestors("a.b.c.d"));

    [Theory]
    [InlineData("bind.0000", true)]
    [InlineData("bind.000", false)]
    [InlineData("0000", false)]
    public void An_entry_has_an_index_of_four_digits(string key, bool isEntry) => Assert.Equal(isEntry, SettingPath.IsEntry(key));
}
