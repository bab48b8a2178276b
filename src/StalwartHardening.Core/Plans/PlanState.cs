namespace StalwartHardening.Plans;

/// <summary>The objects of a server: what a run begins with, and what it leaves behind.</summary>
internal sealed class PlanState
{
    private readonly TypeState?[] _types;
    private RoleClosures? _roles;

    internal PlanState() => _types = new TypeState?[PlanSchema.Instance.TypeCount];

    private PlanState(PlanState other, bool shares)
    {
        _types = new TypeState?[other._types.Length];
        for (var i = 0; i < _types.Length; i++)
            _types[i] = shares ? other._types[i]?.Share() : other._types[i]?.Copy();
        IsOpen = other.IsOpen;
    }

    /// <summary>Whether types that no operation has wiped or reconciled may hold objects that nobody knows.</summary>
    public bool IsOpen { get; internal init; }

    /// <summary>The objects of a type, in the order of their ids; empty where there are none or none is known.</summary>
    public IReadOnlyList<StateObject> Objects(string type) => PlanSchema.Instance.FindObject(type.AsSpan()) is { } known ? Objects(known) : [];

    /// <summary>The objects of a type.</summary>
    public IReadOnlyList<StateObject> Objects(PlanType type) => _types[type.Index]?.Objects ?? (IReadOnlyList<StateObject>)[];

    /// <summary>The one object of a singleton's type; null where it was never stored and its defaults hold (or, where the state is open, nothing is known).</summary>
    public StateObject? Singleton(string type) => Objects(type) is { Count: > 0 } objects ? objects[0] : null;

    /// <summary>
    /// What holds of a singleton, stored or not, where an operation wrote a part of it: one that says what holds anyway changes nothing,
    /// and the server stores nothing. Null where no operation did and it was never stored.
    /// </summary>
    internal StateObject? Holding(PlanType type) => Objects(type) is { Count: > 0 } objects ? objects[0] : _types[type.Index]?.Unstored;

    /// <summary>Whether objects of the type may exist that are not here; for a singleton, whether fields may have values that are not here.</summary>
    public bool MayHoldMore(PlanType type) => _types[type.Index] is { } state ? state.IsOpen : IsOpen;

    /// <summary>The types that have objects here.</summary>
    public IEnumerable<PlanType> Types
    {
        get
        {
            for (var i = 0; i < _types.Length; i++)
            {
                if (_types[i] is { Objects.Count: > 0 })
                    yield return PlanSchema.Instance.TypeAt(i);
            }
        }
    }

    /// <summary>The types that have objects here, and the singletons of which <see cref="Holding"/> says more than their defaults' places.</summary>
    internal IEnumerable<PlanType> TypesHolding
    {
        get
        {
            for (var i = 0; i < _types.Length; i++)
            {
                if (_types[i] is { Objects.Count: > 0 } or { Unstored: not null })
                    yield return PlanSchema.Instance.TypeAt(i);
            }
        }
    }

    /// <summary>
    /// The operation that decides over objects of a type that it does not name: the last that wipes or reconciles it, else the
    /// last that writes one; -1 where none does. A default that survives has no place of its own: this is where to end it.
    /// </summary>
    public int ResponsibleFor(PlanType type) => _types[type.Index]?.Responsible ?? -1;

    /// <summary>What the roles give, as things stand.</summary>
    internal RoleClosures Roles => _roles ??= new RoleClosures(this);

    internal TypeState Of(PlanType type)
    {
        // Who asks this way may be about to change something.
        _roles = null;
        return _types[type.Index] ??= new TypeState { IsOpen = IsOpen };
    }

    internal TypeState? Known(PlanType type) => _types[type.Index];

    internal IEnumerable<TypeState> All => _types.Where(type => type is { Objects.Count: > 0 })!;

    /// <summary>A state that can be changed without touching this one.</summary>
    internal PlanState Copy() => new(this, shares: false);

    /// <summary>A copy in which nothing says any more which operation it comes from: what another run begins with.</summary>
    internal PlanState Detach()
    {
        var copy = Copy();
        foreach (var type in copy._types)
        {
            if (type is null)
                continue;
            type.Responsible = -1;
            type.Unstored = null;
            foreach (var known in type.Objects.ToArray())
                type.Replace(new StateObject(known.Type, known.Id, known.ServerId, known.Fields, -1, -1) { IsPartial = known.IsPartial, Factory = known.Factory });
        }

        return copy;
    }

