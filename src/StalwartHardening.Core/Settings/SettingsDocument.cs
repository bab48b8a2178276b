namespace StalwartHardening.Settings;

/// <summary>
/// The flat stream of settings of one server: what every source is turned into before anything is judged.
/// Immutable; keys are unique. Readers create it, rules see it only through the server model. One that differs in something is made by
/// <c>with</c>, so that nothing gets lost on the way; two are equal only if they are the same.
/// </summary>
internal sealed record SettingsDocument
{
    private Setting[] _settings;
    private int _count;
    private int[]? _order;
    private bool _hasSurrogates;

    // A bit for how each key begins; a key whose bit is missing needs no search. All rules together ask mostly for what is not there.
    private ulong _beginnings;

    /// <summary>Wraps what a reader has read. The arrays are not copied and must not change afterwards.</summary>
    /// <param name="settings">The settings in the order they were written, no key twice.</param>
    /// <param name="count">How many entries of <paramref name="settings"/> are used.</param>
    /// <param name="version">The server version whose dialect the text was read in.</param>
    public SettingsDocument(Setting[] settings, int count, ServerVersion version)
    {
        _settings = settings;
        _count = count;
        Version = version;
    }

    /// <summary>The server version whose dialect the text was read in.</summary>
    public ServerVersion Version { get; }

    /// <summary>The text the settings were read from; null where they come from something else than one text.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Where a stretch of a setting's value (offset and number of characters) was written, quotes and escapes considered; null where
    /// nobody can tell. The reader that knows how the value was written sets it.
    /// </summary>
    public Func<Setting, int, int, SourceSpan?>? PlaceInValue { get; init; }

    /// <summary>
    /// The access rules of typed builders that the HTTP access control here was made of: another generation's is made of them anew.
    /// Empty where it was written as it is.
    /// </summary>
    public IReadOnlyList<Setting> AccessRules { get; init; } = [];

    /// <summary>What the reader knows beside the settings, for the generation that it belongs to; null where that is nothing.</summary>
    public object? Origin { get; internal set; }

    /// <summary>The same settings, with one more problem before the others.</summary>
    public SettingsDocument WithProblem(ReadProblem problem) => this with { Problems = [problem, .. Problems] };

    /// <summary>Everything else about the same text, with other settings. The array is not copied and must not change afterwards.</summary>
    /// <param name="settings">The settings in the order they were written, no key twice.</param>
    /// <param name="count">How many entries of <paramref name="settings"/> are used.</param>
    public SettingsDocument WithSettings(Setting[] settings, int count) => this with
    {
        _settings = settings,
        _count = count,
        _order = null,
        _hasSurrogates = false,
        CountBeforeFirstProblem = Problems.Count > 0 ? Math.Min(CountBeforeFirstProblem, count) : count,
    };

