using System.Text;
using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;

namespace StalwartHardening.Configuration;

/// <summary>
/// What a build hears of a program that it runs to have its servers judged (<c>StalwartHardeningJudgeOutput</c>). The build names a
/// report file in the environment; without one, nothing here happens.
/// </summary>
internal sealed class BuildReport
{
    /// <summary>The variable with the path of the report. Lines as compilers write them; before those of a server one with <c>#</c> and the path it was written to.</summary>
    public const string FileVariable = "STALWART_HARDENING_JUDGE_REPORT";

    /// <summary>The variable with the files to be judged, separated by '|'; empty for all that the program writes.</summary>
    public const string OutputsVariable = "STALWART_HARDENING_JUDGE_OUTPUTS";

    /// <summary>The variable with the build's configuration files for analyzers, separated by '|'; global ones count.</summary>
    public const string OptionsVariable = "STALWART_HARDENING_JUDGE_OPTIONS";

    /// <summary>The variable with the option files (<c>stalwart-harden.toml</c>) of the build, separated by '|': what they say is meant to stay is not told.</summary>
    public const string OptionFilesVariable = "STALWART_HARDENING_JUDGE_OPTION_FILES";

    private static readonly object Gate = new();

    private readonly string _file;
    private readonly HashSet<string> _outputs;
    private readonly HardeningOptions _options;
    private readonly string[] _optionFiles;
    private readonly Dictionary<string, IReadOnlyList<IgnoredFinding>> _ignored = new(StringComparer.Ordinal);

    private BuildReport(string file)
    {
        _file = file;
        _outputs = new HashSet<string>(Paths(OutputsVariable).Select(Path.GetFullPath), StringComparer.OrdinalIgnoreCase);
        _options = GlobalOptions.Read(Paths(OptionsVariable));
        _optionFiles = Paths(OptionFilesVariable);
    }

    /// <summary>The report that a build waits for; null where none does.</summary>
    public static BuildReport? Current { get; } = Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file ? new BuildReport(file) : null;

    /// <summary>Reports on a server that the program writes.</summary>
    /// <param name="judge">Judges it as the build's options say.</param>
    /// <param name="path">The file it goes to; null where only the program knows.</param>
    public void Add(Func<HardeningOptions, IEnumerable<(ServerFinding Finding, Severity Severity)>> judge, string? path)
    {
        var target = path is null ? null : Path.GetFullPath(path);
        if (_outputs.Count > 0 && (target is null || !_outputs.Contains(target)))
            return;
        var text = new StringBuilder("#").Append(target).AppendLine();
        foreach (var (finding, severity) in judge(_options))
        {
            if ((finding.FilePath is null || !SuppressedLines.Covers(finding.FilePath, finding.Line, finding.RuleId)) && !IsMeantToStay(finding, target))
                text.AppendLine(finding.ToString(severity));
        }

        lock (Gate)
            File.AppendAllText(_file, text.ToString());
    }

    // The option file beside the program, as for what the compiler finds in it; where nobody knows the line, the one beside what is written.
    private bool IsMeantToStay(ServerFinding finding, string? target)
    {
        if ((finding.FilePath ?? target) is not { } place || OptionFileFolders.Nearest(place, _optionFiles, static file => file) is not { } file)
            return false;
        lock (Gate)
        {
            if (!_ignored.TryGetValue(file, out var ignored))
                _ignored.Add(file, ignored = File.Exists(file) ? OptionFile.Parse(File.ReadAllText(file)).Ignored : []);
            return ignored.Any(entry => entry.Covers(finding.RuleId, finding.SettingKey));
        }
    }

    private static string[] Paths(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(['|'], StringSplitOptions.RemoveEmptyEntries).Select(static path => path.Trim()).Where(static path => path.Length > 0).ToArray();
}
