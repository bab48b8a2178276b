namespace StalwartHardening.Plans;

/// <summary>
/// Names that one object at most may have, over several types and fields: the addresses of accounts and lists with their aliases, the names of
/// domains with theirs.
/// </summary>
internal sealed class UniqueNames
{
    /// <summary>The types whose objects have addresses.</summary>
    public static readonly string[] TypesWithAddresses = ["Account", "MailingList"];

    /// <summary>The types whose objects are domains.</summary>
    public static readonly string[] TypesWithDomains = ["Domain"];

    private readonly PlanState _state;
    private readonly string[] _types;
    private readonly Func<StateObject, IEnumerable<string>> _namesOf;
    private Dictionary<string, (PlanType Type, int Id)>? _owners;

    /// <param name="state">The server, as it is while it changes.</param>
    /// <param name="types">The types whose objects have such names.</param>
    /// <param name="namesOf">The names of an object; those that nobody knows are left out.</param>
    public UniqueNames(PlanState state, string[] types, Func<StateObject, IEnumerable<string>> namesOf)
    {
        _state = state;
        _types = types;
        _namesOf = namesOf;
    }

    /// <summary>Whether objects of a type have such names.</summary>
    public static bool AreGivenTo(PlanType type) => TypesWithAddresses.Contains(type.Name) || TypesWithDomains.Contains(type.Name);

    /// <summary>The first name of an object that another one has already; null where there is none.</summary>
    public string? FindTaken(StateObject made)
    {
        var owners = Owners();
        foreach (var name in _namesOf(made))
        {
            // The owner may have been deleted or renamed since.
            if (owners.TryGetValue(name, out var owner) && owner.Id != made.Id && _state.Known(owner.Type)?.Find(owner.Id) is { } other && _namesOf(other).Contains(name))
                return name;
        }

        return null;
    }

    /// <summary>Gives an object its names.</summary>
    public void Give(StateObject made)
    {
        var owners = Owners();
        foreach (var name in _namesOf(made))
            owners[name] = (made.Type, made.Id);
    }

    private Dictionary<string, (PlanType Type, int Id)> Owners()
    {
        if (_owners is not null)
            return _owners;
        _owners = new Dictionary<string, (PlanType, int)>(StringComparer.Ordinal);
        foreach (var type in _types)
        {
            foreach (var known in _state.Objects(type))
            {
                foreach (var name in _namesOf(known))
                    _owners[name] = (known.Type, known.Id);
            }
        }

        return _owners;
    }
}
