using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests;

/// <summary>
/// Random programs that write a mail server in the forms people write them in: options, dictionaries, records, patterns, queries,
/// delegates, overrides, iterators. Everything that decides a rule is a constant of the program, however it is carried: a reader that
/// follows it sees the whole server.
/// </summary>
internal sealed class WovenProgram
{
    private static readonly (string Protocol, int Port, bool Tls)[] Doors =
    [
        ("Imap", 143, false), ("Imap", 993, true), ("Imap", 993, false), ("Imap", 1143, false), ("Pop3", 110, false), ("Pop3", 995, true),
        ("Smtp", 25, false), ("Smtp", 587, false), ("Smtp", 465, true), ("Http", 8080, false), ("Http", 443, true), ("Imap", 10143, true),
    ];

    private readonly Random _random;
    private readonly StringBuilder _members = new();
    private readonly StringBuilder _types = new();
    private int _names;

    private WovenProgram(int seed) => _random = new Random(seed);

    /// <summary>The source of a program: a class <c>Program</c> with a static method <c>Write</c> that returns the built server's builder, and a field <c>Result</c>.</summary>
    /// <param name="seed">The same seed gives the same program.</param>
    public static string Create(int seed) => new WovenProgram(seed).Source();

    private string Source()
    {
        var doors = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Doors[_random.Next(Doors.Length)]).ToArray();
        var body = _random.Next(10) switch
        {
            0 => ByRecords(doors),
            1 => ByDictionary(doors),
            2 => ByObject(doors),
            3 => ByDelegates(doors),
            4 => ByModules(doors),
            5 => ByIterator(doors),
            6 => ByLayers(doors),
            7 => ByEvents(doors),
            8 => ByHandlers(doors),
            _ => string.Concat(doors.Select(door => One("server", door))),
        };
        body += _random.Next(4) switch
        {
            0 => Guard("server", "server.Http.WithAccessRules(rules => { rules.Allow(Endpoints.Jmap); rules.Otherwise(404); });"),
            1 => $"server.AddFallbackAdministrator({Text("admin")}, Secret.FromEnvironment(\"ADMIN\"));\n",
            2 => Guard("server", "server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"ADMIN\"));"),
            _ => "",
        };
        return $$"""
            using System; using System.Collections.Generic; using System.Collections.Immutable; using System.Globalization; using System.Linq; using System.Net; using System.Text; using System.Threading.Tasks; using StalwartHardening.Configuration;
            {{_types}}
            public static class Program
            {
                public static StalwartServer Result;
                static bool IsOn(bool on = true) => on;
            {{_members}}
                public static StalwartServerBuilder Write()
                {
                    var server = StalwartServer.CreateBuilder({{Text("mail.example.org")}});
                    {{body}}
                    Result = server.Build();
                    return null;
                }
            }

            """;
    }

    // One listener, each of its values carried in a way of its own.
    private string One(string server, (string Protocol, int Port, bool Tls) door)
    {
        var id = Name();
        var port = Name();
        var listener = Name();
        var bind = _random.Next(5) switch
        {
            0 => $"$\"[::]:{{{port}}}\"",
            1 => $"string.Format(CultureInfo.InvariantCulture, \"{{0}}:{{1:D}}\", \"[::]\", {port})",
            2 => $"new IPEndPoint(IPAddress.Any, {port})",
            3 => $"\"0.0.0.0:PORT\".Replace(\"PORT\", {port}.ToString(CultureInfo.InvariantCulture))",
            _ => port,
        };
        return $"var {port} = {Number(door.Port)};\nvar {listener} = {server}.AddListener({Text(id)}, {Protocol(door.Protocol)}).Bind({bind});\n" + Tls(listener, port, door);
    }

    private string Tls(string listener, string port, (string Protocol, int Port, bool Tls) door)
    {
        if (door.Tls && _random.Next(3) == 0)
            return listener + ".WithImplicitTls();\n";
        var condition = _random.Next(8) switch
        {
            0 => door.Tls ? $"{port} is {door.Port} or 1" : $"{port} is < 0 or > 65000",
            1 => $"new HashSet<int> {{ 1, {(door.Tls ? door.Port : 2)} }}.Contains({port})",
            2 => $"string.Equals(\"tls\", {Text(door.Tls ? "TLS" : "off")}, StringComparison.OrdinalIgnoreCase)",
            3 => $"new Dictionary<int, bool> {{ [{port}] = {Bool(door.Tls)} }}.TryGetValue({port}, out var {Name("on")}) && on{_names - 1}",
            4 => $"IsOn({Bool(door.Tls)}) && {port} > 0",
            5 => $"(true, {port}) is ({Bool(door.Tls)}, > 0)",
            6 => $"({Bool(door.Tls)} ? (bool?)null : false) ?? true",
            _ => Truth(door.Tls),
        };
        return $"if ({condition}) {listener}.WithImplicitTls();\n";
    }

    private string ByRecords((string Protocol, int Port, bool Tls)[] doors)
    {
        var type = Name("Spec");
        _types.AppendLine($"public sealed record {type}(string Id, MailProtocol Protocol, int Port) {{ public bool Tls {{ get; init; }} = {Bool(_random.Next(2) == 0)}; public bool On => Port > 0; }}");
        var items = string.Join(", ", doors.Select(door => $"new {type}(\"{Name()}\", {Protocol(door.Protocol)}, {Number(door.Port)}) {{ Tls = {Truth(door.Tls)} }}"));
        var off = $"new {type}(\"{Name()}\", MailProtocol.Imap, 143) with {{ Port = -1, Tls = false }}";
        var list = Pick($"new {type}[] {{ {items}, {off} }}", $"new List<{type}> {{ {off}, {items} }}", $"ImmutableArray.Create({items}, {off})");
        var query = Pick(".Where(x => x.On)", ".Where(x => x is { On: true, Id: not null }).OrderBy(x => x.Port)", ".Select(x => x with { }).Where((x, i) => x.Port != -1 && i >= 0)", ".GroupBy(x => x.On).Where(g => g.Key).SelectMany(g => g)");
        var spec = Name();
        return $"foreach (var {spec} in ({list}){query}) {{ var l = server.AddListener({spec}.Id, {spec}.Protocol).Bind({spec}.Port); if ({spec}.Tls) l.WithImplicitTls(); }}\n";
    }

    private string ByDictionary((string Protocol, int Port, bool Tls)[] doors)
    {
        var map = Name();
        var entries = doors.Select(door => (Id: Name(), Door: door)).ToArray();
        var text = _random.Next(2) == 0
            ? string.Join(", ", entries.Select(entry => $"[\"{entry.Id}\"] = ({Protocol(entry.Door.Protocol)}, {Number(entry.Door.Port)}, {Truth(entry.Door.Tls)})"))
            : string.Join(", ", entries.Select(entry => $"{{ \"{entry.Id}\", ({Protocol(entry.Door.Protocol)}, {Number(entry.Door.Port)}, {Truth(entry.Door.Tls)}) }}"));
        var walk = Pick("foreach (var (id, x) in MAP) {", "foreach (var pair in MAP) { var id = pair.Key; var x = pair.Value;", "foreach (var id in MAP.Keys.ToList()) { var x = MAP[id];").Replace("MAP", map, StringComparison.Ordinal);
        return $"var {map} = new Dictionary<string, (MailProtocol Protocol, int Port, bool Tls)> {{ {text} }};\n{walk} var l = server.AddListener(id, x.Protocol).Bind(x.Port); if (x.Tls) l.WithImplicitTls(); }}\n";
    }

    // A class that keeps the builder, with listeners in methods of their own.
    private string ByObject((string Protocol, int Port, bool Tls)[] doors)
    {
        var type = Name("Mail");
        var methods = doors.Select(door => (Name: Name("Add"), Body: One("_server", door))).ToArray();
        _types.AppendLine(FormattableString.Invariant($"public sealed class {type} {{ {Pick("private readonly StalwartServerBuilder _server; public " + type + "(StalwartServerBuilder server) { ArgumentNullException.ThrowIfNull(server); _server = server; }", "private StalwartServerBuilder _server { get; } public " + type + "(StalwartServerBuilder server) => _server = server;")}"));
        foreach (var method in methods)
            _types.AppendLine(FormattableString.Invariant($"public {type} {method.Name}() {{ {method.Body} return this; }}"));
        _types.AppendLine("static bool IsOn(bool on = true) => on; }");
        return $"new {type}(server){string.Concat(methods.Select(static method => "." + method.Name + "()"))};\n";
    }

    private string ByDelegates((string Protocol, int Port, bool Tls)[] doors)
    {
        var steps = doors.Select(door => $"s => {{ {One("s", door)} }}").ToArray();
        var all = Name();
        if (_random.Next(2) == 0)
            return $"Action<StalwartServerBuilder> {all} = null;\n{string.Concat(steps.Select(step => $"{all} += {step};\n"))}{all}?.Invoke(server);\n";
        return $"var {all} = new List<Action<StalwartServerBuilder>> {{ {string.Join(", ", steps)} }};\n" + Pick($"foreach (var step in {all}) step(server);\n", $"{all}.ForEach(step => step(server));\n", $"for (var i = 0; i < {all}.Count; i++) {all}[i](server);\n");
    }

    private string ByModules((string Protocol, int Port, bool Tls)[] doors)
    {
        var contract = Name("IModule");
        _types.AppendLine(FormattableString.Invariant($"public interface {contract} {{ void Apply(StalwartServerBuilder server); }}"));
        var names = new List<string>();
        foreach (var door in doors)
        {
            var name = Name("Module");
            names.Add(name);
            if (_random.Next(2) == 0)
            {
                _types.AppendLine(FormattableString.Invariant($"public sealed class {name} : {contract} {{ static bool IsOn(bool on = true) => on; public void Apply(StalwartServerBuilder server) {{ {One("server", door)} }} }}"));
                continue;
            }

            _types.AppendLine(FormattableString.Invariant($"public abstract class Base{name} : {contract} {{ protected abstract int Port {{ get; }} protected virtual bool Tls => false; public void Apply(StalwartServerBuilder server) {{ var l = server.AddListener(\"{Name()}\", {Protocol(door.Protocol)}).Bind(Port); if (Tls) l.WithImplicitTls(); }} }}"));
            _types.AppendLine(FormattableString.Invariant($"public sealed class {name} : Base{name} {{ protected override int Port => {door.Port}; protected override bool Tls => {Bool(door.Tls)}; }}"));
        }

        return $"foreach (var module in new {contract}[] {{ {string.Join(", ", names.Select(static name => $"new {name}()"))} }}) module.Apply(server);\n";
    }

    private string ByIterator((string Protocol, int Port, bool Tls)[] doors)
    {
        var method = Name("All");
        _members.AppendLine(FormattableString.Invariant($"static IEnumerable<(string, MailProtocol, int, bool)> {method}(bool legacy) {{ {string.Concat(doors.Select(door => $"if (legacy) yield return (\"{Name()}\", {Protocol(door.Protocol)}, {Number(door.Port)}, {Truth(door.Tls)}); "))} if (legacy) yield break; yield return (\"never\", MailProtocol.Pop3, 110, false); }}"));
        return $"foreach (var (id, protocol, port, tls) in {method}(true)) {{ var l = server.AddListener(id, protocol).Bind(port); if (tls) l.WithImplicitTls(); }}\n";
    }

    // Servers of their own, written one over the other; what is taken back is not in the result.
    private string ByLayers((string Protocol, int Port, bool Tls)[] doors)
    {
        var text = new StringBuilder();
        foreach (var door in doors)
        {
            var layer = Name();
            text.Append(FormattableString.Invariant($"var {layer} = StalwartServer.CreateBuilder(\"mail.example.org\");\n{One(layer, door)}"));
            var gone = Name();
            if (_random.Next(2) == 0)
                text.Append(FormattableString.Invariant($"{layer}.AddListener(\"{gone}\", MailProtocol.Imap).Bind(143);\n{layer} = {layer}.Build().ToBuilder().Without(\"server.listener.{gone}\");\n"));
            text.Append(FormattableString.Invariant($"server.Overlay({layer}.Build());\n"));
        }

        return text.ToString();
    }

    // Subscribers, one of which has gone again.
    private string ByEvents((string Protocol, int Port, bool Tls)[] doors)
    {
        var type = Name("Composer");
        _types.AppendLine(FormattableString.Invariant($"public sealed class {type} {{ public event Action<StalwartServerBuilder> Composing; public void Compose(StalwartServerBuilder server) => Composing?.Invoke(server); }}"));
        var composer = Name();
        var gone = Name();
        var text = new StringBuilder(FormattableString.Invariant($"var {composer} = new {type}();\nAction<StalwartServerBuilder> {gone} = s => s.AddListener(\"{gone}\", MailProtocol.Pop3).Bind(110);\n{composer}.Composing += {gone};\n"));
        foreach (var door in doors)
            text.Append(FormattableString.Invariant($"{composer}.Composing += s => {{ {One("s", door)} }};\n"));
        return text.Append(FormattableString.Invariant($"{composer}.Composing -= {gone};\n{composer}.Compose(server);\n")).ToString();
    }

    // What is thrown is known, and so is who takes it; what cannot throw is never taken.
    private string ByHandlers((string Protocol, int Port, bool Tls)[] doors)
    {
        var check = Name("Check");
        _members.AppendLine(FormattableString.Invariant($"static void {check}(int port) {{ if (port < 0) throw new ArgumentOutOfRangeException(nameof(port)); }}"));
        return string.Concat(doors.Select(door => _random.Next(2) == 0
            ? FormattableString.Invariant($"try {{ {check}(1); {One("server", door)} }} catch (ArgumentException) {{ server.AddListener(\"{Name()}\", MailProtocol.Imap).Bind(143); }}\n")
            : FormattableString.Invariant($"try {{ {check}(-1); server.AddListener(\"{Name()}\", MailProtocol.Imap).Bind(143); }} catch (ArgumentException e) when (e.ParamName == \"port\") {{ {One("server", door)} }}\n")));
    }

    private string Guard(string server, string statement)
    {
        var isDone = _random.Next(2) == 0;
        _ = server;
        return $"if ({Truth(isDone)}) {{ {statement} }}\n";
    }

    private string Number(int number)
    {
        var name = Name("Port");
        switch (_random.Next(24))
        {
            case 0:
                _members.AppendLine(FormattableString.Invariant($"public const int {name} = {number};"));
                return "Program." + name;
            case 1:
                _types.AppendLine(FormattableString.Invariant($"public class {name} {{ public int Value {{ get; set; }} = {number}; public {name}() {{ }} }}"));
                return $"new {name}().Value";
            case 2:
                _types.AppendLine(FormattableString.Invariant($"public class {name} {{ private readonly int _value; public {name}(int value = {number}) {{ _value = value; }} public int Get() => _value; }}"));
                return $"new {name}().Get()";
            case 3:
                return $"int.Parse(\"{number}\", CultureInfo.InvariantCulture)";
            case 4:
                _types.AppendLine(FormattableString.Invariant($"public enum {name} {{ None, It = {number} }}"));
                return $"(int){name}.It";
            case 5:
                return $"new[] {{ 1, {number} }}.Last(x => x > 1)";
            case 6:
                return $"\"a\" switch {{ \"b\" => 1, {{ Length: 1 }} => {number}, _ => 2 }}";
            case 7:
                return $"new Dictionary<string, int> {{ [\"x\"] = {number} }}.GetValueOrDefault(\"x\", 1)";
            case 8:
                _members.AppendLine(FormattableString.Invariant($"static readonly Lazy<int> {name} = new(() => {number});"));
                _members.AppendLine(FormattableString.Invariant($"public static int Of{name} => {name}.Value;"));
                return "Program.Of" + name;
            case 9:
                return $"Math.Max({number}, 1)";
            case 10:
                _members.AppendLine(FormattableString.Invariant($"public static async Task<int> {name}(int by = 0) {{ await Task.Yield(); return {number} + by; }}"));
                return $"Program.{name}().GetAwaiter().GetResult()";
            case 11:
                return $"((int?)null ?? {number})";
            case 12:
                _members.AppendLine(FormattableString.Invariant($"public static int {name}() {{ try {{ return int.Parse(\"x{number}\"); }} catch (FormatException) {{ return {number}; }} }}"));
                return $"Program.{name}()";
            case 13:
                _members.AppendLine(FormattableString.Invariant($"static ref int {name}(int[] all) => ref all[^1]; public static int Of{name}() {{ int[] all = {{ 1, 2 }}; {name}(all) = {number}; return all[1]; }}"));
                return $"Program.Of{name}()";
            case 14:
                return Pick($"int.Parse(\"p={number};\"[2..^1])", $"int.Parse(\"p={number}\".AsSpan(2))", $"int.Parse(\"p={number}\".Split('=')[^1])");
            case 15:
                return $"new int[,] {{ {{ 1, {number} }}, {{ 2, 3 }} }}[0, 1]";
            case 16:
                return $"(from a in new[] {{ 1, 2 }} join b in new[] {{ (Key: 1, Port: {number}) }} on a equals b.Key into all where all.Any() select all.First().Port).Single()";
            case 17:
                _members.AppendLine(FormattableString.Invariant($"public static int {name}() {{ IEnumerable<int> all = new[] {{ 1, {number} }}; using var each = all.GetEnumerator(); each.MoveNext(); return each.MoveNext() ? each.Current : 0; }}"));
                return $"Program.{name}()";
            case 18:
                return $"new IPEndPoint(IPAddress.Any, 1) {{ Port = {number} }}.Port";
            case 19:
                return $"Convert.ToInt32(\"{number:x}\", 16)";
            case 20:
                return $"new[] {{ 1, {number} }}.OrderBy(x => 0).ThenByDescending(x => x).First()";
            default:
                return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private string Text(string text) => _random.Next(5) switch
    {
        0 => $"string.Concat(\"{text[..1]}\", \"{text[1..]}\")",
        1 => $"new StringBuilder(\"{text[..1]}\").Append(\"{text[1..]}\").ToString()",
        2 => $"string.Join(\"\", new[] {{ \"{text[..1]}\", \"{text[1..]}\" }})",
        3 => $"\" {text} \".Trim()",
        _ => $"\"{text}\"",
    };

    private string Protocol(string name) => _random.Next(5) switch
    {
        0 => $"Enum.Parse<MailProtocol>(\"{name}\")",
        1 => $"Enum.GetValues<MailProtocol>().First(p => p.ToString() == \"{name}\")",
        2 => $"(\"{name}\" is ['{name[0]}', ..] and {{ Length: > 1 }} ? MailProtocol.{name} : throw new InvalidOperationException())",
        _ => "MailProtocol." + name,
    };

    private string Truth(bool value) => _random.Next(6) switch
    {
        0 => $"\"{(value ? "a" : "b")}\".StartsWith('a')",
        1 => $"new[] {{ {(value ? "3" : "")} }}.Any()".Replace("new[] {  }", "Array.Empty<int>()", StringComparison.Ordinal),
        2 => $"!string.IsNullOrEmpty(\"{(value ? "x" : "")}\")",
        3 => $"bool.Parse(\"{(value ? "true" : "False")}\")",
        _ => Bool(value),
    };

    private static string Bool(bool value) => value ? "true" : "false";

    private string Name(string prefix = "n") => prefix + (_names++).ToString(CultureInfo.InvariantCulture);

    private string Pick(params string[] texts) => texts[_random.Next(texts.Length)];
}
