namespace StalwartHardening.Server.Exposure;

/// <summary>The words of a map, the same in every picture of it.</summary>
internal static class ExposureText
{
    /// <summary>Who can connect.</summary>
    public static string Of(ExposureReach reach) => reach switch
    {
        ExposureReach.Everybody => "everybody",
        ExposureReach.PrivateNetwork => "private network",
        ExposureReach.Machine => "this machine only",
        ExposureReach.Nobody => "nobody: no socket address",
        _ => "not known yet",
    };

    /// <summary>Whether connections are encrypted.</summary>
    public static string Of(ConnectionEncryption encryption) => encryption switch
    {
        ConnectionEncryption.Implicit => "TLS from the first byte",
        ConnectionEncryption.StartTls => "clear text until STARTTLS",
        ConnectionEncryption.None => "no encryption",
        _ => "encryption not known yet",
    };

    /// <summary>How passwords travel.</summary>
    public static string Of(PasswordTransport passwords) => passwords switch
    {
        PasswordTransport.None => "takes no passwords",
        PasswordTransport.Encrypted => "passwords encrypted",
        PasswordTransport.AfterStartTls => "passwords after STARTTLS only",
        PasswordTransport.AsConfigured => "passwords as session.auth.mechanisms allows",
        PasswordTransport.ClearText => "passwords possible in clear text",
        _ => "passwords not known yet",
    };

    /// <summary>Whom access control lets through.</summary>
    public static string Of(EndpointAccess access) => access switch
    {
        EndpointAccess.Everybody => "everybody",
        EndpointAccess.Partly => "everybody, in part",
        EndpointAccess.SomeClients => "some clients",
        EndpointAccess.Nobody => "refused",
        _ => "not known yet",
    };

    /// <summary>What is asked of a client.</summary>
    public static string Of(HttpEndpointNeed need) => need switch
    {
        HttpEndpointNeed.Nothing => "no login",
        HttpEndpointNeed.SignedLink => "a signed link",
        HttpEndpointNeed.Authentication => "a login",
        _ => "a login with permission",
    };

    /// <summary>What a group of endpoints serves.</summary>
    public static string Of(HttpEndpointGroup group) => group switch
    {
        HttpEndpointGroup.Jmap => "JMAP",
        HttpEndpointGroup.WebDav => "WebDAV",
        HttpEndpointGroup.Discovery => "Client setup",
        HttpEndpointGroup.OAuth => "OAuth login",
        HttpEndpointGroup.CalendarReplies => "Calendar replies",
        HttpEndpointGroup.Health => "Health checks",
        HttpEndpointGroup.ManagementApi => "Management API",
        HttpEndpointGroup.WebAdministration => "Web administration",
        HttpEndpointGroup.Metrics => "Metrics",
        HttpEndpointGroup.Form => "Contact form",
        _ => "Pictures",
    };

    /// <summary>Where an administrator comes from.</summary>
    public static string Of(ExposedAdministratorKind kind) => kind switch
    {
        ExposedAdministratorKind.Fallback => "Fallback administrator",
        ExposedAdministratorKind.MasterUser => "Master user",
        _ => "Administrator",
    };
}
