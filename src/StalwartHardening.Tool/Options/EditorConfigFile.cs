using System.Globalization;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Options;

/// <summary>
/// One <c>.editorconfig</c> or <c>.globalconfig</c>, reduced to what concerns us: <c>stalwart_hardening.*</c> and
/// <c>dotnet_diagnostic.SWHnnnn.severity</c>. Its lines are understood as the C# compiler understands them.
/// </summary>
internal sealed class EditorConfigFile
{
    /// <summary>The file whose sections apply to files below it.</summary>
    public const string EditorConfigName = ".editorconfig";

    /// <summary>The file that applies to everything.</summary>
    public const string GlobalConfigName = ".globalconfig";

    private readonly List<Section> _sections = [];

    private EditorConfigFile(string directory, bool isGlobal)
    {
        Directory = directory.Replace('\\', '/').TrimEnd('/');
        IsGlobal = isGlobal;
        GlobalLevel = isGlobal ? 100 : 0;
    }

    /// <summary>The folder it is in, with forward slashes and none at the end.</summary>
    public string Directory { get; }

    /// <summary>Whether files further up do not count.</summary>
    public bool IsRoot { get; private set; }

    /// <summary>Whether it applies to everything, sections or not.</summary>
    public bool IsGlobal { get; private set; }

    /// <summary>Of two global files that say something about the same name, the one with the higher level counts.</summary>
    public int GlobalLevel { get; private set; }

    /// <summary>Whether it says anything that concerns us.</summary>
    public bool IsEmpty => _sections.Count == 0;

    /// <summary>Its sections that say something that concerns us, in their order.</summary>
    public IReadOnlyList<Section> Sections => _sections;

    /// <summary>Understands the text of a file in <paramref name="directory"/>. Lines that make no sense are passed over, as every editor does.</summary>
    public static EditorConfigFile Parse(string text, string directory, bool isGlobal)
    {
        var file = new EditorConfigFile(directory, isGlobal);
        string? name = null;
        Section? section = null;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = raw.Trim().TrimStart('\uFEFF').TrimStart();
            if (line.IsEmpty || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
            {
                if (!TryReadName(line, out var found))
                    continue;
                name = found;
                section = null;
                continue;
            }

            if (!TryReadProperty(line, out var key, out var value))
                continue;
            if (IsOurs(key))
                (section ??= file.Begin(name)).Values[key] = value;
            else if (name is null)
                file.ReadPreamble(key, value);
        }

        return file;
    }

    private void ReadPreamble(string key, string value)
    {
        switch (key)
        {
            case "root":
                IsRoot = value.Equals("true", StringComparison.OrdinalIgnoreCase);
                break;
            case "is_global":
                IsGlobal = true;
                break;
            case "global_level" when int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var level):
                GlobalLevel = level;
                break;
            default:
                break;
        }
    }

    // "[name]", then nothing but a comment. A '#' or ';' belongs to the name where a backslash comes before it.
    private static bool TryReadName(ReadOnlySpan<char> line, out string name)
    {
        name = "";
        var end = line.Length;
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] is '#' or ';' && line[i - 1] != '\\')
            {
                end = i;
                break;
            }
        }

        var header = line[..end].TrimEnd();
        if (header.Length < 3 || header[^1] != ']')
            return false;
        name = header[1..^1].ToString();
        return true;
    }

    private static bool TryReadProperty(ReadOnlySpan<char> line, out string key, out string value)
    {
        key = value = "";
        var separator = line.IndexOfAny('=', ':');
        if (separator <= 0)
            return false;
        var before = line[..separator].TrimEnd();
        foreach (var c in before)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '-' or '_'))
                return false;
        }

        var after = line[(separator + 1)..];
        var comment = after.IndexOfAny('#', ';');
        key = before.ToString().ToLowerInvariant();
        value = (comment < 0 ? after : after[..comment]).Trim().ToString();
        return key.Length > 0;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(HardeningOptions.Prefix, StringComparison.Ordinal)
        || name.StartsWith(EffectiveOptions.CompilerSeverityPrefix, StringComparison.Ordinal);

    private Section Begin(string? name)
    {
        var section = new Section(name);
        _sections.Add(section);
        return section;
    }

    /// <summary>Some lines of a file that hold for the same files.</summary>
    /// <param name="name">What is in the brackets; null before the first.</param>
    public sealed class Section(string? name)
    {
        private readonly SectionPattern? _pattern = name is null ? null : SectionPattern.TryParse(name);

        /// <summary>What is in the brackets; null before the first.</summary>
        public string? Name { get; } = name;

        /// <summary>What it says, by name in lower case.</summary>
        public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether it holds for the file at <paramref name="path"/>, which begins with a slash at the folder of the file.</summary>
        public bool AppliesTo(string path) => _pattern is not null && _pattern.IsMatch(path);
    }
}
