using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests.Plans;

/// <summary>A plan as people write them, and as nobody does.</summary>
internal sealed class RandomPlan(Random random)
{
    private static readonly (string Name, string Protocol, string Port)[] s_listeners =
    [
        ("imap", "imap", "143"), ("imaps", "imap", "993"), ("pop3", "pop3", "110"), ("pop3s", "pop3", "995"), ("submission", "smtp", "587"), ("submissions", "smtp", "465"),
        ("smtp", "smtp", "25"), ("http", "http", "8080"), ("https", "http", "443"), ("sieve", "manageSieve", "4190"), ("odd/one~", "imap", "1143"),
    ];

    private readonly StringBuilder _text = new();
    private string _comma = ",";
    private string _colon = ":";
    private string _break = "\n";
    private bool _hasMistakes;

    public static string Create(Random random) => new RandomPlan(random) { _hasMistakes = true }.Write();

    /// <summary>A plan without the mistakes that people make: most of them run to their end.</summary>
    public static string CreateCorrect(Random random) => new RandomPlan(random).Write();

    private string Write()
    {
        (_comma, _colon) = random.Next(4) switch { 0 => (", ", ": "), 1 => (" ,", " :"), _ => (",", ":") };
        _break = random.Next(5) == 0 ? "\r\n" : "\n";
        var operations = new List<string>();
        if (Maybe(8))
            operations.Add(Operation("destroy", "NetworkListener", Maybe(2) ? "{}" : Object(("name", Text("pop3s")))));
        for (var i = random.Next(1, 4); i > 0; i--)
            operations.Add(Listeners());
        if (Maybe(2))
            operations.Add(Http());
        if (Maybe(3))
            operations.Add(Accounts());
        if (Maybe(6))
            operations.Add(Http());
        if (Maybe(4))
            operations.Add(Operation("create", "Action", Object(("reload", Object(("@type", Text("ReloadSettings")))))));
        for (var i = 0; i < operations.Count; i++)
        {
            if (_hasMistakes && Maybe(8))
                operations[i] = Mistaken(operations[i]);
            _text.Append(Maybe(12) ? "  " : "").Append(operations[i]);
            if (i < operations.Count - 1 || !Maybe(5))
                _text.Append(_break);
            if (Maybe(10) && i < operations.Count - 1)
                _text.Append(_break);
        }

        return _text.ToString();
    }

    // A mistake that people make, at a place that the plan happens to have.
    private string Mistaken(string operation) => random.Next(6) switch
    {
        0 => operation.Replace("(path,", "(url_path,", StringComparison.Ordinal).Replace("path == ", "url_path == ", StringComparison.Ordinal),
        1 => operation.Replace("tlsImplicit", "tls-implicit", StringComparison.Ordinal).Replace("enableHsts", "enableHSTS", StringComparison.Ordinal),
        2 => operation.Replace("usePermissiveCors", "usePermisiveCors", StringComparison.Ordinal).Replace("protocol", "protcol", StringComparison.Ordinal),
        3 => operation.Replace("NetworkListener", "NetworkListner", StringComparison.Ordinal).Replace("\"Http\"", "\"HTTPP\"", StringComparison.Ordinal),
        4 => operation.Replace("upsert", "upsrt", StringComparison.Ordinal).Replace("\"Admin\"", "\"Admn\"", StringComparison.Ordinal),
        _ => operation.Replace("\"upsert\"" + _comma + "\"object\"" + _colon + "\"Account", "\"reconcile\"" + _comma + "\"object\"" + _colon + "\"Account", StringComparison.Ordinal),
    };

