using System.Text;

namespace StalwartHardening.Tests;

/// <summary>
/// Texts that are almost configurations: statements that matter, said twice, under old and new names, in tables that are not closed,
/// with blank lines, comments, byte-order marks and line endings wherever somebody could have left them.
/// </summary>
internal sealed class UntidyToml
{
    private static readonly string[] Tables =
    [
        "server", "server.http", "http", "server.listener", "server.listener.imap", "server.listener.web", "server.listener.\"a b\"", "authentication.fallback-admin",
        "authentication", "config", "session.auth", "storage", "directory.m", "certificate.default", "a", "",
    ];

    private static readonly (string Key, string[] Values)[] Settings =
    [
        ("server.http.allowed-endpoint", ["0", "'404'", "[{ if = \"starts_with(url_path, '/jmap')\", then = '200' }, { else = '404' }]", "200"]),
        ("http.allowed-endpoint", ["404", "\"200\"", "[ { else = 'allow' } ]"]),
        ("server.http.hsts", ["e", "true", "'true'"]),
        ("http.hsts", ["false", "true"]),
        ("server.http.use-x-forwarded", ["true", "false"]),
        ("http.permissive-cors", ["true"]),
        ("server.listener.imap.bind", ["'[::]:143'", "[\"[::]:143\"]", "[ '[::]:143', '127.0.0.1:143',\n  '[::]:1143', '[::]:993',\n  '10.0.0.1:143' ]", "[\n '[::]:143', # all\n '[::]:993',\n]", "'[::]:993'"]),
        ("server.listener.imap.protocol", ["'imap'", "imap", "\"pop3\""]),
        ("server.listener.imap.tls.implicit", ["true", "false", "'yes'"]),
        ("server.listener.imap.tls.enable", ["false"]),
        ("server.listener.web.bind", ["\"[::]:8080\"", "['[::]:8080', '[::]:443']", "['[::]:8080',\n'[::]:8081']"]),
        ("server.listener.web.protocol", ["'http'"]),
        ("server.listener.imap", ["{ bind = '[::]:143', protocol = 'imap' }", "{ bind = ['[::]:143'], protocol = \"imap\", tls.implicit = false }"]),
        ("authentication.fallback-admin.user", ["'admin'"]),
        ("authentication.fallback-admin.secret", ["'hunter2'", "\"$6$abc$def\"", "'%{env:ADMIN}%'"]),
        ("authentication.fallback-admin", ["{ user = 'admin', secret = 'x' }"]),
        ("server.tls.implicit", ["true"]),
        ("config.local-keys", ["[ 'store.*', 'server.*',\n 'http.*' ]", "['server.*']"]),
        ("session.auth.mechanisms", ["'[plain, login]'", "[ 'plain' ]"]),
        ("storage.directory", ["'m'"]),
        ("directory.m.type", ["'memory'"]),
        ("directory.m.principals", ["[ { class = 'admin', name = 'ops', secret = 'hunter2' }, { name = 'jo', class = 'individual', secret = 'x' } ]"]),
        ("tracer.log.level", ["'trace'", "'off'"]),
        ("tracer.log.type", ["'log'"]),
        ("tracer.log.enable", ["false", "true"]),
        ("server.proxy.trusted-networks", ["[ '0.0.0.0/0',\n '10.0.0.0/8' ]"]),
    ];

    private static readonly string[] Noise =
    [
        "foo bar", "x = ", "broken = [1, 2", "'quoted' = 1", "a = { }", "never = \"ends", "[server.listener", "[[server.listener]]", "= 1", "]", "never = '''ends", "s=''", "e", "# note", "# swh:ignore SWH1001 -- why",
    ];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private string _table = "";

    private UntidyToml(Random random) => _random = random;

    /// <summary>A text. The same state of <paramref name="random"/> gives the same text.</summary>
    public static string Create(Random random) => new UntidyToml(random).Build();

    private string Build()
    {
        for (var i = _random.Next(1, 10); i > 0; i--)
        {
            switch (_random.Next(12))
            {
                case 0 or 1:
                    _table = Pick(Tables);
                    _text.Append('[').Append(_table).Append(Maybe(12) ? "" : "]").Append(Gap());
                    break;
                case 2:
                    _text.Append(Pick(Noise)).Append(Gap());
                    break;
                case 3:
                    _text.Append(Maybe(3) ? "# a comment" : "").Append(Gap());
                    break;
                default:
                    Statement();
                    break;
            }
        }

        var text = _text.ToString();
        if (Maybe(5))
            text = text.TrimEnd('\n');
        if (Maybe(3))
            text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        return Maybe(6) ? "\uFEFF" + text : text;
    }

    private void Statement()
    {
        var (key, values) = Settings[_random.Next(Settings.Length)];
        // Where it belongs, below a table of its own, or where it only looks as if it did.
        if (_table.Length > 0 && key.StartsWith(_table + ".", StringComparison.Ordinal))
            key = key[(_table.Length + 1)..];
        else if (_table.Length > 0 && key.LastIndexOf('.') is > 0 and var dot && !Maybe(6))
            (_table, key) = (Open(key[..dot]), key[(dot + 1)..]);
        _text.Append(Maybe(8) ? "  " : "").Append(key).Append(Pick(" = ", "=", " =  ")).Append(Pick(values)).Append(Maybe(10) ? "  # a note" : "").Append(Gap());
    }

    private string Open(string table)
    {
        _text.Append('[').Append(table).Append(']').Append(Gap());
        return table;
    }

    private string Gap() => _random.Next(8) switch { 0 => "\n\n", 1 when Maybe(4) => "\n\n\n", _ => "\n" };

    private bool Maybe(int of) => _random.Next(of) == 0;

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
