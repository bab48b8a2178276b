namespace StalwartHardening.Plans;

/// <summary>The roles that a first boot makes.</summary>
[Flags]
internal enum BuiltInRole
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>User.</summary>
    User = 1,

    /// <summary>Group.</summary>
    Group = 2,

    /// <summary>Tenant Administrator.</summary>
    TenantAdministrator = 4,

    /// <summary>System Administrator.</summary>
    SystemAdministrator = 8,
}

/// <summary>A set of the server's permissions.</summary>
internal sealed class PermissionSet
{
    // Of each of the four alone.
    private static readonly PermissionSet?[] s_builtIn = new PermissionSet?[(int)BuiltInRole.SystemAdministrator + 1];
    private static PlanEnumeration? s_names;
    private readonly ulong[] _bits;

    private PermissionSet(ulong[] bits) => _bits = bits;

    private static PlanEnumeration Known => s_names ??= PlanSchema.Instance.FindEnum("Permission")!;

    /// <summary>No permission.</summary>
    public static PermissionSet Empty { get; } = new(new ulong[11]);

    /// <summary>Every permission that there is.</summary>
    public static PermissionSet All { get; } = From(Known.Values);

    /// <summary>What a built-in role holds.</summary>
    public static PermissionSet OfBuiltInRole(BuiltInRole role) =>
        (int)role < s_builtIn.Length ? s_builtIn[(int)role] ??= InTable(role) : InTable(role);

    private static PermissionSet InTable(BuiltInRole role)
    {
        var bits = new ulong[11];
        var roles = SchemaData.RolesOfPermissions;
        for (var i = 0; i < roles.Length; i++)
        {
            var mask = roles[i] <= (byte)'9' ? roles[i] - '0' : roles[i] - 'a' + 10;
            if ((mask & (int)role) != 0)
                bits[i >> 6] |= 1UL << (i & 63);
        }

        return new PermissionSet(bits);
    }

    /// <summary>The permissions of these names; names that are none are left out.</summary>
    public static PermissionSet From(IEnumerable<string> names)
    {
        var bits = new ulong[11];
        foreach (var name in names)
        {
            if (Known.IndexOf(name.AsSpan()) is >= 0 and var i)
                bits[i >> 6] |= 1UL << (i & 63);
        }

        return new PermissionSet(bits);
    }

    /// <summary>The permissions in a set of the state.</summary>
    internal static PermissionSet From(PlanValue? set) => set?.Members is { Count: > 0 } members ? members.Permissions ??= From(set.Keys) : Empty;

    /// <summary>The number of a permission, for who asks for it often; -1 for a name that is none.</summary>
    public static int NumberOf(string name) => Known.IndexOf(name.AsSpan());

    /// <summary>Whether the set holds a permission.</summary>
    public bool Contains(string name) => Contains(NumberOf(name));

    /// <summary>Whether the set holds the permission with this number.</summary>
    public bool Contains(int number) => number >= 0 && (_bits[number >> 6] & (1UL << (number & 63))) != 0;

    /// <summary>Whether the set holds every permission of the other.</summary>
    public bool HoldsAll(PermissionSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            if ((other._bits[i] & ~_bits[i]) != 0)
                return false;
        }

        return true;
    }

    /// <summary>The permissions by name, in the server's order.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            for (var i = 0; i < Known.Values.Count; i++)
            {
                if ((_bits[i >> 6] & (1UL << (i & 63))) != 0)
                    yield return Known.Values[i];
            }
        }
    }

    /// <summary>Number of permissions.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _bits)
            {
                for (var rest = word; rest != 0; rest &= rest - 1)
                    count++;
            }

            return count;
        }
    }

    /// <summary>The permissions of either.</summary>
    public PermissionSet With(PermissionSet other)
    {
        if (HoldsAll(other))
            return this;
        var bits = (ulong[])_bits.Clone();
        for (var i = 0; i < bits.Length; i++)
            bits[i] |= other._bits[i];
        return new PermissionSet(bits);
    }

    /// <summary>The permissions of both.</summary>
    public PermissionSet Within(PermissionSet other)
    {
        if (other.HoldsAll(this))
            return this;
        var bits = (ulong[])_bits.Clone();
        for (var i = 0; i < bits.Length; i++)
            bits[i] &= other._bits[i];
        return new PermissionSet(bits);
    }

    /// <summary>The permissions of this set that the other has not.</summary>
    public PermissionSet Without(PermissionSet other)
    {
        var bits = new ulong[_bits.Length];
        var differs = false;
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = _bits[i] & ~other._bits[i];
            differs |= bits[i] != _bits[i];
        }

        return differs ? new PermissionSet(bits) : this;
    }
}
