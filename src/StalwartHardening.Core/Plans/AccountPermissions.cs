namespace StalwartHardening.Plans;

/// <summary>
/// What an account may do, computed as the server does (<c>auth/permissions.rs</c>, <c>auth/access_token.rs</c>): its roles and those
/// they extend, its own lists, its tenant; what is disabled anywhere is disabled.
/// </summary>
internal sealed class AccountPermissions
{
    /// <summary>How many roles are named where somebody asks for them.</summary>
    public const int MaxNamedRoles = 32;

    private AccountPermissions(in Grant grant, Computation computation)
    {
        LookupFails = computation.Fails;
        IsUnknown = computation.IsUnknown;
        Roles = computation.Roles;
        Effective = LookupFails ? PermissionSet.Empty : grant.Enabled.Without(grant.Disabled);
        Certain = LookupFails ? PermissionSet.Empty : grant.CertainlyEnabled.Without(grant.PossiblyDisabled);
        Possible = LookupFails ? PermissionSet.Empty : grant.PossiblyEnabled.Without(grant.CertainlyDisabled);
    }

    /// <summary>What the account may do; nothing where the look-up fails.</summary>
    public PermissionSet Effective { get; }

    /// <summary>What the account may do whatever the unknown parts are; the same as <see cref="Effective"/> where there are none.</summary>
    public PermissionSet Certain { get; }

    /// <summary>What the account may do with what the unknown parts could give; the same as <see cref="Effective"/> where there are none.</summary>
    public PermissionSet Possible { get; }

    /// <summary>Whether a part that decides is not known: a role from before the run, a template's placeholder.</summary>
    public bool IsUnknown { get; }

    /// <summary>Whether the account refers to a role that does not exist: then nobody can log in to it.</summary>
    public bool LookupFails { get; }

    /// <summary>The first roles that it has, those they extend included: <see cref="MaxNamedRoles"/> at most. Those of its tenant give nothing, they only limit.</summary>
    public IReadOnlyList<StateObject> Roles { get; }

    /// <summary>What an account may do.</summary>
    /// <param name="state">The server.</param>
    /// <param name="account">The account: a user or a group.</param>
    /// <param name="isCommunity">Whether the server runs the community edition, which knows no tenants.</param>
    public static AccountPermissions From(PlanState state, StateObject account, bool isCommunity = false)
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
        var grant = computation.Group(account["roles"], defaults, account["permissions"]);
        if (hasTenant && isCommunity)
        {
            grant = grant.LimitedTo(new Grant(PermissionSet.OfBuiltInRole(BuiltInRole.User), PermissionSet.Empty));
        }
        else if (hasTenant)
        {
            if (tenantId!.Target is { } target && state.Known(target.Type)?.Find(target.Id) is { } tenant)
            {
                computation.NamesRoles = false;
                grant = grant.LimitedTo(computation.Group(tenant["roles"], "defaultTenantRoleIds", tenant["permissions"]));
            }
            else
            {
                computation.IsUnknown = true;
                grant = grant.LimitedBySomething();
            }
        }
        else if (tenantId is { Kind: PlanValueKind.Unknown })
        {
            grant = grant.LimitedBySomething();
        }

