using System.Text;

namespace StalwartHardening.Tests.Remedies;

/// <summary>Configurations as people might write them: any listener, in any spelling, with comments, odd line breaks and mistakes.</summary>
internal sealed class RandomConfiguration
{
    private static readonly string[] Hosts = ["[::]", "0.0.0.0", "127.0.0.1", "[::1]", "203.0.113.7", "[2001:db8::1]", "%{env:HOST}%"];

    private static readonly (string Id, string Protocol, int[] Ports)[] Services =
    [
        ("imap", "imap", [143]), ("imaptls", "imap", [993]), ("mailbox", "imap", [143, 993]), ("odd", "imap", [1143, 993, 143]),
        ("pop3", "pop3", [110]), ("pop3s", "pop3", [995]), ("submission", "smtp", [587]), ("submissions", "smtp", [465]),
        ("smtp", "smtp", [25]), ("mx", "smtp", [25, 587, 465]), ("http", "http", [8080]), ("https", "http", [443]), ("web", "http", [8080, 443]),
        ("management", "http", [9990]), ("sieve", "managesieve", [4190]), ("mail.old", "imap", [143]), ("Upper", "imap", [143]), ("macro", "%{env:PROTOCOL}%", [143]),
    ];

    private readonly Random _random;
    private readonly StringBuilder _root = new();
    private readonly StringBuilder _tables = new();
    private readonly StringBuilder _listenerTable = new();
    private readonly StringBuilder _arrays = new();
    private readonly bool _isTidy;

    private RandomConfiguration(int seed, bool isTidy)
    {
        _random = new Random(seed);
        _isTidy = isTidy;
    }

    /// <summary>The configuration of a seed. A tidy one holds no mistake in its syntax.</summary>
    public static string Create(int seed, bool isTidy = false) => new RandomConfiguration(seed, isTidy).Build();

    private string Build()
    {
        var style = _random.Next(8);
        foreach (var service in Services.OrderBy(_ => _random.Next()).Take(_random.Next(1, 6)))
            Listener(service, style < 6 ? style : _random.Next(6));
        if (Chance(3))
            Pair("authentication.fallback-admin", ("user", "admin"), ("secret", Pick("%{env:ADMIN_SECRET}%", "$6$abc$def", "hunter2")));
        if (Chance(5))
            Pair("authentication.master", ("user", "master"), ("secret", "hunter2"));
        if (Chance(4))
            Directory();
        if (Chance(4))
            AccessControl();
        if (Chance(5))
            LocalKeys();
        if (Chance(6))
            Pair("server.http", ("hsts", "true"), ("url", "'https://' + config_get('server.hostname')"));
        if (Chance(3))
            Pair("storage", ("data", "rocksdb"), ("directory", "internal"));
        if (!_isTidy && Chance(8))
            _root.Append(Pick("foo bar\n", "x = \n", "broken = [1, 2\n", "'quoted' = 1\n", "a = { }\n"));
        if (!_isTidy && Chance(8))
            _tables.Append(Pick("foo bar\n", "x = \n", "broken = [1, 2\n", "never = \"ends\n"));
        if (_listenerTable.Length > 0)
            _tables.Append("[server.listener]\n").Append(_listenerTable);

        var text = new StringBuilder();
        if (Chance(4))
            text.Append("# The configuration of mail.example.org\n# Ask before you change it\n\n");
        text.Append(_root).Append(_tables).Append(_arrays);
        if (Chance(10))
            text.Append("# swh:ignore SWH1003 -- nobody needs this\n");
        var result = text.ToString();
        if (Chance(4))
            result = result.ReplaceLineEndings("\r\n");
        if (Chance(6))
            result = result.TrimEnd('\r', '\n');
        if (!_isTidy && Chance(40))
            result = "\uFEFF" + result;
        return result;
    }

    private void Listener((string Id, string Protocol, int[] Ports) service, int style)
    {
        var addresses = service.Ports.Where(_ => service.Ports.Length == 1 || !Chance(3)).DefaultIfEmpty(service.Ports[0])
            .SelectMany(port => Chance(4) ? new[] { $"[::]:{port}", $"0.0.0.0:{port}" } : [$"{Hosts[_random.Next(Hosts.Length)]}:{port}"]).Distinct().ToList();
        var isTls = service.Ports.Any(port => port is 443 or 465 or 993 or 995) ? !Chance(3) : Chance(6);
        var isArray = addresses.Count > 1 || Chance(2);
        var settings = new List<(string Key, string Value)>
        {
            ("bind", isArray ? Array(addresses, allowLines: style is not 3) : Quoted(addresses[0])),
            ("protocol", Chance(8) && service.Protocol.All(char.IsLetter) && !_isTidy ? service.Protocol : Quoted(service.Protocol)),
        };
        if (isTls)
            settings.Add(("tls.implicit", Pick("true", "true", "\"true\"")));
        else if (Chance(4))
            settings.Add(("tls.implicit", Pick("false", "\"yes\"")));
        if (Chance(8))
            settings.Add(("tls.enable", Pick("false", "true")));
        if (Chance(8))
            settings.Add(("max-connections", "8192"));
        if (Chance(3))
            settings.Reverse();

        var id = service.Id;
        switch (style)
        {
            case 0:
                Comment(_tables, id);
                _tables.Append("[server.listener.").Append(id == "Upper" ? "\"Upper\"" : id).Append(']').Append(Chance(6) ? "  # " + id : "").Append('\n');
                foreach (var (key, value) in settings)
                    Statement(_tables, Chance(5) ? "  " : "", key, value);
                Gap(_tables);
                break;
            case 1:
                Comment(_tables, id);
                _tables.Append("[server.listener.").Append(id == "Upper" ? "\"Upper\"" : id).Append("]\n");
                foreach (var (key, value) in settings.Where(setting => !setting.Key.StartsWith("tls.", StringComparison.Ordinal)))
                    Statement(_tables, "", key, value);
                if (settings.Any(setting => setting.Key.StartsWith("tls.", StringComparison.Ordinal)))
                {
                    Gap(_tables);
                    _tables.Append("[server.listener.").Append(id == "Upper" ? "\"Upper\"" : id).Append(".tls]\n");
                    foreach (var (key, value) in settings.Where(setting => setting.Key.StartsWith("tls.", StringComparison.Ordinal)))
                        Statement(_tables, "", key[4..], value);
                }

                Gap(_tables);
                break;
            case 2:
                Comment(_root, id);
                foreach (var (key, value) in settings)
                    Statement(_root, "", "server.listener." + id + "." + key, value);
                Gap(_root);
                break;
            case 3:
                Comment(_listenerTable, id);
                Statement(_listenerTable, "", id, "{ " + string.Join(", ", settings.Select(setting => setting.Key + " = " + setting.Value)) + " }");
                break;
            case 4:
                Comment(_listenerTable, id);
                foreach (var (key, value) in settings)
                    Statement(_listenerTable, "", id + "." + key, value);
                break;
            default:
                Comment(_arrays, id);
                _arrays.Append("[[server.listener]]\n");
                foreach (var (key, value) in settings)
                    Statement(_arrays, "", key, value);
                Gap(_arrays);
                break;
        }
    }

