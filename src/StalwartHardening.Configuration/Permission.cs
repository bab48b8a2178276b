using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>
/// A permission of the server, or several that belong together. All names are in the server's documentation,
/// <c>auth/authorization/permissions</c>; those without a member here are written with <see cref="Named"/>.
/// </summary>
public sealed class Permission
{
    private Permission(params string[] names) => Names = names;

    internal IReadOnlyList<string> Names { get; }

    /// <summary>List, read, create, change and remove people's accounts.</summary>
    [SettingText("individual-list", "individual-get", "individual-create", "individual-update", "individual-delete")]
    public static Permission ManageAccounts { get; } = new("individual-list", "individual-get", "individual-create", "individual-update", "individual-delete");

    /// <summary>List, read, create, change and remove groups.</summary>
    [SettingText("group-list", "group-get", "group-create", "group-update", "group-delete")]
    public static Permission ManageGroups { get; } = new("group-list", "group-get", "group-create", "group-update", "group-delete");

    /// <summary>List, read, create, change and remove domains.</summary>
    [SettingText("domain-list", "domain-get", "domain-create", "domain-update", "domain-delete")]
    public static Permission ManageDomains { get; } = new("domain-list", "domain-get", "domain-create", "domain-update", "domain-delete");

    /// <summary>List, read, create, change and remove roles.</summary>
    [SettingText("role-list", "role-get", "role-create", "role-update", "role-delete")]
    public static Permission ManageRoles { get; } = new("role-list", "role-get", "role-create", "role-update", "role-delete");

    /// <summary>Read, change, remove and reload settings. Whoever may change settings rules the server.</summary>
    [SettingText("settings-list", "settings-update", "settings-delete", "settings-reload")]
    public static Permission ManageSettings { get; } = new("settings-list", "settings-update", "settings-delete", "settings-reload");

    /// <summary>See and change the queue of outgoing messages.</summary>
    [SettingText("message-queue-list", "message-queue-get", "message-queue-update", "message-queue-delete")]
    public static Permission ManageQueue { get; } = new("message-queue-list", "message-queue-get", "message-queue-update", "message-queue-delete");

    /// <summary>Read the logs.</summary>
    [SettingText("logs-view")]
    public static Permission ViewLogs { get; } = new("logs-view");

    /// <summary>Act as any other account.</summary>
    [SettingText("impersonate")]
    public static Permission Impersonate { get; } = new("impersonate");

    /// <summary>Log in at all.</summary>
    [SettingText("authenticate")]
    public static Permission Authenticate { get; } = new("authenticate");

    /// <summary>Log in over IMAP.</summary>
    [SettingText("imap-authenticate")]
    public static Permission UseImap { get; } = new("imap-authenticate");

    /// <summary>Log in over POP3.</summary>
    [SettingText("pop3-authenticate")]
    public static Permission UsePop3 { get; } = new("pop3-authenticate");

    /// <summary>Log in over ManageSieve.</summary>
    [SettingText("sieve-authenticate")]
    public static Permission UseManageSieve { get; } = new("sieve-authenticate");

    /// <summary>Send mail.</summary>
    [SettingText("email-send")]
    public static Permission SendMail { get; } = new("email-send");

    /// <summary>Receive mail.</summary>
    [SettingText("email-receive")]
    public static Permission ReceiveMail { get; } = new("email-receive");

    /// <summary>A permission by the server's name for it: <c>jmap-email-get</c>.</summary>
    /// <param name="name">The name, in lower case with hyphens.</param>
    [SettingText("{name}")]
    public static Permission Named(string name) => new(name);
}
