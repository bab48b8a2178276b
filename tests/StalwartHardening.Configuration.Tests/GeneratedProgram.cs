using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Tests;

/// <summary>
/// A random program over the whole public library: builders and methods are found by reflection, so that a new method is
/// tried as soon as it exists. Values go through the constructs that the reader understands.
/// </summary>
internal sealed class GeneratedProgram
{
    private static readonly string[] TextPool = ["a", "b c", "x.y", "it's", "q\"q", "back\\slash", "é", "%{env:E}%", "1", "true", "$6$a$b", "a,b", "#x", "''", "tail'"];
    private readonly Random _random;
    private readonly StringBuilder _statements = new();
    private readonly StringBuilder _members = new();
    private int _names;

    private GeneratedProgram(int seed) => _random = new Random(seed);

    /// <summary>The methods that were used.</summary>
    public HashSet<string> Used { get; } = [];

    public static (string Source, HashSet<string> Used) Create(int seed)
    {
        var program = new GeneratedProgram(seed);
        var count = program._random.Next(1, 9);
        for (var i = 0; i < count; i++)
            program.AddStatement();
        return (BuilderProgram.Source(program._statements.ToString(), program._members.ToString()), program.Used);
    }

    /// <summary>A program that does nothing but call one method, for servers of one generation.</summary>
    /// <param name="path">How to come from the server to what has the method: <c>server.Http</c>.</param>
    /// <param name="method">The method.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="seed">The same seed gives the same arguments.</param>
    public static string CreateFor(string path, MethodInfo method, ServerGeneration generation, int seed)
    {
        var program = new GeneratedProgram(seed);
        var call = program.Call(path, method);
        return BuilderProgram.Source(call + ";", program._members.ToString()).Replace("CreateBuilder(\"mail.example.org\")", $"CreateBuilder(\"mail.example.org\", ServerGeneration.{generation})", StringComparison.Ordinal);
    }

