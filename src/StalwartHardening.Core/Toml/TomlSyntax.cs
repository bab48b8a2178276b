using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Where everything is in a configuration text: headers, statements, elements, entries, comments. Statements the server cannot
/// read are known by their place only; nothing of them is an item.
/// </summary>
internal sealed class TomlSyntax
{
    private TomlSyntax(string text, SettingsDocument document, Recorder recorder)
    {
        Text = text;
        Document = document;
        Sections = recorder.Sections;
        Comments = recorder.Comments;
        Broken = recorder.Stretches;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The settings of the text; without the problem of a missing final line break.</summary>
    public SettingsDocument Document { get; }

    /// <summary>The sections in text order; the first has no header.</summary>
    public IReadOnlyList<TomlSection> Sections { get; }

    /// <summary>The comments in text order, from <c>#</c> to the end of the line.</summary>
    public IReadOnlyList<SourceSpan> Comments { get; }

    /// <summary>The statements that could not be read.</summary>
    public IReadOnlyList<SourceSpan> Broken { get; }

    /// <summary>Reads <paramref name="text"/> in the dialect of <paramref name="version"/>. A last statement without a line break counts as complete.</summary>
    public static TomlSyntax Read(string text, ServerVersion version, CancellationToken cancellationToken = default)
    {
        var recorder = new Recorder(text.Length);
        var document = ServerTomlReader.Read(text, version, recorder, cancellationToken);
        if (document.Problems is { Count: > 0 } problems && problems[problems.Count - 1].Kind == ReadProblemKind.MissingFinalNewline)
        {
            recorder = new Recorder(text.Length);
            document = ServerTomlReader.Read(text + "\n", version, recorder, cancellationToken);
        }

        return new TomlSyntax(text, document, recorder);
    }

    /// <summary>Every item, parents before their children.</summary>
    public IEnumerable<TomlItem> Items()
    {
        foreach (var section in Sections)
        {
            foreach (var statement in section.Statements)
            {
                foreach (var item in WithChildren(statement))
                    yield return item;
            }
        }
    }

    /// <summary>The item that makes the setting <paramref name="key"/>.</summary>
    public TomlItem? Find(string key)
    {
        foreach (var item in Items())
        {
            if (item.HasSetting && item.Key == key)
                return item;
        }

        return null;
    }

    private static IEnumerable<TomlItem> WithChildren(TomlItem item)
    {
        yield return item;
        foreach (var child in item.Children)
        {
            foreach (var descendant in WithChildren(child))
                yield return descendant;
        }
    }

    private sealed class Recorder(int length) : TomlRecorder
    {
        private TomlItem? _current;

        public List<TomlSection> Sections { get; } = [new TomlSection("", null)];

        public List<SourceSpan> Comments { get; } = [];

        public List<SourceSpan> Stretches { get; } = [];

        private TomlSection Last => Sections[Sections.Count - 1];

        public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName) =>
            Sections.Add(new TomlSection(
                flatName.ToString(),
                new TomlHeader(place.Start, SourceSpan.FromBounds(place.NameStart, place.NameEnd), Math.Min(place.End, length), place.IsArray)));

        public override void Comment(int start, int end) => Comments.Add(SourceSpan.FromBounds(start, Math.Min(end, length)));

        public override void BeginStatement(int start, SourceSpan written, in FlatKey key) =>
            _current = new TomlItem(null, key.Text.ToString(), written, start);

        public override void EndStatement(SourceSpan value, int end)
        {
            if (_current is not { } statement)
                return;
            statement.ValueSpan = value;
            statement.End = Math.Min(end, length);
            Last.Statements.Add(statement);
            _current = null;
        }

        public override void Broken(int start, int end)
        {
            _current = null;
            Last.HasBrokenStatement = true;
            Stretches.Add(SourceSpan.FromBounds(start, Math.Min(Math.Max(end, start), length)));
        }

        public override void Setting(int index) => _current!.HasSetting = true;

        public override void BeginArray(int open, int hash) => _current!.Container = TomlContainer.Array;

        public override void BeginInlineTable(int open, int hash) => _current!.Container = TomlContainer.InlineTable;

        public override void BeginElement(int start)
        {
            var key = SettingPath.Entry(_current!.Key, _current.Separators);
            Push(new TomlItem(_current, key, new SourceSpan(start, 0), start));
        }

        public override void EndElement(SourceSpan value, int stop) => Pop(value, stop);

        public override void BeginEntry(SourceSpan written, in FlatKey key) =>
            Push(new TomlItem(_current, key.Text.ToString(), written, written.Start));

        public override void EndEntry(SourceSpan value, int stop) => Pop(value, stop);

        public override void Separator(int at) => _current!.Separators++;

        private void Push(TomlItem item)
        {
            _current!.Add(item);
            _current = item;
        }

        private void Pop(SourceSpan value, int stop)
        {
            _current!.ValueSpan = value;
            _current.End = stop;
            _current = _current.Parent;
        }
    }
}
