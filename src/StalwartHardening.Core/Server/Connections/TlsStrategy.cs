using StalwartHardening.Settings;

namespace StalwartHardening.Server.Connections;

/// <summary>What is asked of other mail servers before mail is handed over to them (<c>config/smtp/queue.rs</c>).</summary>
/// <param name="Id">The strategy's name; empty where the server has only one.</param>
internal sealed record TlsStrategy(string Id)
{
    /// <summary>What makes it accept any certificate; null where nothing certainly does.</summary>
    public ConnectionSwitch? AnyCertificate { get; init; }

    /// <summary>What switches TLS off; null where nothing certainly does.</summary>
    public ConnectionSwitch? NoTls { get; init; }

    /// <summary>What switches DANE off; null where nothing certainly does.</summary>
    public ConnectionSwitch? NoDane { get; init; }

    /// <summary>What switches MTA-STS off; null where nothing certainly does.</summary>
    public ConnectionSwitch? NoMtaSts { get; init; }
}