    /// <inheritdoc/>
    public bool Equals(SettingsDocument? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    public override string ToString() => $"{_count} settings, read as {Version}";

    /// <summary>Number of settings.</summary>
    public int Count => _count;

    /// <summary>Whether every setting of the server is here. False where a reader met code it could not follow: something missing may then be elsewhere.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Beginnings of keys (with their final dot) below which a reader lost sight: any of those settings may exist although it is not here.</summary>
    public IReadOnlyList<string> OpenPrefixes { get; init; } = [];

    /// <summary>Whether the setting whose key is <paramref name="prefix"/> and <paramref name="name"/> joined, absent here, may have been written where the reader could not follow.</summary>
    public bool MayBeElsewhere(ReadOnlySpan<char> prefix, string name)
    {
        foreach (var open in OpenPrefixes)
        {
            if (prefix.StartsWith(open.AsSpan(), StringComparison.Ordinal)
                || (open.AsSpan().StartsWith(prefix, StringComparison.Ordinal) && name.AsSpan().StartsWith(open.AsSpan(prefix.Length), StringComparison.Ordinal)))
                return true;
        }

        return false;
    }

    /// <summary>What makes the server refuse to start, in text order.</summary>
    public IReadOnlyList<ReadProblem> Problems { get; init; } = [];

    /// <summary>Whether the text may be something that TOML tools refuse; false where it certainly is standard TOML.</summary>
    public bool MayDepartFromStandard { get; init; }

    /// <summary>How many settings, in text order, the server had read when it stopped at the first problem; all of them where there is none.</summary>
    public int CountBeforeFirstProblem { get; init; }

    /// <summary>Constructs that TOML tools read differently, in text order.</summary>
    public IReadOnlyList<ReadingRemark> Remarks { get; init; } = [];

    /// <summary>Comments that begin with <c>swh:</c>, in text order.</summary>
    public IReadOnlyList<SuppressionComment> SuppressionComments { get; init; } = [];

    /// <summary>The settings in the order they were written.</summary>
    public ReadOnlySpan<Setting> InTextOrder => _settings.AsSpan(0, _count);

    /// <summary>The setting at <paramref name="position"/> in key order, the order in which the server walks them.</summary>
    public ref readonly Setting this[int position] => ref _settings[Order[position]];

    /// <summary>Whether a statement that sets <paramref name="key"/>, or something that begins like it, is there and could not be read.</summary>
    public bool IsBroken(string key)
    {
        foreach (var problem in Problems)
        {
            if (problem.Kind == ReadProblemKind.Syntax && problem.Key is { } broken && broken.StartsWith(key, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Finds the setting with exactly this key.</summary>
    public bool TryGet(string key, out Setting setting) => TryGet(key, key.Length, "", out setting);

    /// <summary>Finds the setting whose key is the first <paramref name="firstLength"/> characters of <paramref name="first"/> and <paramref name="second"/> joined.</summary>
    internal bool TryGet(string first, int firstLength, string second, out Setting setting)
    {
        if (!MayBegin(first, firstLength))
        {
            setting = default;
            return false;
        }

        var position = LowerBound(first, firstLength, second);
        if (position < _count)
        {
            ref readonly var found = ref this[position];
            if (found.Key.Length == firstLength + second.Length && SettingPath.StartsWith(found.Key, first, firstLength, second))
            {
                setting = found;
                return true;
            }
        }

        setting = default;
        return false;
    }

    /// <summary>The settings whose key begins with <paramref name="prefix"/> (give it with its final dot), in key order.</summary>
    public SettingRange StartingWith(string prefix) => StartingWith(prefix, prefix.Length, "");

    /// <summary>The settings below <paramref name="key"/> (see <see cref="SettingPath.IsBelow"/>), in key order.</summary>
    public SettingRange Below(string key) => StartingWith(key, key.Length, SettingPath.SeparatorText);

    /// <summary>The settings whose key begins with the first <paramref name="firstLength"/> characters of <paramref name="first"/> and <paramref name="second"/> joined, in key order.</summary>
    internal SettingRange StartingWith(string first, int firstLength, string second)
    {
        if (!MayBegin(first, firstLength))
            return default;
        var start = LowerBound(first, firstLength, second);

        // They are neighbours: steps that double pass the end of them, and halves find it.
        var step = 1;
        while (start + step <= _count && Belongs(start + step - 1))
            step *= 2;
        var end = start + (step / 2);
        var tooFar = Math.Min(start + step, _count + 1);
        while (end + 1 < tooFar)
        {
            var middle = (end + tooFar) >>> 1;
            if (Belongs(middle - 1))
                end = middle;
            else
                tooFar = middle;
        }

        return new SettingRange(this, start, end);

        bool Belongs(int position) => SettingPath.StartsWith(this[position].Key, first, firstLength, second);
    }

    // The position of the first setting, in key order, whose key is not less than the two parts joined.
    private int LowerBound(string first, int firstLength, string second)
    {
        if (_order is null)
            Sort();
        var low = 0;
        var high = _count;
        var joined = _hasSurrogates ? first.Substring(0, firstLength) + second : "";
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var key = this[middle].Key;
            var order = _hasSurrogates
                ? SettingPath.Compare(key.AsSpan(), joined.AsSpan())
                : SettingPath.CompareOrdinal(key, first, firstLength, second);
            if (order < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // Two threads may both sort; they get the same answer.
    private int[] Order => _order ?? Sort();

    private int[] Sort()
    {
        var order = KeyOrder.Of(_settings, _count, out _hasSurrogates);
        var beginnings = 0UL;
        foreach (ref readonly var setting in InTextOrder)
            beginnings |= BitOf(setting.Key, setting.Key.Length);
        _beginnings = beginnings;
        Volatile.Write(ref _order, order);
        return order;
    }

    private bool MayBegin(string first, int firstLength)
    {
        if (Volatile.Read(ref _order) is null)
            Sort();
        return firstLength < BeginningLength || (_beginnings & BitOf(first, firstLength)) != 0;
    }

    // "server", "session" and "sieve" must not look alike.
    private const int BeginningLength = 4;

    private static ulong BitOf(string key, int length) =>
        length < BeginningLength ? 0 : 1UL << (((key[0] * 7) ^ (key[1] * 5) ^ (key[2] * 3) ^ key[3]) & 63);
}
