using StalwartHardening.OptionFiles;
using StalwartHardening.Tool.Files;

namespace StalwartHardening.Tool.Input;

/// <summary>
/// Goes from paths, directories and globs to configurations: each file once, in a stable order. Directories give their
/// <c>*.toml</c>, <c>*.ndjson</c> and <c>*.json</c> files (what turns out to be no Stalwart configuration is passed over later) and are
/// not left through links.
/// </summary>
internal sealed class InputSearch(string workingDirectory)
{
    private static readonly string[] Extensions = [".toml", ".ndjson", ".json"];

    // Other people's files and build output.
    private static readonly string[] PassedOver = ["node_modules", "bin", "obj"];

    private readonly List<InputFile> _files = [];
    private static readonly string[] Templates = [".yaml", ".yml", ".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".erb", ".in", ".mustache", ".gotmpl"];

    private readonly List<string> _skipped = [];
    private readonly List<InputProblem> _problems = [];
    private readonly Dictionary<string, string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>The files, in the order they were named; those of one directory or glob sorted by path.</summary>
    public IReadOnlyList<InputFile> Files => _files;

    /// <summary>What was named and is not there or not open to us.</summary>
    public IReadOnlyList<InputProblem> Problems => _problems;

    /// <summary>Adds what <paramref name="argument"/> leads to.</summary>
    /// <param name="argument">A path, a directory, a glob or <c>-</c>.</param>
    /// <param name="standardInputName">The name to give to standard input.</param>
    public void Add(string argument, string? standardInputName)
    {
        if (argument == InputFile.StandardInputArgument)
        {
            var name = standardInputName ?? InputFile.StandardInputName;
            if (_seen.Add(InputFile.StandardInputArgument))
                _files.Add(new InputFile(name, Path.GetFullPath(standardInputName ?? "stdin.toml", workingDirectory), IsNamed: true) { IsStandardInput = true, Order = _files.Count });
            return;
        }

        if (argument.Length == 0 || argument.Contains('\0', StringComparison.Ordinal))
        {
            _problems.Add(new InputProblem(argument, "this is not a path"));
            return;
        }

        var path = Path.GetFullPath(argument, workingDirectory);
        if (Directory.Exists(path))
            AddDirectory(path);
        else if (Path.Exists(path) || IsLink(path))
            AddFile(path, isNamed: true, IsBelow(path) ? workingDirectory : Path.GetDirectoryName(path));
        else if (IsGlob(argument))
            AddGlob(argument);
        else
            _problems.Add(new InputProblem(argument, "no such file"));
    }

    private static bool IsGlob(string argument) => argument.AsSpan().IndexOfAny('*', '?') >= 0;

    private static bool IsLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void AddDirectory(string root)
    {
        var found = new List<string>();
        var problems = _problems.Count;
        Walk(root, found);
        if (found.Count == 0 && problems == _problems.Count)
            _problems.Add(new InputProblem(Shown(root), "no *.toml, *.ndjson or *.json file is in this directory" + Skipped()));
        foreach (var file in found)
            AddFile(file, isNamed: false, root);
    }

    /// <summary>What was seen beside the files that are judged and might hold a configuration, with the reason; empty where there is nothing.</summary>
    public string Skipped()
    {
        if (_skipped.Count == 0)
            return "";
        var names = string.Join(", ", _skipped.Take(3).Select(path => "'" + Shown(path) + "'"));
        return $"; passed over: {names}{(_skipped.Count > 3 ? $" and {_skipped.Count - 3} more" : "")} (YAML and templates contain a configuration among other things, or before it is rendered: check the rendered file, or name a TOML file or a plan explicitly, whatever its extension)";
    }

    private static bool MayHoldConfiguration(string name) =>
        Array.Exists(Templates, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private void Walk(string directory, List<string> found)
    {
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(directory).EnumerateFileSystemInfos()];
        }
        catch (UnauthorizedAccessException)
        {
            _problems.Add(new InputProblem(Shown(directory), "permission denied"));
            return;
        }
        catch (IOException e)
        {
            _problems.Add(new InputProblem(Shown(directory), InputText.Explain(e)));
            return;
        }

        entries.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var entry in entries)
        {
            if (entry is DirectoryInfo)
            {
                // A link may lead out of the tree, or round in a circle.
                if (entry.LinkTarget is null && entry.Name[0] != '.' && Array.IndexOf(PassedOver, entry.Name) < 0)
                    Walk(entry.FullName, found);
            }
            else if (HasExtension(entry.Name) && entry.Name != OptionFile.FileName)
            {
                found.Add(entry.FullName);
            }
            else if (MayHoldConfiguration(entry.Name))
            {
                _skipped.Add(entry.FullName);
            }
        }
    }

    private static bool HasExtension(string name)
    {
        foreach (var extension in Extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // A user who writes *.json means the plans among all that JSON; *.toml are few, and each was meant.
    private static bool IsMeant(string path) => !HasExtension(path) || path.EndsWith(Extensions[0], StringComparison.OrdinalIgnoreCase);

    private void AddGlob(string argument)
    {
        var pattern = argument.Replace('\\', '/');

        // Everything before the first wildcard is a plain path; the rest is matched below it.
        var wildcard = pattern.AsSpan().IndexOfAny('*', '?');
        var slash = pattern.LastIndexOf('/', wildcard);
        var root = Path.GetFullPath(slash < 0 ? "." : slash == 0 ? "/" : pattern[..slash], workingDirectory);
        var rest = pattern[(slash + 1)..];
        var found = new List<string>();
        if (Directory.Exists(root))
        {
            try
            {
                found.AddRange(GlobSearch.Find(root, rest));
            }
            catch (UnauthorizedAccessException)
            {
                _problems.Add(new InputProblem(argument, "permission denied on a directory that the glob goes through"));
                return;
            }
            catch (IOException e)
            {
                _problems.Add(new InputProblem(argument, InputText.Explain(e)));
                return;
            }
        }

        if (found.Count == 0)
            _problems.Add(new InputProblem(argument, "the glob matches no file"));
        found.Sort(string.CompareOrdinal);
        foreach (var file in found)
            AddFile(file, IsMeant(file), root);
    }

    private void AddFile(string path, bool isNamed, string? root)
    {
        if (_seen.Add(WithoutLinks(path)))
            _files.Add(new InputFile(Shown(path), path, isNamed) { Order = _files.Count, Root = root });
    }

    private string WithoutLinks(string path)
    {
        try
        {
            // Many files lie in few directories.
            var directory = Path.GetDirectoryName(path) ?? path;
            if (!_directories.TryGetValue(directory, out var real))
                _directories.Add(directory, real = RealPath.Of(directory));
            var file = Path.Combine(real, Path.GetFileName(path));
            return IsLink(file) ? RealPath.Of(file) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A broken or circular link: reading it says so.
            return path;
        }
    }

    private string Shown(string path)
    {
        var shown = IsBelow(path) ? Path.GetRelativePath(workingDirectory, path) : path;
        return shown.Replace('\\', '/');
    }

    private bool IsBelow(string path)
    {
        var relative = Path.GetRelativePath(workingDirectory, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }
}
