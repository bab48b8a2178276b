namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>What the names of files say. They only tell which files are worth a look; what a file is, its content says.</summary>
internal static class ConfigurationFileName
{
    private const string Lines = ".ndjson";

    /// <summary>Whether the file may hold a configuration: TOML, JSON, or a template that writes JSON lines, such as <c>plan.ndjson.j2</c>.</summary>
    public static bool IsCandidate(string path) => path.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) || IsJson(path);

    /// <summary>Whether the file is JSON of some kind, or becomes JSON.</summary>
    public static bool IsJson(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(Lines, StringComparison.OrdinalIgnoreCase)
        || path.IndexOf(Lines + ".", StringComparison.OrdinalIgnoreCase) >= 0;
}
