using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// A container that the program fills and asks itself. One that a host has is asked out of sight.
internal sealed partial class Interpreter
{
    private readonly List<ServicesValue> _services = [];

    private static bool IsOfExtensions(ITypeSymbol? type, string name) =>
        type?.ContainingNamespace is { Name: var own, ContainingNamespace: { Name: "Extensions", ContainingNamespace.Name: "Microsoft" } } && own == name;

    private ServicesValue? CreateServices(INamedTypeSymbol type)
    {
        if (type.Name != "ServiceCollection" || !IsOfExtensions(type, "DependencyInjection"))
            return null;
        var services = new ServicesValue();
        _services.Add(services);
        return services;
    }

    private Located? InvokeServices(IMethodSymbol method, Located receiver, List<Located> arguments)
    {
        var isExtension = !IsHosted(receiver.Value);
        var on = isExtension ? arguments.Count > 0 ? arguments[0].Value : null : receiver.Value;
        if (isExtension && IsHosted(on))
            arguments = arguments.GetRange(1, arguments.Count - 1);
        return on switch
        {
            ServicesValue services => Register(method, services, arguments),
            ProviderValue provider => Ask(method, provider, arguments),
            OptionsValue options when method.Name == "Get" => options.Get(NameOf(arguments) ?? ""),
            OptionsBuilderValue builder => InvokeOptionsBuilder(method, builder, arguments),
            HostValue host => InvokeHost(method, host, arguments),
            _ => null,
        };
    }

    private static bool IsHosted(Value? value) => value is ServicesValue or ProviderValue or OptionsValue or OptionsBuilderValue or HostValue;

    private Located? Register(IMethodSymbol method, ServicesValue services, List<Located> arguments)
    {
        if (method.Name == "BuildServiceProvider")
            return Located.Of(new ProviderValue(services));
        if (ConfigureOptions(method, services, arguments) is { } configured)
            return configured;
        var isTry = method.Name.StartsWith("TryAdd", StringComparison.Ordinal);
        var isKeyed = method.Name.Contains("Keyed");
        if (!(isTry || method.Name.StartsWith("Add", StringComparison.Ordinal)) || !(method.Name.EndsWith("Singleton", StringComparison.Ordinal) || method.Name.EndsWith("Scoped", StringComparison.Ordinal) || method.Name.EndsWith("Transient", StringComparison.Ordinal) || method.Name == "AddHostedService"))
            return null;
        var types = method.TypeArguments.Select(Resolve).Concat(arguments.Select(static argument => argument.Value).OfType<TypeValue>().Select(static type => type.Type)).ToList();
        if (types.Count == 0)
            return null;
        Value? key = null;
        if (isKeyed && method.Parameters.Select(static parameter => parameter.Name).Contains("serviceKey"))
            key = arguments.Find(static argument => argument.Value is KnownValue or EnumValue).Value;
        var service = method.Name == "AddHostedService" && method.ContainingAssembly.GetTypeByMetadataName("Microsoft.Extensions.Hosting.IHostedService") is { } hosted ? hosted : types[0];
        if (isTry && services.Registered.Exists(known => SymbolEqualityComparer.Default.Equals(known.Service, service)))
            return Located.Of(services);
        var given = arguments.FindLast(argument => argument.Value is not TypeValue && !ReferenceEquals(argument.Value, key));
        services.Registered.Add(new Registration(service, types[types.Count - 1], !method.Name.EndsWith("Transient", StringComparison.Ordinal), key)
        {
            Factory = given.Value as FunctionValue,
            Made = given.Value is not (null or FunctionValue) ? given : null,
        });
        return Located.Of(services);
    }

    // A server that is written where it is added, and built when it is asked for.
    private static Located Added(BuilderValue builder, IMethodSymbol method, Located services)
    {
        var root = method.Parameters.Select(static parameter => parameter.Type).OfType<INamedTypeSymbol>().Where(static type => type.TypeKind == TypeKind.Delegate).SelectMany(static type => type.TypeArguments).FirstOrDefault();
        if (services.Value is ServicesValue known && root?.GetMembers("Build").OfType<IMethodSymbol>().FirstOrDefault(static build => build.Parameters.IsEmpty) is { ReturnType: var type } && builder.Server.Complete() is { } whole)
            known.Registered.Add(new Registration(type, type, isShared: true, null) { Made = Located.Of(new ServerValue(whole, type)) });
        return services;
    }

    private Located? Ask(IMethodSymbol method, ProviderValue provider, List<Located> arguments)
    {
        switch (method.Name)
        {
            case "CreateScope" or "CreateAsyncScope":
                return Located.Of(provider);
            case "Dispose" or "DisposeAsync":
                return Located.Unknown;
            case "GetServices" or "GetKeyedServices" or "GetService" or "GetRequiredService" or "GetKeyedService" or "GetRequiredKeyedService" when TypeAskedFor(method, arguments) is { } type:
                var key = method.Name.Contains("Keyed") ? arguments.Find(static argument => argument.Value is KnownValue or EnumValue).Value : null;
                return method.Name.EndsWith("Services", StringComparison.Ordinal) ? All(provider, type, key) : Provide(provider, type, key);
            default:
                return null;
        }
    }

    private Located All(ProviderValue provider, ITypeSymbol type, Value? key) =>
        Located.Of(new ListValue([.. provider.Services.Registered.Where(known => known.Is(type) && IsKey(known, key)).ToList().Select(known => Made(provider, known, type))]));

    private bool IsKey(Registration known, Value? key) => key is null ? known.Key is null : known.Key is { } own && AreEqual(own, key) == true;

