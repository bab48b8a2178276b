namespace StalwartHardening.Tests.Rules.Administrators;

public class UnrestrictedAdministratorTests() : RuleTest("SWH3004")
{
    private const string Directory = "[storage]\ndirectory = \"m\"\n[directory.m]\ntype = \"memory\"\n[directory.m.principals.ops]\nname = \"ops\"\nsecret = \"$6$a$b\"\n";

    [Fact]
    public void An_administrator_of_a_memory_directory_triggers() => Finds(Directory + "class = ⟦\"admin\"⟧\n");

    [Theory]
    [InlineData("class = \"individual\"\n")]
    [InlineData("class = \"admin\"\n[server.listener.imaptls]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n")]
    public void An_ordinary_account_and_what_another_rule_reports_do_not_trigger(string text) => FindsNothing(Directory + text);

    [Fact]
    public void An_unused_directory_does_not_trigger() => FindsNothing("[directory.m]\ntype = \"memory\"\n[directory.m.principals.ops]\nname = \"ops\"\nclass = \"admin\"\nsecret = \"$6$a$b\"\n");
}
