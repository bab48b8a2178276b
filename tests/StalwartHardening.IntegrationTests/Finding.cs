using System.Text.Json;

namespace StalwartHardening.Tests;

/// <summary>A finding as the compiler wrote it into its error log.</summary>
internal sealed record Finding(string Rule, string Level, string File, int Line, bool IsSuppressed)
{
    /// <summary>All results of the compiler's SARIF log, in text order. Other rules than ours too, so that a crash shows.</summary>
    public static IReadOnlyList<Finding> ReadLog(string path)
    {
        using var log = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        var findings = new List<Finding>();
        foreach (var result in log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            var (file, line) = ("", 0);
            if (result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0)
            {
                var place = locations[0].GetProperty("physicalLocation");
                file = Path.GetFileName(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!, UriKind.RelativeOrAbsolute).ToString());
                line = place.GetProperty("region").GetProperty("startLine").GetInt32();
            }

            findings.Add(new Finding(
                result.GetProperty("ruleId").GetString()!,
                result.TryGetProperty("level", out var level) ? level.GetString()! : "warning",
                file,
                line,
                result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0));
        }

        return [.. findings.OrderBy(finding => finding.File).ThenBy(finding => finding.Line).ThenBy(finding => finding.Rule, StringComparer.Ordinal)];
    }

    public override string ToString() => $"{File}({Line}): {Level} {Rule}";
}
