using StalwartHardening.Comparison;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Comparison;

/// <summary>What differs between two configurations: settings, what is open, who may do what.</summary>
public sealed class ConfigurationDifferenceTests
{
    private const string Imaps = "[server.listener.imaptls]\nbind = ['[::]:993']\nprotocol = 'imap'\ntls.implicit = true\n";
    private const string PlanImaps = "{\"@type\":\"reconcile\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{\"a\":{\"name\":\"imaptls\",\"bind\":{\"[::]:993\":true},\"protocol\":\"imap\",\"tlsImplicit\":true}}}\n";
    private const string Account =
        "{\"@type\":\"upsert\",\"object\":\"Domain\",\"matchOn\":[\"name\"],\"value\":{\"d\":{\"name\":\"example.org\"}}}\n"
        + "{\"@type\":\"upsert\",\"object\":\"Account\",\"matchOn\":[\"emailAddress\"],\"value\":{\"a\":{\"@type\":\"User\",\"name\":\"john\",\"domainId\":\"#d\",\"emailAddress\":\"john@example.org\",\"roles\":{\"@type\":\"ROLE\"}CREDENTIALS}}}\n";
    private const string Password = ",\"credentials\":{\"0\":{\"@type\":\"Password\",\"secret\":\"correct horse battery staple\"}}";

    [Theory]
    [InlineData("http.hsts = true\n", "http.hsts = true\n", "")]
    [InlineData("http.hsts = true\n", "http.hsts = false\n", "http.hsts: true -> false")]
    [InlineData("http.hsts = true\n", "", "http.hsts: true -> ")]
    [InlineData("", "http.hsts = true\n", "http.hsts:  -> true")]
    [InlineData("store.s.type = 'rocksdb'\nhttp.hsts = true\n", "server.hostname = 'x'\n", "http.hsts: true -> , server.hostname:  -> x, store.s.type: rocksdb -> ")]
    // The place of an entry in a list says nothing.
    [InlineData("server.listener.x.bind = ['[::]:1', '[::]:2']\n", "server.listener.x.bind = ['[::]:2', '[::]:1']\n", "")]
    [InlineData("server.listener.x.bind = '[::]:1'\n", "server.listener.x.bind = ['[::]:2']\n", "server.listener.x.bind: [::]:1 -> , server.listener.x.bind[[::]:2]:  -> ")]
    // What nobody knows cannot differ, and secrets are shown to nobody.
    [InlineData("http.url = '****'\n", "http.url = 'x'\n", "")]
    [InlineData("http.url = 'x'\n", "http.url = '\uFFFC'\n", "")]
    [InlineData("", "http.url = '\uFFFCx'\n", "")]
    [InlineData("[oauth]\nkey = 'swordfish'\n", "[oauth]\nkey = 'other'\n", "oauth.key: ******** -> ********")]
    [InlineData("", "[oauth]\nkey = 'swordfish'\n", "oauth.key:  -> ********")]
    public void Settings_differ_by_name(string old, string current, string expected)
    {
        var difference = Between(old, current);
        Assert.Equal(expected, string.Join(", ", difference.Settings.Select(static setting => $"{setting.Key}: {setting.Before} -> {setting.After}")));
        Assert.Equal(expected.Length == 0, difference.IsEmpty);
        Assert.False(difference.OpensSomething);
        Assert.Empty(difference.Notes);
    }

    [Fact]
    public void What_opens_in_one_direction_closes_in_the_other()
    {
        var opening = Between("", Imaps);
        Assert.NotEmpty(opening.Exposure.Opened);
        Assert.Empty(opening.Exposure.Closed);
        Assert.True(opening.OpensSomething);
        Assert.False(opening.IsEmpty);
        var closing = Between(Imaps, "");
        Assert.NotEmpty(closing.Exposure.Closed);
        Assert.False(closing.OpensSomething);
        Assert.False(closing.IsEmpty);
    }

    [Fact]
    public void One_thing_that_opens_is_enough()
    {
        var difference = Between(Imaps, Imaps.Replace("tls.implicit = true", "tls.implicit = false", StringComparison.Ordinal));
        Assert.Single(difference.Exposure.Opened);
        Assert.True(difference.OpensSomething);
    }

    [Fact]
    public void A_file_is_compared_with_a_plan_as_the_plan_that_it_becomes()
    {
        var forward = Between(Imaps, PlanImaps);
        Assert.Equal(["The old one is TOML: it is compared as the plan that 'migrate' makes of it."], forward.Notes);
        Assert.DoesNotContain(forward.Settings, static setting => setting.Key.StartsWith("NetworkListener", StringComparison.Ordinal));
        Assert.Equal(["The new one is TOML: it is compared as the plan that 'migrate' makes of it."], Between(PlanImaps, Imaps).Notes);
    }