    private string Listeners()
    {
        var bodies = new List<(string, string)>();
        foreach (var (name, protocol, port) in s_listeners.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
        {
            var members = new List<(string, string)> { ("name", Text(name)), ("protocol", Text(protocol)) };
            var addresses = new List<string> { "[::]:" + port };
            if (Maybe(4))
                addresses.Add("[::1]:" + port);
            if (Maybe(5))
                addresses.Add("[::]:2" + port[^2..]);
            if (Maybe(15))
                members.Add(("bind", "[" + string.Join(_comma, addresses.Select(Text)) + "]"));
            else if (Maybe(4))
                members.AddRange(addresses.Select(address => ("bind/" + address, "true")));
            else
                members.Add(("bind", Object([.. addresses.Select(address => (address, "true"))])));
            if (Maybe(2))
                members.Add(("tlsImplicit", Maybe(2) ? "true" : "false"));
            if (Maybe(4))
                members.Add(("useTls", Maybe(3) ? "false" : "true"));
            if (Maybe(6))
                members.Add(("maxConnections", "100"));
            bodies.Add((Maybe(3) ? "l" + random.Next(1000).ToString(CultureInfo.InvariantCulture) + name.Replace("/", "", StringComparison.Ordinal).Replace("~", "", StringComparison.Ordinal) : name.Replace("/", "", StringComparison.Ordinal).Replace("~", "", StringComparison.Ordinal), Object([.. members.OrderBy(_ => Maybe(2) ? 0 : random.Next())])));
        }

        return Operation(random.Next(5) switch { 0 => "create", 1 => "reconcile", _ => "upsert" }, "NetworkListener", Object([.. bodies]));
    }

    private string Http()
    {
        var members = new List<(string, string)>();
        if (Maybe(2))
            members.Add(("useXForwarded", "true"));
        if (Maybe(2))
            members.Add(("usePermissiveCors", "true"));
        if (Maybe(3))
            members.Add(("enableHsts", Maybe(2) ? "true" : "false"));
        if (Maybe(2))
        {
            var rules = Object(("0", Object(("if", Text("starts_with(path, '/api')")), ("then", Text(Maybe(2) ? "403" : "200")))), ("1", Object(("if", Text("path == '/admin'")), ("then", Text("404")))));
            var otherwise = Text(Maybe(3) ? "404" : "200");
            switch (random.Next(4))
            {
                case 0:
                    members.Add(("allowedEndpoints", Object(("else", otherwise))));
                    break;
                case 1:
                    members.Add(("allowedEndpoints/else", otherwise));
                    break;
                case 2:
                    members.Add(("allowedEndpoints", Object(("match", rules), ("else", otherwise))));
                    break;
                default:
                    members.Add(("allowedEndpoints", Object(("match", "{}"), ("else", otherwise))));
                    break;
            }
        }

        return Operation("update", "Http", Object([.. members]));
    }

    private string Accounts()
    {
        var domain = Operation("upsert", "Domain", Object(("dom", Object(("name", Text("example.org"))))));
        var roles = random.Next(3) switch
        {
            0 => Object(("@type", Text("Admin"))),
            1 => Object(("@type", Text("Custom")), ("roleIds", Object(("#ops", "true")))),
            _ => Object(("@type", Text("User"))),
        };
        var role = Operation("upsert", "Role", Object(("ops", Object(("description", Text("Operators")), ("enabledPermissions", Object(("authenticate", "true"), ("imapAuthenticate", "true"), ("sysAccountUpdate", "true"), ("impersonate", "true")))))));
        var members = new List<(string, string)> { ("@type", Text("User")), ("name", Text("ops")), ("domainId", Text("#dom")), ("roles", roles), ("credentials", Object(("0", Object(("@type", Text("Password")), ("secret", Text("$6$abc$def")))))) };
        if (Maybe(3))
            members.Add(("permissions", Object(("@type", Text("Inherit")))));
        return domain + _break + role + _break + Operation(Maybe(3) ? "create" : "upsert", "Account", Object(("ops-account", Object([.. members]))));
    }

    private string Operation(string verb, string type, string value) =>
        Object(("@type", Text(verb)), ("object", Text(Maybe(5) ? "x:" + type : type)), ("value", value));

    private string Object(params (string Name, string Value)[] members) =>
        members.Length == 0 ? "{}" : "{" + (Maybe(20) ? " " : "") + string.Join(_comma, members.Select(member => Text(member.Name) + _colon + member.Value)) + "}";

    private static string Text(string text) => "\"" + text + "\"";

    private bool Maybe(int oneIn) => random.Next(oneIn) == 0;
}
