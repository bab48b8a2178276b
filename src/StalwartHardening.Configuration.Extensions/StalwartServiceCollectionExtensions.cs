using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Annotations;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Mail servers in a service collection.</summary>
public static class StalwartServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="StalwartServer"/> that is built once, when it is first asked for.</summary>
    /// <param name="services">The services.</param>
    /// <param name="hostname">The name the server introduces itself with.</param>
    /// <param name="configure">Writes the server; <see cref="StalwartServerBuilder.RefuseFindings"/> keeps an insecure one out.</param>
    [CreatesServer]
    [Setting("server.hostname", Value = "{hostname}")]
    public static IServiceCollection AddStalwartServer(this IServiceCollection services, string hostname, [Configures] Action<StalwartServerBuilder> configure)
    {
        if (configure is null)
            throw new ArgumentNullException(nameof(configure));
        return services.AddSingleton(_ =>
        {
            var server = StalwartServer.CreateBuilder(hostname);
            configure(server);
            return server.Build();
        });
    }
}
