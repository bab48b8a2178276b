using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Administrators;

public class AdministratorCanUseMailServicesTests() : RuleTest("SWH3003")
{
    private const string Active = "storage.directory = \"mem\"\n";
    private const string Imaps = "[server.listener.imaptls]\nprotocol = \"imap\"\nbind = \"[::]:993\"\ntls.implicit = true\n";

    private static string Memory(string @class = "class = ⟦\"admin\"⟧", string secret = "secret = \"$6$x\"") =>
        $"[directory.mem]\ntype = \"memory\"\n[[directory.mem.principals]]\nname = \"ops\"\n{@class}\n{secret}\n";

    [Fact]
    public void An_administrator_of_the_active_memory_directory_triggers()
    {
        var finding = Assert.Single(Finds(Active + Memory() + Imaps));
        Assert.Contains("'ops'", finding.Message, StringComparison.Ordinal);
        Assert.Contains("IMAP", finding.Message, StringComparison.Ordinal);
        Assert.Equal(RuleSeverity.Warning, finding.Severity);
    }

    // A login finds the first principal of a name; those of other names are found after it.
    [Fact]
    public void A_name_that_is_there_twice_hides_no_other() =>
        Finds(Active + "[directory.mem]\ntype = \"memory\"\n"
            + "[[directory.mem.principals]]\nname = \"ann\"\nclass = \"individual\"\nsecret = \"$6$x\"\n"
            + "[[directory.mem.principals]]\nname = \"ann\"\nclass = \"admin\"\nsecret = \"$6$x\"\n"
            + "[[directory.mem.principals]]\nname = \"ops\"\nclass = ⟦\"admin\"⟧\nsecret = \"$6$x\"\n" + Imaps);

    [Theory]
    [InlineData("imap", "[::]:993")]
    [InlineData("pop3", "[::]:995")]
    [InlineData("managesieve", "[::]:4190")]
    [InlineData("http", "[::]:443")]
    public void Each_mail_service_counts(string protocol, string bind) =>
        Finds(Active + Memory() + $"[server.listener.x]\nprotocol = \"{protocol}\"\nbind = \"{bind}\"\n");

    [Theory]
    [InlineData("smtp", "[::]:465")]
    [InlineData("imap", "127.0.0.1:993")]
    [InlineData("imap", "%{env:BIND}%")]
    public void Without_a_reachable_mail_service_it_does_not_trigger(string protocol, string bind) =>
        FindsNothing(Active + Memory("class = \"admin\"") + $"[server.listener.x]\nprotocol = \"{protocol}\"\nbind = \"{bind}\"\n");

    [Theory]
    [InlineData("class = \"individual\"")]
    [InlineData("class = \"Admin\"")]
    [InlineData("class = \"superuser\"")]
    [InlineData("class = \"group\"")]
    [InlineData("class = \"%{env:CLASS}%\"")]
    [InlineData("type = \"admin\"")]
    public void Another_class_does_not_trigger(string line) => FindsNothing(Active + Memory(line) + Imaps);

    [Theory]
    [InlineData("permissions = [\"authenticate\"]")]
    [InlineData("disabled-permissions = [\"imap-authenticate\"]")]
    [InlineData("roles = [\"user\"]")]
    public void Permissions_written_in_toml_change_nothing(string line) =>
        Finds(Active + Memory("class = ⟦\"admin\"⟧\n" + line) + Imaps);

    [Theory]
    [InlineData("description = \"no secret\"")]
    [InlineData("secret = \"\"")]
    [InlineData("secret = \"{UNKNOWN}\"")]
    public void Who_cannot_log_in_does_not_trigger(string line) =>
        FindsNothing(Active + Memory("class = \"admin\"", line) + Imaps);

    [Fact]
    public void Of_several_secrets_the_last_decides_since_0_14()
    {
        const string Secrets = "secret = [\"$6$x\", \"$unknown$\"]";
        FindsNothing(Active + Memory("class = \"admin\"", Secrets) + Imaps);
        Finds(Active + Memory(secret: Secrets) + Imaps, "0.13");
    }

    [Fact]
    public void An_app_password_was_one_until_0_13_and_a_one_time_secret_is_one_since()
    {
        Finds(Active + Memory(secret: "secret = \"$app$phone$$6$x\"") + Imaps, "0.13");
        FindsNothing(Active + Memory("class = \"admin\"", "secret = \"$app$phone$$6$x\"") + Imaps, "0.14");
        FindsNothing(Active + Memory("class = \"admin\"", "secret = \"otpauth://totp/x\"") + Imaps, "0.13");
        Finds(Active + Memory(secret: "secret = \"otpauth://totp/x\"") + Imaps, "0.14");
    }

    [Theory]
    [InlineData("storage.directory = \"internal\"\n")]
    [InlineData("")]
    [InlineData("storage.directory = \"%{env:DIRECTORY}%\"\n")]
    public void An_inactive_or_unknown_directory_does_not_trigger(string storage) =>
        FindsNothing(storage + Memory("class = \"admin\"") + Imaps);

    [Fact]
    public void The_class_key_was_called_type_until_0_6() =>
        Finds(Active + Memory("type = ⟦\"admin\"⟧") + Imaps, "0.6");

    [Fact]
    public void A_second_principal_of_the_same_name_is_never_asked() =>
        FindsNothing(Active + Memory("class = \"individual\"") + "[[directory.mem.principals]]\nname = \"ops\"\nclass = \"admin\"\nsecret = \"x\"\n" + Imaps);

    [Theory]
    [InlineData("[directory.mem]\ntype = \"ldap\"\n[directory.mem.attributes]\nclass = ⟦\"objectClass\"⟧\n")]
    [InlineData("[directory.mem]\ntype = \"sql\"\n[directory.mem.columns]\nclass = ⟦\"type\"⟧\n")]
    public void A_class_mapping_of_ldap_or_sql_is_reported_as_possible(string directory) =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(Active + directory + Imaps)).Severity);
}
