using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Programs that a host runs: what they are configured with besides may be set from elsewhere, and what they register the host asks for.
internal sealed partial class Interpreter
{
    private static bool IsHost(ITypeSymbol type) => IsOfExtensions(type, "Hosting") || type.ContainingNamespace is { Name: "Builder" or "Hosting", ContainingNamespace: { Name: "AspNetCore", ContainingNamespace.Name: "Microsoft" } };

    // "Host.CreateApplicationBuilder(args)" and its like.
    private Located? CreateHost(IMethodSymbol method)
    {
        if (!method.IsStatic || !method.Name.StartsWith("Create", StringComparison.Ordinal) || !method.Name.EndsWith("Builder", StringComparison.Ordinal) || method.ContainingType is not { Name: "Host" or "WebApplication" or "WebHost" } || !IsHost(method.ContainingType))
            return null;
        var services = new ServicesValue { Configuration = new ConfigurationValue(new MapValue { Comparer = new KnownValue(StringComparer.OrdinalIgnoreCase), IsOpen = !method.Name.StartsWith("CreateEmpty", StringComparison.Ordinal) }, ""), IsHosted = true };
        _services.Add(services);
        return Located.Of(new HostValue(services, isBuilt: false));
    }

    private Located? InvokeHost(IMethodSymbol method, HostValue host, List<Located> arguments)
    {
        var function = arguments.Select(static argument => argument.Value).OfType<FunctionValue>().FirstOrDefault();
        switch (method.Name)
        {
            case "Build" when !host.IsBuilt:
                return Located.Of(new HostValue(host.Services, isBuilt: true));
            case "ConfigureServices" or "ConfigureAppConfiguration" or "ConfigureHostConfiguration" when function is not null:
                var changed = Located.Of(method.Name == "ConfigureServices" ? host.Services : (Value)host.Services.Configuration!);
                Call(function, function.Method.Parameters.Length == 2 ? [Located.Of(host), changed] : [changed]);
                return Located.Of(host);
            case "Run" or "RunAsync" or "Start" or "StartAsync" or "Stop" or "StopAsync" or "WaitForShutdown" or "WaitForShutdownAsync" or "Dispose" or "DisposeAsync" or "RunConsoleAsync":
                return method.Name is "Start" ? Located.Of(host) : Located.Unknown;
            default:
                // A handler is given what the container has.
                foreach (var handler in arguments.Select(static argument => argument.Value).OfType<FunctionValue>())
                    Call(handler, [.. handler.Method.Parameters.Select(parameter => Provide(new ProviderValue(host.Services), parameter.Type) ?? Fresh(parameter.Type))]);
                return SymbolEqualityComparer.Default.Equals(method.ReturnType, method.Parameters.Length > 0 && method.IsExtensionMethod ? method.Parameters[0].Type : method.ContainingType) ? Located.Of(host) : Fresh(method.ReturnType);
        }
    }

    private static Located? ReadHost(IPropertySymbol property, HostValue host) => property.Name switch
    {
        "Services" => Located.Of(host.IsBuilt ? new ProviderValue(host.Services) : host.Services),
        "Configuration" => host.Services.Configuration is { } configuration ? Located.Of(configuration) : null,
        "Environment" or "HostingEnvironment" => Located.Of(new OpaqueValue("environment of the host", property.Type)),
        "Host" or "WebHost" => Located.Of(host),
        _ => null,
    };
}

/// <summary>A host, or what makes one.</summary>
internal sealed class HostValue(ServicesValue services, bool isBuilt) : Value
{
    public ServicesValue Services { get; } = services;

    public bool IsBuilt { get; } = isBuilt;
}
