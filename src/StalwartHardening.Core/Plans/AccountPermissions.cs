namespace StalwartHardening.Plans;

/// <summary>
/// What an account may do, computed as the server does (<c>auth/permissions.rs</c>, <c>auth/access_token.rs</c>): its roles and those
/// they extend, its own lists, its tenant; what is disabled anywhere is disabled.
/// </summary>
public sealed class AccountPermissions
{
    private AccountPermissions(PermissionSet effective, bool isUnknown, bool lookupFails, IReadOnlyList<StateObject> roles)
    {
        Effective = effective;
        IsUnknown = isUnknown;
        LookupFails = lookupFails;
        Roles = roles;
    }

    /// <summary>What the account may do; nothing where the look-up fails.</summary>
    public PermissionSet Effective { get; }

    /// <summary>Whether a part that decides is not known: a role from before the run, a template's placeholder.</summary>
    public bool IsUnknown { get; }

    /// <summary>Whether the account refers to a role that does not exist: then nobody can log in to it.</summary>
    public bool LookupFails { get; }

    /// <summary>The roles that it has, those they extend included.</summary>
    public IReadOnlyList<StateObject> Roles { get; }

    /// <summary>What an account may do.</summary>
    /// <param name="state">The server.</param>
    /// <param name="account">The account: a user or a group.</param>
    /// <param name="isCommunity">Whether the server runs the community edition, which knows no tenants.</param>
    public static AccountPermissions Of(PlanState state, StateObject account, bool isCommunity = false)
    {
        var computation = new Computation(state);
        var tenantId = account["memberTenantId"];
        var isGroup = account.Type.Variant == "Group";
        var hasTenant = tenantId is { Kind: PlanValueKind.Reference };
        var defaults = isGroup ? "defaultGroupRoleIds" : account["roles"]?.Type?.Variant switch
        {
            "Admin" => hasTenant ? "defaultTenantRoleIds" : "defaultAdminRoleIds",
            _ => "defaultUserRoleIds",
        };
        var (enabled, disabled) = computation.Group(account["roles"], defaults, account["permissions"]);
        if (hasTenant && isCommunity)
        {
            enabled = enabled.Within(PermissionSet.OfBuiltInRole(BuiltInRole.User));
        }
        else if (hasTenant)
        {
            if (tenantId!.Target is { } target && state.Known(target.Type)?.Find(target.Id) is { } tenant)
            {
                var limits = computation.Group(tenant["roles"], "defaultTenantRoleIds", tenant["permissions"]);
                enabled = enabled.Within(limits.Enabled);
                disabled = disabled.With(limits.Disabled);
            }
            else
            {
                computation.IsUnknown = true;
            }
        }

        return new AccountPermissions(computation.Fails ? PermissionSet.Empty : enabled.Without(disabled), computation.IsUnknown, computation.Fails, computation.Roles);
    }

    /// <summary>What an API key or app password of the account may do.</summary>
    /// <param name="scope">Its <c>permissions</c>: Inherit, Disable or Replace.</param>
    public PermissionSet Of(PlanValue? scope) => scope?.Type?.Variant switch
    {
        "Disable" => Effective.Without(PermissionSet.Of(scope["permissions"])),
        "Replace" => Effective.Within(PermissionSet.Of(scope["permissions"])),
        _ => Effective,
    };

    private sealed class Computation(PlanState state)
    {
        private readonly HashSet<int> _seen = [];

        public bool IsUnknown { get; set; }

        public bool Fails { get; private set; }

        public List<StateObject> Roles { get; } = [];

        public (PermissionSet Enabled, PermissionSet Disabled) Group(PlanValue? roles, string defaults, PlanValue? permissions)
        {
            _seen.Clear();
            var enabled = PermissionSet.Empty;
            var disabled = PermissionSet.Empty;
            if (roles is null or { Kind: PlanValueKind.Unknown } || permissions is null or { Kind: PlanValueKind.Unknown })
                IsUnknown = true;
            Add(roles?.Type?.Variant == "Custom" ? roles["roleIds"] : DefaultIds(defaults), ref enabled, ref disabled);
            switch (permissions?.Type?.Variant)
            {
                case "Merge":
                    return (enabled.With(Listed(permissions["enabledPermissions"])), disabled.With(Listed(permissions["disabledPermissions"])));
                case "Replace":
                    return (Listed(permissions["enabledPermissions"]), Listed(permissions["disabledPermissions"]));
                default:
                    return (enabled, disabled);
            }
        }

        private PlanValue? DefaultIds(string name)
        {
            var authentication = state.Singleton("Authentication");
            if (authentication is null && state.MayHoldMore(PlanSchema.Instance.FindType("Authentication")!))
                IsUnknown = true;
            return authentication?[name];
        }

        private PermissionSet Listed(PlanValue? set)
        {
            IsUnknown |= set is { Kind: PlanValueKind.Unknown } or { Members.MayHoldMore: true };
            return PermissionSet.Of(set);
        }

        private void Add(PlanValue? ids, ref PermissionSet enabled, ref PermissionSet disabled)
        {
            if (ids is null)
                return;
            IsUnknown |= ids is { Kind: PlanValueKind.Unknown } or { Members.MayHoldMore: true };
            for (var i = 0; i < (ids.Members?.Count ?? 0); i++)
            {
                var id = ids.Members![i].Value;
                if (id.Target is not { } target || state.Known(target.Type)?.Find(target.Id) is not { } role)
                {
                    if (id.Kind == PlanValueKind.Unknown || state.MayHoldMore(PlanSchema.Instance.FindType("Role")!))
                        IsUnknown = true;
                    else
                        Fails = true;
                    continue;
                }

                if (!_seen.Add(role.Id))
                    continue;
                Roles.Add(role);
                enabled = enabled.With(Listed(role["enabledPermissions"]));
                disabled = disabled.With(Listed(role["disabledPermissions"]));
                Add(role["roleIds"], ref enabled, ref disabled);
            }
        }
    }
}
