namespace StalwartHardening.Plans;

/// <summary>A key and what is under it.</summary>
internal readonly record struct PlanMember(string Key, PlanValue Value);

/// <summary>Members in the order they were added, each key once.</summary>
internal sealed class PlanMembers
{
    private const int FewEnoughToSearch = 12;

    private PlanMember[] _items;
    private Dictionary<string, int>? _places;

    public PlanMembers(int capacity) => _items = capacity == 0 ? [] : new PlanMember[capacity];

    public static PlanMembers Empty { get; } = new(0);

    /// <summary>Members that were there before the run and that nobody knows.</summary>
    public static PlanMembers Unknown { get; } = new(0) { MayHoldMore = true };

    /// <summary>Whether there may be members that are not here.</summary>
    public bool MayHoldMore { get; private init; }

    public int Count { get; private set; }

    /// <summary>The permissions that the keys are, once somebody has asked; see <see cref="PermissionSet.From(PlanValue)"/>.</summary>
    public PermissionSet? Permissions { get; set; }

    public PlanMember this[int index] => _items[index];

    /// <summary>The place of a key; -1 where there is none.</summary>
    public int Find(string key)
    {
        if (Count > FewEnoughToSearch)
        {
            if (_places is null)
            {
                var places = new Dictionary<string, int>(Count, StringComparer.Ordinal);
                for (var i = 0; i < Count; i++)
                    places[_items[i].Key] = i;
                _places = places;
            }

            return _places.TryGetValue(key, out var place) ? place : -1;
        }

        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(_items[i].Key, key, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    /// <summary>Adds a member, or gives the one that is there a new value.</summary>
    public void Set(string key, PlanValue value)
    {
        var place = Find(key);
        if (place >= 0)
        {
            _items[place] = new PlanMember(key, value);
            return;
        }

        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        Permissions = null;
        _places?.Add(key, Count);
        _items[Count++] = new PlanMember(key, value);
    }

    public void Remove(string key)
    {
        var place = Find(key);
        if (place < 0)
            return;
        Array.Copy(_items, place + 1, _items, place, Count - place - 1);
        Count--;
        _places = null;
        Permissions = null;
    }

    public PlanMembers Copy()
    {
        var copy = new PlanMembers(Count + 1) { MayHoldMore = MayHoldMore };
        Array.Copy(_items, copy._items, Count);
        copy.Count = Count;
        return copy;
    }

    /// <summary>Orders by number and, where asked, counts anew from 0, as lists are stored.</summary>
    public PlanMembers InNumericOrder(bool renumber)
    {
        var ordered = true;
        for (var i = 0; i < Count && ordered; i++)
            ordered = Number(_items[i].Key) is var number && (renumber ? number == (uint)i && _items[i].Key.Length == Digits(number) : i == 0 || Number(_items[i - 1].Key) < number);
        if (ordered)
            return this;
        var sorted = new PlanMember[Count];
        Array.Copy(_items, sorted, Count);
        Array.Sort(sorted, (left, right) => Number(left.Key).CompareTo(Number(right.Key)));
        var result = new PlanMembers(Count);
        for (var i = 0; i < sorted.Length; i++)
            result.Set(renumber ? i.ToString(System.Globalization.CultureInfo.InvariantCulture) : sorted[i].Key, sorted[i].Value);
        return result;
    }

    private static int Digits(uint number) => number < 10 ? 1 : number < 100 ? 2 : number.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;

    private static uint Number(string key) => uint.TryParse(key, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : uint.MaxValue;
}
