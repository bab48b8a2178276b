using System.Text;

namespace StalwartHardening.Plans;

/// <summary>What the server makes at its first normal boot, <c>common/src/manager/defaults.rs</c>.</summary>
internal static class FactoryServer
{
    private static PlanState? s_state;

    private static readonly string[] s_typesOfRoles = ["Role", "Authentication"];

    private static readonly string[] s_roles = ["User", "Group", "Tenant Administrator", "System Administrator"];

    // Secrets that the server draws at random are written as it shows them.
    private const string Plan = """
        {"@type":"create","object":"Application","value":{"web":{"autoUpdateFrequency":2592000000,"description":"Stalwart Web Interface","enabled":true,"resourceUrl":"https://github.com/stalwartlabs/webui/releases/latest/download/webui.zip","urlPrefix":{"/admin":true,"/account":true}}}}
        {"@type":"create","object":"MtaQueueQuota","value":{"q":{"description":"Global queue quota","enable":true,"messages":100000,"size":10737418240}}}
        {"@type":"create","object":"MtaInboundThrottle","value":{"1":{"description":"Sender IP throttle","enable":true,"key":{"remoteIp":true},"rate":{"count":5,"period":1000}},"2":{"description":"Sender address to recipient throttle","enable":true,"key":{"senderDomain":true,"rcpt":true},"rate":{"count":25,"period":3600000}}}}
        {"@type":"create","object":"MtaVirtualQueue","value":{"q1":{"name":"local","description":"Local delivery queue","threadsPerNode":25},"q2":{"name":"remote","description":"Remote delivery queue","threadsPerNode":50},"q3":{"name":"dsn","description":"Delivery Status Notification delivery queue","threadsPerNode":5},"q4":{"name":"report","description":"DMARC and TLS report delivery queue","threadsPerNode":5}}}
        {"@type":"create","object":"MtaDeliverySchedule","value":{"s1":{"name":"local","description":"Local delivery schedule","expiry":{"@type":"Ttl","expire":259200000},"notify":{"@type":"Default"},"retry":{"@type":"Default"},"queueId":"#q1"},"s2":{"name":"remote","description":"Remote delivery schedule","expiry":{"@type":"Ttl","expire":259200000},"notify":{"@type":"Default"},"retry":{"@type":"Default"},"queueId":"#q2"},"s3":{"name":"dsn","description":"Delivery Status Notification delivery schedule","expiry":{"@type":"Attempts","maxAttempts":10},"notify":{"@type":"Default"},"retry":{"@type":"Custom","intervals":{"0":{"duration":900000},"1":{"duration":1800000},"2":{"duration":3600000},"3":{"duration":7200000}}},"queueId":"#q3"},"s4":{"name":"report","description":"DMARC and TLS report delivery schedule","expiry":{"@type":"Attempts","maxAttempts":8},"notify":{"@type":"Default"},"retry":{"@type":"Custom","intervals":{"0":{"duration":1800000},"1":{"duration":3600000},"2":{"duration":7200000}}},"queueId":"#q4"}}}
        {"@type":"create","object":"MtaTlsStrategy","value":{"t1":{"name":"invalid-tls","description":"Allow invalid TLS certificates","allowInvalidCerts":true},"t2":{"name":"default","description":"Default TLS settings","allowInvalidCerts":false}}}
        {"@type":"create","object":"MtaRoute","value":{"r1":{"@type":"Mx","name":"mx","description":"MX delivery route"},"r2":{"@type":"Local","name":"local","description":"Local delivery route"}}}
        {"@type":"create","object":"MtaConnectionStrategy","value":{"c":{"name":"default","description":"Default connection strategy"}}}
        {"@type":"create","object":"OidcProvider","value":{"o":{"encryptionKey":{"@type":"Value","secret":"****"},"signatureKey":{"@type":"Text","secret":"****"},"signatureAlgorithm":"es256"}}}
        {"@type":"create","object":"Role","value":{"r1":{"description":"User"},"r2":{"description":"Group"},"r3":{"description":"Tenant Administrator"},"r4":{"description":"System Administrator"}}}
        {"@type":"create","object":"Authentication","value":{"a":{"defaultUserRoleIds":{"#r1":true},"defaultGroupRoleIds":{"#r2":true},"defaultTenantRoleIds":{"#r3":true,"#r1":true},"defaultAdminRoleIds":{"#r4":true,"#r1":true}}}}
        {"@type":"create","object":"NetworkListener","value":{"l1":{"name":"smtp","bind":{"[::]:25":true},"protocol":"smtp","useTls":true,"tlsImplicit":false},"l2":{"name":"submissions","bind":{"[::]:465":true},"protocol":"smtp","useTls":true,"tlsImplicit":true},"l3":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","useTls":true,"tlsImplicit":true},"l4":{"name":"pop3s","bind":{"[::]:995":true},"protocol":"pop3","useTls":true,"tlsImplicit":true},"l5":{"name":"sieve","bind":{"[::]:4190":true},"protocol":"manageSieve","useTls":true,"tlsImplicit":false},"l6":{"name":"https","bind":{"[::]:443":true},"protocol":"http","useTls":true,"tlsImplicit":true},"l7":{"name":"http","bind":{"[::]:8080":true},"protocol":"http","useTls":true,"tlsImplicit":false}}}
        {"@type":"create","object":"TracingStore","value":{"t":{"@type":"Default"}}}
        {"@type":"create","object":"MetricsStore","value":{"m":{"@type":"Default"}}}
        {"@type":"create","object":"Tracer","value":{"t":{"@type":"Log","enable":true,"ansi":false,"prefix":"stalwart.log","rotate":"daily","path":"/var/log/stalwart"}}}
        """;

