using System.IO;

namespace StalwartHardening.Generations;

/// <summary>
/// Every setting that the servers up to 0.15 read, as far as their code was read: the table <c>settings.tsv</c> beside this file.
/// Families of which the whole is known are complete; about a key of another family nothing is said.
/// </summary>
internal sealed class SettingNames
{
    private static readonly Lazy<SettingNames> Table = new(Load);

    private readonly Node _root = new("") { Family = SettingFamily.Complete };
    private readonly List<SettingName> _all = [];
    private readonly SettingWords _words = new();

    private readonly SettingEndings _endings;

    private SettingNames() => _endings = new SettingEndings(_words);

    /// <summary>The table; read when first asked for.</summary>
    public static SettingNames Known => Table.Value;

    /// <summary>All rows, in the order of their patterns.</summary>
    public IReadOnlyList<SettingName> All => _all;

    /// <summary>What the table knows about <paramref name="key"/>.</summary>
    public SettingLookup Find(string key)
    {
        if (FindPlain(key) is { } plain)
            return plain;
        var best = new SettingLookup(null, SettingFamily.Open, 0);
        Find(_root, key, 0, SettingFamily.Complete, isPlain: true, ref best);
        return best;
    }

    /// <summary>What the table knows about each of several keys; settings of one table, one after the other, share the way to it.</summary>
    public SettingWalk Walk() => new(this);

    /// <summary>
    /// The key that was probably meant by <paramref name="key"/>, which the table does not know, and that <paramref name="version"/> reads;
    /// null where nothing is near enough.
    /// </summary>
    public string? Suggest(string key, ServerVersion version)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        var distance = new SettingNameDistance(key, _words);
        foreach (var row in _endings.RowsLike(distance))
        {
            var name = _all[row];
            if (!name.IsReadBy(version) || name.Shape == SettingShape.Mark)
                continue;
            if (distance.To(name, bestDistance) is not { } found || found.Distance >= bestDistance)
                continue;
            best = found.Key;
            bestDistance = found.Distance;
        }

