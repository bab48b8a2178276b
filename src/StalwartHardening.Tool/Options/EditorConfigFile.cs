namespace StalwartHardening.Tool.Options;

/// <summary>
/// One <c>.editorconfig</c> or <c>.globalconfig</c>, reduced to what concerns us: <c>stalwart_hardening.*</c> and
/// <c>dotnet_diagnostic.SWHnnnn.severity</c>.
/// </summary>
internal sealed class EditorConfigFile
{
    /// <summary>The file whose sections apply to files below it.</summary>
    public const string EditorConfigName = ".editorconfig";

    /// <summary>The file that applies to everything below it.</summary>
    public const string GlobalConfigName = ".globalconfig";

    private readonly string _directory;
    private readonly bool _isGlobal;
    private readonly List<Section> _sections = [];

    private EditorConfigFile(string directory, bool isGlobal)
    {
        _directory = directory;
        _isGlobal = isGlobal;
    }

    /// <summary>Whether files further up do not count.</summary>
    public bool IsRoot { get; private set; }

    /// <summary>Whether it applies to everything below it, sections or not.</summary>
    public bool IsGlobal => _isGlobal;

    /// <summary>Whether it says anything that concerns us.</summary>
    public bool IsEmpty => _sections.Count == 0;

    /// <summary>Understands the text of a file in <paramref name="directory"/>. Lines that make no sense are passed over, as every editor does.</summary>
    public static EditorConfigFile Parse(string text, string directory, bool isGlobal)
    {
        var file = new EditorConfigFile(directory, isGlobal);
        string? pattern = null;
        Section? section = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim().TrimStart('\uFEFF');
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
            {
                var close = line.LastIndexOf(']');
                pattern = close > 0 ? line[1..close].ToString() : null;
                section = null;
                continue;
            }

            var separator = line.IndexOfAny('=', ':');
            if (separator <= 0)
                continue;
            var name = line[..separator].Trim().ToString().ToLowerInvariant();
            var value = WithoutComment(line[(separator + 1)..]).Trim().ToString();
            if (pattern is null && name == "root")
                file.IsRoot = value.Equals("true", StringComparison.OrdinalIgnoreCase);
            else if (pattern is null && name == "is_global")
                continue;
            else if (IsOurs(name))
                (section ??= file.Begin(pattern)).Values[name] = value;
        }

        return file;
    }

    /// <summary>Adds what the file says about <paramref name="path"/>; later sections win.</summary>
    public void AddTo(Dictionary<string, string> values, string path)
    {
        foreach (var section in _sections)
        {
            if (!AppliesTo(section, path))
                continue;
            foreach (var (name, value) in section.Values)
                values[name] = value;
        }
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(Rules.HardeningOptions.Prefix, StringComparison.Ordinal)
        || name.StartsWith(EffectiveOptions.CompilerSeverityPrefix, StringComparison.Ordinal);

    // " # ..." behind a value is a comment; a '#' inside a word is not.
    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> value)
    {
        for (var i = 1; i < value.Length; i++)
        {
            if ((value[i] is '#' or ';') && (value[i - 1] is ' ' or '\t'))
                return value[..i];
        }

        return value;
    }

    private Section Begin(string? pattern)
    {
        var section = new Section(pattern);
        _sections.Add(section);
        return section;
    }

    private bool AppliesTo(Section section, string path)
    {
        // In a global file a section names one file by its full path; in the other kind what stands before the first section is a preamble.
        if (section.Pattern is null)
            return _isGlobal;
        if (_isGlobal)
            return section.Pattern == path.Replace('\\', '/');
        var relative = Path.GetRelativePath(_directory, path).Replace('\\', '/');
        return !relative.StartsWith("../", StringComparison.Ordinal) && SectionPattern.AppliesTo(section.Pattern, relative);
    }

    private sealed class Section(string? pattern)
    {
        public string? Pattern { get; } = pattern;

        public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);
    }
}
