using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>A source of accounts: <c>directory.ID.type</c> (<c>directory/src/core/config.rs</c>).</summary>
internal sealed class AccountDirectory
{
    internal AccountDirectory(string id, string type, DirectoryUse use, IReadOnlyList<Principal> principals, Setting? classMapping)
    {
        Id = id;
        Type = type;
        Use = use;
        Principals = principals;
        ClassMapping = classMapping;
    }

    /// <summary>The directory's name. May contain dots.</summary>
    public string Id { get; }

    /// <summary>The kind of directory: <c>internal</c>, <c>memory</c>, <c>ldap</c>, <c>sql</c>, <c>oidc</c>, <c>imap</c> …</summary>
    public string Type { get; }

    /// <summary>Whether log-ins are checked against it.</summary>
    public DirectoryUse Use { get; }

    /// <summary>The accounts and groups written in the configuration; only a memory directory has them.</summary>
    public IReadOnlyList<Principal> Principals { get; }

    /// <summary>The setting that names the LDAP attribute or SQL column which makes an account an administrator.</summary>
    public Setting? ClassMapping { get; }
}

/// <summary>What a directory is used for.</summary>
internal enum DirectoryUse
{
    /// <summary>Nothing: it is declared and no log-in reaches it.</summary>
    None,

    /// <summary>Nobody knows yet.</summary>
    Unknown,

    /// <summary>Log-ins on every protocol (<c>storage.directory</c>).</summary>
    Everything,
}

/// <summary>An account or group of a memory directory (<c>directory/src/backend/memory/config.rs</c>).</summary>
/// <param name="Name">The setting with the login name, which brings the principal into being.</param>
/// <param name="Class">The setting with the class; null where none is written, which means an ordinary user.</param>
/// <param name="CanLogIn">Whether some secret may match; false where there is none or none that ever matches.</param>
/// <param name="IsAdministrator">Whether the class is exactly <c>admin</c>: every permission, on every protocol.</param>
internal sealed record Principal(Setting Name, Setting? Class, bool CanLogIn, bool IsAdministrator)
{
    /// <summary>The edits that make an ordinary user of an administrator.</summary>
    public IReadOnlyList<SettingEdit> MakeIndividual() => Class is { } kind ? [new SettingEdit.Set(kind.Key, "individual")] : [];
}
