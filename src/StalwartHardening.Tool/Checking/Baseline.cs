using System.Text.Json;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Checking;

/// <summary>A finding as a baseline keeps it.</summary>
internal readonly record struct KnownFinding(string Rule, string Setting, string Fingerprint);

/// <summary>
/// Findings that were there before anybody looked, so that a build fails only on new ones. Paths are relative to the baseline's
/// own folder, so that it holds wherever a repository is checked out.
/// </summary>
internal sealed class Baseline
{
    private const int FormatVersion = 1;
    private readonly Dictionary<string, List<string>> _files = new(StringComparer.Ordinal);
    private readonly string _directory;

    private Baseline(string directory)
    {
        _directory = directory;
    }

    /// <summary>The fingerprints known for a file.</summary>
    public IReadOnlyList<string> For(InputFile file) => _files.GetValueOrDefault(PathOf(file, _directory)) ?? [];

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="UsageException">It is not there, or no baseline.</exception>
    public static Baseline Read(string path)
    {
        var baseline = new Baseline(DirectoryOf(path));
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.GetProperty("version").GetInt32() != FormatVersion)
                throw new UsageException($"the baseline '{path}' has a format that this version of the tool does not know.");
            foreach (var file in json.RootElement.GetProperty("files").EnumerateObject())
            {
                var fingerprints = new List<string>();
                foreach (var finding in file.Value.EnumerateArray())
                    fingerprints.Add(finding.GetProperty("fingerprint").GetString() ?? "");
                baseline._files[file.Name] = fingerprints;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the baseline '{path}' cannot be read: {(e is UnauthorizedAccessException ? "permission denied" : e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : "it is not a readable file")}.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"'{path}' is not a baseline; create one with --write-baseline.");
        }

        return baseline;
    }

    /// <summary>Writes what was found, so that nothing of it is reported again.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static int Write(string path, IEnumerable<FileReport> reports)
    {
        var text = Text(reports, DirectoryOf(path), out var count);
        AtomicFile.Write(path, text);
        return count;
    }

    /// <summary>The text of a baseline whose paths are relative to <paramref name="directory"/>.</summary>
    public static byte[] Text(IEnumerable<FileReport> reports, string directory, out int count)
    {
        count = 0;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("version", FormatVersion);
            json.WriteStartObject("files");
            foreach (var report in reports.Where(report => report.Everything.Count > 0).OrderBy(report => PathOf(report.File, directory), StringComparer.Ordinal))
            {
                json.WriteStartArray(PathOf(report.File, directory));
                foreach (var finding in report.Everything)
                {
                    json.WriteStartObject();
                    json.WriteString("rule", finding.Rule);
                    json.WriteString("setting", finding.Setting);
                    json.WriteString("fingerprint", finding.Fingerprint);
                    json.WriteEndObject();
                    count++;
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";

    private static string PathOf(InputFile file, string directory) =>
        file is { IsStandardInput: true, Path: InputFile.StandardInputName }
            ? InputFile.StandardInputName
            : Path.GetRelativePath(directory, file.FullPath).Replace('\\', '/');
}
