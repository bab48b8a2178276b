namespace StalwartHardening.Server.Exposure;

/// <summary>What a change of configuration opens and closes.</summary>
/// <param name="Opened">What more people can reach, or reach less well protected; what is new.</param>
/// <param name="Closed">What fewer people can reach, or reach better protected; what is gone.</param>
public sealed record ExposureDifference(IReadOnlyList<ExposureChange> Opened, IReadOnlyList<ExposureChange> Closed)
{
    /// <summary>Compares two maps of one server. Listeners belong together by protocol and address: a new name changes nothing.</summary>
    public static ExposureDifference Between(ExposureMap old, ExposureMap current)
    {
        var opened = new List<ExposureChange>();
        var closed = new List<ExposureChange>();
        var before = new Offers(old).All;
        var after = new Offers(current).All;
        foreach (var offer in after)
        {
            if (!before.TryGetValue(offer.Key, out var was))
            {
                if (offer.Value.Rank > 0)
                    opened.Add(new ExposureChange(offer.Key, "", offer.Value.Text));
            }
            else if (was.Rank != offer.Value.Rank)
            {
                (was.Rank < offer.Value.Rank ? opened : closed).Add(new ExposureChange(offer.Key, was.Text, offer.Value.Text));
            }
        }

        foreach (var offer in before)
        {
            if (offer.Value.Rank > 0 && !after.ContainsKey(offer.Key))
                closed.Add(new ExposureChange(offer.Key, offer.Value.Text, ""));
        }

        opened.Sort(static (left, right) => string.CompareOrdinal(left.What, right.What));
        closed.Sort(static (left, right) => string.CompareOrdinal(left.What, right.What));
        return new ExposureDifference(opened, closed);
    }

    /// <summary>Everything a server offers, with how open it is.</summary>
    private sealed class Offers
    {
        public Offers(ExposureMap map)
        {
            foreach (var listener in map.Listeners)
            {
                foreach (var address in listener.Addresses)
                {
                    if (address.Reach == ExposureReach.Nobody)
                        continue;
                    var door = listener.Listener.Protocol.DisplayName() + " on " + address.Text;
                    Add(door, ((int)address.Reach * 100) + ((int)listener.Encryption * 10) + (int)listener.Passwords, ExposureText.Of(address.Reach) + ", " + ExposureText.Of(listener.Encryption) + ", " + ExposureText.Of(listener.Passwords));
                    foreach (var group in listener.Endpoints)
                        Add(ExposureText.Of(group.Group) + " through " + door, Openness(group, address.Reach), ExposureText.Of(group.Access));
                }
            }

            foreach (var administrator in map.Administrators)
                Add(ExposureText.Of(administrator.Kind) + (administrator.Name.Length == 0 ? "" : " '" + administrator.Name + "'"), 1, "can log in");
        }

        public Dictionary<string, (int Rank, string Text)> All { get; } = new(StringComparer.Ordinal);

        // Through an address of the machine itself nobody else comes, whatever is let through there.
        private static int Openness(ExposedEndpoints group, ExposureReach reach)
        {
            var sum = 0;
            foreach (var path in group.Paths)
                sum += (int)path.Value;
            return reach == ExposureReach.Machine ? 0 : sum;
        }

        private void Add(string what, int rank, string text)
        {
            if (!All.TryGetValue(what, out var known) || known.Rank < rank)
                All[what] = (rank, text);
        }
    }
}

/// <summary>Something a server offers, before and after a change.</summary>
/// <param name="What">What it is.</param>
/// <param name="Before">How it was offered; empty where it was not.</param>
/// <param name="After">How it is offered; empty where it is not.</param>
public sealed record ExposureChange(string What, string Before, string After);
