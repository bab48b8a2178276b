using System.Collections.Concurrent;
using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Options;

/// <summary>
/// Decides what holds for a file. The strongest first: the command line, <c>stalwart-harden.toml</c>, sections of
/// <c>.editorconfig</c>, <c>.globalconfig</c>, the preset. Asked by many threads.
/// </summary>
internal sealed class OptionResolver(CommandLineOptions commandLine)
{
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Lazy<FoundOptionFile?> _named = new(() => commandLine.OptionFile is { } path ? ReadOptionFile(path, isRequired: true) : null);

    /// <summary>What holds for the file at <paramref name="path"/> (a full path).</summary>
    /// <exception cref="UsageException">An option file says something that cannot be.</exception>
    public EffectiveOptions For(string path)
    {
        var directory = Path.GetDirectoryName(path) ?? path;
        var place = _places.GetOrAdd(directory, Look);

        // Without sections every file of a directory is alike.
        if (!place.HasSections)
            return place.Common ??= Decide(place, path);
        return Decide(place, path);
    }

    /// <summary>What holds for the file at <paramref name="path"/>, or for several plans that are one run and of which it is the first.</summary>
    /// <exception cref="UsageException">An option file says something that cannot be.</exception>
    public EffectiveOptions For(string path, bool isRun)
    {
        var options = For(path);
        return isRun ? options with { Hardening = options.Hardening.ForJoinedPlans() } : options;
    }

    /// <summary>The entries of the option files asked so far that took no finding back.</summary>
    public IEnumerable<IgnoredEntry> UnusedIgnores() =>
        _places.Values.Select(place => place.OptionFile).OfType<FoundOptionFile>().SelectMany(file => file.Ignored)
            .GroupBy(ignored => (ignored.File, ignored.Line))
            .Where(same => same.All(ignored => !ignored.IsUsed))
            .OrderBy(same => same.Key.File, StringComparer.Ordinal).ThenBy(same => same.Key.Line)
            .Select(same => same.First());

    private EffectiveOptions Decide(Place place, string path)
    {
        var values = place.Configs.For(path);

        var file = place.OptionFile;
        var preset = commandLine.Preset ?? file?.Content.Preset ?? Preset.Default;
        string? ValueOf(string name)
        {
            if ((commandLine.ValueOf(name) ?? file?.Content.ValueOf(name)) is { } strong)
                return strong;
            var lower = name.ToLowerInvariant();
            if (name.StartsWith(HardeningOptions.SeverityPrefix, StringComparison.OrdinalIgnoreCase))
            {
                var id = name[HardeningOptions.SeverityPrefix.Length..];
                if (values.TryGetValue($"dotnet_diagnostic.{id.ToLowerInvariant()}.severity", out var compiler) && Severities.FromCompiler(compiler) is { } decided)
                    return Severities.Name(decided);
                return values.GetValueOrDefault(lower) ?? (preset != Preset.Default && RuleCatalog.Find(id) is { } rule && Presets.SeverityOf(preset, rule) is var loud && loud != rule.Severity ? Severities.Name(loud) : null);
            }

            return values.GetValueOrDefault(lower);
        }

        return new EffectiveOptions(
            HardeningOptions.Read(ValueOf, values.Count == 0 ? null : values.Keys),
            commandLine.MinimumSeverity ?? file?.Content.MinimumSeverity ?? RuleSeverity.Warning,
            commandLine.Only ?? file?.Content.Only,
            commandLine.Baseline ?? file?.Baseline)
        {
            Ignored = file?.Ignored ?? [],
        };
    }

    private Place Look(string directory)
    {
        if (commandLine.IgnoresFiles)
            return new Place(new EditorConfigSet([]), _named.Value);
        var configs = new List<EditorConfigFile>();
        FoundOptionFile? options = _named.Value;
        var reachedRoot = false;
        for (var folder = directory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            options ??= ReadOptionFile(Path.Combine(folder, OptionFile.FileName), isRequired: false);
            if (!reachedRoot && ReadConfig(folder, EditorConfigFile.EditorConfigName, isGlobal: false) is { } sections)
            {
                reachedRoot = sections is { IsRoot: true, IsGlobal: false };
                configs.Add(sections);
            }

            if (ReadConfig(folder, EditorConfigFile.GlobalConfigName, isGlobal: true) is { } global)
                configs.Add(global);

            // What lies above a repository is somebody else's.
            if (Path.Exists(Path.Combine(folder, ".git")))
                break;
        }

        return new Place(new EditorConfigSet(configs), options);
    }

    private static FoundOptionFile? ReadOptionFile(string path, bool isRequired)
    {
        var text = ReadText(path);
        if (text is null && isRequired)
            throw new UsageException($"the option file '{path}' cannot be read.");
        return text is null ? null : FoundOptionFile.Parse(text, path);
    }

    private static EditorConfigFile? ReadConfig(string folder, string name, bool isGlobal) =>
        ReadText(Path.Combine(folder, name)) is { } text ? EditorConfigFile.Parse(text, folder, isGlobal) : null;

    // A configuration file that is there and not open to us must not silently count as absent.
    private static string? ReadText(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {(e is UnauthorizedAccessException ? "permission denied" : "it is not a readable file")}.");
        }
    }

    private sealed class Place(EditorConfigSet configs, FoundOptionFile? optionFile)
    {
        public EditorConfigSet Configs { get; } = configs;

        public FoundOptionFile? OptionFile { get; } = optionFile;

        public bool HasSections { get; } = !configs.IsEmpty;

        public EffectiveOptions? Common { get; set; }
    }
}
