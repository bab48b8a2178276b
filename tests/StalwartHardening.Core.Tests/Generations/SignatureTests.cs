using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Generations;

/// <summary>Which TOML files are a mail server's.</summary>
public sealed class SignatureTests
{
    public static TheoryData<string, string> Foreign => new()
    {
        { "Cargo.toml", "[package]\nname = \"mail\"\nversion = \"0.1.0\"\n[dependencies]\nserver = { version = \"1\" }\n[features]\nstorage = []\n[profile.release]\nlto = true\n" },
        { "Cargo.toml of a mail server", "[workspace]\nmembers = [\"crates/smtp\", \"crates/imap\"]\n[dependencies]\nstore = { path = \"../store\" }\ndirectory = { path = \"../directory\" }\n[features]\ndefault = [\"sqlite\", \"redis\"]\n" },
        { "pyproject.toml", "[project]\nname = \"x\"\n[build-system]\nrequires = [\"setuptools\"]\n[tool.poetry]\nname = \"x\"\n[tool.ruff]\nline-length = 100\n" },
        { "hugo.toml", "baseURL = \"https://example.org\"\ntitle = \"x\"\n[params]\nemail = \"a@example.org\"\n[server]\n[[server.headers]]\nfor = \"/**\"\n[[server.redirects]]\nfrom = \"/a\"\nto = \"/b\"\n[markup.goldmark]\nx = 1\n[caches.images]\ndir = \":cacheDir\"\n" },
        { "traefik.toml", "[entryPoints.web]\naddress = \":80\"\n[entryPoints.web.http.tls]\ncertResolver = \"x\"\n[log]\nlevel = \"INFO\"\n[metrics.prometheus]\nentryPoint = \"metrics\"\n[certificatesResolvers.x.acme]\nemail = \"a@example.org\"\n[providers.docker]\nexposedByDefault = false\n[api]\ndashboard = true\n" },
        { "traefik dynamic", "[http.routers.mail]\nrule = \"Host(`mail.example.org`)\"\nservice = \"mail\"\n[http.services.mail.loadBalancer]\n[[http.services.mail.loadBalancer.servers]]\nurl = \"http://10.0.0.1\"\n[http.middlewares.auth.basicAuth]\nusers = [\"a:b\"]\n[tls.options.default]\nminVersion = \"VersionTLS12\"\n[[tls.certificates]]\ncertFile = \"x\"\n" },
        { "netlify.toml", "[build]\npublish = \"dist\"\ncommand = \"npm run build\"\n[[redirects]]\nfrom = \"/*\"\nto = \"/index.html\"\n[[headers]]\nfor = \"/*\"\n" },
        { "gitlab-runner config.toml", "concurrent = 4\n[session_server]\nsession_timeout = 1800\n[[runners]]\nname = \"x\"\nurl = \"https://example.org\"\ntoken = \"x\"\nexecutor = \"docker\"\n[runners.cache]\nType = \"s3\"\n[runners.cache.s3]\nServerAddress = \"s3.example.org\"\n" },
        { "containerd config.toml", "version = 2\nroot = \"/var/lib/containerd\"\n[grpc]\naddress = \"/run/containerd/containerd.sock\"\n[metrics]\naddress = \"\"\n[plugins.\"io.containerd.grpc.v1.cri\"]\nsandbox_image = \"x\"\n[timeouts]\nx = \"5s\"\n" },
        { "himalaya config.toml", "[accounts.me]\nemail = \"a@example.org\"\nbackend.type = \"imap\"\nbackend.host = \"imap.example.org\"\nbackend.port = 143\nmessage.send.backend.type = \"smtp\"\n" },
        { "tikv config.toml", "[server]\naddr = \"0.0.0.0:20160\"\n[storage]\ndata-dir = \"/data\"\n[storage.block-cache]\ncapacity = \"1GB\"\n[rocksdb]\nmax-open-files = 40960\n[log]\nlevel = \"info\"\n[security]\nca-path = \"\"\n" },
        { "rustfmt.toml", "max_width = 100\n" },
        { "wrangler.toml", "name = \"x\"\nmain = \"src/index.js\"\n[vars]\nA = \"b\"\n[[kv_namespaces]]\nbinding = \"X\"\nid = \"y\"\n[[queues.producers]]\nqueue = \"q\"\n" },
        { "fly.toml", "app = \"mail\"\n[http_service]\ninternal_port = 8080\n[[services]]\nprotocol = \"tcp\"\ninternal_port = 25\n[[services.ports]]\nport = 25\n[mounts]\nsource = \"data\"\ndestination = \"/data\"\n" },
        { "telegraf.toml", "[agent]\ninterval = \"10s\"\n[[outputs.influxdb]]\nurls = [\"http://127.0.0.1\"]\n[[inputs.cpu]]\npercpu = true\n[[inputs.http]]\nurls = [\"http://127.0.0.1\"]\n" },
        { "vector.toml", "[sources.in]\ntype = \"file\"\n[sinks.out]\ntype = \"elasticsearch\"\nendpoint = \"http://127.0.0.1\"\n[transforms.x]\ntype = \"remap\"\n" },
        { "Rocket.toml", "[default]\naddress = \"0.0.0.0\"\nport = 8000\n[default.tls]\ncerts = \"a\"\nkey = \"b\"\n" },
        { "storage.toml of podman", "[storage]\ndriver = \"overlay\"\nrunroot = \"/run\"\ngraphroot = \"/var/lib\"\n[storage.options]\nsize = \"\"\n" },
        { "book.toml", "[book]\ntitle = \"x\"\n[output.html]\ngit-repository-url = \"x\"\n[preprocessor.x]\ncommand = \"x\"\n" },
        { "empty", "" },
        { "comments", "# server.listener.imap.bind\n" },
    };

