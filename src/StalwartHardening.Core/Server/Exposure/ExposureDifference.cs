namespace StalwartHardening.Server.Exposure;

/// <summary>What a change of configuration opens and closes.</summary>
/// <param name="Opened">What more people can reach, or reach less well protected; what is new.</param>
/// <param name="Closed">What fewer people can reach, or reach better protected; what is gone.</param>
internal sealed record ExposureDifference(IReadOnlyList<ExposureChange> Opened, IReadOnlyList<ExposureChange> Closed)
{
    /// <summary>What is offered elsewhere and neither opens nor closes anything.</summary>
    public IReadOnlyList<ExposureChange> Moved { get; init; } = [];

    /// <summary>
    /// Compares two maps of one server. Listeners belong together by protocol and address: a new name changes nothing. What is left on
    /// both sides is the same service at another address, first where the listener has kept its name, then in the order of the listeners.
    /// </summary>
    public static ExposureDifference Between(ExposureMap old, ExposureMap current)
    {
        var opened = new List<ExposureChange>();
        var closed = new List<ExposureChange>();
        var moved = new List<ExposureChange>();
        var moves = Moves(old, current);
        var origins = moves.ToDictionary(static move => move.Value, static move => move.Key, StringComparer.Ordinal);
        var before = new Offers(old, moves).All;
        var after = new Offers(current, new Dictionary<string, string>()).All;
        foreach (var offer in after)
        {
            if (!before.TryGetValue(offer.Key, out var was))
            {
                if (offer.Value.IsOffered)
                    opened.Add(new ExposureChange(offer.Key, "", offer.Value.Text));
                continue;
            }

            if (was.Paths is { } paths && offer.Value.Paths is { } others)
            {
                AddPaths(opened, offer.Key, paths, others, static (left, right) => left < right);
                AddPaths(closed, offer.Key, paths, others, static (left, right) => left > right);
                continue;
            }

            // "HTTP on [::]:8080" was "HTTP on [::]:443".
            var text = origins.TryGetValue(offer.Key, out var origin) ? origin + ", " + was.Text : was.Text;
            if (was.Rank != offer.Value.Rank)
                (was.Rank < offer.Value.Rank ? opened : closed).Add(new ExposureChange(offer.Key, text, offer.Value.Text));
            else if (origin is not null)
                moved.Add(new ExposureChange(offer.Key, text, offer.Value.Text));
        }

        foreach (var offer in before)
        {
            if (offer.Value.IsOffered && !after.ContainsKey(offer.Key))
                closed.Add(new ExposureChange(offer.Key, offer.Value.Text, ""));
        }

        opened.Sort(static (left, right) => string.CompareOrdinal(left.What, right.What));
        closed.Sort(static (left, right) => string.CompareOrdinal(left.What, right.What));
        moved.Sort(static (left, right) => string.CompareOrdinal(left.What, right.What));
        return new ExposureDifference(opened, closed) { Moved = moved };
    }

    // What opens in one path and closes in another does both. The paths are named where the group as a whole is offered as before.
    private static void AddPaths(List<ExposureChange> changes, string what, OfferedPaths before, OfferedPaths after, Func<EndpointAccess, EndpointAccess, bool> isSo)
    {
        var paths = before.Names.Union(after.Names, StringComparer.Ordinal).Where(path => isSo(before.To(path), after.To(path))).ToList();
        if (paths.Count == 0)
            return;
        changes.Add(before.Text == after.Text || after.Names.Union(before.Names, StringComparer.Ordinal).Any(path => isSo(after.To(path), before.To(path)))
            ? new ExposureChange(what, before.TextOf(paths), after.TextOf(paths))
            : new ExposureChange(what, before.Text, after.Text));
    }

    private static string DoorOf(ExposedListener listener, ExposedAddress address) => listener.Listener.Protocol.DisplayName() + " on " + address.Text;

    // The doors that are only on one side, paired.
    private static Dictionary<string, string> Moves(ExposureMap old, ExposureMap current)
    {
        var (before, after) = (DoorsOf(old), DoorsOf(current));
        var gone = before.FindAll(door => !after.Exists(other => other.Name == door.Name));
        var come = after.FindAll(door => !before.Exists(other => other.Name == door.Name));
        var moves = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var byId in new[] { true, false })
        {
            foreach (var door in gone)
            {
                if (moves.ContainsKey(door.Name))
                    continue;
                var index = come.FindIndex(other => other.Protocol == door.Protocol && (!byId || other.Id == door.Id));
                if (index < 0)
                    continue;
                moves.Add(door.Name, come[index].Name);
                come.RemoveAt(index);
            }
        }