    /// <summary>Every method of every builder, with the shortest way to what has it.</summary>
    public static IEnumerable<(string Path, MethodInfo Method)> EveryMethod()
    {
        var seen = new HashSet<Type>();
        var open = new Queue<(string Path, Type Type)>([("server", typeof(StalwartServerBuilder))]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Type))
                continue;
            foreach (var property in Properties(next.Type))
                open.Enqueue((next.Path + "." + property.Name, property.PropertyType));
            foreach (var method in Methods(next.Type))
            {
                yield return (next.Path, method);
                open.Enqueue((new GeneratedProgram(0).Call(next.Path, method), method.ReturnType));
            }
        }
    }

    private string Call(string path, MethodInfo method) =>
        path + "." + method.Name + "(" + string.Join(", ", method.GetParameters().Select(parameter => Argument(parameter, method)).Where(static text => text.Length > 0)) + ")"
        + (method.Name == "AddListener" ? ".Bind(\"[::]:1\")" : "");

    private void AddStatement()
    {
        var chain = Chain("server", typeof(StalwartServerBuilder), _random.Next(1, 5));
        var name = Name();
        switch (_random.Next(8))
        {
            case 0:
                _statements.AppendLine($"if ({Pick("true", "1 + 1 == 2", "!false", "nameof(server).Length > 100 || true")}) {{ {chain}; }} else {{ server.Set(\"never\", 1); }}");
                break;
            case 1:
                _statements.AppendLine($"void {name}(StalwartServerBuilder server) {{ {chain}; }} {name}(server);");
                break;
            case 2:
                _statements.AppendLine($"Action<StalwartServerBuilder> {name} = server => {chain}; {name}(server);");
                break;
            case 3:
                _members.AppendLine($"static void {name}(this StalwartServerBuilder server, bool go = true) {{ if (!go) throw new Exception(); {chain}; }}");
                _statements.AppendLine($"server.{name}();");
                break;
            case 4:
                _statements.AppendLine($"foreach (var {name} in new[] {{ 1 }}) {{ {chain}; }}");
                break;
            case 5:
                _statements.AppendLine($"var {name} = server; {chain.Replace("server.", name + ".", StringComparison.Ordinal)};");
                break;
            default:
                _statements.AppendLine(chain + ";");
                break;
        }
    }

    private string Chain(string start, Type type, int length)
    {
        var text = start;
        for (var i = 0; i < length; i++)
        {
            if (_random.Next(3) == 0 && Properties(type) is { Length: > 0 } properties && i < length - 1)
            {
                var property = properties[_random.Next(properties.Length)];
                Used.Add(type.Name + "." + property.Name);
                text += "." + property.Name;
                type = property.PropertyType;
                continue;
            }

            var methods = Methods(type);
            var method = methods[_random.Next(methods.Length)];
            Used.Add(type.Name + "." + method.Name + "/" + method.GetParameters().Length);
            text += "." + method.Name + "(" + string.Join(", ", method.GetParameters().Where(parameter => !parameter.IsOptional || _random.Next(2) == 0).Select(parameter => Argument(parameter, method)).Where(static text => text.Length > 0)) + ")";
            type = method.ReturnType;
            // These come late in a chain.
            if (type == typeof(AccessRuleBuilder) && length < 8)
                length++;
            // Without an address a listener is refused.
            if (method.Name == "AddListener")
                text += ".Bind(\"[::]:1\")";
        }

        // A property alone is no statement.
        return text.EndsWith(')') ? text : text + ".Set(\"" + Name() + "\", 1)";
    }

    public static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.IsDefined(typeof(SettingScopeAttribute)))];

    public static MethodInfo[] Methods(Type type) =>
        [.. type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(static method => !method.IsSpecialName && method.DeclaringType != typeof(object) && method.Name is not ("Build" or "RefuseFindings"))];

    private string Argument(ParameterInfo parameter, MethodInfo method)
    {
        var text = Value(parameter, method);
        // Arguments by name only after the last one by position: an optional one may have been left out.
        return parameter.IsOptional && !parameter.IsDefined(typeof(ParamArrayAttribute)) ? parameter.Name + ": " + text : text;
    }

    private string Value(ParameterInfo parameter, MethodInfo method)
    {
        var type = parameter.ParameterType;
        if (type == typeof(string))
            return parameter.Name is "key" ? "\"" + Name() + "\"" : Through(TextFor(parameter, method));
        if (type == typeof(string[]))
            return string.Join(", ", Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Through(TextFor(parameter, method))));
        if (type == typeof(int))
            return parameter.Name == "status" ? Pick("403", "404", "200", "400 + 4") : Pick("1", "25", "993", "60_000", "10 * 4 + 3", "(true ? 7 : 8)");
        if (type == typeof(long))
            return Pick("0", "64", "4294967296L");
        if (type == typeof(bool))
            return Pick("true", "false", "1 == 2");
        if (type == typeof(TimeSpan))
            return Pick("TimeSpan.FromSeconds(30)", "TimeSpan.FromMinutes(90)", "TimeSpan.FromDays(2)", "new TimeSpan(1, 0, 0)", "TimeSpan.FromMilliseconds(2500)");
        if (type == typeof(IPEndPoint))
            return Pick("new IPEndPoint(IPAddress.Any, 25)", "new IPEndPoint(IPAddress.IPv6Loopback, 8080)", "IPEndPoint.Parse(\"192.0.2.1:465\")", "new IPEndPoint(IPAddress.Parse(\"2001:db8::1\"), 993)");
        if (type == typeof(Secret))
            return method.Name == "WithPassword" ? "Secret.Hash(\"$6$salt$hash\")" : Pick("Secret.FromEnvironment(\"E\")", "Secret.FromFile(\"/run/s\")", "Secret.Hash(\"$argon2id$v=19$x\")", "Secret.InsecurePlainText(\"pa'ss\\\\\")");
        if (type == typeof(Permission[]))
            return Pick("Permission.ManageAccounts", "Permission.UseImap, Permission.Named(\"x-\" + \"y\")", "Permission.ViewLogs", "");
        if (type == typeof(HttpEndpoint[]))
            return Pick("Endpoints.Jmap", "Endpoints.WellKnown, Endpoints.PathsBeginningWith(\"/z\")", "Endpoints.Everything", "");
        if (type == typeof(IPNetwork))
            return Pick("IPNetwork.Parse(\"10.0.0.0/8\")", "new IPNetwork(IPAddress.Parse(\"2001:db8::\"), 32)", "new IPNetwork(IPAddress.Parse(\"192.0.2.7\"), 32)");
        if (type == typeof(IPNetwork[]))
            return Pick("IPNetwork.Parse(\"172.16.0.0/12\"), new IPNetwork(IPAddress.Parse(\"203.0.113.128\"), 25)", "[IPNetwork.Parse(\"198.51.100.0/24\")]", "");
        if (type == typeof(StoreBuilder))
            return $"server.AddStore(\"{Name()}\", StoreType.RocksDb)";
        if (type == typeof(ListenerBuilder) || type == typeof(RoleBuilder))
            return Opened(type);
        if (type == typeof(ListenerBuilder[]) || type == typeof(RoleBuilder[]))
            return Pick(Opened(type.GetElementType()!), $"{Opened(type.GetElementType()!)}, {Opened(type.GetElementType()!)}", "");
        if (type == typeof(Action<ListenerBuilder>))
            return Lambda(typeof(ListenerBuilder));
        if (type == typeof(Action<AccessRulesBuilder>))
            return Lambda(typeof(AccessRulesBuilder));
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            var one = type.Name + "." + names[_random.Next(names.Length)];
            return type.IsDefined(typeof(FlagsAttribute)) && _random.Next(2) == 0 ? one + " | " + type.Name + "." + names[_random.Next(names.Length)] : one;
        }

        throw new NotSupportedException($"Teach the generator to write a {type} for {method}.");
    }

    private string Opened(Type type) =>
        type == typeof(RoleBuilder) ? $"server.AddRole(\"role-{Name()}\")" : $"server.AddListener(\"of-{Name()}\", MailProtocol.Imap).Bind(\"[::]:1\")";

    private string Lambda(Type type)
    {
        var name = Name();
        return _random.Next(2) == 0 ? name + " => " + Chain(name, type, _random.Next(1, 3)) : name + " => { " + Chain(name, type, 1) + "; " + Chain(name, type, 1) + "; }";
    }

    // What the server accepts there; anything else is refused by Build and tested for that.
    private string TextFor(ParameterInfo parameter, MethodInfo method) => parameter.Name switch
    {
        "id" or "name" or "ids" or "store" => Name(),
        "addresses" when method.DeclaringType == typeof(ListenerBuilder) => Pick("[::]:25", "127.0.0.1:8080", "[::1]:993", "192.0.2.7:443"),
        "networks" => Pick("10.0.0.0/8", "192.0.2.1", "172.16.0.0/12", "2001:db8::/32", "203.0.113.128/25"),
        "certificatePath" or "privateKeyPath" => Pick("/etc/a.pem", "/etc/b c.pem"),
        "members" or "patterns" => Pick("http.*", "x", "1.2.3.4"),
        _ => TextPool[_random.Next(TextPool.Length)],
    };

    private string Through(string text)
    {
        var literal = SymbolDisplay.FormatLiteral(text, quote: true);
        var middle = text.Length / 2;
        switch (_random.Next(7))
        {
            case 0:
                return SymbolDisplay.FormatLiteral(text[..middle], quote: true) + " + " + SymbolDisplay.FormatLiteral(text[middle..], quote: true);
            case 1:
                return "new[] { \"no\", " + literal + " }[1]";
            case 2:
                var member = Name();
                _members.AppendLine(Pick($"const string {member} = {literal};", $"static readonly string {member} = {literal};", $"static string {member} => {literal};"));
                return member;
            case 3 when !text.Contains('"') && !text.Contains('\\') && !text.Contains('{'):
                return "$\"" + text[..middle] + "{" + SymbolDisplay.FormatLiteral(text[middle..], quote: true) + "}\"";
            case 4:
                return "(1 < 2 ? " + literal + " : \"no\")";
            default:
                return literal;
        }
    }

    private string Name() => "n" + (_names++).ToString(CultureInfo.InvariantCulture);

    private string Pick(params string[] texts) => texts[_random.Next(texts.Length)];
}