    private void Pair(string table, params (string Key, string Value)[] settings)
    {
        var asTable = Chance(2);
        var target = asTable ? _tables : _root;
        Comment(target, table);
        if (asTable)
            target.Append('[').Append(table).Append("]\n");
        foreach (var (key, value) in settings)
            Statement(target, "", asTable ? key : table + "." + key, value is "true" ? value : Quoted(value));
        Gap(target);
    }

    private void Directory() => _tables.Append(Pick(
        "[storage]\ndirectory = \"memory\"\n\n[directory.memory]\ntype = \"memory\"\n\n[[directory.memory.principals]]\nclass = \"admin\"\nname = \"ops\"\nsecret = \"hunter2\"\n\n[[directory.memory.principals]]\nname = 'jo'\nclass = 'individual'\nsecret = 'x'\n\n",
        "[storage]\ndirectory = \"m\"\n\n[directory.m]\ntype = \"memory\"\nprincipals = [\n  { name = \"ops\", class = 'admin', secret = \"hunter2\" }, # the boss\n  { name = \"jo\", class = \"individual\", secret = \"x\" }\n]\n\n"));

    private void AccessControl()
    {
        var name = Pick("http", "server.http");
        if (Chance(2))
            _root.Append(name).Append(".allowed-endpoint = ").Append(Pick("200", "[ { if = \"starts_with(url_path, '/jmap')\", then = 200 }, { else = 404 } ]")).Append('\n');
        else
            _tables.Append('[').Append(name).Append("]\nallowed-endpoint = ").Append(Pick("\"404\"", "[\n  { if = \"starts_with(url_path, '/jmap')\", then = 200 }, # mail\n  { else = 404 }\n]")).Append("\n\n");
    }

    private void LocalKeys()
    {
        var patterns = new[] { "store.*", "server.*", "authentication.fallback-admin.*", Pick("config.*", "http.*", "!server.blocked-ip.*") };
        if (Chance(2))
        {
            for (var i = 0; i < patterns.Length; i++)
                _root.Append("config.local-keys.").Append(i).Append(" = \"").Append(patterns[i]).Append("\"\n");
        }
        else
        {
            _root.Append("config.local-keys = ").Append(Array(patterns, allowLines: true)).Append('\n');
        }
    }

    private string Array(IReadOnlyList<string> items, bool allowLines)
    {
        var comma = Chance(4) ? "," : "";
        return allowLines && Chance(3)
            ? "[\n    " + string.Join(Chance(4) ? ", # one\n    " : ",\n    ", items.Select(Quoted)) + comma + "\n]"
            : "[" + Pick("", " ") + string.Join(Pick(", ", ","), items.Select(Quoted)) + (allowLines ? comma : "") + Pick("", " ") + "]";
    }

    private void Statement(StringBuilder text, string indentation, string key, string value)
    {
        if (Chance(40))
            text.Append("# swh:ignore ").Append(Pick("SWH1001", "SWH1003", "SWH1005", "SWH3001 SWH1004")).Append(" -- wanted\n");
        text.Append(indentation).Append(key).Append(Pick(" = ", "=", " =  ")).Append(value);
        if (Chance(12))
            text.Append(Pick("  # a note", " # swh:ignore SWH1001 -- old phones", "  "));
        text.Append('\n');
    }

    private void Comment(StringBuilder text, string about)
    {
        if (Chance(3))
            text.Append("# About ").Append(about).Append('\n');
    }

    private void Gap(StringBuilder text)
    {
        if (Chance(8))
            text.Append("# switched-off = true\n");
        if (!Chance(4))
            text.Append('\n');
    }

    private string Quoted(string value) => value.Contains('\'', StringComparison.Ordinal) || Chance(2) ? "\"" + value + "\"" : Chance(10) ? "'''" + value + "'''" : "'" + value + "'";

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
