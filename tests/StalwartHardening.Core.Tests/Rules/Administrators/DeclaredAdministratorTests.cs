using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules.Administrators;

/// <summary>SWH3003 about accounts and roles of the internal directory, as typed builders write them into the flat stream.</summary>
public class DeclaredAdministratorTests() : RuleTest("SWH3003")
{
    private const string Imap = "[server.listener.imaptls]\nprotocol = 'imap'\nbind = '[::]:993'\n";
    private const string Pop3 = "[server.listener.pop3s]\nprotocol = 'pop3'\nbind = '[::]:995'\n";
    private const string Sieve = "[server.listener.sieve]\nprotocol = 'managesieve'\nbind = '[::]:4190'\n";
    private const string Https = "[server.listener.https]\nprotocol = 'http'\nbind = '[::]:443'\n";
    private const string Everything = Imap + Pop3 + Sieve + Https;

    private static string Account(string lines) => $"[principal.ops]\nname = 'ops'\n{lines}";

    private static string Role(string name, string lines) => $"[principal.{name}]\nname = '{name}'\ntype = 'role'\n{lines}";

    [Theory]
    [InlineData(Everything, "IMAP, JMAP, WebDAV calendars, WebDAV contacts, WebDAV files, POP3, ManageSieve")]
    [InlineData(Imap, "IMAP")]
    [InlineData(Pop3, "POP3")]
    [InlineData(Sieve, "ManageSieve")]
    [InlineData(Https, "JMAP, WebDAV calendars, WebDAV contacts, WebDAV files")]
    public void The_built_in_role_opens_every_service_that_is_reachable(string listeners, string services)
    {
        var finding = Assert.Single(Finds(listeners + Account("roles = [⟦'admin'⟧]\n")));
        Assert.Equal($"The administrator 'ops' can use {services}. Take the mail services away and give the person an ordinary account for mail.", finding.Message);
        Assert.Equal(RuleSeverity.Warning, finding.Severity);
    }

    [Theory]
    // The list of services, a permission by name, the role that holds it.
    [InlineData("roles = ['admin']\nmailServices = 'listed'\nservices = [⟦'imap'⟧]\n")]
    [InlineData("roles = ['admin']\nmailServices = 'listed'\nservices = [⟦'imap'⟧, ⟦'pop3'⟧]\n")]
    [InlineData("roles = ['admin']\nmailServices = 'listed'\nenabledPermissions = [⟦'imap-fetch'⟧]\n")]
    [InlineData("roles = ['admin']\nmailServices = 'listed'\nservices = ['imap']\nenabledPermissions = [⟦'imap-authenticate'⟧]\n")]
    [InlineData("roles = [⟦'user'⟧]\nenabledPermissions = ['settings-update']\n")]
    [InlineData("roles = [⟦'user'⟧]\nenabledPermissions = ['log-view', 'impersonate']\n")]
    [InlineData("roles = [⟦'admin'⟧, 'tenant-admin']\n")]
    [InlineData("roles = ⟦'admin'⟧\n")]
    public void The_setting_that_lets_the_service_in_is_marked(string lines) => Finds(Everything + Account(lines));

    [Theory]
    [InlineData("roles = ['user']\n")]
    [InlineData("roles = ['user']\nenabledPermissions = ['log-view']\n")]
    [InlineData("roles = ['Admin', 'user']\n")]
    [InlineData("roles = ['admin']\ntype = 'role'\n")]
    [InlineData("roles = ['admin']\ndisabledPermissions = ['authenticate']\n")]
    [InlineData("roles = ['admin']\nmailServices = 'listed'\n")]
    [InlineData("enabledPermissions = ['impersonate']\n")]
    [InlineData("enabledPermissions = ['impersonate', 'imap-fetch']\n")]
    // What an unknown role takes away nobody knows.
    [InlineData("roles = ['admin', 'elsewhere']\n")]
    public void Others_are_not(string lines) => FindsNothing(Everything + Account(lines));

    [Fact]
    public void What_is_granted_by_name_stays_beside_a_role_from_elsewhere() =>
        Finds(Everything + Account("roles = ['elsewhere']\nenabledPermissions = ['authenticate', 'impersonate', ⟦'imap-fetch'⟧]\n"));

    [Fact]
    public void Roles_pass_on_what_roles_hold()
    {
        var inner = Role("inner", "enabledPermissions = ['log-view', 'impersonate']\n");
        Finds(Everything + inner + Role("outer", "roles = ['inner']\n") + Account("roles = ['outer', ⟦'user'⟧]\n"));
        Finds(Everything + Role("chief", "roles = ['admin']\n") + Account("roles = [⟦'chief'⟧]\n"));
        Finds(Everything + Role("readers", "enabledPermissions = ['imap-fetch']\n") + Account("roles = [⟦'readers'⟧]\nenabledPermissions = ['impersonate', 'authenticate']\n"));
        FindsNothing(Everything + Role("inner", "enabledPermissions = ['log-view']\n") + Role("outer", "roles = ['inner']\n") + Account("roles = ['outer', 'user']\n"));
    }

    [Fact]
    public void What_a_role_takes_away_is_gone()
    {
        FindsNothing(Everything + Role("safe", "mailServices = 'listed'\n") + Account("roles = ['safe', 'admin']\n"));
        FindsNothing(Everything + Role("inner", "mailServices = 'listed'\n") + Role("outer", "roles = ['inner']\n") + Account("roles = ['admin', 'outer']\n"));
        Assert.Equal(
            "IMAP, WebDAV calendars, WebDAV contacts, WebDAV files, POP3, ManageSieve",
            Services(Everything + Role("safe", $"disabledPermissions = [{Quoted("jmap")}]\n") + Account("roles = ['safe', 'admin']\n")));
        Assert.Equal("POP3", Services(Everything + Role("safe", "mailServices = 'listed'\nservices = ['pop3']\n") + Account("roles = ['safe', 'admin']\n")));
    }

