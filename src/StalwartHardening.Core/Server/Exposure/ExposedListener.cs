using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Expressions.Functions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Exposure;

/// <summary>A door of the server: who can reach it, how it is encrypted, and what it leads to.</summary>
/// <param name="Listener">The listener.</param>
/// <param name="Addresses">Its addresses, each with those who reach it.</param>
/// <param name="Encryption">Whether and when connections are encrypted.</param>
/// <param name="Passwords">How passwords travel there.</param>
/// <param name="Endpoints">What its HTTP server serves and to whom; empty for other protocols.</param>
internal sealed record ExposedListener(
    Listener Listener,
    IReadOnlyList<ExposedAddress> Addresses,
    ConnectionEncryption Encryption,
    PasswordTransport Passwords,
    IReadOnlyList<ExposedEndpoints> Endpoints)
{
    /// <summary>The widest circle of those who reach one of the addresses.</summary>
    public ExposureReach Reach
    {
        get
        {
            var widest = ExposureReach.Nobody;
            foreach (var address in Addresses)
                widest = address.Reach > widest ? address.Reach : widest;
            return widest;
        }
    }

    internal static ExposedListener From(ServerConfiguration server, Listener listener, AccessInquiry inquiry, CancellationToken cancellationToken)
    {
        var addresses = new List<ExposedAddress>(listener.BindAddresses.Count);
        foreach (var address in listener.BindAddresses)
            addresses.Add(ExposedAddress.From(address));
        var encryption = EncryptionOf(listener);
        var listed = new ExposedListener(listener, addresses, encryption, PasswordsOf(server, listener, encryption), []);
        return listener.Protocol == MailProtocol.Http
            ? listed with { Endpoints = ExposedEndpoints.Of(server, listed, inquiry, cancellationToken) }
            : listed;
    }

    // HTTP knows no STARTTLS; LMTP and the others do (listener.rs: accept, imap/op/starttls.rs).
    private static ConnectionEncryption EncryptionOf(Listener listener) => listener.UsesImplicitTls switch
    {
        true => ConnectionEncryption.Implicit,
        null => ConnectionEncryption.Unknown,
        _ when listener.Protocol == MailProtocol.Http || listener.TlsEnabled.Value == false => ConnectionEncryption.None,
        _ => ConnectionEncryption.StartTls,
    };

    private static PasswordTransport PasswordsOf(ServerConfiguration server, Listener listener, ConnectionEncryption encryption)
    {
        if (listener.Protocol is MailProtocol.Unknown or MailProtocol.Lmtp)
            return listener.Protocol == MailProtocol.Lmtp ? PasswordTransport.None : PasswordTransport.Unknown;
        if (encryption == ConnectionEncryption.Unknown)
            return PasswordTransport.Unknown;
        if (listener.Protocol == MailProtocol.Smtp)
            return Submission(server, listener, encryption);
        if (encryption == ConnectionEncryption.Implicit)
            return PasswordTransport.Encrypted;

        // IMAP takes AUTHENTICATE PLAIN in clear text whatever is set (imap/op/authenticate.rs), HTTP takes Basic.
        if (listener.Protocol is MailProtocol.Imap or MailProtocol.Http)
            return PasswordTransport.ClearText;
        return server.AllowsPlainText.Value switch
        {
            true => PasswordTransport.ClearText,
            false => encryption == ConnectionEncryption.StartTls ? PasswordTransport.AfterStartTls : PasswordTransport.None,
            null => PasswordTransport.Unknown,
        };
    }

    // session.auth.mechanisms decides; by default passwords are taken on every port but 25, over TLS only (smtp/session.rs).
    private static PasswordTransport Submission(ServerConfiguration server, Listener listener, ConnectionEncryption encryption)
    {
        if (server.DeclaresSubmissionMechanisms)
            return PasswordTransport.AsConfigured;
        if (!server.Features.TakesPasswordsByDefault)
            return PasswordTransport.None;
        var takes = false;
        foreach (var address in listener.BindAddresses)
        {
            if (address.Port is null)
                return PasswordTransport.Unknown;
            takes |= address.State != BindAddressState.Invalid && address.Port != 25;
        }

        return !takes || encryption == ConnectionEncryption.None ? PasswordTransport.None
            : encryption == ConnectionEncryption.Implicit ? PasswordTransport.Encrypted
            : PasswordTransport.AfterStartTls;
    }
}

/// <summary>One address of a listener.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Reach">Who can connect to it.</param>
internal sealed record ExposedAddress(string Text, ExposureReach Reach)
{
    internal static ExposedAddress From(BindAddress address)
    {
        var reach = address.State == BindAddressState.Invalid ? ExposureReach.Nobody
            : address.IsLoopback is not { } isLoopback ? ExposureReach.Unknown
            : isLoopback ? ExposureReach.Machine
            : IsPrivate(address.Text) ? ExposureReach.PrivateNetwork
            : ExposureReach.Everybody;
        return new ExposedAddress(address.Text, reach);
    }

    private static bool IsPrivate(string text)
    {
        var host = SocketAddressText.Host(text);
        return IpText.Parse(host) is { } bytes && Array.Exists(bytes, static part => part != 0) && !PublicAddress.IsPublic(host);
    }
}

/// <summary>Who can connect, the narrowest circle first.</summary>
internal enum ExposureReach
{
    /// <summary>Nobody: the server drops the address.</summary>
    Nobody,

    /// <summary>Programs on the machine itself.</summary>
    Machine,

    /// <summary>Machines in a private network.</summary>
    PrivateNetwork,

    /// <summary>Nobody knows before the server runs.</summary>
    Unknown,

    /// <summary>Everybody to whom no firewall forbids it.</summary>
    Everybody,
}

/// <summary>Whether and when connections are encrypted, the best first.</summary>
internal enum ConnectionEncryption
{
    /// <summary>From the first byte.</summary>
    Implicit,

    /// <summary>Nobody knows before the server runs.</summary>
    Unknown,

    /// <summary>Once the client asks for it.</summary>
    StartTls,

    /// <summary>Never.</summary>
    None,
}

/// <summary>How passwords travel through a listener.</summary>
internal enum PasswordTransport
{
    /// <summary>None are taken.</summary>
    None,

    /// <summary>Encrypted, always.</summary>
    Encrypted,

    /// <summary>Only once the connection is encrypted.</summary>
    AfterStartTls,

    /// <summary>As the setting <c>session.auth.mechanisms</c> says.</summary>
    AsConfigured,

    /// <summary>Nobody knows before the server runs.</summary>
    Unknown,

    /// <summary>In clear text, where the client does not encrypt first.</summary>
    ClearText,
}
