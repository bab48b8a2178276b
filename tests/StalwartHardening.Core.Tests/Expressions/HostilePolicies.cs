using System.Globalization;
using System.Text;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Expressions;

/// <summary>Configurations whose access rules are written to be as much work to judge as can be.</summary>
internal static class HostilePolicies
{
    private static readonly string[] Atoms =
        ["url", "url_path", "remote_ip", "headers", "$0", "$1", "method", "listener", "is_tls", "'/api'", "'a'", "split(url, '/')[1]", "split(url_path, '')", "1", "-1.5"];

    private static readonly string[] Functions =
        ["contains({0}, {1})", "starts_with({0}, {1})", "split({0}, {1})", "sort(split({0}, 'a'), is_tls)", "dedup(split({0}, {1}))", "is_intersect(split({0}, '/'), [{1}, {1}])", "hash({0}, 'sha256')", "to_uppercase({0})", "lines({0})", "if_then({0}, {1}, {0})"];

    private static readonly string[] Patterns =
        ["(.*)", "^(.*a)(.*)(.*)$", "(a|b|ab)*c", "(?i)[a-z/]+x", "^(.|..|...)*$", @"(\w+\W*){30}", "(a{1,40}){1,40}b", "((a?){50}){20}a", "[[a-z]&&[^aeiou]]{200}z", @"(?i)(\p{L}+|\d+|.){0,60}$", "(((((.?)?)?)?)?)+$"];

    /// <summary>What each shape is called, and what writes one of about this many characters.</summary>
    public static IReadOnlyDictionary<string, Func<Random, int, string>> Shapes { get; } = new Dictionary<string, Func<Random, int, string>>
    {
        ["text that doubles from rule to rule"] = static (_, size) => Rules(size, static _ => ("!matches('(.*)', $0 + $0 + 'ab') ", "404 ")),
        ["text that doubles, from the request on"] = static (_, size) => Rules(size, static i => ("matches('(.*)', " + (i == 0 ? "url" : "$0 + $0") + ") && 0", "404")),
        ["a long chain of not"] = static (_, size) => Single(new string('!', size) + "is_tls"),
        ["a long chain of minus"] = static (_, size) => Single(string.Concat(Enumerable.Repeat("- ", size / 2)) + "1"),
        ["a long chain of or"] = static (_, size) => One(Chain(size, " || ", static i => "url == 'x" + i + "'")),
        ["a long chain of plus"] = static (_, size) => One("'' != " + Chain(size, " + ", static _ => "url")),
        ["or nested to the right"] = static (_, size) => One(Nested(size, "url == 'x' || (", "is_tls")),
        ["and nested in or"] = static (_, size) => One(Nested(size, "url == 'x' || (is_tls && (", "is_tls")),
        ["not nested"] = static (_, size) => One(Nested(size, "!(is_tls || !(", "is_tls")),
        ["many parentheses"] = static (_, size) => One(Nested(size, "(", "is_tls")),
        ["if_then nested"] = static (_, size) => One(string.Concat(Enumerable.Repeat("if_then(is_tls, ", size / 24)) + "url" + string.Concat(Enumerable.Repeat(", url)", size / 24))),
        ["statuses taken from captures"] = static (_, size) => Rules(size, static i => ("matches('^/(x" + i + ")', url)", "$1")),
        ["statuses taken from captures of anything"] = static (_, size) => Rules(size, static _ => ("matches('(.*)', url)", "$1")),
        ["patterns with repetitions"] = static (random, size) => Rules(size, i => ("matches('" + Patterns[(i + random.Next(2)) % Patterns.Length] + "', url + url_path + url)", "404")),
        ["one pattern with large repetitions"] = static (_, size) => One("matches('" + Chain(size, "", static _ => "(a{1,60}b?){3}") + "', url)"),
        ["a large class of characters"] = static (_, size) => One("matches('(?i)([" + Chain(size, "", static i => ((char)('\u0100' + (i % 5000))).ToString()) + "]|.)*$', url + url)"),
        ["a large alternation"] = static (_, size) => One("matches('(?i)(" + Chain(size, "|", static i => "a" + i) + ")', url)"),
        ["many groups"] = static (_, size) => One("matches('^" + Chain(size, "", static _ => "(.?)") + "$', url)"),
        ["a large list"] = static (_, size) => One("contains([" + Chain(size, ", ", static i => "'" + i + "'") + "], url)"),
        ["large lists compared with each other"] = static (_, size) => One("is_intersect([" + Chain(size / 2, ", ", static i => "'" + i + "'") + "], [" + Chain(size / 2, ", ", static i => "'x" + i + "'") + "])"),
        ["a large text split"] = static (_, size) => One("sort(dedup(split('" + Chain(size, " ", static i => "a" + i) + "', ' ')), 1) == url"),
        ["a large text that doubles"] = static (_, size) => One("matches('(.*)', '" + new string('a', size - 40) + "') && $0 + $0 + $0 == $0 + $0"),
        ["rules that name many endpoints"] = static (_, size) => Rules(size, static i => ("url_path == '/api/" + i + "' || url == '/x" + i + "' || remote_ip == '10.0." + (i % 256) + ".1'", "404")),
        ["rules about addresses as texts"] = static (_, size) => Rules(size, static i => ("starts_with(remote_ip, '" + (i % 250) + ".') || matches('^1" + (i % 10) + ".', remote_ip)", "404")),
        ["rules that need every part of the request"] = static (_, size) => Rules(size, static i => ("(listener == 'a" + i + "' || is_tls) && (method == 'M" + i + "' || remote_port > " + i + ") && contains(headers, 'h: " + i + "')", "404")),
        ["anything at all"] = static (random, size) => Rules(size, i => (Anything(random, random.Next(1, 5)), random.Next(3) == 0 ? "$1" : "404")),
        ["large expressions of anything"] = static (random, size) => One(Anything(random, 40, size / 2)),
    };

