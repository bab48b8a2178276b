using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests;

/// <summary>
/// Random programs that write a plan of typed objects in the forms people write them in: initializers, assignments later on, helpers,
/// records, loops, queries, references. Everything is a constant of the program, however it is carried.
/// </summary>
internal sealed class WovenPlan
{
    private static readonly (string Protocol, int Port, bool Tls)[] Doors =
    [
        ("Imap", 143, false), ("Imap", 993, true), ("Imap", 1143, false), ("Pop3", 110, false), ("Pop3", 995, true),
        ("Smtp", 25, false), ("Smtp", 587, false), ("Smtp", 465, true), ("Http", 8080, false), ("Http", 443, true), ("ManageSieve", 4190, false),
    ];

    private readonly Random _random;
    private readonly StringBuilder _members = new();
    private readonly StringBuilder _types = new();
    private int _names;

    private WovenPlan(int seed) => _random = new Random(seed);

    /// <summary>The source of a program: a class <c>Program</c> with a static method <c>Write</c> that returns the plan's text.</summary>
    /// <param name="seed">The same seed gives the same program.</param>
    public static string Create(int seed) => new WovenPlan(seed).Source();

    private string Source()
    {
        var parts = new List<string> { Listeners() };
        if (_random.Next(2) == 0)
            parts.Add(Http());
        if (_random.Next(2) == 0)
            parts.Add(Accounts());
        if (_random.Next(2) == 0)
            parts.Add(Relays());
        if (_random.Next(3) == 0)
            parts.Add(Settings());
        for (var i = parts.Count - 1; i > 0; i--)
        {
            var other = _random.Next(i + 1);
            (parts[i], parts[other]) = (parts[other], parts[i]);
        }

        return $$"""
            using System; using System.Collections.Generic; using System.Linq; using StalwartHardening.Configuration; using StalwartHardening.Configuration.Objects;
            {{_types}}
            public static class Program
            {
                static bool IsOn(bool on = true) => on;
            {{_members}}
                public static string Write()
                {
                    var plan = new StalwartPlan();
                    {{string.Concat(parts)}}
                    return plan.ToNdjson();
                }
            }

            """;
    }

