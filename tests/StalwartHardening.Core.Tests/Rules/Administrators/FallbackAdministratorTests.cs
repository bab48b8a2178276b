namespace StalwartHardening.Tests.Rules.Administrators;

public class ActiveFallbackAdministratorTests() : RuleTest("SWH3001")
{
    [Theory]
    [InlineData("$6$rounds=1000$abc$def")]
    [InlineData("hunter2")]
    [InlineData("%{env:ADMIN_SECRET}%")]
    [InlineData("%{file:/run/secret}%")]
    [InlineData("{PLAIN}")]
    [InlineData("{SSHA512}abc")]
    [InlineData("$2b$10$abc")]
    [InlineData("_J9..salt")]
    public void Both_keys_with_a_secret_that_may_match_trigger(string secret) => Finds($"""
        [authentication.fallback-admin]
        user = ⟦"admin"⟧
        secret = "{secret}"

        """);

    [Fact]
    public void Every_spelling_triggers()
    {
        Finds("authentication.fallback-admin.user = ⟦'admin'⟧\nauthentication.fallback-admin.secret = 'x'\n");
        Finds("[authentication]\nfallback-admin = { user = ⟦\"a\"⟧, secret = \"x\" }\n");
        Finds("authentication.fallback-admin.user = ⟦\"%{env:ADMIN}%\"⟧\nauthentication.fallback-admin.secret = 'x'\n");
    }

    [Fact]
    public void A_switch_the_server_does_not_know_changes_nothing() =>
        Finds("[authentication.fallback-admin]\nenable = false\nuser = ⟦\"admin\"⟧\nsecret = \"x\"\n");

    [Theory]
    [InlineData("user = \"admin\"\n")]
    [InlineData("secret = \"x\"\n")]
    [InlineData("user = \"admin\"\nsecret = [\"x\"]\n")]
    [InlineData("user = [\"admin\"]\nsecret = \"x\"\n")]
    [InlineData("user = \"admin\"\nsecret = \"\"\n")]
    [InlineData("user = \"admin\"\nsecret = \"$9$nothing\"\n")]
    [InlineData("user = \"admin\"\nsecret = \"{UNKNOWN}x\"\n")]
    [InlineData("user = \"admin\"\nsecret = \"{ssha}x\"\n")]
    [InlineData("user = \"admin\"\nsecret = \"{noclose\"\n")]
    public void Half_of_it_or_a_secret_that_never_matches_does_not_trigger(string lines) =>
        FindsNothing("[authentication.fallback-admin]\n" + lines);

    [Fact]
    public void Other_names_do_not_trigger()
    {
        FindsNothing("[authentication.fallback_admin]\nuser = \"admin\"\nsecret = \"x\"\n");
        FindsNothing("[Authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"x\"\n");
    }

    [Fact]
    public void An_empty_secret_was_an_empty_password_until_0_11_6()
    {
        Finds("[authentication.fallback-admin]\nuser = ⟦\"admin\"⟧\nsecret = \"\"\n", "0.11.6");
        FindsNothing("[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"\"\n", "0.11.7");
    }

    [Fact]
    public void Before_0_7_there_was_none() =>
        FindsNothing("[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"x\"\n", "0.6");

    [Fact]
    public void The_message_shows_the_name_and_never_the_secret()
    {
        var finding = Assert.Single(Finds("[authentication.fallback-admin]\nuser = ⟦\"root\"⟧\nsecret = \"hunter2\"\n"));
        Assert.Contains("'root'", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", finding.Message, StringComparison.Ordinal);
    }
}

public class MasterUserEnabledTests() : RuleTest("SWH3002")
{
    [Fact]
    public void Both_keys_trigger() =>
        Finds("[authentication.master]\nuser = ⟦\"master\"⟧\nsecret = \"$6$x\"\n");

    [Fact]
    public void An_empty_name_triggers() =>
        Finds("[authentication.master]\nuser = ⟦\"\"⟧\nsecret = \"%{env:MASTER}%\"\n");

    [Theory]
    [InlineData("[authentication.master]\nuser = \"master\"\n")]
    [InlineData("[authentication.master]\nuser = \"master\"\nsecret = \"\"\n")]
    [InlineData("[authentication.fallback-admin]\nuser = \"master\"\nsecret = \"x\"\n")]
    public void Half_of_it_does_not_trigger(string text) => FindsNothing(text);

    [Fact]
    public void In_0_8_0_the_fallback_administrator_could_be_one()
    {
        const string Text = "[authentication.fallback-admin]\nuser = ⟦\"admin\"⟧\nsecret = \"x\"\nenable-master = true\n";
        Finds(Text, "0.8.0");
        FindsNothing(Marks.Take(Text).Text, "0.8.1");
        FindsNothing(Marks.Take(Text).Text.Replace("true", "false", StringComparison.Ordinal), "0.8.0");
    }

    [Fact]
    public void Before_0_8_1_there_was_none() =>
        FindsNothing("[authentication.master]\nuser = \"master\"\nsecret = \"x\"\n", "0.8.0");
}
