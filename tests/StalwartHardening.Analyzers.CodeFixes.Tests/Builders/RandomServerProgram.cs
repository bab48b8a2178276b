using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests;

/// <summary>A random program that writes a server with holes in it, in the ways people write such programs.</summary>
internal sealed class RandomServerProgram
{
    private static readonly (string Protocol, int Port)[] Listeners =
    [
        ("Imap", 143), ("Imap", 143), ("Imap", 993), ("Imap", 1143), ("Pop3", 110), ("Pop3", 995), ("Smtp", 25), ("Smtp", 587), ("Smtp", 465),
        ("Http", 8080), ("Http", 443), ("Http", 8443), ("ManageSieve", 4190),
    ];

    private readonly Random _random;
    private readonly StringBuilder _statements = new();
    private readonly StringBuilder _members = new();
    // The library takes an expression or rules, not both.
    private readonly bool _hasRules;
    private int _names;

    private RandomServerProgram(int seed)
    {
        _random = new Random(seed);
        _hasRules = seed % 2 == 0;
    }

    /// <summary>The program; every fifth has Windows line ends.</summary>
    public static string Create(int seed)
    {
        var program = new RandomServerProgram(seed);
        var count = program._random.Next(1, 6);
        for (var i = 0; i < count; i++)
        {
            if (program._random.Next(4) == 0)
                program.Line("// keep " + i.ToString(CultureInfo.InvariantCulture));
            if (program._random.Next(5) == 0)
                program.Line("");
            program.AddItem();
        }

        var source = SourcePrograms.Source(program._statements.ToString(), program._members.ToString());
        return seed % 5 == 0 ? source.ReplaceLineEndings("\r\n") : source;
    }

    private void AddItem()
    {
        switch (_random.Next(12))
        {
            case 5 when _hasRules:
                Line("server.Http" + Pick("", ".WithHsts()") + Pick(
                    ".WithAccessRules(rules => rules.Otherwise(200));",
                    ".WithAccessRules(rules => { rules.Allow(Endpoints.Jmap); rules.Otherwise(200); });",
                    ".AccessRules.Otherwise(200);"));
                break;
            case 5:
                Line("server.Http.WithAllowedEndpoint(\"if_then(starts_with(url, '/jmap'), 200, 404)\");");
                break;
            case 6:
                Line("server.AddMemoryDirectory(\"" + Name() + "\").UseForLogin().AddAdministrator(\"root\", Secret.Hash(\"$6$abc$def\"));");
                break;
            case 0:
                Line("server.AddFallbackAdministrator(\"admin\", " + Pick("Secret.FromEnvironment(\"ADMIN\")", "Secret.InsecurePlainText(\"changeme\")", "secret: Secret.Hash(\"$6$abc$def\")") + ");");
                break;
            case 1:
                Line("server.AddMasterUser(\"master\", Secret.FromEnvironment(\"MASTER\"));");
                break;
            case 2:
                Line(Pick("server.Http.WithHsts();", "server.Http.WithPermissiveCors();", "server.Http.WithPermissiveCors(true).TrustForwardedHeaders();", _hasRules ? "server.Http.WithHsts();" : "server.Http.WithAllowedEndpoint(\"200\");", "server.Set(\"http.permissive-cors\", true);", "server.Set(\"server.http.hsts\", true);"));
                break;
            case 3:
                Line("server.AddAdministrator(\"" + Name() + "\")" + Pick(".AllowServices(MailServices.Imap | MailServices.WebDav);", ".Grant(Permission.ManageAccounts);", ".Grant(Permission.UseImap, Permission.ViewLogs);", ".AllowServices(MailServices.Jmap).AllowServices(MailServices.All);"));
                break;
            case 4:
                Line("server.AddAccount(\"" + Name() + "\").InRole(" + Pick("\"admin\"", "\"user\", \"admin\"") + ");");
                break;
            default:
                AddListener();
                break;
        }
    }