    [Fact]
    public void Roles_in_a_circle_come_to_an_end() =>
        FindsNothing(Everything + Role("a", "roles = ['b']\n") + Role("b", "roles = ['a']\n") + Account("roles = ['a', 'user']\n"));

    [Fact]
    public void An_account_that_is_no_principal_role_gives_nothing() =>
        FindsNothing(Everything + "[principal.chief]\nname = 'chief'\nroles = ['user']\nenabledPermissions = ['imap-fetch']\n" + Account("roles = ['chief', 'user']\n"));

    [Fact]
    public void Every_administrator_is_one_finding() =>
        Finds(Everything + Role("a", "roles = ['user']\n") + "[principal.b]\nname = 'b'\nroles = ['user']\n[principal.c]\nname = 'c'\nroles = [⟦'admin'⟧]\n" + Account("roles = [⟦'admin'⟧]\n"));

    [Fact]
    public void Where_people_are_looked_for_in_a_memory_directory_the_internal_one_is_never_asked()
    {
        var directory = "[directory.mem]\ntype = 'memory'\n[storage]\ndirectory = 'mem'\n";
        FindsNothing(Everything + directory + Account("roles = ['admin']\n"));
        Finds(Everything + "[directory.mem]\ntype = 'memory'\n" + Account("roles = [⟦'admin'⟧]\n"));
        Finds(Everything + directory.Replace("memory", "internal", StringComparison.Ordinal) + Account("roles = [⟦'admin'⟧]\n"));
    }

    [Fact]
    public void The_fix_takes_away_services_and_their_permissions()
    {
        var (edits, after) = Fix("roles = ['admin']\nservices = ['imap']\nenabledPermissions = ['imap-fetch', 'log-view']\n");
        Assert.Equal(
            [new SettingEdit.Remove("principal.ops.services.0000"), new SettingEdit.Remove("principal.ops.enabledPermissions.0000"), new SettingEdit.Set("principal.ops.mailServices", "listed")],
            edits);
        Assert.Equal(0, after);
        Assert.Equal([new SettingEdit.Remove("principal.ops.services.0000")], Fix("roles = ['admin']\nmailServices = 'listed'\nservices = ['imap']\n").Edits);
    }

    [Fact]
    public void Services_that_are_not_listed_are_taken_away_one_by_one()
    {
        Assert.Equal(["log-view", "imap-fetch"], Principal("disabledPermissions = ['log-view', 'imap-fetch', 'log-view']\n").AllDisabledPermissions());
        var disabled = Principal("mailServices = 'listed'\nservices = ['jmap', 'calendars', 'contacts', 'files', 'managesieve', 'pop3']\nenabledPermissions = ['imap-fetch']\ndisabledPermissions = ['imap-list', 'log-view']\n").AllDisabledPermissions();
        Assert.Equal([.. MailServicePermissions.Of("imap").Where(static permission => permission != "imap-fetch"), "log-view"], disabled);
    }

    [Fact]
    public void A_principal_is_what_is_called_by_its_own_table()
    {
        var (name, type, lists) = (Principal("").Name.Value, Principal("").Type, Principal("").ListsServices);
        Assert.Equal(("ops", "individual", false), (name, type, lists));
        Assert.Empty(DeclaredPrincipal.Read(Document("[principal.ops]\nname = 'other'\nroles = ['admin']\n")));
        var principal = Principal("description = 'Operations'\nquota = 5\nsecrets = ['$6$x']\nemails = ['a@example.org', 'b@example.org']\nmemberOf = 'staff'\n");
        Assert.Equal(("Operations", "5", "$6$x", "a@example.org b@example.org", "staff"), (principal.Description, principal.Quota, Join(principal.Secrets), Join(principal.Emails), Join(principal.MemberOf)));
    }

    private static string Join(IEnumerable<Setting> settings) => string.Join(' ', settings.Select(static setting => setting.Value));

    private static string Quoted(string service) => string.Join(", ", MailServicePermissions.Of(service).Select(static permission => $"'{permission}'"));

    private static SettingsDocument Document(string text) => ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);

    private static DeclaredPrincipal Principal(string lines) => Assert.Single(DeclaredPrincipal.Read(Document(Account(lines))));

    private static string Services(string text)
    {
        const string Start = "can use ";
        var message = Assert.Single(Judged(text), static finding => finding.Rule.Id == "SWH3003").Message;
        var start = message.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return message[start..message.IndexOf('.', start)];
    }

    private (IReadOnlyList<SettingEdit> Edits, int After) Fix(string lines)
    {
        var server = Generation.ReadServer(Document(Everything + Account(lines)), ServerVersion.Newest);
        var finding = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).First(finding => finding.Rule.Id == Id);
        var remedy = Assert.Single(Rule.Remedies(server, finding));
        Assert.Equal(RemedySafety.Review, remedy.Safety);
        Assert.Contains("cuts off mail clients", remedy.Title, StringComparison.Ordinal);
        var left = Judged(Everything + Account(lines.Replace("'imap'", "", StringComparison.Ordinal).Replace("'imap-fetch', ", "", StringComparison.Ordinal) + "mailServices = 'listed'\n"));
        return (remedy.Edits, left.Count(finding => finding.Rule.Id == Id));
    }
}