    /// <summary>The server after its first boot. Never changed: copy it.</summary>
    public static PlanState State => Volatile.Read(ref s_state) ?? Interlocked.CompareExchange(ref s_state, Make(), null) ?? s_state!;

    /// <summary>The server in recovery mode before its first normal boot.</summary>
    public static PlanState BeforeBoot()
    {
        var state = new PlanState();
        var application = PlanSchema.Instance.FindObject("Application".AsSpan())!;
        foreach (var made in State.Objects(application))
            state.Of(application).Add(made);
        return state;
    }

    /// <summary>The roles that a first boot makes, and who has them.</summary>
    public static PlanState OnlyRoles()
    {
        var state = new PlanState();
        foreach (var name in s_typesOfRoles)
        {
            var type = PlanSchema.Instance.FindObject(name.AsSpan())!;
            foreach (var made in State.Objects(type))
                state.Of(type).Add(made);
            state.Of(type).LastNumber = State.Known(type)!.LastNumber;
        }

        return state;
    }

    /// <summary>A state of which everything is known but the roles, and who has them.</summary>
    public static PlanState UnknownRoles()
    {
        var state = new PlanState();
        foreach (var name in s_typesOfRoles)
            state.Of(PlanSchema.Instance.FindObject(name.AsSpan())!).IsOpen = true;
        return state;
    }

    /// <summary>Whether a text is about roles.</summary>
    public static bool IsAboutRoles(PlanText text)
    {
        foreach (var line in text.Lines)
        {
            if (text.Json.Find(line.Node, "object") is >= 0 and var named && PlanSchema.Instance.FindObject(text.Json.Value(named).AsSpan()) is { } type && Array.IndexOf(s_typesOfRoles, type.Name) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Adds what a normal boot adds: each block only where nothing of its type exists.</summary>
    public static void Boot(PlanState state)
    {
        var schema = PlanSchema.Instance;
        var hadNoRoles = IsEmpty(state, schema, "Role");
        var queues = IsEmpty(state, schema, "MtaVirtualQueue") && IsEmpty(state, schema, "MtaDeliverySchedule");
        foreach (var type in State.Types)
        {
            if (state.MayHoldMore(type) || state.Objects(type).Count > 0)
                continue;
            if (type.Name is "MtaVirtualQueue" or "MtaDeliverySchedule" && !queues)
                continue;
            if (type.Name == "Authentication" && !hadNoRoles)
                continue;
            foreach (var made in State.Objects(type))
                state.Of(type).Add(made);
        }
    }

    private static bool IsEmpty(PlanState state, PlanSchema schema, string name) => state.Objects(schema.FindObject(name.AsSpan())!).Count == 0;

    private static PlanState Make()
    {
        var text = PlanText.ReadDefault(Plan);
        var run = new PlanRun([text], new PlanState(), new PlanRunOptions(), isDefault: true);
        run.Execute(default);

        // Lists of permissions come from the table, not from 1500 names.
        var schema = PlanSchema.Instance;
        var role = schema.FindObject("Role".AsSpan())!;
        var permissions = role.FindField("enabledPermissions".AsSpan())!;
        var state = new PlanState();
        foreach (var type in run.State.Types)
        {
            foreach (var made in run.State.Objects(type))
            {
                var fields = made.Fields;
                if (type == role && Array.IndexOf(s_roles, made.Label) is >= 0 and var place)
                {
                    fields = (PlanValue?[])fields.Clone();
                    var members = new PlanMembers(300);
                    foreach (var name in PermissionSet.OfBuiltInRole((BuiltInRole)(1 << place)).Names)
                        members.Set(name, PlanValue.True);
                    fields[permissions.Ordinal] = new PlanValue(PlanValueKind.Set, members, null, -1);
                }

                var factory = new StateObject(made.Type, made.Id, made.ServerId, fields, -1, -1);
                state.Of(type).Add(new StateObject(made.Type, made.Id, made.ServerId, fields, -1, -1) { Factory = factory });
            }

            state.Of(type).LastNumber = run.State.Known(type)!.LastNumber;
        }

        return state;
    }
}
