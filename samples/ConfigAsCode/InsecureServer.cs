using StalwartHardening.Configuration;

/// <summary>A mail server as it should not be: every line with a warning opens a door. Build the project to see them.</summary>
public static class InsecureServer
{
    public static StalwartServer Create()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");

        server.AddListener("smtp", MailProtocol.Smtp).Bind("[::]:25");
        server.AddListener("submission", MailProtocol.Smtp).Bind("[::]:587");
        server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143");
        server.AddListener("pop3", MailProtocol.Pop3).Bind("[::]:110");
        server.AddListener("http", MailProtocol.Http).Bind("[::]:8080");

        server.AddStore("rocksdb", StoreType.RocksDb).WithPath("/opt/stalwart/data").UseFor(StorageRoles.All);
        server.AddInternalDirectory("internal", store: "rocksdb").UseForLogin();

        server.AddFallbackAdministrator("admin", Secret.FromEnvironment("ADMIN_SECRET"));
        server.AddAdministrator("ops").AllowServices(MailServices.Imap | MailServices.Jmap);

        server.AddTracer("log", TracerType.LogFile, TracerLevel.Info).WithPath("/opt/stalwart/logs");

        return server.Build();
    }
}