    public static TheoryData<string> Own =>
    [
        "server.listener.imap.bind = \"[::]:143\"\n",
        "[server.listener.\"imap\"]\nprotocol = \"imap\"\n",
        "[authentication.fallback-admin]\nuser = \"admin\"\n",
        "authentication = { fallback-admin = { user = \"a\", secret = \"b\" } }\n",
        "[http]\nallowed-endpoint = 200\n",
        "[[http.allowed-endpoint]]\nif = \"true\"\nthen = 200\n",
        "server.http.allowed-endpoint = 200\n",
        "[storage]\ndata = \"rocksdb\"\n[store.rocksdb]\ntype = \"rocksdb\"\n",
        "config.local-keys = [\"store.*\"]\n",
        "[directory.memory]\ntype = \"memory\"\n",
        "[session.rcpt]\nrelay = true\n",
        "[session.auth]\nmechanisms = \"[plain]\"\n",
        "lookup.default.hostname = \"mail.example.org\"\n",
        // Broken before and after what tells it.
        "oops\n[server.listener.imap]\nbind = \"[::]:143\"\n",
        "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \n[[[\n",
        "[server.listener.imap]\nbind = \"[::]:143\"",
    ];

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Other_programs_are_left_in_peace(string name, string text) => Assert.False(LooksLikeStalwart(text), name);

    [Theory]
    [MemberData(nameof(Own))]
    public void The_servers_own_settings_are_recognised(string text) => Assert.True(LooksLikeStalwart(text));

    // What only this server has, each alone.
    [Theory]
    [InlineData("server.http.allowed-endpoint")]
    [InlineData("server.http.permissive-cors")]
    [InlineData("server.http.use-x-forwarded")]
    [InlineData("server.auto-ban.auth.rate")]
    [InlineData("server.fail2ban.authentication")]
    [InlineData("server.run-as.user")]
    [InlineData("server.blocked-ip.x")]
    [InlineData("server.allowed-ip.x")]
    [InlineData("http.permissive-cors")]
    [InlineData("http.use-x-forwarded")]
    [InlineData("authentication.master.user")]
    [InlineData("authentication.master.secret")]
    [InlineData("directory.x.principals.0000.name")]
    [InlineData("storage.fts")]
    [InlineData("session.rcpt.directory")]
    [InlineData("session.rcpt.max-recipients")]
    [InlineData("session.auth.directory")]
    [InlineData("session.auth.must-match-sender")]
    [InlineData("session.auth.require")]
    [InlineData("spam-filter.x")]
    [InlineData("webadmin.path")]
    [InlineData("Server.Listener.x.Protocol")]
    [InlineData("server.listener.x.tls.implicit")]
    [InlineData("server.listener.x.proxy.override")]
    public void One_setting_is_enough(string key) => Assert.True(LooksLikeStalwart($"{key} = 'x'\n"));

    [Theory]
    [InlineData("memory", true)]
    [InlineData("internal", true)]
    [InlineData("ldap", true)]
    [InlineData("sql", true)]
    [InlineData("oidc", true)]
    [InlineData("lmtp", true)]
    [InlineData("files", false)]
    public void A_directory_is_known_by_its_type(string type, bool expected) => Assert.Equal(expected, LooksLikeStalwart($"directory.x.type = '{type}'\n"));