        return new AccountPermissions(grant, computation);
    }

    /// <summary>What an API key or app password of the account may do.</summary>
    /// <param name="scope">Its <c>permissions</c>: Inherit, Disable or Replace.</param>
    public PermissionSet Of(PlanValue? scope) => Within(Effective, scope);

    /// <summary>What is left of permissions for an API key or app password.</summary>
    /// <param name="owner">What its owner may do.</param>
    /// <param name="scope">Its <c>permissions</c>: Inherit, Disable or Replace.</param>
    public static PermissionSet Within(PermissionSet owner, PlanValue? scope) => scope?.Type?.Variant switch
    {
        "Disable" => owner.Without(PermissionSet.From(scope["permissions"])),
        "Replace" => owner.Within(PermissionSet.From(scope["permissions"])),
        _ => owner,
    };

    /// <summary>Permissions that are given and taken, and whether there may be more of either than is known.</summary>
    private readonly record struct Grant(PermissionSet Enabled, PermissionSet Disabled)
    {
        public PermissionSet CertainlyEnabled { get; init; } = Enabled;

        public PermissionSet PossiblyEnabled { get; init; } = Enabled;

        public PermissionSet CertainlyDisabled { get; init; } = Disabled;

        public PermissionSet PossiblyDisabled { get; init; } = Disabled;

        // What nobody knows may give or take any permission.
        public static Grant Of(PermissionSet enabled, bool hasMoreEnabled, PermissionSet disabled, bool hasMoreDisabled) => new(enabled, disabled)
        {
            PossiblyEnabled = hasMoreEnabled ? PermissionSet.All : enabled,
            PossiblyDisabled = hasMoreDisabled ? PermissionSet.All : disabled,
        };

        public Grant LimitedTo(in Grant limits) => new(Enabled.Within(limits.Enabled), Disabled.With(limits.Disabled))
        {
            CertainlyEnabled = CertainlyEnabled.Within(limits.CertainlyEnabled),
            PossiblyEnabled = PossiblyEnabled.Within(limits.PossiblyEnabled),
            CertainlyDisabled = CertainlyDisabled.With(limits.CertainlyDisabled),
            PossiblyDisabled = PossiblyDisabled.With(limits.PossiblyDisabled),
        };

        public Grant LimitedBySomething() => this with { CertainlyEnabled = PermissionSet.Empty };
    }

    private sealed class Computation(PlanState state)
    {
        private readonly HashSet<int> _seen = [];

        public bool IsUnknown { get; set; }

        public bool Fails { get; private set; }

        public bool NamesRoles { get; set; } = true;

        public List<StateObject> Roles { get; } = [];

        public Grant Group(PlanValue? roles, string defaults, PlanValue? permissions)
        {
            _seen.Clear();
            var enabled = PermissionSet.Empty;
            var disabled = PermissionSet.Empty;
            var wasUnknown = IsUnknown;
            IsUnknown = roles is null or { Kind: PlanValueKind.Unknown };
            if (!IsUnknown)
                Add(roles!.Type?.Variant == "Custom" ? roles["roleIds"] : DefaultIds(defaults), ref enabled, ref disabled);
            var hasMoreRoles = IsUnknown;
            IsUnknown = wasUnknown || hasMoreRoles || permissions is null or { Kind: PlanValueKind.Unknown };
            switch (permissions?.Type?.Variant)
            {
                case "Merge":
                    return Grant.Of(
                        enabled.With(Listed(permissions["enabledPermissions"])),
                        hasMoreRoles || MayHoldMore(permissions["enabledPermissions"]),
                        disabled.With(Listed(permissions["disabledPermissions"])),
                        hasMoreRoles || MayHoldMore(permissions["disabledPermissions"]));
                case "Replace":
                    return Grant.Of(
                        Listed(permissions["enabledPermissions"]),
                        MayHoldMore(permissions["enabledPermissions"]),
                        Listed(permissions["disabledPermissions"]),
                        MayHoldMore(permissions["disabledPermissions"]));
                case "Inherit":
                    return Grant.Of(enabled, hasMoreRoles, disabled, hasMoreRoles);
                default:
                    return Grant.Of(enabled, hasMoreEnabled: true, disabled, hasMoreDisabled: true) with { CertainlyEnabled = PermissionSet.Empty, CertainlyDisabled = PermissionSet.Empty };
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
            IsUnknown |= MayHoldMore(set);
            return PermissionSet.From(set);
        }

        private static bool MayHoldMore(PlanValue? set) => set is { Kind: PlanValueKind.Unknown } or { Members.MayHoldMore: true };

        private void Add(PlanValue? ids, ref PermissionSet enabled, ref PermissionSet disabled)
        {
            if (ids is null)
                return;
            IsUnknown |= MayHoldMore(ids);
            var closures = state.Roles;
            for (var i = 0; i < (ids.Members?.Count ?? 0); i++)
            {
                var id = ids.Members![i].Value;
                if (closures.Find(id) is not { } role)
                {
                    if (id.Kind == PlanValueKind.Unknown || state.MayHoldMore(PlanSchema.Instance.FindType("Role")!))
                        IsUnknown = true;
                    else
                        Fails = true;
                    continue;
                }

                var closure = closures.Of(role);
                IsUnknown |= closure.IsUnknown;
                Fails |= closure.Fails;
                enabled = enabled.With(closure.Enabled);
                disabled = disabled.With(closure.Disabled);
                if (NamesRoles)
                    Name(role, closures);
            }
        }

        // The roles to speak of: the first that are met. Nobody reads a thousand names.
        private void Name(StateObject role, RoleClosures closures)
        {
            var next = new Stack<StateObject>();
            next.Push(role);
            while (next.Count > 0 && Roles.Count < MaxNamedRoles)
            {
                var current = next.Pop();
                if (!_seen.Add(current.Id))
                    continue;
                Roles.Add(current);
                var extended = current["roleIds"]?.Members;
                for (var i = Math.Min(extended?.Count ?? 0, MaxNamedRoles) - 1; i >= 0; i--)
                {
                    if (closures.Find(extended![i].Value) is { } known)
                        next.Push(known);
                }
            }
        }
    }
}
