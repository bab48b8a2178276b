using System.Text;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Options;

/// <summary>The configuration files of editors that hold for a folder, and what they say together: as the C# compiler has it.</summary>
internal sealed class EditorConfigSet
{
    private readonly Dictionary<string, string> _global = new(StringComparer.Ordinal);
    private readonly List<EditorConfigFile> _globalFiles;
    private readonly List<EditorConfigFile> _local;

    /// <summary>Puts files together.</summary>
    /// <param name="files">Those of the folder and of the folders above it, in any order.</param>
    public EditorConfigSet(IEnumerable<EditorConfigFile> files)
    {
        var all = files.ToList();
        _globalFiles = [.. all.Where(static file => file.IsGlobal)];

        // Those further up are weaker.
        _local = [.. all.Where(static file => !file.IsGlobal).OrderBy(static file => file.Directory.Length)];
        Overwrite(_global, Merge(static section => section.Name is null));
    }

    /// <summary>Whether there is nothing in it that concerns us.</summary>
    public bool IsEmpty => _globalFiles.TrueForAll(static file => file.IsEmpty) && _local.TrueForAll(static file => file.IsEmpty);

    /// <summary>What holds for the file at <paramref name="path"/> (a full path), by name in lower case.</summary>
    public Dictionary<string, string> For(string path)
    {
        var full = path.Replace('\\', '/');
        var values = new Dictionary<string, string>(_global, StringComparer.Ordinal);
        Overwrite(values, Merge(section => section.Name is { } name && Unescaped(name) == full));
        // Above a root nothing counts.
        var holding = _local.FindAll(file => IsBelow(file, full));
        foreach (var file in holding.Skip(Math.Max(0, holding.FindLastIndex(static file => file.IsRoot))))
        {
            var relative = full[file.Directory.Length..];
            foreach (var section in file.Sections)
            {
                if (section.AppliesTo(relative))
                    Overwrite(values, section.Values);
            }
        }

        return values;
    }

    private static bool IsBelow(EditorConfigFile file, string path) =>
        path.StartsWith(file.Directory, StringComparison.Ordinal) && path.Length > file.Directory.Length && path[file.Directory.Length] == '/';

    private static void Overwrite(Dictionary<string, string> values, Dictionary<string, string> stronger)
    {
        foreach (var (name, value) in stronger)
        {
            // A severity that means nothing takes none away; "default" does.
            if (!name.StartsWith(EffectiveOptions.CompilerSeverityPrefix, StringComparison.Ordinal) || Severities.FromCompiler(value) is not null || value.Equals("default", StringComparison.OrdinalIgnoreCase))
                values[name] = value;
        }
    }

    // In a global file a section names one file by its full path: a backslash takes the next character as it is, and a pattern is no path.
    private static string? Unescaped(string name)
    {
        var path = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] is '*' or '?' or '{' or '}' or ',' or '[')
                return null;
            if (name[i] == '\\' && ++i == name.Length)
                return null;
            path.Append(name[i]);
        }

        return path.ToString();
    }

    // Where two sections of one level say something about the same name, nobody can tell which is meant, and neither counts.
    private Dictionary<string, string> Merge(Func<EditorConfigFile.Section, bool> isMeant)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var level in _globalFiles.GroupBy(static file => file.GlobalLevel).OrderBy(static level => level.Key))
        {
            var said = new HashSet<string>(StringComparer.Ordinal);
            var disputed = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in level)
            {
                foreach (var (name, value) in file.Sections.Where(isMeant).SelectMany(static section => section.Values))
                {
                    if (!said.Add(name))
                        disputed.Add(name);
                    merged[name] = value;
                }
            }

            foreach (var name in disputed)
                merged.Remove(name);
        }

        return merged;
    }
}
