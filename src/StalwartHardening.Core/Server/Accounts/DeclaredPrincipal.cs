using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>
/// An account or role of the internal directory. It lives in the server's database; the typed builders keep it in the flat
/// stream under <c>principal.NAME.*</c>, by the names of the management API (<c>POST /api/principal</c>).
/// </summary>
internal sealed class DeclaredPrincipal
{
    /// <summary>What every key of a principal begins with.</summary>
    public const string Family = "principal";

    // Each of them is a way to all the others (directory/src/lib.rs: settings-update can rewrite the fallback administrator).
    private static readonly string[] Administrative =
    [
        "impersonate", "settings-update", "settings-delete", "individual-create", "individual-update", "principal-create", "principal-update",
        "role-create", "role-update", "api-key-create", "api-key-update", "tenant-update",
    ];

    private DeclaredPrincipal(SettingsDocument document, in Setting name, string key)
    {
        Name = name;
        Type = Text(document, SettingPath.Join(key, "type")) ?? "individual";
        Description = Text(document, SettingPath.Join(key, "description"));
        Quota = Text(document, SettingPath.Join(key, "quota"));
        ListsServices = Text(document, SettingPath.Join(key, "mailServices")) == "listed";
        Secrets = List(document, SettingPath.Join(key, "secrets"));
        Emails = List(document, SettingPath.Join(key, "emails"));
        Roles = List(document, SettingPath.Join(key, "roles"));
        MemberOf = List(document, SettingPath.Join(key, "memberOf"));
        Services = List(document, SettingPath.Join(key, "services"));
        EnabledPermissions = List(document, SettingPath.Join(key, "enabledPermissions"));
        DisabledPermissions = List(document, SettingPath.Join(key, "disabledPermissions"));
    }

    /// <summary>The setting with the name.</summary>
    public Setting Name { get; }

    /// <summary><c>individual</c>, <c>role</c> …</summary>
    public string Type { get; }

    /// <summary>What people call it.</summary>
    public string? Description { get; }

    /// <summary>The disk quota in bytes, as text.</summary>
    public string? Quota { get; }

    /// <summary>Whether only the mail services among <see cref="Services"/> are left; otherwise the roles decide.</summary>
    public bool ListsServices { get; }

    /// <summary>Password hashes.</summary>
    public IReadOnlyList<Setting> Secrets { get; }

    /// <summary>Addresses, the primary one first.</summary>
    public IReadOnlyList<Setting> Emails { get; }

    /// <summary>Roles, built-in (<c>user</c>, <c>admin</c>) or declared.</summary>
    public IReadOnlyList<Setting> Roles { get; }

    /// <summary>Groups.</summary>
    public IReadOnlyList<Setting> MemberOf { get; }

    /// <summary>The mail services that are left (<see cref="MailServicePermissions.Services"/>).</summary>
    public IReadOnlyList<Setting> Services { get; }

    /// <summary>Permissions given besides those of the roles.</summary>
    public IReadOnlyList<Setting> EnabledPermissions { get; }

    /// <summary>Permissions taken away by name.</summary>
    public IReadOnlyList<Setting> DisabledPermissions { get; }

    /// <summary>The principals in <paramref name="document"/>, in key order.</summary>
    public static IReadOnlyList<DeclaredPrincipal> Read(SettingsDocument document)
    {
        var principals = new List<DeclaredPrincipal>();
        foreach (ref readonly var setting in document.Below(Family))
        {
            var own = SettingPath.Join(Family, setting.Value);
            if (SettingPath.OwnerOf(setting.Key, "name") == own)
                principals.Add(new DeclaredPrincipal(document, setting, own));
        }

        return principals;
    }

    /// <summary>
    /// All permissions to take away: those named, and where services are listed those after every other service, unless a
    /// permission is granted by name. On the server what is disabled anywhere wins.
    /// </summary>
    public IReadOnlyList<string> AllDisabledPermissions()
    {
        var disabled = new List<string>();
        if (ListsServices)
        {
            foreach (var service in MailServicePermissions.Services)
            {
                if (Holds(Services, service))
                    continue;
                foreach (var permission in MailServicePermissions.Of(service))
                {
                    if (!Holds(EnabledPermissions, permission))
                        disabled.Add(permission);
                }
            }
        }

        foreach (var named in DisabledPermissions)
        {
            if (!disabled.Contains(named.Value))
                disabled.Add(named.Value);
        }

        return disabled;
    }

    /// <summary>
    /// The setting that gives this principal a permission: the grant by name, or the role that holds it; null where it has not got it,
    /// or nobody knows.
    /// </summary>
    /// <param name="permission">The permission's name.</param>
    /// <param name="isBuiltIn">Whether the built-in roles <c>user</c> and <c>admin</c> hold it.</param>
    /// <param name="all">All principals, among them the roles.</param>
    public Setting? Source(string permission, bool isBuiltIn, IReadOnlyList<DeclaredPrincipal> all) =>
        MayBeDisabled(permission, all, 0) ? null : Grant(permission, isBuiltIn, all, 0);

    /// <summary>The setting that lets the principal use a mail service: the list of services, a permission, or the role that holds it; null where none does.</summary>
    public Setting? ServiceSource(string service, IReadOnlyList<DeclaredPrincipal> all)
    {
        foreach (var permission in MailServicePermissions.Of(service))
        {
            if (Source(permission, isBuiltIn: true, all) is not { } source)
                continue;
            foreach (var listed in Services)
            {
                if (listed.Value == service && !IsGrantByName(source))
                    return listed;
            }

            return source;
        }

        return null;
    }

    /// <summary>Whether <paramref name="source"/>, what gives a permission, names it: not a role that everybody has.</summary>
    public static bool IsGrantByName(in Setting source) => SettingPath.LastStartOf(source.Key, "enabledPermissions") > 0;