    // What other programs may have too: two families in one file are this server's.
    [Theory]
    [InlineData("server.hostname")]
    [InlineData("server.max-connections")]
    [InlineData("server.proxy.trusted-networks")]
    [InlineData("server.socket.backlog")]
    [InlineData("server.tls.certificate")]
    [InlineData("server.security.x")]
    [InlineData("session.connect.x")]
    [InlineData("session.ehlo.x")]
    [InlineData("session.mail.x")]
    [InlineData("session.data.x")]
    [InlineData("session.extensions.x")]
    [InlineData("session.milter.x")]
    [InlineData("session.hook.x")]
    [InlineData("session.mta-sts.x")]
    [InlineData("session.throttle.x")]
    [InlineData("queue.strategy.x")]
    [InlineData("queue.route.x")]
    [InlineData("queue.outbound.x")]
    [InlineData("queue.schedule.x")]
    [InlineData("queue.virtual.x")]
    [InlineData("queue.limiter.x")]
    [InlineData("queue.throttle.x")]
    [InlineData("oauth.client-registration.require")]
    [InlineData("oauth.oidc.signature-key")]
    [InlineData("lookup.default.domain")]
    [InlineData("storage.data")]
    [InlineData("storage.blob")]
    [InlineData("storage.lookup")]
    [InlineData("storage.in-memory")]
    [InlineData("storage.directory")]
    [InlineData("storage.encryption.x")]
    [InlineData("storage.full-text.x")]
    [InlineData("storage.undelete.x")]
    [InlineData("directory.x.store")]
    [InlineData("directory.x.lookup.x")]
    [InlineData("directory.x.cache.x")]
    [InlineData("directory.x.options.x")]
    [InlineData("certificate.x.cert")]
    [InlineData("certificate.x.private-key")]
    [InlineData("certificate.x.default")]
    [InlineData("acme.x.directory")]
    [InlineData("acme.x.challenge")]
    [InlineData("acme.x.contact")]
    [InlineData("acme.x.renew-before")]
    [InlineData("acme.x.provider")]
    [InlineData("signature.x.private-key")]
    [InlineData("signature.x.domain")]
    [InlineData("signature.x.selector")]
    [InlineData("signature.x.canonicalization")]
    [InlineData("auth.dkim.x")]
    [InlineData("auth.spf.x")]
    [InlineData("auth.arc.x")]
    [InlineData("auth.dmarc.x")]
    [InlineData("auth.iprev.x")]
    [InlineData("report.domain")]
    [InlineData("report.submitter")]
    [InlineData("report.analysis.x")]
    [InlineData("report.dsn.x")]
    [InlineData("report.dkim.x")]
    [InlineData("report.spf.x")]
    [InlineData("report.dmarc.x")]
    [InlineData("report.tls.x")]
    [InlineData("remote.x.protocol")]
    [InlineData("remote.x.address")]
    [InlineData("sieve.trusted.x")]
    [InlineData("sieve.untrusted.x")]
    [InlineData("jmap.protocol.x")]
    [InlineData("jmap.push.x")]
    [InlineData("jmap.rate-limit.x")]
    [InlineData("jmap.email.x")]
    [InlineData("jmap.mailbox.x")]
    [InlineData("jmap.event-source.x")]
    [InlineData("jmap.web-sockets.x")]
    [InlineData("imap.auth.x")]
    [InlineData("imap.request.x")]
    [InlineData("imap.timeout.x")]
    [InlineData("imap.rate-limit.x")]
    [InlineData("imap.protocol.x")]
    [InlineData("metrics.prometheus.enable")]
    [InlineData("metrics.open-telemetry.x")]
    [InlineData("resolver.type")]
    [InlineData("resolver.public-suffix.x")]
    [InlineData("resolver.custom.x")]
    [InlineData("cluster.coordinator")]
    [InlineData("cluster.node-id")]
    [InlineData("email.folders.x")]
    [InlineData("email.encryption.x")]
    [InlineData("email.auto-expunge.x")]
    [InlineData("enterprise.license-key")]
    public void One_family_is_not_enough_and_two_are(string key)
    {
        Assert.False(LooksLikeStalwart($"{key} = 'x'\n{key}-2 = 'x'\n"));
        foreach (var other in new[] { "type", "level", "ansi", "enable" })
            Assert.True(LooksLikeStalwart($"{key} = 'x'\ntracer.x.{other} = 'x'\n"));
        Assert.False(LooksLikeStalwart($"x.{key} = 'x'\ntracer.x.level = 'x'\n"));
    }

    [Theory]
    [InlineData("rocksdb")]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    [InlineData("mysql")]
    [InlineData("foundationdb")]
    [InlineData("s3")]
    [InlineData("azure")]
    [InlineData("fs")]
    [InlineData("redis")]
    [InlineData("elasticsearch")]
    [InlineData("meilisearch")]
    [InlineData("nats")]
    [InlineData("kafka")]
    [InlineData("zenoh")]
    [InlineData("sql-read-replica")]
    [InlineData("distributed-blob")]
    [InlineData("sharded-in-memory")]
    [InlineData("sharded-blob")]
    public void A_store_is_known_by_its_type(string type)
    {
        Assert.True(LooksLikeStalwart($"store.x.type = '{type}'\ntracer.x.level = 'info'\n"));
        Assert.False(LooksLikeStalwart($"store.x.type = '{type}-2'\ntracer.x.level = 'info'\n"));
        Assert.False(LooksLikeStalwart($"store.x.kind = '{type}'\ntracer.x.level = 'info'\n"));
    }

    [Fact]
    public void Nearly_every_configuration_of_the_corpus_is_recognised()
    {
        // One line of metrics, JSON, invented settings, a list of includes, and the texts of the server's own parser tests.
        string[] notRecognised = ["011", "077", "119", "122", "130", "131", "132", "133"];
        var files = Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml");
        var missed = files
            .Where(file => !LooksLikeStalwart(File.ReadAllText(file)))
            .Select(file => Path.GetFileName(file)[..3])
            .Order();
        Assert.Equal(notRecognised, missed);
    }

    private static bool LooksLikeStalwart(string text) =>
        StalwartSignature.LooksLikeStalwart(ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken));
}