    /// <summary>A file with the settings that make access control count, and with these rules.</summary>
    public static SettingsDocument Document(string rules, string more = "") => ServerTomlReader.Read(
        "[server.listener.https]\nbind = ['[::]:443']\nprotocol = 'http'\ntls.implicit = true\n[server.listener.http]\nbind = ['[::]:8080']\nprotocol = 'http'\n[http]\nallowed-endpoint = " + rules + "\n" + more,
        ServerVersion.Newest,
        default);

    private static string Single(string expression) => "'''" + expression + " '''";

    private static string One(string condition) => "[{ if = '''" + condition + " ''', then = '404' }, { else = '200' }]";

    private static string Rules(int size, Func<int, (string If, string Then)> rule)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i == 0 || text.Length < size - 40; i++)
        {
            var (condition, then) = rule(i);
            text.Append("{ if = '''").Append(condition).Append(" ''', then = '''").Append(then).Append("''' }, ");
        }

        return text.Append("{ else = '200' }]").ToString();
    }

    private static string Chain(int size, string joint, Func<int, string> part)
    {
        var text = new StringBuilder(part(0));
        for (var i = 1; text.Length < size - 60; i++)
            text.Append(joint).Append(part(i));
        return text.ToString();
    }

    private static string Nested(int size, string opening, string inside)
    {
        var closing = new string(')', opening.Count(static c => c == '('));
        var depth = Math.Max(1, size / (opening.Length + closing.Length));
        return new StringBuilder().Insert(0, opening, depth).Append(inside).Insert(opening.Length * depth + inside.Length, closing, depth).ToString();
    }

    private static string Anything(Random random, int depth, int size = 400)
    {
        if (depth == 0 || size < 40)
            return Atoms[random.Next(Atoms.Length)];
        string Part(int share) => Anything(random, depth - 1, size / share);
        return random.Next(8) switch
        {
            0 => "!(" + Part(1) + ")",
            1 or 2 => Part(2) + (random.Next(2) == 0 ? " || " : " && ") + "(" + Part(2) + ")",
            3 => Part(2) + " + " + Part(2),
            4 => "matches('" + Patterns[random.Next(Patterns.Length)] + "', " + Part(1) + ")",
            5 => "(" + Part(2) + " == " + Part(2) + ")",
            _ => string.Format(CultureInfo.InvariantCulture, Functions[random.Next(Functions.Length)], Part(3), Part(3)),
        };
    }
}