        return moves;
    }

    private static List<(string Name, string Id, MailProtocol Protocol)> DoorsOf(ExposureMap map)
    {
        var doors = new List<(string Name, string Id, MailProtocol Protocol)>();
        foreach (var listener in map.Listeners)
        {
            foreach (var address in listener.Addresses)
            {
                var name = DoorOf(listener, address);
                if (address.Reach != ExposureReach.Nobody && !doors.Exists(door => door.Name == name))
                    doors.Add((name, listener.Listener.Id, listener.Listener.Protocol));
            }
        }

        return doors;
    }

    /// <summary>Everything a server offers, with how open it is.</summary>
    private sealed class Offers
    {
        public Offers(ExposureMap map, Dictionary<string, string> moves)
        {
            foreach (var listener in map.Listeners)
            {
                foreach (var address in listener.Addresses)
                {
                    if (address.Reach == ExposureReach.Nobody)
                        continue;
                    var door = DoorOf(listener, address);
                    if (moves.TryGetValue(door, out var there))
                        door = there;
                    Add(door, ((int)address.Reach * 100) + ((int)listener.Encryption * 10) + (int)listener.Passwords, ExposureText.Of(address.Reach) + ", " + ExposureText.Of(listener.Encryption) + ", " + ExposureText.Of(listener.Passwords));
                    foreach (var group in listener.Endpoints)
                    {
                        var what = ExposureText.Of(group.Group) + " through " + door;
                        if (!All.TryGetValue(what, out var known) || known.Paths is not { } paths)
                            All[what] = known = new Offer(0, "", paths = new OfferedPaths());
                        paths.Add(group, address.Reach);
                    }
                }
            }

            foreach (var administrator in map.Administrators)
                Add(ExposureText.Of(administrator.Kind) + (administrator.Name.Length == 0 ? "" : " '" + administrator.Name + "'"), 1, "can log in");
        }

        public Dictionary<string, Offer> All { get; } = new(StringComparer.Ordinal);

        private void Add(string what, int rank, string text)
        {
            if (!All.TryGetValue(what, out var known) || known.Rank < rank)
                All[what] = new Offer(rank, text, null);
        }
    }

    /// <summary>One thing that is offered.</summary>
    private sealed record Offer(int Rank, string OwnText, OfferedPaths? Paths)
    {
        public string Text => Paths?.Text ?? OwnText;

        public bool IsOffered => Paths?.AreOffered ?? Rank > 0;
    }

    /// <summary>The paths of one purpose through one door, each with those who get through to it.</summary>
    private sealed class OfferedPaths
    {
        private const int MaxNamed = 3;

        private readonly List<string> _names = [];
        private readonly Dictionary<string, EndpointAccess> _access = new(StringComparer.Ordinal);
        private ExposureReach _reach;

        public IReadOnlyList<string> Names => _names;

        public bool AreOffered => _names.Exists(name => To(name) != EndpointAccess.Nobody);

        // Through an address of the machine itself nobody else comes, whatever is let through there.
        public string Text => _reach == ExposureReach.Machine ? ExposureText.Of(_reach)
            : ExposureText.Of(ExposedEndpoints.AccessTo(_names.ConvertAll(name => _access[name])));

        public void Add(ExposedEndpoints group, ExposureReach reach)
        {
            _reach = reach > _reach ? reach : _reach;
            foreach (var path in group.Paths)
            {
                if (!_access.TryGetValue(path.Key, out var known))
                    _names.Add(path.Key);
                _access[path.Key] = path.Value > known ? path.Value : known;
            }
        }

        public EndpointAccess To(string path) => _reach != ExposureReach.Machine && _access.TryGetValue(path, out var access) ? access : EndpointAccess.Nobody;

        public string TextOf(List<string> paths)
        {
            var named = string.Join(", ", paths.Take(MaxNamed).Select(path => path + ": " + (_access.TryGetValue(path, out var access) ? ExposureText.Of(access) : "not served")));
            return Text + " (" + named + (paths.Count > MaxNamed ? $" and {paths.Count - MaxNamed} more" : "") + ")";
        }
    }
}

/// <summary>Something a server offers, before and after a change.</summary>
/// <param name="What">What it is.</param>
/// <param name="Before">How it was offered; empty where it was not.</param>
/// <param name="After">How it is offered; empty where it is not.</param>
internal sealed record ExposureChange(string What, string Before, string After);