        return best;
    }

    private static void Find(Node node, string key, int start, SettingFamily family, bool isPlain, ref SettingLookup best)
    {
        if (node.Family is { } own)
            family = own;
        if (start > key.Length)
        {
            if (node.Name is { } exact)
                best = new SettingLookup(exact, family, key.Length);
            else if (isPlain && best.Name is null && start - 1 >= best.Matched)
                best = new SettingLookup(null, family, key.Length);
            return;
        }

        // A setting with keys below it: they belong to it, or spoil nothing.
        if (node.Name is { } name && best.Name is null && TakesChildren(name.Shape))
            best = new SettingLookup(name, family, start - 1);
        else if (isPlain && best.Name is null && start >= best.Matched)
            best = new SettingLookup(null, family, start);

        var end = SettingPath.EndOfPart(key, start);
        if (node.Child(key.AsSpan(start, end - start)) is { } child)
            Find(child, key, end + 1, family, isPlain, ref best);
        if (best.IsExact(key) || node.AnyName is not { } any)
            return;

        // A name may hold dots; the first way that leads to a setting is taken.
        Find(any, key, end + 1, family, isPlain, ref best);
        for (var parts = 1; best.Name is null && parts < MaxParts && end < key.Length; parts++)
        {
            end = SettingPath.EndOfPart(key, end + 1);
            if (end == key.Length)
                break;
            Find(any, key, end + 1, family, isPlain: false, ref best);
        }
    }

    // Most keys go one way and end at a setting.
    private SettingLookup? FindPlain(string key) => StandAt(key, key.Length + 1) is { } stand ? FindFrom(stand, key, key.Length + 1) : null;

    /// <summary>Where the one way ends that the parts before <paramref name="length"/> go; null where there are several.</summary>
    internal Stand? StandAt(string key, int length) => Follow(new Stand(_root, SettingFamily.Complete, null), key, 0, length);

    /// <summary>What is known of a key whose parts from <paramref name="start"/> on go on from <paramref name="stand"/>; null where that is not one way to a setting.</summary>
    internal static SettingLookup? FindFrom(in Stand stand, string key, int start) => Follow(stand, key, start, key.Length + 1) switch
    {
        null => null,
        { Found: { } found } => found,
        { Node.Name: { } name, Family: var family } => new SettingLookup(name, family, key.Length),
        _ => null,
    };

    private static Stand? Follow(in Stand from, string key, int start, int length)
    {
        if (from.Found is not null)
            return from;
        var (node, family) = (from.Node, from.Family);
        while (start < length)
        {
            var end = SettingPath.EndOfPart(key, start);
            var child = node.Child(key.AsSpan(start, end - start));
            if (child is not null && node.AnyName is not null)
                return null;
            child ??= node.AnyName;
            // What is below a list belongs to it, whatever it is.
            if (child is null)
                return node.Name is { } list && TakesChildren(list.Shape) ? new Stand(node, family, new SettingLookup(list, family, start - 1)) : null;
            node = child;
            family = node.Family ?? family;
            start = end + 1;
        }

        return new Stand(node, family, null);
    }

    /// <summary>How far one way has been gone.</summary>
    /// <param name="Node">Where it has led to.</param>
    /// <param name="Family">The family there.</param>
    /// <param name="Found">What every key on this way belongs to; null where that is still open.</param>
    internal readonly record struct Stand(Node Node, SettingFamily Family, SettingLookup? Found);

    // No name is longer, and keys may be.
    private const int MaxParts = 6;

    private static bool TakesChildren(SettingShape shape) =>
        shape is SettingShape.List or SettingShape.Set or SettingShape.Expression or SettingShape.Any or SettingShape.Dead or SettingShape.DeadWithChildren;

    private static SettingNames Load()
    {
        var names = new SettingNames();
        using var stream = typeof(SettingNames).Assembly.GetManifestResourceStream("StalwartHardening.settings.tsv")
            ?? throw new InvalidOperationException("The table of settings is not part of the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                names.Add(line.Split('\t'));
        }

        names.ConnectRenamed();
        return names;
    }

    private void ConnectRenamed()
    {
        var byPattern = new Dictionary<string, SettingName>(StringComparer.Ordinal);
        foreach (var name in _all)
            byPattern[name.Pattern] = name;
        foreach (var name in _all)
        {
            if (name.NewName is { } next && byPattern.TryGetValue(next, out var renamed))
                renamed.Predecessor ??= name;
        }
    }

    private void Add(string[] columns)
    {
        var node = _root;
        var parts = SettingPath.Parts(columns[0].TrimEnd(SettingPath.Separator));
        foreach (var part in parts)
            node = part == "*" ? node.AnyName ??= new Node("*") : node.ChildOrNew(part);
        switch (columns[1])
        {
            case "complete":
                node.Family = SettingFamily.Complete;
                return;
            case "open":
                node.Family = SettingFamily.Open;
                return;
        }

        var shape = columns[1] switch
        {
            "value" => SettingShape.Value,
            "list" => SettingShape.List,
            "set" => SettingShape.Set,
            "expr" => SettingShape.Expression,
            "any" => SettingShape.Any,
            "mark" => SettingShape.Mark,
            "dead" => SettingShape.Dead,
            "dead-any" => SettingShape.DeadWithChildren,
            _ => throw new InvalidOperationException($"'{columns[1]}' is no kind of setting."),
        };
        node.Name = new SettingName(
            columns[0],
            shape,
            ServerVersion.TryParse(columns[2], out var since) ? since : new ServerVersion(0, 0),
            ServerVersion.TryParse(columns[3], out var until) ? until : null,
            columns[4],
            columns[5])
        {
            Parts = parts,
            Words = Array.ConvertAll(parts, _words.NumberOf),
        };
        _endings.Add(node.Name.Words[parts.Length - 1], _all.Count);
        _all.Add(node.Name);
    }

    /// <summary>A part of a known key, with those that may follow it.</summary>
    internal sealed class Node(string text)
    {
        private const int BucketCount = 32;

        private Node?[]? _buckets;
        private Node? _next;

        public string Text { get; } = text;

        public SettingName? Name { get; set; }

        public SettingFamily? Family { get; set; }

        public Node? AnyName { get; set; }

        public Node? Child(ReadOnlySpan<char> part)
        {
            for (var child = _buckets?[BucketOf(part)]; child is not null; child = child._next)
            {
                if (part.SequenceEqual(child.Text.AsSpan()))
                    return child;
            }

            return null;
        }

        public Node ChildOrNew(string part)
        {
            if (Child(part.AsSpan()) is { } known)
                return known;
            _buckets ??= new Node?[BucketCount];
            var bucket = BucketOf(part.AsSpan());
            var child = new Node(part) { _next = _buckets[bucket] };
            _buckets[bucket] = child;
            return child;
        }

        private static int BucketOf(ReadOnlySpan<char> part) => part.IsEmpty ? 0 : (part.Length + (part[0] * 3) + (part[part.Length - 1] * 5)) % BucketCount;
    }
}

/// <summary>Whether everything below a key is known.</summary>
internal enum SettingFamily : byte
{
    /// <summary>Not all of it: about keys that the table does not hold nothing is said.</summary>
    Open,

    /// <summary>All of it: what is not in the table is not read.</summary>
    Complete,
}

/// <summary>What the table knows about a key.</summary>
/// <param name="Name">The setting the key belongs to; null where there is none.</param>
/// <param name="Family">Whether the table holds every setting of the family the key is in.</param>
/// <param name="Matched">How many characters of the key the table knows.</param>
internal readonly record struct SettingLookup(SettingName? Name, SettingFamily Family, int Matched)
{
    /// <summary>Whether the key is one of a complete family and no server reads it.</summary>
    public bool IsUnknown => Name is null && Family == SettingFamily.Complete;

    internal bool IsExact(string key) => Name is not null && Matched == key.Length;
}