    private string Listeners()
    {
        var doors = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Doors[_random.Next(Doors.Length)]).ToArray();
        var verb = Pick("Reconcile", "Upsert");
        var match = Pick("", ".MatchOn(\"name\")", ".MatchOn(nameof(NetworkListener.Name))");
        switch (_random.Next(5))
        {
            case 0:
                return $"plan.{verb}({string.Join(", ", doors.Select(door => Listener(door)))}){match};\n";
            case 1:
                return string.Concat(doors.Select(door => Later(door, "Upsert")));
            case 2:
            {
                var type = Name("Spec");
                _types.AppendLine(CultureInfo.InvariantCulture, $"public sealed record {type}(string Name, NetworkListenerProtocol Protocol, int Port, bool Tls) {{ public NetworkListener Make() => new() {{ Name = Name, Protocol = Protocol, Bind = [$\"[::]:{{Port}}\"], TlsImplicit = Tls }}; }}");
                var list = string.Join(", ", doors.Select(door => $"new {type}(\"{Name()}\", NetworkListenerProtocol.{door.Protocol}, {Number(door.Port)}, {Truth(door.Tls)})"));
                var query = Pick(".Select(s => s.Make()).ToArray()", ".Where(s => s.Port > 0).Select(static s => s.Make()).ToArray()", ".OrderBy(s => s.Port).Select(s => s.Make()).ToArray()");
                return $"plan.{verb}(new List<{type}> {{ {list} }}{query}){match};\n";
            }

            case 3:
            {
                var helper = Name("Add");
                _members.AppendLine(CultureInfo.InvariantCulture, $"    static NetworkListener {helper}(string name, NetworkListenerProtocol protocol, int port, bool tls = false) {{ var made = new NetworkListener {{ Name = name, Protocol = protocol, Bind = new[] {{ \"[::]:\" + port }} }}; if (tls) made.TlsImplicit = true; return made; }}");
                return $"plan.{verb}({string.Join(", ", doors.Select(door => $"{helper}(\"{Name()}\", NetworkListenerProtocol.{door.Protocol}, {Number(door.Port)}{(door.Tls ? ", tls: " + Truth(true) : "")})"))}){match};\n";
            }

            default:
            {
                var all = Name();
                var adds = string.Concat(doors.Select(door => $"{all}.Add({Listener(door)});\n"));
                return $"var {all} = new List<NetworkListener>();\n{adds}foreach (var one in {all}) plan.Upsert(one){match};\n";
            }
        }
    }

    private string Listener((string Protocol, int Port, bool Tls) door)
    {
        var fields = new List<string>
        {
            $"Name = {Text(Name())}",
            $"Protocol = NetworkListenerProtocol.{door.Protocol}",
            Pick($"Bind = [\"[::]:\" + {Number(door.Port)}]", $"Bind = new[] {{ $\"0.0.0.0:{{{Number(door.Port)}}}\" }}", $"Bind = new List<string> {{ \"[::]:{door.Port}\", \"127.0.0.1:{door.Port + 10000}\" }}"),
            $"TlsImplicit = {Truth(door.Tls)}",
        };
        if (_random.Next(3) == 0)
            fields.Add(Pick("TlsTimeout = null", "TlsTimeout = TimeSpan.FromSeconds(30)", "MaxConnections = 1024", "UseTls = true", "TlsDisableProtocols = [TlsVersion.Tls12]", "OverrideProxyTrustedNetworks = []"));
        return (_random.Next(2) == 0 ? "new NetworkListener { " : "new NetworkListener() { ") + string.Join(", ", fields) + " }";
    }

    private string Later((string Protocol, int Port, bool Tls) door, string verb)
    {
        var listener = Name();
        var text = $"var {listener} = new NetworkListener {{ Name = {Text(Name())}, Bind = [\"[::]:1\"] }};\n";
        var before = _random.Next(2) == 0;
        var add = $"plan.{verb}({listener});\n";
        var rest = $"{listener}.Bind = [\"[::]:{door.Port}\"];\n{listener}.Protocol = NetworkListenerProtocol.{door.Protocol};\nif ({Truth(door.Tls)}) {listener}.TlsImplicit = true;\n";
        return text + (before ? add + rest : rest + add);
    }

    private string Http() => Pick(
        $"plan.Update(new Http {{ EnableHsts = {Truth(true)}, AllowedEndpoints = {Pick("\"200\"", "\"if_then(starts_with(path, '/jmap'), 200, 404)\"", "new Expression { Match = [new ExpressionMatch { If = \"is_tls\", Then = \"200\" }], Else = \"404\" }", "Expression.FromText(\"404\")")} }});\n",
        $"{{ var http = new Http(); http.UsePermissiveCors = {Truth(_random.Next(2) == 0)}; http.ResponseHeaders = new Dictionary<string, string> {{ [\"X-A\"] = {Text("1")} }}; plan.Update(http); }}\n",
        "plan.Update(new Http { RateLimitAnonymous = new Rate { Count = 5, Period = TimeSpan.FromMinutes(1) }, RateLimitAuthenticated = null });\n");

    private string Accounts()
    {
        var (domain, role, account) = (Name("domain"), Name("role"), Name("account"));
        var roles = Pick($"new UserRoles.Custom {{ RoleIds = [{role}] }}", $"new UserRoles.Custom {{ RoleIds = [{role}, ObjectReference.FromId<Role>(\"b\")] }}", "new UserRoles.Admin()");
        var permissions = Pick("", ", Permissions = new Permissions.Merge { DisabledPermissions = [ServerPermission.ImapAuthenticate, ServerPermission.EmailSend] }", ", Permissions = new Permissions.Replace { EnabledPermissions = new[] { ServerPermission.Authenticate, ServerPermission.SysDomainGet } }");
        var statements = new[]
        {
            $"plan.Upsert({domain});\n",
            $"plan.Upsert({role});\n",
            $"plan.Upsert(new Account.User {{ Name = \"{account}\", DomainId = {domain}, Roles = {roles}{permissions}, Credentials = [new Credential.Password {{ Secret = Secret.Hash(\"$6$salt$hash\") }}] }});\n",
        };
        if (_random.Next(2) == 0)
            Array.Reverse(statements);
        return $"var {domain} = new Domain {{ Name = {Text(domain + ".example.org")} }};\nvar {role} = new Role {{ Description = {Text(role)}, EnabledPermissions = [{Pick("ServerPermission.Authenticate", "ServerPermission.Authenticate, ServerPermission.SysAccountGet", "ServerPermission.ImapAuthenticate")}] }};\n" + string.Concat(statements);
    }

    private string Relays()
    {
        var secret = Pick("Secret.FromEnvironment(\"RELAY\")", "Secret.FromFile(\"/run/relay\")", "Secret.InsecurePlainText(\"hunter2hunter2\")", "null");
        var name = Name("relay");
        return $"plan.Upsert(new MtaRoute.Relay {{ Name = \"{name}\", Address = \"relay.example.org\", Port = {Number(465)}, ImplicitTls = {Truth(_random.Next(2) == 0)}, AllowInvalidCerts = {Truth(_random.Next(2) == 0)}, AuthUsername = \"u\", AuthSecret = {secret} }});\n";
    }

    private string Settings() => Pick(
        "plan.Update(new SystemSettings()).Set(\"services/smtp/cleartext\", false).Set(\"maxConnections\", 4096);\n",
        "plan.DestroyAll<Tracer>();\nplan.Upsert<Tracer>(new Tracer.Stdout { Level = TracingLevel.Info }, new Tracer.Journal());\n",
        "plan.Update(new Authentication { PasswordMinLength = 16, PasswordMinStrength = PasswordStrength.Four });\n",
        "plan.Destroy(new NetworkListener { Name = \"http\" });\n",
        "plan.Update(new Security { AuthBanRate = null });\nplan.Create(new ServerAction.ReloadSettings());\n");

    private string Text(string text) => _random.Next(4) switch
    {
        0 => $"\"{text[..(text.Length / 2)]}\" + \"{text[(text.Length / 2)..]}\"",
        1 => $"$\"{text[..1]}{{\"{text[1..]}\"}}\"",
        2 => $"\"{text}\".ToLowerInvariant()",
        _ => $"\"{text}\"",
    };

    private string Number(int number) => Pick(number.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant($"({number - 7} + 7)"), FormattableString.Invariant($"int.Parse(\"{number}\")"));

    private string Truth(bool truth) => Pick(truth ? "true" : "false", $"IsOn({(truth ? "true" : "false")})", truth ? "1 < 2" : "2 < 1", truth ? "!IsOn(false)" : "!IsOn()");

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private string Name(string prefix = "n") => (prefix + _names++).ToString(CultureInfo.InvariantCulture);
}
