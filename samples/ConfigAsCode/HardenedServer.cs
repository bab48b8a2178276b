using StalwartHardening.Configuration;

/// <summary>The same mail server with its doors closed: TLS from the first byte, HTTP access control, administrators without mail.</summary>
public static class HardenedServer
{
    public static StalwartServer Create()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");

        server.AddListener("smtp", MailProtocol.Smtp).Bind("[::]:25");
        foreach (var (id, protocol, port) in new[]
        {
            ("submissions", MailProtocol.Smtp, 465),
            ("imaptls", MailProtocol.Imap, 993),
            ("https", MailProtocol.Http, 443),
        })
        {
            server.AddListener(id, protocol).Bind(port).WithImplicitTls();
        }

        server.Http.WithHsts().WithAccessRules(rules =>
        {
            rules.Allow(Endpoints.Jmap, Endpoints.WebDav, Endpoints.WellKnown, Endpoints.Autoconfig, Endpoints.Autodiscover);
            rules.Allow(Endpoints.OAuth);
            rules.Allow(Endpoints.ManagementApi).From("10.20.0.0/16");
            rules.Otherwise(404);
        });

        server.AddCertificate("default", "/etc/stalwart/fullchain.pem", "/etc/stalwart/privkey.pem").AsDefault();
        server.AddStore("rocksdb", StoreType.RocksDb).WithPath("/opt/stalwart/data").UseFor(StorageRoles.All);
        server.AddInternalDirectory("internal", store: "rocksdb").UseForLogin();

        // An administrator has no mail services unless AllowServices gives them; people read mail with an account of their own.
        server.AddAdministrator("ops").WithDescription("Runs the server");
        server.AddAccount("jane").WithEmail("jane@example.org").AllowServices(MailServices.Imap | MailServices.Jmap | MailServices.WebDav);

        server.AddTracer("log", TracerType.LogFile, TracerLevel.Info).WithPath("/opt/stalwart/logs");

        return server.Build();
    }
}
