using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>Finds where a name that is no setting itself was written: the key of a list, the header of a table.</summary>
internal static class TomlKeyLocator
{
    /// <summary>The first place that completes <paramref name="name"/>: a header, a statement's key, or a key between braces. Reads the text again.</summary>
    public static SourceSpan? Find(string text, ServerVersion version, string name)
    {
        var search = new Search(name);
        new ServerTomlParser(text, version, search, CancellationToken.None).Read();
        return search.Found;
    }

    private sealed class Search(string name) : TomlRecorder
    {
        public SourceSpan? Found { get; private set; }

        public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName) =>
            Look(SourceSpan.FromBounds(place.NameStart, place.NameEnd), flatName);

        public override void BeginStatement(int start, SourceSpan written, in FlatKey key) => Look(written, key.Text);

        public override void BeginEntry(SourceSpan written, in FlatKey key) => Look(written, key.Text);

        private void Look(SourceSpan span, ReadOnlySpan<char> flatKey)
        {
            if (Found is null && SettingPath.IsAtOrBelow(flatKey, name.AsSpan()))
                Found = span;
        }
    }
}
