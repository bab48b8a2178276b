using System.Text;
using System.Text.Json;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>The reader against answers computed by the server's own parser.</summary>
public class ServerAgreementTests
{
    [Fact]
    public void All_snippets_are_read_as_the_server_reads_them() =>
        AssertAgreement(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "toml-dialect.jsonl"), 389);

    [Fact]
    public void Mutated_pieces_of_real_files_are_read_as_the_server_reads_them() =>
        AssertAgreement(Repository.SharedOrSkip("vectors", "toml-dialect-fuzz.jsonl"), 900);

    [Fact]
    public void Real_files_are_read_as_the_server_reads_them()
    {
        var folder = Repository.SharedOrSkip("corpus");
        var deviations = new StringBuilder();
        var files = Directory.GetFiles(folder, "*.toml");
        Assert.Equal(121, files.Length);
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "flattened", name + ".json")));
            int? line = expected.RootElement.TryGetProperty("error", out var error) ? LineIn(error.GetString()!) : null;
            Compare(deviations, name, Encoding.UTF8.GetString(File.ReadAllBytes(file)), ServerVersion.Newest, line, expected.RootElement);
        }

        Assert.True(deviations.Length == 0, deviations.ToString());
    }

    private static void AssertAgreement(string path, int count)
    {
        var deviations = new StringBuilder();
        var lines = File.ReadAllLines(path);
        Assert.Equal(count, lines.Length);
        foreach (var json in lines)
        {
            using var vector = JsonDocument.Parse(json);
            var root = vector.RootElement;
            Assert.True(ServerVersion.TryParse(root.GetProperty("version").GetString(), out var version));
            int? line = root.TryGetProperty("error_line", out var value) ? value.GetInt32() : null;
            Compare(deviations, root.GetProperty("id").GetString()!, root.GetProperty("text").GetString()!, version, line, root);
        }

        Assert.True(deviations.Length == 0, deviations.ToString());
    }

    private static void Compare(StringBuilder deviations, string id, string text, ServerVersion version, int? errorLine, JsonElement expected)
    {
        var document = ServerTomlReader.Read(text, version, TestContext.Current.CancellationToken);
        int? line = document.Problems.Count > 0 ? document.Problems[0].Line : null;
        if (line != errorLine)
            deviations.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{id}: error on line {line} instead of {errorLine} {(line is null ? "" : document.Problems[0].Message)} in {JsonSerializer.Serialize(text)}");

        var keys = expected.GetProperty(errorLine is null ? "keys" : "partial_keys").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString());
        var read = document.InTextOrder[..document.CountBeforeFirstProblem].ToArray().ToDictionary(setting => setting.Key, setting => setting.Value);
        foreach (var (key, value) in keys)
        {
            if (!read.TryGetValue(key, out var actual) || actual != value)
                deviations.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{id}: {key} = {actual ?? "nothing"} instead of {value} in {JsonSerializer.Serialize(text)}");
        }

        foreach (var key in read.Keys.Where(key => !keys.ContainsKey(key)))
            deviations.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{id}: {key} is too much in {JsonSerializer.Serialize(text)}");
    }

    // "Unexpected EOF at line: 186", "Expected ['\\n'] but found '_' in value at line 53."
    private static int LineIn(string error)
    {
        var digits = error.AsSpan(error.LastIndexOf("line", StringComparison.Ordinal)).Trim("line:. ").TrimEnd('.');
        return int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}
