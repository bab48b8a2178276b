using System.Text.RegularExpressions;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Rules;

/// <summary>Whether what is said of a plan is said in the words of a plan, and not in those of a TOML file.</summary>
internal static partial class PlanWording
{
    // What no plan has; 'url_path' and the like may be quoted from the plan itself in a message.
    private static readonly string[] s_foreign = ["TOML", "memory directory", "internal directory", "%{", "fallback administrator", "master user", "[http]", "config.local-keys", "this file", "web administration writes"];

    private static readonly Lazy<HashSet<string>> s_fragments = new(static () =>
    {
        var fragments = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in SettingNames.Known.All)
        {
            var parts = name.Pattern.ToString()!.Split('.');
            for (var start = 0; start < parts.Length; start++)
            {
                for (var count = 2; start + count <= parts.Length; count++)
                    fragments.Add(string.Join('.', parts, start, count));
            }
        }

        return fragments;
    });

    /// <summary>Every text about a finding of a plan.</summary>
    public static void AssertSpeaksOfPlans(ServerConfiguration server, Finding finding)
    {
        Assert.True(server.IsPlan);

        // What the plan itself says may be quoted.
        var message = finding.Message;
        foreach (var name in NamesOfToml(message).Where(name => server.Document.Text?.Contains(name, StringComparison.Ordinal) == true))
            message = message.Replace(name, "…", StringComparison.Ordinal);
        Check(finding, "message", message);
        Check(finding, "why", finding.Rule.WhyFor(server));
        Check(finding, "do", finding.Rule.RemedyFor(server));
        foreach (var remedy in finding.Remedies(server))
            Check(finding, "title of a remedy", remedy.Title);
    }

    /// <summary>The names of settings of TOML in a text.</summary>
    public static IEnumerable<string> NamesOfToml(string text) =>
        DottedName().Matches(text).Select(match => match.Value.TrimEnd('.')).Where(s_fragments.Value.Contains).Concat(s_foreign.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static void Check(Finding finding, string what, string text)
    {
        Assert.False(string.IsNullOrWhiteSpace(text));
        var names = NamesOfToml(text).ToList();
        Assert.True(names.Count == 0, $"{finding.Rule.Id}, {what}, speaks of {string.Join(", ", names)} to the author of a plan: {text}");
        Assert.DoesNotContain("{{", what == "message" ? "" : text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<![\w/.@-])[a-z][a-z0-9-]*(\.[a-z0-9-]+)+(?![\w/@])")]
    private static partial Regex DottedName();
}
