namespace StalwartHardening.Tests;

/// <summary>SWH3003 about accounts and roles that a program declares: mail services given to an administrator, directly or through a role.</summary>
public sealed class AdministratorMailServicesTests
{
    // Everything a mail client speaks, from everywhere, and nothing else to find.
    private const string Mail =
        """
        server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls();
        server.AddListener("pop3s", MailProtocol.Pop3).Bind("[::]:995").WithImplicitTls();
        server.AddListener("sieve", MailProtocol.ManageSieve).Bind("[::]:4190").WithStartTls();
        server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls();
        server.Http.WithAllowedEndpoint("if_then(starts_with(url_path, '/jmap'), 200, 404)");

        """;

    // A permission of each service, and the service's name in messages.
    private static readonly (string Member, string Permission, string Name)[] Services =
    [
        ("Imap", "imap-fetch", "IMAP"),
        ("Jmap", "jmap-email-get", "JMAP"),
        ("Calendars", "dav-cal-get", "WebDAV calendars"),
        ("Contacts", "dav-card-get", "WebDAV contacts"),
        ("Files", "dav-file-get", "WebDAV files"),
        ("Pop3", "pop3-retr", "POP3"),
        ("ManageSieve", "sieve-put-script", "ManageSieve"),
    ];

    public static TheoryData<string, string, string> Granted
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (member, permission, name) in Services)
            {
                data.Add($"server.AddAdministrator(\"ops\").AllowServices(MailServices.{member});", "MailServices." + member, name);
                data.Add($"server.AddAdministrator(\"ops\").Grant(Permission.Named(\"{permission}\"));", $"Permission.Named(\"{permission}\")", name);
                data.Add($"server.AddRole(\"mail\").Grant(Permission.ManageSettings).AllowServices(MailServices.{member}); server.AddAccount(\"ops\").InRole(\"mail\");", "AddAccount", name);
                data.Add($"server.AddRole(\"mail\").Grant(Permission.Named(\"{permission}\")); server.AddAdministrator(\"ops\").Grant(Permission.Named(\"{permission}\")).InRole(\"mail\");", $"Permission.Named(\"{permission}\")", name);
            }

            data.Add("server.AddAdministrator(\"ops\").AllowServices(MailServices.WebDav);", "MailServices.WebDav", "WebDAV calendars, WebDAV contacts, WebDAV files");
            data.Add("server.AddAdministrator(\"ops\").AllowServices(MailServices.All & ~MailServices.Imap & ~MailServices.WebDav & ~MailServices.Jmap);", "MailServices.All & ~MailServices.Imap & ~MailServices.WebDav & ~MailServices.Jmap", "POP3, ManageSieve");
            // The built-in administrator holds everything; a role of it does too.
            data.Add("server.AddAccount(\"ops\").InRole(\"admin\");", "AddAccount", "IMAP, JMAP, WebDAV calendars, WebDAV contacts, WebDAV files, POP3, ManageSieve");
            data.Add("server.AddRole(\"chief\").InRole(\"admin\"); server.AddAccount(\"ops\").InRole(\"chief\").AllowServices(MailServices.Pop3);", "MailServices.Pop3", "POP3");
            data.Add("server.AddRole(\"inner\").Grant(Permission.Impersonate); server.AddRole(\"outer\").InRole(\"inner\"); server.AddAccount(\"ops\").InRole(\"outer\").AllowServices(MailServices.Imap);", "MailServices.Imap", "IMAP");
            data.Add("server.AddAccount(\"ops\").Grant(Permission.ManageAccounts).AllowServices(MailServices.Imap);", "MailServices.Imap", "IMAP");
            return data;
        }
    }

    public static TheoryData<string> Quiet
    {
        get
        {
            var data = new TheoryData<string>
            {
                // An administrator made as one has no mail services, and what a role grants is taken away all the same.
                "server.AddAdministrator(\"ops\");",
                "server.AddAdministrator(\"ops\").Grant(Permission.ManageAccounts, Permission.ManageSettings, Permission.Impersonate);",
                "server.AddAdministrator(\"ops\").AllowServices(MailServices.None);",
                "server.AddRole(\"mail\").Grant(Permission.UseImap); server.AddAdministrator(\"ops\").InRole(\"mail\");",
                "server.AddAccount(\"ops\").InRole(\"admin\").AllowServices(MailServices.None);",
                "server.AddRole(\"safe\").InRole(\"admin\").AllowServices(MailServices.None); server.AddAccount(\"ops\").InRole(\"safe\");",
                // Nobody who may not log in uses anything.
                "server.AddAdministrator(\"ops\").AllowServices(MailServices.Imap).Deny(Permission.Authenticate);",
                // People without rights over the server.
                "server.AddAccount(\"joe\").AllowServices(MailServices.All);",
                "server.AddRole(\"readers\").Grant(Permission.ViewLogs); server.AddAccount(\"joe\").InRole(\"readers\");",
                // A role that nobody is in.
                "server.AddRole(\"chief\").InRole(\"admin\");",
                // Nobody knows what these are.
                "server.AddAdministrator(\"ops\").AllowServices((MailServices)Environment.ProcessorCount);",
                "server.AddAdministrator(\"ops\").Grant(Permission.Named(Environment.MachineName));",
                "server.AddAccount(\"joe\").InRole(Environment.MachineName);",
                "server.AddAccount(\"ops\").InRole(\"admin\").Deny(Permission.Named(Environment.MachineName));",
                // Code out of sight may take them away.
                "var ops = server.AddAccount(\"ops\").InRole(\"admin\"); Elsewhere(ops); static extern void Elsewhere(AccountBuilder account);",
                // Log-ins are checked against accounts that are written elsewhere.
                "server.AddMemoryDirectory(\"mem\").UseForLogin().AddAccount(\"joe\", Secret.Hash(\"$6$x$y\")); server.AddAdministrator(\"ops\").AllowServices(MailServices.Imap);",
            };
            foreach (var (member, permission, _) in Services)
            {
                data.Add($"server.AddAdministrator(\"ops\").AllowServices(MailServices.{member}).AllowServices(MailServices.None).Deny({Denied(member)});");
                data.Add($"server.AddAccount(\"joe\").Grant(Permission.Named(\"{permission}\"));");
            }

            return data;
        }
    }

    // Every permission of a service, as the library names them.
    private static string Denied(string member) => string.Join(
        ", ",
        Server.Accounts.MailServicePermissions.Of(member.ToLowerInvariant()).Select(static permission => $"Permission.Named(\"{permission}\")"));

    [Theory]
    [MemberData(nameof(Granted))]
    public async Task It_triggers_where_the_service_is_given(string statements, string marked, string services)
    {
        var compilation = BuilderProgram.Compile(BuilderProgram.Source(Mail + statements));
        var found = (await BuilderProgram.Analyze(compilation)).Where(static diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).ToList();
        var finding = Assert.Single(found);
        Assert.Equal("SWH3003", finding.Id);
        Assert.Contains("The administrator 'ops' can use " + services + ".", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(marked, finding.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(finding.Location.SourceSpan));
    }

    [Theory]
    [MemberData(nameof(Quiet))]
    public async Task It_does_not_trigger(string statements) =>
        Assert.Equal([], await BuilderProgram.Judge(BuilderProgram.Source(Mail + statements)));

    [Theory]
    [InlineData("Imap", "pop3s", "Pop3")]
    [InlineData("Pop3", "imaptls", "Imap")]
    [InlineData("Jmap", "imaptls", "Imap")]
    [InlineData("ManageSieve", "imaptls", "Imap")]
    [InlineData("Calendars", "imaptls", "Imap")]
    public async Task It_does_not_trigger_where_no_listener_speaks_the_service(string service, string listener, string protocol)
    {
        var administrator = $"server.AddAdministrator(\"ops\").AllowServices(MailServices.{service});";
        Assert.Equal([], await BuilderProgram.Judge(BuilderProgram.Source($"server.AddListener(\"{listener}\", MailProtocol.{protocol}).Bind(\"[::]:1000\").WithImplicitTls();" + administrator)));
        Assert.Equal([], await BuilderProgram.Judge(BuilderProgram.Source("server.AddListener(\"x\", MailProtocol.Imap).Bind(\"127.0.0.1:993\").WithImplicitTls(); server.AddListener(\"y\", MailProtocol.Pop3).Bind(\"[::1]:995\").WithImplicitTls(); server.AddListener(\"z\", MailProtocol.Http).Bind(\"127.0.0.1:443\").WithImplicitTls(); server.AddListener(\"s\", MailProtocol.ManageSieve).Bind(\"127.0.0.1:4190\");" + administrator)));
    }
}
