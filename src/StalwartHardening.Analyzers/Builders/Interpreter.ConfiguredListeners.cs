using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Listeners that a program has in a configuration which it makes itself.
internal sealed partial class Interpreter
{
    private const string NotUnderstood = "System.FormatException";

    private static readonly string[] ListenerKeys = ["Protocol", "Bind", "ImplicitTls", "StartTls", "DisableTls", "MaxConnections", "TrustedProxies", "Settings"];

    private static bool AddsConfigured(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, Name: "AddListeners", ContainingType.Name: "ConfigurationListenerExtensions", ContainingAssembly.Name: "StalwartHardening.Configuration.Extensions" };

    // What the library's method does; null where something of the configuration is not known.
    private Located? AddConfigured(IMethodSymbol method, Arguments arguments, IOperation call)
    {
        if (arguments.First is not { Value: { Value: BuilderValue } server } || arguments.Last is not { Value.Value: ConfigurationValue { Entries.IsOpen: false } all } || method.ReturnType is not INamedTypeSymbol type
            || all.Entries.Entries.Exists(static entry => entry.Key.Value is not KnownValue { Text: not null } || entry.Value.Value is not KnownValue { Content: null or string } || (entry.Value.Value as KnownValue) is { Content: string, Text: null }))
            return null;
        foreach (var section in ChildrenOf(all))
        {
            if (ChildrenOf(section).Any(static child => !ListenerKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
                return Throw(NotUnderstood);
            if (MethodOf(type, "AddListener", null, null) is not { Parameters: [_, { Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } protocols }], ReturnType: INamedTypeSymbol own } adding)
                return null;
            if (ProtocolNamed(protocols, WrittenIn(section.Section("Protocol"))) is not { } protocol)
                return Throw(NotUnderstood);
            var listener = Write(adding, server, call, Text(section.Key), Located.Of(protocol));
            if (Configure(listener, own, section, call) is not { } isUnderstood)
                return null;
            if (!isUnderstood)
                return Throw(NotUnderstood);
        }

        return server;
    }

    // Null where the library has no such method any more.
    private bool? Configure(Located listener, INamedTypeSymbol type, ConfigurationValue section, IOperation call)
    {
        foreach (var bind in ValuesIn(section.Section("Bind")))
        {
            var isPort = int.TryParse(bind, out var port);
            if (bind is null || (isPort && port is <= 0 or > 65535))
                return false;
            if ((isPort ? MethodOf(type, "Bind", SpecialType.System_Int32) : ListMethodOf(type, "Bind")) is not { } binding)
                return null;
            Write(binding, listener, call, isPort ? At(port) : List(bind));
        }

        foreach (var (key, name) in new[] { ("ImplicitTls", "WithImplicitTls"), ("StartTls", "WithStartTls"), ("DisableTls", "DisableTls") })
        {
            if (WrittenIn(section.Section(key)) is not { } text)
                continue;
            if (!bool.TryParse(text, out var isOn))
                return false;
            if (MethodOf(type, name) is not { } switching)
                return null;
            if (isOn)
                Write(switching, listener, call);
        }

        if (WrittenIn(section.Section("MaxConnections")) is { } most)
        {
            if (!int.TryParse(most, out var count))
                return false;
            if (MethodOf(type, "WithMaxConnections", SpecialType.System_Int32) is not { } limiting)
                return null;
            Write(limiting, listener, call, At(count));
        }

        foreach (var network in ValuesIn(section.Section("TrustedProxies")))
        {
            if (network is null)
                return false;
            if (ListMethodOf(type, "TrustProxies") is not { } trusting)
                return null;
            Write(trusting, listener, call, List(network));
        }

        foreach (var setting in ChildrenOf(section.Section("Settings")))
        {
            if (WrittenIn(setting) is not { } value)
                return false;
            if (MethodOf(type, "Set", SpecialType.System_String, SpecialType.System_String) is not { } writing)
                return null;
            Write(writing, listener, call, Text(setting.Key), Text(value));
        }

        return true;
    }

    private static Located Text(string text) => Located.Of(new KnownValue(text));

    private static Located List(string text) => Located.Of(new ListValue([Text(text)]));

    private Located Write(IMethodSymbol method, Located on, IOperation call, params Located[] values)
    {
        var arguments = new Arguments(values.Length);
        for (var i = 0; i < values.Length; i++)
            arguments.Add(new Argument(method.Parameters[i], values[i], sources.NameOf(call)));
        return Apply(method, call, on, arguments);
    }

    // The method of a builder that takes any number of texts.
    private static IMethodSymbol? ListMethodOf(INamedTypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IMethodSymbol { IsStatic: false, Parameters: [{ IsParams: true, Type: IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } }] } method)
                return method;
        }

        return null;
    }

    // The method of a builder that takes parameters of these types; null stands for any.
    private static IMethodSymbol? MethodOf(INamedTypeSymbol type, string name, params SpecialType?[] parameters)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IMethodSymbol { IsStatic: false } method && method.Parameters.Length == parameters.Length
                    && !method.Parameters.Where((parameter, index) => parameters[index] is { } wanted && parameter.Type.SpecialType != wanted).Any())
                    return method;
            }
        }

        return null;
    }

    private static EnumValue? ProtocolNamed(INamedTypeSymbol protocols, string? name)
    {
        foreach (var member in protocols.GetMembers())
        {
            if (member is IFieldSymbol { ConstantValue: { } number } && string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                return new EnumValue(protocols, EnumValue.NumberOf(number));
        }

        return null;
    }

    private static string? WrittenIn(ConfigurationValue section) =>
        section.Entries.Entries.FindLast(entry => string.Equals((entry.Key.Value as KnownValue)?.Text, section.Path, StringComparison.OrdinalIgnoreCase)).Value.Value is KnownValue { Text: { } text } ? text : null;

    // One value, or a list of them.
    private static IEnumerable<string?> ValuesIn(ConfigurationValue section)
    {
        if (WrittenIn(section) is { } single)
            yield return single;
        foreach (var child in ChildrenOf(section))
            yield return WrittenIn(child);
    }
}
