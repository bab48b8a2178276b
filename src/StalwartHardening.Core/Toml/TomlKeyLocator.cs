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

    private sealed class Search(string name) : ITomlRecorder
    {
        public SourceSpan? Found { get; private set; }

        public void Header(int start, int nameStart, int nameEnd, int closed, int end, bool isArray, ReadOnlySpan<char> flatName) =>
            Look(SourceSpan.FromBounds(nameStart, nameEnd), flatName);

        public void BeginStatement(int start, SourceSpan key, ReadOnlySpan<char> flatKey) => Look(key, flatKey);

        public void BeginEntry(SourceSpan key, ReadOnlySpan<char> flatKey) => Look(key, flatKey);

        public void Comment(int start, int end)
        {
        }

        public void EndStatement(SourceSpan value, int end)
        {
        }

        public void Broken(int start, int end)
        {
        }

        public void Setting(int index)
        {
        }

        public void BeginArray(int open)
        {
        }

        public void EndArray(int end)
        {
        }

        public void BeginInlineTable(int open)
        {
        }

        public void EndInlineTable(int end)
        {
        }

        public void BeginElement(int start)
        {
        }

        public void EndElement(SourceSpan value, int stop)
        {
        }

        public void EndEntry(SourceSpan value, int stop)
        {
        }

        public void Separator(int at)
        {
        }

        private void Look(SourceSpan span, ReadOnlySpan<char> flatKey)
        {
            if (Found is null && flatKey.StartsWith(name.AsSpan(), StringComparison.Ordinal) && (flatKey.Length == name.Length || flatKey[name.Length] == '.'))
                Found = span;
        }
    }
}