    [Theory]
    [InlineData("[authentication.fallback-admin]\nuser = 'a'\nsecret = '$6$x$y'\n", true)]
    [InlineData("[authentication.master]\nuser = 'a'\nsecret = '$6$x$y'\n", true)]
    [InlineData("x.y = 1\n", false)]
    public void What_no_plan_can_say_is_noted(string text, bool hasAccount)
    {
        var notes = Between(Imaps + text, PlanImaps).Notes;
        Assert.Equal(hasAccount, notes.Any(static note => note.StartsWith("The old one has an administrator", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_may_do_more_opens_something()
    {
        var rights = Assert.Single(Between(Plan("User", Password), Plan("Admin", Password)).Rights);
        Assert.Equal(("john", true), (rights.Account, rights.Gained.Contains("administer")));
        Assert.Empty(rights.Lost);
        Assert.True(Between(Plan("User", Password), Plan("Admin", Password)).OpensSomething);
        var less = Between(Plan("Admin", Password), Plan("User", Password));
        Assert.Equal(rights.Gained, Assert.Single(less.Rights).Lost);
        Assert.False(less.OpensSomething);
        Assert.Empty(Between(Plan("User", Password), Plan("User", Password)).Rights);
    }

    [Fact]
    public void Somebody_new_may_do_everything_only_now()
    {
        var user = Assert.Single(Between(PlanImaps, Plan("User", Password)).Rights);
        Assert.Equal("log in", user.Gained[0]);
        Assert.Contains("use imap", user.Gained);
        Assert.DoesNotContain("administer", user.Gained);
        Assert.DoesNotContain("log in as anybody", user.Gained);
        Assert.Contains("log in as anybody", Assert.Single(Between(PlanImaps, Plan("Admin", Password)).Rights).Gained);
    }

    [Theory]
    [InlineData("", "The old one is TOML: it is compared as the plan that 'migrate' makes of it.")]
    [InlineData("auth.dkim.sign = false\n", "The old one is TOML: it is compared as the plan that 'migrate' makes of it, which cannot express 1 of its settings.")]
    [InlineData("auth.dkim.sign = false\nspam-filter.list.x = '1'\nno.such.setting = 1\n", "The old one is TOML: it is compared as the plan that 'migrate' makes of it, which cannot express 2 of its settings.")]
    public void What_a_plan_cannot_express_is_counted(string settings, string expected) => Assert.Equal(expected, Assert.Single(Between(settings + Imaps, PlanImaps).Notes));

    [Fact]
    public void A_single_right_makes_a_difference()
    {
        var without = Plan("User", Password + ",\"permissions\":{\"@type\":\"Merge\",\"disabledPermissions\":{\"imapAuthenticate\":true}}");
        var gained = Assert.Single(Between(without, Plan("User", Password)).Rights);
        Assert.Equal(["use imap"], gained.Gained);
        Assert.Empty(gained.Lost);
        var lost = Assert.Single(Between(Plan("User", Password), without).Rights);
        Assert.Equal(["use imap"], lost.Lost);
        Assert.Empty(lost.Gained);
    }

    [Fact]
    public void A_singleton_that_only_one_plan_writes_has_its_defaults_in_the_other()
    {
        Assert.DoesNotContain(Between("{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":false}}\n", PlanImaps).Settings, static setting => setting.Key.StartsWith("Http/", StringComparison.Ordinal));
        var setting = Assert.Single(Between(PlanImaps, "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"usePermissiveCors\":true}}\n").Settings, static setting => setting.Key == "Http/usePermissiveCors");
        Assert.Equal(("false", "true"), (setting.Before, setting.After));
    }

    // What the server holds besides stays, and what a snapshot leaves out is not known to differ.
    [Fact]
    public void A_plan_is_run_on_the_server_that_a_snapshot_describes()
    {
        const string Change = "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"usePermissiveCors\":true}}\n";
        var snapshot = PlanStateWriter.WriteSnapshot(((PlanReading)Read(PlanImaps).Document.Origin!).Run.State);
        var forward = Between(snapshot, Change);
        Assert.Equal(["One is a snapshot: the other, a plan, is run on the server that it describes."], forward.Notes);
        Assert.Equal(("Http/usePermissiveCors", "false", "true"), Assert.Single(forward.Settings) is var setting ? (setting.Key, setting.Before, setting.After) : default);
        Assert.Empty(forward.Exposure.Closed);
        var back = Between(Change, snapshot);
        Assert.Equal(forward.Notes, back.Notes);
        Assert.Equal(("Http/usePermissiveCors", "true", "false"), Assert.Single(back.Settings) is var undone ? (undone.Key, undone.Before, undone.After) : default);
        Assert.Empty(back.Exposure.Opened);
        Assert.Empty(Between(snapshot, snapshot).Notes);
        Assert.True(Between(snapshot, snapshot).IsEmpty);
    }

    [Fact]
    public void What_one_plan_writes_and_the_other_leaves_has_its_default_in_both_directions()
    {
        const string Plan = "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"usePermissiveCors\":true}}\n";
        Assert.Equal(("false", "true"), Values(Between(PlanImaps, Plan)));
        Assert.Equal(("true", "false"), Values(Between(Plan, PlanImaps)));

        static (string?, string?) Values(ConfigurationDifference difference) =>
            Assert.Single(difference.Settings, static setting => setting.Key == "Http/usePermissiveCors") is var setting ? (setting.Before, setting.After) : default;
    }

    private static string Plan(string role, string credentials) => Account.Replace("ROLE", role, StringComparison.Ordinal).Replace("CREDENTIALS", credentials, StringComparison.Ordinal);

    private static ConfigurationDifference Between(string old, string current) => ConfigurationDifference.Between(Read(old), Read(current), TestContext.Current.CancellationToken);

    private static ServerConfiguration Read(string text) =>
        ConfigurationReader.Read(text, text.StartsWith('{') ? new ReadingTarget(PlanGeneration.Instance.Newest, ServerState.Fresh) : new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken);
}
