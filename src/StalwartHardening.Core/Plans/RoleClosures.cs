namespace StalwartHardening.Plans;

/// <summary>
/// What the roles of a server give with all those they extend, each computed once. Roles that extend each other in a circle give the
/// same. Without recursion: a chain of roles can be as long as the plan.
/// </summary>
internal sealed class RoleClosures
{
    private readonly PlanState _state;
    private readonly Dictionary<int, RoleClosure> _known = [];
    private readonly Dictionary<int, int> _numbers = [];
    private readonly Dictionary<int, int> _lowest = [];
    private readonly Stack<StateObject> _open = new();
    private int _visited;

    public RoleClosures(PlanState state) => _state = state;

    /// <summary>How many roles and references between them have been looked at.</summary>
    public int Steps { get; private set; }

    /// <summary>What <paramref name="role"/> gives.</summary>
    public RoleClosure Of(StateObject role)
    {
        lock (_known)
        {
            if (!_known.ContainsKey(role.Id))
                Visit(role);
            return _known[role.Id];
        }
    }

    /// <summary>The role that an id refers to; null where there is none, or none is known.</summary>
    public StateObject? Find(PlanValue id) => id.Target is { } target ? _state.Known(target.Type)?.Find(target.Id) : null;

    // Tarjan's algorithm: the roles of a circle are completed together, after everything that they extend.
    private void Visit(StateObject first)
    {
        var path = new Stack<(StateObject Role, int Next)>();
        Enter(first, path);
        while (path.Count > 0)
        {
            var (role, next) = path.Pop();
            var members = role["roleIds"]?.Members;
            if (next < (members?.Count ?? 0))
            {
                path.Push((role, next + 1));
                Steps++;
                if (Find(members![next].Value) is not { } extended || _known.ContainsKey(extended.Id))
                    continue;
                if (_numbers.TryGetValue(extended.Id, out var number))
                    _lowest[role.Id] = Math.Min(_lowest[role.Id], number);
                else
                    Enter(extended, path);
                continue;
            }

            if (_lowest[role.Id] == _numbers[role.Id])
                Complete(role);
            if (path.Count > 0)
                _lowest[path.Peek().Role.Id] = Math.Min(_lowest[path.Peek().Role.Id], _lowest[role.Id]);
        }
    }

    private void Enter(StateObject role, Stack<(StateObject, int)> path)
    {
        _numbers[role.Id] = _lowest[role.Id] = ++_visited;
        Steps++;
        _open.Push(role);
        path.Push((role, 0));
    }

    private void Complete(StateObject first)
    {
        var circle = new List<StateObject>();
        do
            circle.Add(_open.Pop());
        while (circle[circle.Count - 1].Id != first.Id);
        var closure = new RoleClosure(PermissionSet.Empty, PermissionSet.Empty, false, false);
        foreach (var role in circle)
        {
            closure = closure.With(PermissionSet.From(role["enabledPermissions"]), PermissionSet.From(role["disabledPermissions"]), MayHoldMore(role["enabledPermissions"]) || MayHoldMore(role["disabledPermissions"]) || MayHoldMore(role["roleIds"]));
            var members = role["roleIds"]?.Members;
            for (var i = 0; i < (members?.Count ?? 0); i++)
                closure = closure.With(OfReference(members![i].Value));
        }

        foreach (var role in circle)
            _known[role.Id] = closure;
    }

    // Nothing yet for roles of the same circle: they add what they have themselves.
    private RoleClosure OfReference(PlanValue id) =>
        Find(id) is { } role ? _known.TryGetValue(role.Id, out var known) ? known : RoleClosure.Nothing
        : id.Kind == PlanValueKind.Unknown || _state.MayHoldMore(PlanSchema.Instance.FindType("Role")!) ? RoleClosure.Nothing with { IsUnknown = true }
        : RoleClosure.Nothing with { Fails = true };

    private static bool MayHoldMore(PlanValue? set) => set is { Kind: PlanValueKind.Unknown } or { Members.MayHoldMore: true };
}

/// <summary>What a role gives.</summary>
/// <param name="Enabled">The permissions that it enables.</param>
/// <param name="Disabled">The permissions that it disables.</param>
/// <param name="IsUnknown">Whether it may give or take more than is known.</param>
/// <param name="Fails">Whether it refers to a role that does not exist.</param>
internal sealed record RoleClosure(PermissionSet Enabled, PermissionSet Disabled, bool IsUnknown, bool Fails)
{
    public static RoleClosure Nothing { get; } = new(PermissionSet.Empty, PermissionSet.Empty, false, false);

    public RoleClosure With(RoleClosure other) =>
        new(Enabled.With(other.Enabled), Disabled.With(other.Disabled), IsUnknown || other.IsUnknown, Fails || other.Fails);

    public RoleClosure With(PermissionSet enabled, PermissionSet disabled, bool isUnknown) =>
        new(Enabled.With(enabled), Disabled.With(disabled), IsUnknown || isUnknown, Fails);
}
