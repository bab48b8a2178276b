using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What the accounts of a plan's server may do, and what lets them.</summary>
internal static class PlanAccounts
{
    private const string Prefix = "Account/";

    // The role that a first boot makes under this description (common/src/manager/defaults.rs).
    private const string SystemAdministrator = "System Administrator";

    private const string Impersonate = "impersonate";

    // The permission without which a service lets nobody in; JMAP and WebDAV have none for all, so the one that reads stands for it.
    private static readonly (string Service, Func<AccountAccess, bool> CanUse, string[] Permissions)[] s_services =
    [
        ("imap", static access => access.Imap, ["imapAuthenticate"]),
        ("jmap", static access => access.JmapMail || access.JmapSieve, ["jmapEmailGet", "jmapSieveScriptGet"]),
        ("calendars", static access => access.DavCalendar || access.JmapCalendars, ["davCalGet", "davCalPropFind", "jmapCalendarEventGet"]),
        ("contacts", static access => access.DavContacts || access.JmapContacts, ["davCardGet", "davCardPropFind", "jmapContactCardGet"]),
        ("files", static access => access.DavFiles || access.JmapFiles, ["davFileGet", "davFilePropFind", "jmapFileNodeGet"]),
        ("pop3", static access => access.Pop3, ["pop3Authenticate"]),
        ("managesieve", static access => access.Sieve, ["sieveAuthenticate"]),
    ];

    public static IReadOnlyList<ServerAccount> Read(PlanServer server)
    {
        var reading = server.Reading;
        var accounts = new List<ServerAccount>();
        if (PlanSchema.Instance.FindObject("Account".AsSpan()) is not { } type)
            return accounts;
        var keys = KeysOf(server.Document, reading);
        foreach (var account in reading.Run.State.Objects(type))
        {
            if (account.Type.Variant == "User" && keys.TryGetValue(account.Id, out var own))
                accounts.Add(Read(server, account, own));
        }

        return accounts;
    }

    private static ServerAccount Read(PlanServer server, StateObject account, string own)
    {
        var permissions = AccountPermissions.From(server.Reading.Run.State, account);
        var access = new AccountAccess(permissions.Effective);
        var sources = new Sources(server, account, own);
        var services = new List<AccountService>(s_services.Length);
        foreach (var (service, canUse, names) in s_services)
        {
            if (canUse(access))
                services.Add(new AccountService(service, sources.Of(names)));
        }

        var hasUnknownParts = permissions.IsUnknown || account.IsPartial || !server.Document.IsComplete;
        var canImpersonate = access.Impersonate && access.CanLogIn;
        return new ServerAccount(sources.Name, access.IsAdministrator, access.CanLogIn, hasUnknownParts)
        {
            Services = services,
            Impersonation = canImpersonate ? sources.Of([Impersonate]) : null,
            ImpersonatesThrough = canImpersonate ? Through(account, permissions, Impersonate) : "",
            HoldsEveryPermission = permissions.Effective.HoldsAll(PermissionSet.OfBuiltInRole(BuiltInRole.SystemAdministrator)) ? sources.Of([]) : null,
            SayThrough = () => Through(account, permissions),
            TakeAwayServices = () => TakeAway(server, account, permissions, own),
        };
    }

    /// <summary>What gives an account its rights, in words.</summary>
    public static string Through(StateObject account, AccountPermissions permissions)
    {
        if (permissions.LookupFails)
            return "a role that does not exist, so that nobody can log in";
        var hasOwn = account["permissions"]?["enabledPermissions"]?.Members is { } own && (own.Count > 0 || own.MayHoldMore);
        if (account["permissions"]?.Type?.Variant == "Replace")
            return OwnPermissions;
        if (permissions.Roles.Count == 0)
            return permissions.IsUnknown ? "roles that are not known" : hasOwn ? OwnPermissions : "no role";
        return Names(permissions.Roles) + (hasOwn ? " and " + OwnPermissions : "");
    }

    // What gives an account one permission; what gives it all of them where that cannot be told.
    private static string Through(StateObject account, AccountPermissions permissions, string permission)
    {
        if (PermissionSet.From(account["permissions"]?["enabledPermissions"]).Contains(permission))
            return OwnPermissions;
        var roles = permissions.Roles.Where(role => PermissionSet.From(role["enabledPermissions"]).Contains(permission)).ToList();
        return roles.Count > 0 ? Names(roles) : Through(account, permissions);
    }

    private const string OwnPermissions = "permissions of its own";

    private static string Names(IReadOnlyList<StateObject> roles) =>
        (roles.Count == 1 ? "role " : "roles ") + string.Join(", ", roles.Select(static role => "'" + Display.Text(role.Label ?? role.ServerId) + "'")) + (roles.Count == AccountPermissions.MaxNamedRoles ? " and others" : "");

