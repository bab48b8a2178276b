using System.Globalization;
using StalwartHardening.Rules;

namespace StalwartHardening.Configuration;

/// <summary>The options of a build that hold everywhere: those of its global analyzer configuration files. What is said for single files belongs to the compiler.</summary>
internal static class GlobalOptions
{
    private const string Severity = "dotnet_diagnostic.";

    /// <summary>Reads the options of all files that say <c>is_global = true</c> or are called <c>.globalconfig</c>; the highest <c>global_level</c> wins.</summary>
    public static HardeningOptions Read(IEnumerable<string> files)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in files.Where(File.Exists).Select(ReadFile).Where(static file => file.IsGlobal).OrderBy(static file => file.Level))
        {
            foreach (var option in file.Options)
                options[option.Key] = option.Value;
        }

        return HardeningOptions.Read(name => CompilersSeverity(options, name) ?? (options.TryGetValue(name, out var value) ? value : null));
    }

    // The compiler has the last word: it applies dotnet_diagnostic.SWH1001.severity to what stalwart_hardening.severity.SWH1001 has made of a finding.
    private static string? CompilersSeverity(Dictionary<string, string> options, string name) =>
        name.StartsWith(HardeningOptions.SeverityPrefix, StringComparison.Ordinal)
        && options.TryGetValue(Severity + name.Substring(HardeningOptions.SeverityPrefix.Length) + ".severity", out var value)
            ? value switch { "silent" or "refactoring" => "none", "default" => null, _ => value }
            : null;

    private static GlobalFile ReadFile(string path)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in File.ReadLines(path))
        {
            var text = line.Trim();
            if (text.StartsWith("[", StringComparison.Ordinal))
                break;
            var equals = text.IndexOf('=');
            if (equals > 0 && text[0] is not ('#' or ';'))
                options[text.Substring(0, equals).Trim()] = text.Substring(equals + 1).Trim();
        }

        var isNamed = string.Equals(Path.GetFileName(path), ".globalconfig", StringComparison.OrdinalIgnoreCase);
        var isGlobal = isNamed || (options.TryGetValue("is_global", out var said) && string.Equals(said, "true", StringComparison.OrdinalIgnoreCase));
        var level = options.TryGetValue("global_level", out var number) && int.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : isNamed ? 100 : 0;
        return new GlobalFile(isGlobal, level, options);
    }

    private sealed record GlobalFile(bool IsGlobal, int Level, Dictionary<string, string> Options);
}