    private void AddListener()
    {
        var (protocol, port) = Listeners[_random.Next(Listeners.Length)];
        var id = Name();
        var bind = Bind(port);
        var tls = Pick("", "", "", ".WithImplicitTls()", ".WithStartTls()", ".DisableTls()");
        var more = Pick("", "", ".WithMaxConnections(7)", ".Set(\"socket.nodelay\", true)");
        var start = $"server.AddListener(\"{id}\", MailProtocol.{protocol}";
        switch (_random.Next(10))
        {
            case 0:
                Line($"var {id} = {start});");
                Line($"{id}{bind};");
                if ((tls + more).Length > 0)
                    Line($"{id}{tls}{more};");
                break;
            case 1:
                Line($"{start}, {id} => {id}{bind}{tls}{more});");
                break;
            case 2:
                Line($"{start}, {id} =>");
                Line("{");
                Line($"    {id}{bind};");
                if ((tls + more).Length > 0)
                    Line($"    {id}{tls}{more};");
                Line("});");
                break;
            case 3:
                Line(start + ")");
                foreach (var call in Calls(bind + more + tls))
                    Line("    " + call + Pick("", "", " // " + id));
                Line("    ;");
                break;
            case 4:
                var other = Listeners[_random.Next(Listeners.Length)];
                Line("foreach (var (id, protocol, port) in new[]");
                Line("{");
                Line($"    (\"{id}\", MailProtocol.{protocol}, {port}),");
                Line($"    (\"{Name()}\", MailProtocol.{other.Protocol}, {other.Port}),");
                Line("})");
                Line("{");
                Line("    server.AddListener(id, protocol).Bind(port)" + Pick("", ".WithImplicitTls()") + ";");
                Line("}");
                break;
            case 5:
                _members.Append("    private static void Add").Append(id).Append("(StalwartServerBuilder server) => ").Append(start).Append(')').Append(bind).Append(tls).Append(more).Append(";\n");
                Line($"Add{id}(server);");
                break;
            case 6:
                _members.Append("    private static ListenerBuilder Harden").Append(id).Append("(this ListenerBuilder listener) => listener").Append(tls.Length > 0 ? tls : ".WithMaxConnections(5)").Append(";\n");
                Line($"{start}){bind}.Harden{id}();");
                break;
            case 7:
                Line($"server.Set(\"server.listener.{id}.protocol\", \"{protocol.ToLowerInvariant()}\").Set(\"server.listener.{id}.bind\", \"[::]:{port}\");");
                break;
            case 8:
                Line("if (Environment.TickCount >= 0 || true)");
                Line($"    {start}){bind}{tls};");
                break;
            default:
                Line($"{start}){bind}{tls}{more};" + Pick("", "", " // of " + id));
                break;
        }
    }

    private string Bind(int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        return _random.Next(8) switch
        {
            0 => $".Bind(new IPEndPoint(IPAddress.IPv6Any, {text}))",
            1 => $".Bind(\"[::]:{text}\", \"127.0.0.1:{text}\")",
            2 => $".Bind(\"0.0.0.0:{text}\").Bind(\"[::]:{text}\")",
            3 => $".Bind(\"[::]:\" + {text})",
            4 => $".Bind(\"192.0.2.1:{text}\", \"[::]:2{text}\")",
            5 => $".Bind($\"0.0.0.0:{{{text}}}\")",
            _ => $".Bind({text})",
        };
    }

    private static IEnumerable<string> Calls(string chain)
    {
        var calls = chain.Split(").", StringSplitOptions.None);
        for (var i = 0; i < calls.Length; i++)
            yield return (i == 0 ? "" : ".") + calls[i] + (i == calls.Length - 1 ? "" : ")");
    }

    private void Line(string text) => _statements.Append(text.Length == 0 ? "" : "        ").Append(text).Append('\n');

    private string Name() => "n" + (_names++).ToString(CultureInfo.InvariantCulture);

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