    // The system administrator's role alone holds no permission for mail; the roles of administrators include the user's by default.
    private static List<SettingEdit> TakeAway(PlanServer server, StateObject account, AccountPermissions permissions, string own)
    {
        if (permissions.IsUnknown)
            return [];
        if (NarrowRole(server, account, permissions) is { } role)
        {
            return
            [
                new SettingEdit.Remove(own + "roles", WithChildren: true),
                new SettingEdit.Insert([new(own + "roles/@type", "Custom"), new(own + "roles/roleIds/" + PlanKey.Escape(role), "true")]),
            ];
        }

        var edits = new List<SettingEdit>();
        var keep = permissions.Effective.Without(PermissionSet.OfBuiltInRole(BuiltInRole.User)).With(PermissionSet.From(["authenticate"]));
        var settings = new List<KeyValuePair<string, string>> { new(own + "permissions/@type", "Replace") };
        foreach (var name in keep.Names)
            settings.Add(new(own + "permissions/enabledPermissions/" + name, "true"));
        if (server.Document.StartingWith(own + "permissions/").Count > 0)
            edits.Add(new SettingEdit.Remove(own + "permissions", WithChildren: true));
        edits.Add(new SettingEdit.Insert(settings));
        return edits;
    }

    // "Admin" stands for the default roles of administrators, the user's among them: the system administrator's alone is one name instead
    // of all its permissions. Its id is known only on a server that has just booted, and there it can be referred to (as plans do).
    private static string? NarrowRole(PlanServer server, StateObject account, AccountPermissions permissions)
    {
        var run = server.Reading.Run;
        if (account["roles"]?.Type?.Variant != "Admin" || server.Reading.Kind != PlanTextKind.Plan || run.Options.Server != PlanServerState.Fresh)
            return null;
        foreach (var role in run.State.Objects("Role"))
        {
            if (role is not { IsFactory: true, Label: { } label } || label != SystemAdministrator)
                continue;
            var narrow = run.State.Roles.Of(role).Enabled;
            var access = new AccountAccess(narrow);
            var keepsAdministration = permissions.Effective.Within(AccountAccess.Administrative).Without(narrow).Count == 0;
            return access.CanLogIn && keepsAdministration && narrow.Without(permissions.Effective).Count == 0 && !access.EmailSend && !Array.Exists(s_services, service => service.CanUse(access)) ? label : null;
        }

        return null;
    }

    // The beginnings of the keys under which each account is.
    private static Dictionary<int, string> KeysOf(SettingsDocument document, PlanReading reading)
    {
        var keys = new Dictionary<int, string>();
        var last = "";
        foreach (ref readonly var setting in document.StartingWith(Prefix))
        {
            // All keys of an object stand together.
            if (last.Length > 0 && PlanKey.HasPrefix(setting.Key, last))
                continue;
            var own = PlanKey.PrefixOfObject(setting.Key, Prefix);
            if (own.Length > setting.Key.Length || !reading.TryGetValue(setting.Key, out var owner, out _))
                continue;
            last = own;
            if (!keys.ContainsKey(owner.Id))
                keys.Add(owner.Id, own);
        }

        return keys;
    }

    /// <summary>Finds the setting that lets an account do something.</summary>
    private sealed class Sources
    {
        private const string OwnPermissions = "permissions/enabledPermissions/";

        private readonly PlanServer _server;
        private readonly string _own;
        private readonly bool _hasOwnPermissions;
        private readonly PlanMembers? _ownRoles;
        private Setting? _roles;

        public Sources(PlanServer server, StateObject account, string own)
        {
            _server = server;
            _own = own;
            Name = server.Find(own + "name") is { } name ? name : First();
            _hasOwnPermissions = server.Document.StartingWith(own + OwnPermissions).Count > 0;
            _ownRoles = account["roles"] is { Type.Variant: "Custom" } roles ? roles["roleIds"]?.Members : null;
        }

        public Setting Name { get; }

        public Setting Of(string[] permissions)
        {
            if (_hasOwnPermissions)
            {
                foreach (var permission in permissions)
                {
                    if (_server.Find(_own + OwnPermissions + permission) is { } own)
                        return own;
                }
            }

            for (var i = 0; i < (_ownRoles?.Count ?? 0); i++)
            {
                if (_ownRoles![i].Value.Target is { } role && Holds(role, permissions) && Find(_own + "roles/roleIds/", role) is { } setting)
                    return setting;
            }

            return _roles ??= _server.Find(_own + "roles/@type") ?? Name;
        }

        private Setting? Find(string prefix, StateObject role)
        {
            foreach (ref readonly var setting in _server.Document.StartingWith(prefix))
            {
                if (_server.Reading.TryGetValue(setting.Key, out _, out var value) && value.Target?.Id == role.Id)
                    return setting;
            }

            return null;
        }

        private bool Holds(StateObject role, string[] permissions)
        {
            var enabled = _server.Reading.Run.State.Roles.Of(role).Enabled;
            foreach (var permission in permissions)
            {
                if (enabled.Contains(permission))
                    return true;
            }

            return false;
        }

        private Setting First()
        {
            foreach (ref readonly var setting in _server.Document.StartingWith(_own))
                return setting;
            return default;
        }
    }
}