    // Null where the container was not seen being told.
    private Located? Provide(ProviderValue provider, ITypeSymbol type, Value? key = null)
    {
        if (type is { Name: "IServiceProvider" or "IServiceScopeFactory" })
            return Located.Of(provider);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T, TypeArguments: [var element] })
            return All(provider, element, key);
        if (provider.Services.Registered.FindLast(known => known.Is(type) && IsKey(known, key)) is { } registration)
            return Made(provider, registration, type);
        if (type is { Name: "IConfiguration" or "IConfigurationRoot" } && provider.Services.Configuration is { } configuration)
            return Located.Of(configuration);
        return type is INamedTypeSymbol { Name: "IOptions" or "IOptionsSnapshot" or "IOptionsMonitor", TypeArguments: [INamedTypeSymbol options] } && IsOfProgram(options) ? Located.Of(new OptionsValue(name => Configured(provider, options, name))) : null;
    }

    private Located Made(ProviderValue provider, Registration registration, ITypeSymbol type)
    {
        if (registration.Made is { } known)
            return known;
        registration.IsAsked = true;
        var made = registration.Factory is { } factory
            ? Call(factory, factory.Method.Parameters.Length == 2 ? [registration.Key is { } key ? Located.Of(key) : Located.Unknown, Located.Of(provider)] : [Located.Of(provider)])
            : Injected(provider, ImplementationOf(registration, type));
        if (registration.IsShared)
            registration.Made = made;
        return made;
    }

    private static ITypeSymbol ImplementationOf(Registration registration, ITypeSymbol type) =>
        registration.Implementation is INamedTypeSymbol { IsUnboundGenericType: true } open && type is INamedTypeSymbol asked && asked.TypeArguments.Length == open.Arity ? open.OriginalDefinition.Construct([.. asked.TypeArguments]) : registration.Implementation;

    // An object whose constructor is given what the container has.
    private Located Injected(ProviderValue provider, ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsAbstract: false } named || !IsOfProgram(named) || _depth >= MaxDepth)
            return Fresh(type);
        foreach (var constructor in named.InstanceConstructors.Where(static candidate => candidate.DeclaredAccessibility == Accessibility.Public).OrderByDescending(static candidate => candidate.Parameters.Length))
        {
            if (constructor.Parameters is [{ Type: var copied }] && SymbolEqualityComparer.Default.Equals(copied, named))
                continue;
            var arguments = new Arguments(constructor.Parameters.Length);
            foreach (var parameter in constructor.Parameters)
            {
                var key = parameter.GetAttributes().FirstOrDefault(static attribute => attribute is { AttributeClass.Name: "FromKeyedServicesAttribute", ConstructorArguments.Length: 1 })?.ConstructorArguments[0];
                if ((Provide(provider, parameter.Type, key is { Value: { } content } ? new KnownValue(content) : null) ?? (parameter.HasExplicitDefaultValue ? null : Fresh(parameter.Type))) is { } given)
                    arguments.Add(new Argument(parameter, given, default));
            }

            var made = new ObjectValue(named);
            Construct(constructor, arguments, made);
            return Located.Of(made);
        }

        return Fresh(type);
    }

    // What nobody here has asked for, a host may ask for; it starts what is hosted.
    private void AskForTheRest()
    {
        foreach (var services in _services)
        {
            var provider = new ProviderValue(services);
            foreach (var registration in services.Registered.ToArray())
            {
                if (registration is { Factory: { } factory, IsAsked: false })
                {
                    if (services.IsHosted)
                        Made(provider, registration, registration.Service);
                    else
                        Call(factory, [.. factory.Method.Parameters.Select(parameter => Fresh(parameter.Type))]);
                }

                if (services.IsHosted && registration.Service.Name == "IHostedService")
                    StartHosted(Made(provider, registration, registration.Service));
            }
        }
    }

    private void StartHosted(Located hosted)
    {
        if (hosted.Value is not ObjectValue { Type: { } type })
            return;
        foreach (var name in new[] { "StartAsync", "ExecuteAsync" })
        {
            if (MemberNamed<IMethodSymbol>(type, name) is { Parameters.Length: 1 } start && BodyOf(start) is not null)
                CallWith(start, hosted, [Fresh(start.Parameters[0].Type)]);
        }
    }
}

/// <summary>A collection of services that the program begins.</summary>
internal sealed class ServicesValue : Value
{
    public List<Registration> Registered { get; } = [];

    /// <summary>What options are made of.</summary>
    public List<OptionsSetup> Configured { get; } = [];

    /// <summary>What the program is configured with; null where nobody here says so.</summary>
    public ConfigurationValue? Configuration { get; init; }

    /// <summary>Whether a host asks for what is registered.</summary>
    public bool IsHosted { get; init; }
}

/// <summary>A container made of a collection of services.</summary>
internal sealed class ProviderValue(ServicesValue services) : Value
{
    public ServicesValue Services { get; } = services;
}

/// <summary>How a service is made.</summary>
internal sealed class Registration(ITypeSymbol service, ITypeSymbol implementation, bool isShared, Value? key)
{
    public ITypeSymbol Service { get; } = service;

    public ITypeSymbol Implementation { get; } = implementation;

    /// <summary>Whether it is made once.</summary>
    public bool IsShared { get; } = isShared;

    public Value? Key { get; } = key;

    public FunctionValue? Factory { get; init; }

    /// <summary>What it is; null while it is not made.</summary>
    public Located? Made { get; set; }

    public bool IsAsked { get; set; }

    /// <summary>Whether it is asked for by a type, which may be one that an open type is made for.</summary>
    public bool Is(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(Service, type)
        || (Service is INamedTypeSymbol { IsUnboundGenericType: true } && SymbolEqualityComparer.Default.Equals(Service.OriginalDefinition, type.OriginalDefinition));
}
