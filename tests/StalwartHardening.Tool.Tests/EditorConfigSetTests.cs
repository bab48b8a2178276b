using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tests;

/// <summary>The tool obeys the same files as the build, so it has to understand them alike: compared with the compiler's own reading of random ones.</summary>
public sealed class EditorConfigSetTests
{
    private static readonly string[] Names = ["stalwart_hardening.allowed_ports", "stalwart_hardening.severity.SWH1001", "STALWART_hardening.allow-all", "dotnet_diagnostic.SWH1001.severity", "indent_size", "root", "is_global", "global_level", "stalwart_hardening.ä"];
    private static readonly string[] Values = ["143", "true", "error", "none", "default", "a#b", "a ;b", "\"x\"", "", "a=b", "[x]", "-7", "7"];
    private static readonly string[] Parts = ["*", "**", "?", "a", "b", "config", ".toml", "/", "[ab]", "[!a]", "[a-c]", "[-a]", "{a,b}", "{1..3}", "{-1..12}", "{3..1}", "{a,{b,1}}", "{a,{1..2}}", "\\*", "\\", ",", "}", "{", "[", "12", "-1", ".", "]", " ", "{,a}", "{a}", "1"];
    private static readonly string[] PathParts = ["a", "b", "c", "config", ".toml", "/", "1", "2", "12", "-1", "*", "ab", ".x", " ", "}"];

    [Fact]
    public void Random_sections_hold_for_the_same_paths_as_in_the_compiler()
    {
        var random = new Random(2001);
        var applied = 0;
        for (var round = 0; round < 4_000; round++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Parts[random.Next(Parts.Length)]));
            if (name.Contains("[]", StringComparison.Ordinal) || name.Contains("[!]", StringComparison.Ordinal))
                continue; // The compiler's regular expression takes what follows into the empty class.
            var paths = Enumerable.Range(0, 6).Select(_ => "/work place/" + RandomPath(random)).ToArray();
            if (Read([("/work place/.editorconfig", $"[{name}]\nstalwart_hardening.x = 1\n")]) is not var (compiler, ours))
                continue;
            foreach (var path in paths)
            {
                var expected = Describe(OptionsOf(compiler, path));
                Assert.True(expected == Describe(ours.For(path)), $"[{name}] for {path}: the compiler has '{expected}'");
                applied += expected.Length > 0 ? 1 : 0;
            }
        }

        Assert.True(applied > 400, $"only {applied} sections applied");
    }

    [Fact]
    public void Random_files_say_what_they_say_in_the_compiler()
    {
        var random = new Random(2002);
        var different = new HashSet<string>();
        for (var round = 0; round < 3_000; round++)
        {
            var files = new List<(string Path, string Text)>();
            foreach (var folder in (string[])["/", "/src/", "/src/mail/"])
            {
                if (random.Next(2) == 0)
                    files.Add((folder + ".editorconfig", RandomText(random)));
                if (random.Next(3) == 0)
                    files.Add((folder + ".globalconfig", RandomText(random)));
            }

            if (Read(files) is not var (compiler, ours))
                continue;
            foreach (var path in (string[])["/src/mail/config.toml", "/src/a.toml", "/b", "/src/mail/x/1"])
            {
                var expected = Describe(OptionsOf(compiler, path));
                different.Add(expected);
                Assert.True(
                    expected == Describe(ours.For(path)),
                    $"for {path} the compiler has '{expected}', the tool '{Describe(ours.For(path))}':\n" + string.Join("\n", files.Select(static file => "--- " + file.Path + "\n" + file.Text)));
            }
        }

        Assert.True(different.Count > 200, $"only {different.Count} outcomes");
    }

    private static string RandomPath(Random random)
    {
        var path = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => PathParts[random.Next(PathParts.Length)])).Trim('/');
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);
        return path.Length == 0 ? "a" : path;
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(8); i > 0; i--)
        {
            var line = random.Next(9) switch
            {
                0 => "[*.toml]",
                1 => "[/src/a.toml]",
                2 => "[/src/mail/config.toml]" + (random.Next(2) == 0 ? " # x" : " x"),
                3 => "[" + Parts[random.Next(Parts.Length)] + Parts[random.Next(Parts.Length)] + "]",
                4 => "# comment",
                5 => new string('[', random.Next(2)) + Parts[random.Next(Parts.Length)],
                _ => new string(' ', random.Next(2)) + Names[random.Next(Names.Length)] + (random.Next(3) == 0 ? ":" : " = ") + Values[random.Next(Values.Length)],
            };
            text.Append(line).Append(random.Next(4) == 0 ? "\r\n" : "\n");
        }

        return text.ToString();
    }

    private static (AnalyzerConfigSet Compiler, EditorConfigSet Ours)? Read(IReadOnlyList<(string Path, string Text)> files)
    {
        try
        {
            return (
                AnalyzerConfigSet.Create(files.Select(static file => AnalyzerConfig.Parse(SourceText.From(file.Text), file.Path)).ToList()),
                new EditorConfigSet(files.Select(static file => EditorConfigFile.Parse(
                    file.Text,
                    file.Path[..file.Path.LastIndexOf('/')] is { Length: > 0 } folder ? folder : "/",
                    file.Path.EndsWith(EditorConfigFile.GlobalConfigName, StringComparison.Ordinal)))));
        }
        catch (RegexParseException)
        {
            // A range in reverse order, or an empty class, stops the compiler itself.
            return null;
        }
    }

    // The compiler keeps severities apart, and what holds for all files; the tool asks for all of them by name.
    private static Dictionary<string, string> OptionsOf(AnalyzerConfigSet set, string path)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var result in (AnalyzerConfigOptionsResult[])[set.GlobalConfigOptions, set.GetOptionsForSourcePath(path)])
        {
            foreach (var (name, value) in result.AnalyzerOptions)
                values[name.ToLowerInvariant()] = value;
            foreach (var (id, severity) in result.TreeOptions)
                values[$"dotnet_diagnostic.{id.ToLowerInvariant()}.severity"] = SeverityText(severity);
        }

        return values;
    }

    private static string SeverityText(ReportDiagnostic severity) => severity switch
    {
        ReportDiagnostic.Error => "error",
        ReportDiagnostic.Suppress => "none",
        ReportDiagnostic.Default => "default",
        _ => severity.ToString(),
    };

    // Ours only; a severity that means nothing is not among the compiler's.
    private static string Describe(Dictionary<string, string> values) =>
        string.Join(", ", values
            .Where(static pair => pair.Key.StartsWith("stalwart_hardening.", StringComparison.Ordinal) || (pair.Key.StartsWith("dotnet_diagnostic.swh", StringComparison.Ordinal) && pair.Value is "error" or "none" or "default"))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key}={pair.Value}"));
}
