using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>Where every name of a text was written: the headers of tables, the keys of statements, the keys between braces.</summary>
internal sealed class TomlKeyPlaces
{
    // Most texts are asked about a few names: looking at every key that often costs less than putting them in order.
    private const int FewLookups = 8;

    // The keys, one after the other, and where each of them ends.
    private readonly char[] _text;
    private readonly int[] _ends;
    private readonly SourceSpan[] _spans;
    private string[]? _sorted;
    private int _lookups;

    private TomlKeyPlaces(Recorder recorder)
    {
        _text = recorder.Text;
        _ends = [.. recorder.Ends];
        _spans = [.. recorder.Spans];
    }

    /// <summary>Reads the text once, in the dialect of <paramref name="version"/>.</summary>
    public static TomlKeyPlaces Read(string text, ServerVersion version)
    {
        var recorder = new Recorder(text.Length);
        new ServerTomlParser(text, version, recorder, CancellationToken.None).Read();
        return new TomlKeyPlaces(recorder);
    }

    /// <summary>The first place that completes <paramref name="name"/>, which may be no setting itself; null where there is none.</summary>
    public SourceSpan? Find(string name) => _sorted is null && ++_lookups <= FewLookups ? FindAmongAll(name) : FindInOrder(name);

    private SourceSpan? FindAmongAll(string name)
    {
        SourceSpan? first = null;
        var start = 0;
        for (var i = 0; i < _ends.Length; i++)
        {
            var key = _text.AsSpan(start, _ends[i] - start);
            start = _ends[i];
            if (SettingPath.IsAtOrBelow(key, name.AsSpan()) && (first is not { } best || _spans[i].Start < best.Start))
                first = _spans[i];
        }

        return first;
    }

    private SourceSpan? FindInOrder(string name)
    {
        _sorted ??= Sort();
        SourceSpan? first = null;
        Look(FirstNotBefore(name), static (key, name) => key == name);
        // What is below a name does not follow it at once: "a-b" stands between "a" and "a.b".
        Look(FirstNotBefore(SettingPath.PrefixOf(name)), static (key, name) => SettingPath.IsBelow(key, name));
        return first;

        void Look(int at, Func<string, string, bool> belongs)
        {
            for (; at < _sorted.Length && belongs(_sorted[at], name); at++)
            {
                if (first is not { } best || _spans[at].Start < best.Start)
                    first = _spans[at];
            }
        }
    }

    private string[] Sort()
    {
        var keys = new string[_ends.Length];
        for (int i = 0, start = 0; i < keys.Length; start = _ends[i++])
            keys[i] = new string(_text, start, _ends[i] - start);
        Array.Sort(keys, _spans, StringComparer.Ordinal);
        return keys;
    }

    private int FirstNotBefore(string key)
    {
        int low = 0, high = _sorted!.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(_sorted[middle], key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private sealed class Recorder(int length) : TomlRecorder
    {
        private char[] _text = new char[length];
        private int _count;

        public char[] Text => _text;

        public List<int> Ends { get; } = [];

        public List<SourceSpan> Spans { get; } = [];

        public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName) =>
            Add(SourceSpan.FromBounds(place.NameStart, place.NameEnd), flatName);

        public override void BeginStatement(int start, SourceSpan written, in FlatKey key) => Add(written, key.Text);

        public override void BeginEntry(SourceSpan written, in FlatKey key) => Add(written, key.Text);

        private void Add(SourceSpan span, ReadOnlySpan<char> flatKey)
        {
            if (_text.Length - _count < flatKey.Length)
                Array.Resize(ref _text, Math.Max(_text.Length * 2, _count + flatKey.Length));
            flatKey.CopyTo(_text.AsSpan(_count));
            _count += flatKey.Length;
            Ends.Add(_count);
            Spans.Add(span);
        }
    }
}
