using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>Where every name of a text was written: the headers of tables, the keys of statements, the keys between braces.</summary>
internal sealed class TomlKeyPlaces
{
    private readonly string[] _keys;
    private readonly SourceSpan[] _spans;

    private TomlKeyPlaces(List<string> keys, List<SourceSpan> spans)
    {
        _keys = [.. keys];
        _spans = [.. spans];
        Array.Sort(_keys, _spans, StringComparer.Ordinal);
    }

    /// <summary>Reads the text once, in the dialect of <paramref name="version"/>.</summary>
    public static TomlKeyPlaces Read(string text, ServerVersion version)
    {
        var recorder = new Recorder();
        new ServerTomlParser(text, version, recorder, CancellationToken.None).Read();
        return new TomlKeyPlaces(recorder.Keys, recorder.Spans);
    }

    /// <summary>The first place that completes <paramref name="name"/>, which may be no setting itself; null where there is none.</summary>
    public SourceSpan? Find(string name)
    {
        SourceSpan? first = null;
        Look(FirstNotBefore(name), static (key, name) => key == name);
        // What is below a name does not follow it at once: "a-b" stands between "a" and "a.b".
        Look(FirstNotBefore(SettingPath.PrefixOf(name)), static (key, name) => SettingPath.IsBelow(key, name));
        return first;

        void Look(int at, Func<string, string, bool> belongs)
        {
            for (; at < _keys.Length && belongs(_keys[at], name); at++)
            {
                if (first is not { } best || _spans[at].Start < best.Start)
                    first = _spans[at];
            }
        }
    }

    private int FirstNotBefore(string key)
    {
        int low = 0, high = _keys.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(_keys[middle], key) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private sealed class Recorder : TomlRecorder
    {
        public List<string> Keys { get; } = [];

        public List<SourceSpan> Spans { get; } = [];

        public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName) =>
            Add(SourceSpan.FromBounds(place.NameStart, place.NameEnd), flatName);

        public override void BeginStatement(int start, SourceSpan written, in FlatKey key) => Add(written, key.Text);

        public override void BeginEntry(SourceSpan written, in FlatKey key) => Add(written, key.Text);

        private void Add(SourceSpan span, ReadOnlySpan<char> flatKey)
        {
            Keys.Add(flatKey.ToString());
            Spans.Add(span);
        }
    }
}
