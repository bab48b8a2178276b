using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests.Plans;

/// <summary>Plans written to be slow: each of them as large as it is asked to be.</summary>
internal static class HostilePlans
{
    private const string Domain = """{"@type":"create","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n";
    private const string Listener = """"l<i>":{"name":"l<i>","protocol":"imap","bind":{"[::]:<p>":true}}"""";
    private const string User = """{"@type":"create","object":"Account","value":{"<a>":{"@type":"User","name":"<a>","domainId":"#d","credentials":{"0":{"@type":"Password","secret":"hunter2hunter2"}},"roles":{"@type":"Custom","roleIds":{"#<r>":true}}}}}""" + "\n";

    public static IReadOnlyDictionary<string, Func<int, string>> Shapes { get; } = new Dictionary<string, Func<int, string>>(StringComparer.Ordinal)
    {
        ["objects in objects"] = static n => """{"@type":"create","object":"NetworkListener","value":{"a":""" + Repeated("""{"a":""", n) + "1" + new string('}', n) + "}}\n",
        ["arrays in arrays"] = static n => new string('[', n) + "\n" + new string('[', n) + "\n",
        ["one operation after the other"] = static n => Lines(n, """{"@type":"create","object":"NetworkListener","value":{""" + Listener + "}}"),
        ["reconciles of one type"] = static n => Lines(n, """{"@type":"reconcile","object":"Domain","matchOn":["name"],"value":{"d<i>":{"name":"d<i>.example.org"}}}"""),
        ["reconciles of one type, each in a scope"] = static n => Lines(n, """{"@type":"reconcile","object":"NetworkListener","scope":{"protocol":"imap"},"matchOn":["name"],"value":{""" + Listener.Replace("\"protocol\":\"imap\",", "", StringComparison.Ordinal) + "}}"),
        ["everything destroyed that something refers to"] = static n => Lines(n, """{"@type":"create","object":"Domain","value":{"d<i>":{"name":"d<i>.example.org"}}}""")
            + Lines(n, """{"@type":"create","object":"Account","value":{"a<i>":{"@type":"User","name":"a<i>","domainId":"#d<i>"}}}""")
            + """{"@type":"destroy","object":"Account"}""" + "\n" + """{"@type":"destroy","object":"Domain"}""" + "\n",
        ["one line"] = static n => """{"@type":"create","object":"NetworkListener","value":{""" + string.Join(',', Enumerable.Range(0, n).Select(static i => Filled(Listener, i))) + "}}\n",
        ["references to the operation before"] = static n => Domain + Lines(n, """{"@type":"create","object":"Role","value":{"r<i>":{"description":"r<i>","roleIds":{"#r<b>":true}}}}""").Replace("\"#r-1\":true", "", StringComparison.Ordinal) + Account("a", n - 1),
        ["roles that extend each other in a circle"] = static n => Domain
            + Lines(n, """{"@type":"create","object":"Role","value":{"r<i>":{"description":"r<i>","enabledPermissions":{"imapAuthenticate":true}}}}""")
            + Lines(n, """{"@type":"update","object":"Role","id":"#r<i>","value":{"roleIds":{"#r<n>":true,"#r0":true}}}""").Replace(string.Create(CultureInfo.InvariantCulture, $"#r{n}\""), "#r1\"", StringComparison.Ordinal)
            + string.Concat(Enumerable.Range(0, n).Select(static i => Account(string.Create(CultureInfo.InvariantCulture, $"a{i}"), i))),
        ["roles that extend twenty others each"] = static n => Domain
            + string.Concat(Enumerable.Range(0, n).Select(static i => Filled("""{"@type":"create","object":"Role","value":{"r<i>":{"description":"r<i>","roleIds":{<ids>}}}}""" + "\n", i).Replace("<ids>", string.Join(',', Enumerable.Range(Math.Max(0, i - 20), Math.Min(i, 20)).Select(static j => Filled("\"#r<i>\":true", j))), StringComparison.Ordinal)))
            + Account("a", n - 1),
        ["permissions merged again and again"] = static n => Domain + Lines(n, """{"@type":"upsert","object":"Account","matchOn":["name"],"value":{"a":{"@type":"User","name":"u","domainId":"#d","permissions":{"@type":"Merge","enabledPermissions":{"imapAuthenticate":true},"disabledPermissions":{}}}}}"""),
        ["rules that grow one by one"] = static n => Lines(n, """{"@type":"update","object":"Http","value":{"allowedEndpoints/match/<i>":{"if":"is_tls","then":"200"}}}"""),
        ["values that never end"] = static n => Repeated("{\"a\":\n", n),
        ["operations that nobody knows"] = static n => Lines(n, """{"@type":"create","object":"Nope","value":{}}"""),
        ["placeholders that are opened only"] = static n => """{"@type":"create","object":"Domain","value":{"d":{"name":" """ + Repeated("{{${", n) + "\"}}}\n",
    };

    private static string Account(string name, int role) =>
        User.Replace("<a>", name, StringComparison.Ordinal).Replace("<r>", string.Create(CultureInfo.InvariantCulture, $"r{role}"), StringComparison.Ordinal);

    private static string Repeated(string part, int count) => string.Concat(Enumerable.Repeat(part, count));

    private static string Lines(int count, string line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
            text.Append(Filled(line, i)).Append('\n');
        return text.ToString();
    }

    // <i> is the number of the line, <b> the one before it, <n> the next, <p> a port.
    private static string Filled(string line, int number)
    {
        foreach (var (name, value) in ((string, int)[])[("<i>", number), ("<b>", number - 1), ("<n>", number + 1), ("<p>", 1024 + (number % 60_000))])
            line = line.Replace(name, value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return line;
    }
}
