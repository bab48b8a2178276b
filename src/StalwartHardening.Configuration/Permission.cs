using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>
/// A permission of the server, or several that belong together. All names are in the server's documentation,
/// <c>auth/authorization/permissions</c>; those without a member here are written with <see cref="Named"/>.
/// </summary>
public sealed partial class Permission
{
    private Permission(params string[] names) => Names = names;

    internal IReadOnlyList<string> Names { get; }

    /// <summary>List, read, create, change and remove people's accounts.</summary>
    [SettingText("individual-list", "individual-get", "individual-create", "individual-update", "individual-delete")]
    public static partial Permission ManageAccounts { get; }

    /// <summary>List, read, create, change and remove groups.</summary>
    [SettingText("group-list", "group-get", "group-create", "group-update", "group-delete")]
    public static partial Permission ManageGroups { get; }

    /// <summary>List, read, create, change and remove domains.</summary>
    [SettingText("domain-list", "domain-get", "domain-create", "domain-update", "domain-delete")]
    public static partial Permission ManageDomains { get; }

    /// <summary>List, read, create, change and remove roles.</summary>
    [SettingText("role-list", "role-get", "role-create", "role-update", "role-delete")]
    public static partial Permission ManageRoles { get; }

    /// <summary>Read, change, remove and reload settings. Anybody who may change settings rules the server.</summary>
    [SettingText("settings-list", "settings-update", "settings-delete", "settings-reload")]
    public static partial Permission ManageSettings { get; }

    /// <summary>See and change the queue of outgoing messages.</summary>
    [SettingText("message-queue-list", "message-queue-get", "message-queue-update", "message-queue-delete")]
    public static partial Permission ManageQueue { get; }

    /// <summary>Read the logs.</summary>
    [SettingText("logs-view")]
    public static partial Permission ViewLogs { get; }

    /// <summary>Act as any other account.</summary>
    [SettingText("impersonate")]
    public static partial Permission Impersonate { get; }

    /// <summary>Log in at all.</summary>
    [SettingText("authenticate")]
    public static partial Permission Authenticate { get; }

    /// <summary>Log in over IMAP.</summary>
    [SettingText("imap-authenticate")]
    public static partial Permission UseImap { get; }

    /// <summary>Log in over POP3.</summary>
    [SettingText("pop3-authenticate")]
    public static partial Permission UsePop3 { get; }

    /// <summary>Log in over ManageSieve.</summary>
    [SettingText("sieve-authenticate")]
    public static partial Permission UseManageSieve { get; }

    /// <summary>Send mail.</summary>
    [SettingText("email-send")]
    public static partial Permission SendMail { get; }

    /// <summary>Receive mail.</summary>
    [SettingText("email-receive")]
    public static partial Permission ReceiveMail { get; }

    /// <summary>A permission by the server's name for it: <c>jmap-email-get</c>.</summary>
    /// <param name="name">The name, in lower case with hyphens.</param>
    [SettingText("{name}")]
    public static partial Permission Named(string name);
}