    /// <summary>As <see cref="Copy"/>, for a state that itself never changes again.</summary>
    internal PlanState Fork() => new(this, shares: true);
}

/// <summary>The objects of one type.</summary>
internal sealed class TypeState
{
    private const int FewEnoughToSearch = 16;

    private List<StateObject> _objects = [];
    private bool _isShared;
    private Dictionary<int, int>? _places;
    private Dictionary<string, int>? _byKey;
    private string? _keyProperty;
    private Dictionary<string, int>? _byServerId;

    public IReadOnlyList<StateObject> Objects => _objects;

    public bool IsOpen { get; set; }

    public int Responsible { get; set; } = -1;

    /// <summary>How often an id was given out, for types whose ids are numbers in a row.</summary>
    public int LastNumber { get; set; }

    /// <summary>What operations wrote of a singleton that the server never stored, because it says what holds anyway.</summary>
    public StateObject? Unstored { get; set; }

    public TypeState Copy() => new() { _objects = [.. _objects], Unstored = Unstored, IsOpen = IsOpen, Responsible = Responsible, LastNumber = LastNumber };

    public TypeState Share() => new() { _objects = _objects, _isShared = true, Unstored = Unstored, IsOpen = IsOpen, Responsible = Responsible, LastNumber = LastNumber };

    public void Add(StateObject added)
    {
        Own();
        _places?.Add(added.Id, _objects.Count);
        if (_byServerId?.Count == _objects.Count)
            _byServerId[added.ServerId] = added.Id;
        _objects.Add(added);
        if (_byKey is not null && added[_keyProperty!] is { } key)
            _byKey[key.Content] = added.Id;
    }

    public void Replace(StateObject changed)
    {
        Own();
        var place = PlaceOf(changed.Id);
        if (place < 0)
            return;
        if (_byKey is not null && _objects[place][_keyProperty!]?.Content != changed[_keyProperty!]?.Content)
            _byKey = null;
        _objects[place] = changed;
    }

    public void RemoveAll(HashSet<int> ids)
    {
        if (ids.Count == 0)
            return;
        Own();
        _objects.RemoveAll(known => ids.Contains(known.Id));
        _places = null;
        _byKey = null;
        _byServerId = null;
    }

    public void Clear()
    {
        _objects = [];
        _isShared = false;
        _places = null;
        _byKey = null;
        _byServerId = null;
    }

    public StateObject? Find(int id) => PlaceOf(id) is >= 0 and var place ? _objects[place] : null;

    public StateObject? FindById(string serverId)
    {
        if (_objects.Count > FewEnoughToSearch)
        {
            if (_byServerId is null || _byServerId.Count != _objects.Count)
            {
                _byServerId = new Dictionary<string, int>(_objects.Count, StringComparer.Ordinal);
                foreach (var known in _objects)
                    _byServerId[known.ServerId] = known.Id;
            }

            return _byServerId.TryGetValue(serverId, out var id) ? Find(id) : null;
        }

        foreach (var candidate in _objects)
        {
            if (candidate.ServerId == serverId)
                return candidate;
        }

        return null;
    }

    /// <summary>Another object whose property has this text; null where there is none.</summary>
    public StateObject? FindByText(string property, string text, int except)
    {
        if (_objects.Count > FewEnoughToSearch)
        {
            if (_byKey is null || _keyProperty != property)
            {
                _byKey = new Dictionary<string, int>(StringComparer.Ordinal);
                _keyProperty = property;
                foreach (var known in _objects)
                {
                    if (known[property] is { Kind: PlanValueKind.Text } key)
                        _byKey[key.Content] = known.Id;
                }
            }

            return _byKey.TryGetValue(text, out var id) && id != except ? Find(id) : null;
        }

        foreach (var candidate in _objects)
        {
            if (candidate.Id != except && candidate[property] is { Kind: PlanValueKind.Text } key && key.Content == text)
                return candidate;
        }

        return null;
    }

    private int PlaceOf(int id)
    {
        if (_objects.Count > FewEnoughToSearch)
        {
            if (_places is null)
            {
                _places = new Dictionary<int, int>(_objects.Count);
                for (var i = 0; i < _objects.Count; i++)
                    _places[_objects[i].Id] = i;
            }

            return _places.TryGetValue(id, out var place) ? place : -1;
        }

        for (var i = 0; i < _objects.Count; i++)
        {
            if (_objects[i].Id == id)
                return i;
        }

        return -1;
    }

    private void Own()
    {
        if (!_isShared)
            return;
        _objects = [.. _objects];
        _isShared = false;
    }
}