    /// <summary>The edits that leave the principal no mail service, but for those that its roles hold by name.</summary>
    public IReadOnlyList<SettingEdit> TakeServicesAway()
    {
        var edits = new List<SettingEdit>();
        foreach (var service in Services)
            edits.Add(new SettingEdit.Remove(service.Key));
        foreach (var permission in EnabledPermissions)
        {
            if (MailServicePermissions.ServiceOf(permission.Value) is not null)
                edits.Add(new SettingEdit.Remove(permission.Key));
        }

        if (!ListsServices)
            edits.Add(new SettingEdit.Set(SettingPath.Join(SettingPath.Parent(Name.Key), "mailServices"), "listed"));
        return edits;
    }

    /// <summary>Whether a role of this principal, or of its roles, is declared where nobody sees it; what it holds and takes away is unknown then.</summary>
    public bool HasUnknownRole(IReadOnlyList<DeclaredPrincipal> all) => HasUnknownRole(all, 0);

    private bool HasUnknownRole(IReadOnlyList<DeclaredPrincipal> all, int depth)
    {
        foreach (var role in Roles)
        {
            // The server's own roles take nothing away (PRM: user, tenant-admin, admin).
            if (role.Value is "admin" or "user" or "tenant-admin")
                continue;
            if (Find(all, role.Value) is not { } declared || depth >= MaxDepth || declared.HasUnknownRole(all, depth + 1))
                return true;
        }

        return false;
    }

    /// <summary>The setting that makes this principal an administrator: a role or a permission; null where there is none.</summary>
    public Setting? AdministratorSource(IReadOnlyList<DeclaredPrincipal> all)
    {
        foreach (var role in Roles)
        {
            if (role.Value == "admin")
                return role;
            if (Find(all, role.Value) is { } declared && declared != this && declared.Roles.Count < all.Count && declared.IsAdministrative(all, 0))
                return role;
        }

        foreach (var permission in EnabledPermissions)
        {
            if (Array.IndexOf(Administrative, permission.Value) >= 0)
                return permission;
        }

        return null;
    }

    /// <summary>
    /// The role through which it holds every permission, those for mail perhaps left out: the built-in one for administrators, or a
    /// declared one that holds it; null where there is none, or something else is taken away.
    /// </summary>
    public Setting? UnrestrictedRole(IReadOnlyList<DeclaredPrincipal> all) => UnrestrictedRole(all, 0);

    private Setting? UnrestrictedRole(IReadOnlyList<DeclaredPrincipal> all, int depth)
    {
        foreach (var permission in DisabledPermissions)
        {
            if (MailServicePermissions.ServiceOf(permission.Value) is null)
                return null;
        }

        foreach (var role in Roles)
        {
            if (role.Value == "admin" || (depth < MaxDepth && Find(all, role.Value)?.UnrestrictedRole(all, depth + 1) is not null))
                return role;
        }

        return null;
    }

    private bool IsAdministrative(IReadOnlyList<DeclaredPrincipal> all, int depth)
    {
        foreach (var permission in EnabledPermissions)
        {
            if (Array.IndexOf(Administrative, permission.Value) >= 0)
                return true;
        }

        foreach (var role in Roles)
        {
            if (role.Value == "admin" || (depth < MaxDepth && Find(all, role.Value)?.IsAdministrative(all, depth + 1) == true))
                return true;
        }

        return false;
    }

    private const int MaxDepth = 8;

    // Nothing is made up from an unknown entry: it may be just the one that takes the permission away, or not the one that leaves it.
    private bool MayBeDisabled(string permission, IReadOnlyList<DeclaredPrincipal> all, int depth)
    {
        if (Holds(DisabledPermissions, permission)
            || (ListsServices && MailServicePermissions.ServiceOf(permission) is { } service && !HoldsSurely(Services, service) && !HoldsSurely(EnabledPermissions, permission)))
        {
            return true;
        }

        foreach (var role in Roles)
        {
            if (depth < MaxDepth && Find(all, role.Value)?.MayBeDisabled(permission, all, depth + 1) == true)
                return true;
        }

        return false;
    }

    private Setting? Grant(string permission, bool isBuiltIn, IReadOnlyList<DeclaredPrincipal> all, int depth)
    {
        foreach (var enabled in EnabledPermissions)
        {
            if (enabled.Value == permission)
                return enabled;
        }

        foreach (var role in Roles)
        {
            if (isBuiltIn && role.Value is "admin" or "user")
                return role;
            if (depth < MaxDepth && Find(all, role.Value)?.Grant(permission, isBuiltIn, all, depth + 1) is not null)
                return role;
        }

        return null;
    }

    private static DeclaredPrincipal? Find(IReadOnlyList<DeclaredPrincipal> all, string name)
    {
        foreach (var principal in all)
        {
            if (principal.Type == "role" && principal.Name.Value == name)
                return principal;
        }

        return null;
    }

    private static bool Holds(IReadOnlyList<Setting> list, string value)
    {
        foreach (var entry in list)
        {
            if (entry.Value == value || entry.Value.IndexOf(Setting.UnknownPart) >= 0)
                return true;
        }

        return false;
    }

    private static bool HoldsSurely(IReadOnlyList<Setting> list, string value)
    {
        foreach (var entry in list)
        {
            if (entry.Value == value)
                return true;
        }

        return false;
    }

    private static string? Text(SettingsDocument document, string key) => document.TryGet(key, out var setting) ? setting.Value : null;

    private static List<Setting> List(SettingsDocument document, string key)
    {
        var list = new List<Setting>();
        if (document.TryGet(key, out var single))
            list.Add(single);
        foreach (ref readonly var entry in document.Below(key))
            list.Add(entry);
        return list;
    }
}
