using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Options as a container makes them: what their constructor gives them, then everything that configures them, in its order.
internal sealed partial class Interpreter
{
    private static bool IsSetup(string method) => method is "Configure" or "PostConfigure" or "ConfigureAll" or "PostConfigureAll";

    // "services.Configure<T>(…)" in all its forms; null where it is none.
    private Located? ConfigureOptions(IMethodSymbol method, ServicesValue services, List<Located> arguments)
    {
        if (method.Name is "AddOptions" or "AddOptionsWithValidateOnStart")
            return Located.Of(method.TypeArguments is [var built, ..] ? new OptionsBuilderValue(services, Resolve(built), NameOf(arguments) ?? "") : services);
        if (method.Name == "ConfigureOptions")
        {
            var type = method.TypeArguments is [var argument] ? Resolve(argument) : (arguments.Count > 0 ? arguments[0].Value switch { TypeValue given => given.Type, ObjectValue { Type: { } own } => own, _ => null } : null);
            foreach (var contract in type?.AllInterfaces.Where(IsOptionsContract) ?? [])
                services.Registered.Add(new Registration(contract, type!, isShared: true, null) { Made = arguments is [{ Value: ObjectValue } made] ? made : null });
            return Located.Of(services);
        }

        if (!IsSetup(method.Name) || method.TypeArguments is not [var options, ..] || arguments.Count == 0 || arguments[arguments.Count - 1] is not { Value: FunctionValue or ConfigurationValue } how)
            return null;
        services.Configured.Add(new OptionsSetup(Resolve(options), method.Name.EndsWith("All", StringComparison.Ordinal) ? null : NameOf(arguments) ?? "", how.Value, method.Name.StartsWith("Post", StringComparison.Ordinal)));
        return Located.Of(services);
    }

    private static string? NameOf(List<Located> arguments) => arguments.Select(static argument => (argument.Value as KnownValue)?.Text).FirstOrDefault(static text => text is not null);

    private static bool IsOptionsContract(ITypeSymbol type) => type is INamedTypeSymbol { Name: "IConfigureOptions" or "IPostConfigureOptions", TypeArguments.Length: 1 } && IsOfExtensions(type, "Options");

    private static Located? InvokeOptionsBuilder(IMethodSymbol method, OptionsBuilderValue builder, List<Located> arguments)
    {
        var how = arguments.Count > 0 ? arguments[0].Value : null;
        switch (method.Name)
        {
            case "Configure" or "PostConfigure" or "Bind" when how is FunctionValue or ConfigurationValue:
                builder.Services.Configured.Add(new OptionsSetup(builder.Options, builder.Name, how, method.Name == "PostConfigure"));
                return Located.Of(builder);
            case "BindConfiguration" when how is KnownValue { Text: { } path } && builder.Services.Configuration is { } configuration:
                builder.Services.Configured.Add(new OptionsSetup(builder.Options, builder.Name, path.Length == 0 ? configuration : configuration.Section(path), false));
                return Located.Of(builder);
            case "BindConfiguration" or "Validate" or "ValidateDataAnnotations" or "ValidateOnStart":
                return Located.Of(builder);
            default:
                return null;
        }
    }

    private Located Configured(ProviderValue provider, INamedTypeSymbol options, string name)
    {
        if (options.InstanceConstructors.FirstOrDefault(static constructor => constructor.Parameters.IsEmpty) is not { } constructor)
            return Fresh(options);
        var made = CreateOf(options, constructor);
        foreach (var isLate in new[] { false, true })
        {
            foreach (var setup in provider.Services.Configured.ToArray())
            {
                if (setup.IsLate == isLate && SymbolEqualityComparer.Default.Equals(setup.Options, options) && (setup.Name is null || setup.Name == name))
                    SetUp(provider, setup.How, made, options);
            }

            foreach (var registration in provider.Services.Registered.ToArray())
            {
                if (IsOptionsContract(registration.Service) && (registration.Service.Name == "IPostConfigureOptions") == isLate && registration.Service is INamedTypeSymbol { TypeArguments: [var own] } && SymbolEqualityComparer.Default.Equals(own, options))
                    SetUp(Made(provider, registration, registration.Service), isLate, made, name);
            }
        }

        return made;
    }

    private void SetUp(ProviderValue provider, Value how, Located made, INamedTypeSymbol options)
    {
        if (how is FunctionValue function)
            Call(function, [made, .. function.Method.Parameters.Skip(1).Select(parameter => Provide(provider, parameter.Type) ?? Fresh(parameter.Type))]);
        else if (how is ConfigurationValue section)
            Bind(section, made, options);
    }

    // An object of the program that configures options: all of them, if it asks for their names.
    private void SetUp(Located configures, bool isLate, Located made, string name)
    {
        if (configures.Value is not ObjectValue { Type: { } type } || made.Value is not ObjectValue { Type: { } options })
            return;
        foreach (var contract in type.AllInterfaces.Where(one => IsOfExtensions(one, "Options") && one.TypeArguments is [var own] && SymbolEqualityComparer.Default.Equals(own, options)))
        {
            var arguments = contract.Name switch
            {
                "IPostConfigureOptions" when isLate => new[] { Located.Of(new KnownValue(name)), made },
                "IConfigureNamedOptions" when !isLate => [Located.Of(new KnownValue(name)), made],
                "IConfigureOptions" when !isLate && name.Length == 0 && !type.AllInterfaces.Any(static one => one.Name == "IConfigureNamedOptions") => [made],
                _ => [],
            };
            if (arguments.Length > 0 && contract.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == arguments.Length) is { } configure)
                CallWith(configure, configures, arguments);
        }
    }

    // What is set is set; where a file or the environment may set more, it is a way the program goes.
    private void Bind(ConfigurationValue section, Located made, INamedTypeSymbol type)
    {
        if (DataOf(section) is MapValue { Entries.Count: > 0 } members && (!section.Entries.IsOpen || choices.Take()))
            Fill(made, type, members, NameStyle.Configuration, 0);
    }
}

/// <summary>Something that configures options.</summary>
/// <param name="Options">Their type.</param>
/// <param name="Name">Which of that type; null for all of them.</param>
/// <param name="How">A function that is given them, or a section of what the program is configured with.</param>
/// <param name="IsLate">Whether it comes after those that are not.</param>
internal sealed record OptionsSetup(ITypeSymbol Options, string? Name, Value How, bool IsLate);

/// <summary>Something to say of options how they are configured.</summary>
internal sealed class OptionsBuilderValue(ServicesValue services, ITypeSymbol options, string name) : Value
{
    public ServicesValue Services { get; } = services;

    public ITypeSymbol Options { get; } = options;

    public string Name { get; } = name;
}

/// <summary>Options as a container hands them out.</summary>
internal sealed class OptionsValue(Func<string, Located> make) : Value
{
    private readonly Dictionary<string, Located> _made = new(StringComparer.Ordinal);

    /// <summary>Those of a name, made when they are first asked for.</summary>
    public Located Get(string name)
    {
        if (!_made.TryGetValue(name, out var made))
            _made.Add(name, made = make(name));
        return made;
    }
}
