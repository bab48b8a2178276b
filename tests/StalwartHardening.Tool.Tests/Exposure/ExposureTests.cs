using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Tool.Exposure;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tests.Exposure;

/// <summary><c>exposure</c>, run as users run it, and its pictures of hostile names.</summary>
public sealed class ExposureTests : IDisposable
{
    private const string Marker = "Zx9-marker-secret";
    private static readonly string QuickStart = Repository.PathOf("samples", "Quickstart", "config.toml");
    private static readonly string Hardened = Repository.PathOf("samples", "Hardened", "config.toml");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void On_a_terminal_it_is_text()
    {
        var output = ToolProcess.Run(_folder.Root, "exposure", QuickStart).Expect(0).Output;
        Assert.Contains("! IMAP 'imap': clear text until STARTTLS, passwords possible in clear text", output, StringComparison.Ordinal);
        Assert.Contains("[::]:143  for everybody", output, StringComparison.Ordinal);
        Assert.Contains("SWH3001", output, StringComparison.Ordinal);
        Assert.StartsWith("! 6 findings to act on; 5 of 10 listeners that others reach need work.\n    SWH2001 ", output.Split('\n', 2)[1], StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData("map.html", "<!DOCTYPE html>")]
    [InlineData("map.svg", "<svg xmlns=")]
    [InlineData("map.md", "# ")]
    [InlineData("map.mmd", "flowchart LR")]
    [InlineData("map.txt", "config.toml  Stalwart")]
    [InlineData("map.json", "{\n  \"format\": \"stalwart-harden-exposure\"")]
    public void The_ending_of_the_file_says_how_to_draw(string name, string start)
    {
        var result = ToolProcess.Run(_folder.Root, "exposure", QuickStart, "-o", name).Expect(0);
        Assert.Equal("", result.Output);
        var first = _folder.Read(name);
        Assert.StartsWith(start, first, StringComparison.Ordinal);
        ToolProcess.Run(_folder.Root, "exposure", QuickStart, "-o", name).Expect(0);
        Assert.Equal(first, _folder.Read(name));
        Assert.DoesNotContain('\r', first);
    }

    [Fact]
    public void Standard_input_and_standard_output_work()
    {
        var output = ToolProcess.RunWithInput(_folder.Root, TemporaryFolder.Cleartext, "exposure", "-", "--format", "md", "-o", "-").Expect(0).Output;
        Assert.Contains("| imap | IMAP |", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_usage_says_what_is_possible()
    {
        Assert.Contains("unsupported output type '.png'; use .html, .svg, .md, .mmd", ToolProcess.Run(_folder.Root, "exposure", QuickStart, "-o", "map.png").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("--diff", ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--exit-code").Expect(2).Error, StringComparison.Ordinal);
        var path = _folder.Write("config.md", TemporaryFolder.Cleartext);
        Assert.Contains("was not changed", ToolProcess.Run(_folder.Root, "exposure", path, "-o", path).Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.md"));
        ToolProcess.Run(_folder.Root, "exposure", "nothing.toml").Expect(3);
        ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--diff", "nothing.toml").Expect(3);
    }

    [Fact]
    public void The_page_begins_with_the_verdict_and_findings_lead_to_their_rule_and_line()
    {
        var page = ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--format", "html").Expect(0).Output;
        Assert.True(page.IndexOf("6 findings to act on", StringComparison.Ordinal) < page.IndexOf("<h2 id=\"listeners\">", StringComparison.Ordinal));
        foreach (Match link in Regex.Matches(page, "href=\"#(line-[0-9]+)\""))
            Assert.Contains($"id=\"{link.Groups[1].Value}\"", page, StringComparison.Ordinal);
        Assert.Contains("/docs/rules/SWH3001.md\">SWH3001</a>", page, StringComparison.Ordinal);
        // What a rule would have removed is not called in order.
        foreach (var card in page.Split("<details class=\"card fine").Skip(1))
            Assert.DoesNotContain("SWH1", card.Split("</details>")[0], StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--format", "json", "--diff", Hardened).Expect(0).Output);
        Assert.Equal(3, json.RootElement.GetProperty("actions").GetArrayLength());
        Assert.Equal("needs work", json.RootElement.GetProperty("state").GetString());
        Assert.NotEqual(0, json.RootElement.GetProperty("difference").GetProperty("opened").GetArrayLength());
    }

    public static TheoryData<string> Samples { get; } = ["Quickstart/config.toml", "PlanQuickstart/plan.ndjson"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_finding_about_a_listener_is_shown_with_it(string sample)
    {
        using var json = System.Text.Json.JsonDocument.Parse(ToolProcess.Run(Repository.PathOf("samples"), "exposure", sample, "--format", "json").Expect(0).Output);
        static IEnumerable<string> RulesOf(System.Text.Json.JsonElement element) => element.GetProperty("findings").EnumerateArray().Select(static finding => finding.GetProperty("rule").GetString()!);
        Assert.DoesNotContain(RulesOf(json.RootElement), static rule => rule.StartsWith("SWH1", StringComparison.Ordinal));
        foreach (var listener in json.RootElement.GetProperty("listeners").EnumerateArray().Where(static listener => listener.GetProperty("name").GetString() is "imap" or "pop3" or "submission"))
        {
            Assert.Contains(RulesOf(listener), static rule => rule.StartsWith("SWH1", StringComparison.Ordinal));
            Assert.Equal("needs work", listener.GetProperty("state").GetString());
        }
    }

    [Fact]
    public void A_broken_file_is_drawn_as_far_as_it_can_be_read()
    {
        var path = _folder.Write("config.toml", TemporaryFolder.Cleartext + "x = [\n");
        var result = ToolProcess.Run(_folder.Root, "exposure", path).Expect(0);
        Assert.Contains("IMAP 'imap'", result.Output, StringComparison.Ordinal);
        Assert.Contains("refuses to start", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_opens_something_can_fail_a_job()
    {
        var opened = ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--diff", Hardened, "--exit-code").Expect(1).Output;
        Assert.Contains("opens   IMAP on [::]:143: everybody", opened, StringComparison.Ordinal);
        var closed = ToolProcess.Run(_folder.Root, "exposure", Hardened, "--diff", Hardened, "--exit-code").Expect(0).Output;
        Assert.Contains("opens nothing and closes nothing", closed, StringComparison.Ordinal);
        foreach (var format in (string[])["html", "svg", "md"])
            Assert.Contains("IMAP on", System.Net.WebUtility.HtmlDecode(ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--diff", Hardened, "--format", format).Expect(0).Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authentication.fallback-admin.secret = \"{0}\"\nauthentication.fallback-admin.user = \"admin\"\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\" {0}\n")]
    [InlineData("metrics.prometheus.enable = true\nmetrics.prometheus.auth.secret = \"{0}\"\n")]
    [InlineData("store.r.url = \"redis://user:{0}@host/\" x\n")]
    [InlineData("http.headers = [\"Authorization: Bearer {0}\"]\n")]
    public void No_picture_holds_a_secret(string template)
    {
        var path = _folder.Write("config.toml", template.Replace("{0}", Marker, StringComparison.Ordinal) + "server.listener.https = { bind = \"[::]:443\", protocol = \"http\" }\n");
        foreach (var format in (string[])["text", "html", "svg", "md", "mmd", "json"])
        {
            var result = ToolProcess.Run(_folder.Root, "exposure", path, "--format", format);
            Assert.InRange(result.ExitCode, 0, 1);
            Assert.DoesNotContain(Marker, result.Output + result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_documentation_shows_the_picture_of_the_quick_start_and_names_every_option()
    {
        var shown = Repository.PathOf("docs", "exposure.svg");
        var drawn = ToolProcess.Run(_folder.Root, "exposure", QuickStart, "--format", "svg").Expect(0).Output;
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
            File.WriteAllText(shown, drawn);
        Assert.Equal(drawn, File.ReadAllText(shown));
        var page = File.ReadAllText(Repository.PathOf("docs", "tool.md"));
        var section = page[page.IndexOf("## exposure", StringComparison.Ordinal)..page.IndexOf("## rules, explain", StringComparison.Ordinal)];
        foreach (Match option in Regex.Matches(ToolProcess.Run(_folder.Root, "exposure", "--help").Expect(0).Output, @"^ +(?:-\w, )?(--[a-z-]+)", RegexOptions.Multiline))
        {
            // What all commands about one file know is described above.
            if (option.Groups[1].Value is not ("--help" or "--target-version" or "--server-state" or "--cli-version" or "--allowed-ports" or "--http-access-control" or "--config" or "--no-config"))
                Assert.Contains("`" + option.Groups[1].Value, section, StringComparison.Ordinal);
        }
    }

    private static readonly string[] Hostile =
        ["<script>alert(1)</script>", "\"><img src=x onerror=y>", "'", "&amp;", "]]>", "|", "`", "![x](javascript:y)", "<!--", "</style>", "</title>", "\"]; click door0 href", "#quot;", "--> x", "\\", "%%{init:{}}%%", "http://x.example/", "\u202E", "ü", "日本", "\n"];

    [Fact]
    public void Hostile_names_are_shown_and_do_nothing()
    {
        var names = Gen.Elements(Hostile).Or(ArbMap.Default.GeneratorFor<NonNull<string>>().Select(static text => text.Get)).ListOf(3).Select(static parts => string.Concat(parts)).Where(static name => name.Trim().Length > 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(names.ToArbitrary(), static name =>
        {
            var picture = PictureOf(name);
            var shown = picture.Doors[0].Name;

            // The page has the elements that a harmless name has, and its text holds the name.
            var page = HtmlExposure.Write(picture);
            Assert.Equal(Tags(HtmlExposure.Write(PictureOf("x"))), Tags(page));
            Assert.Contains(shown, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);

            var drawing = XDocument.Parse(SvgExposure.Write(picture));
            Assert.All(drawing.Descendants(), static element => Assert.Contains(element.Name.LocalName, (string[])["svg", "title", "style", "rect", "text", "path"]));
            Assert.Contains(shown, string.Concat(drawing.DescendantNodes().OfType<XText>().Select(static text => text.Value)), StringComparison.Ordinal);

            var markdown = MarkdownExposure.Write(picture);
            Assert.Equal(MarkdownExposure.Write(PictureOf("x")).Split('\n').Length, markdown.Split('\n').Length);
            Assert.DoesNotContain("](", markdown, StringComparison.Ordinal);
            Assert.DoesNotMatch("<(?!br>)", markdown);
            var row = markdown.Split('\n').Single(static line => line.Contains("| IMAP |", StringComparison.Ordinal));
            Assert.Equal(7, row.Count(static c => c == '|'));
            Assert.Contains(shown, System.Net.WebUtility.HtmlDecode(row), StringComparison.Ordinal);

            var chart = MermaidExposure.Write(picture);
            Assert.Equal(MermaidExposure.Write(PictureOf("x")).Count(static c => c is '"' or '\n' or '['), chart.Count(static c => c is '"' or '\n' or '['));
            Assert.DoesNotContain("%%", chart, StringComparison.Ordinal);
        }));
    }

    private static string Tags(string page) => string.Concat(Regex.Matches(page, "<[^>]*>").Select(static match => match.Value));

    private static ExposurePicture PictureOf(string name)
    {
        var shown = Printable.Text(name);
        var service = new Service("JMAP", "everybody, in part", "no log-in", [shown], Tone.Fine);
        return new ExposurePicture
        {
            Title = shown,
            Version = "0.15",
            Doors = [new Door(shown, "IMAP", [(shown, "everybody")], "everybody", "TLS from the first byte", "passwords encrypted", [service], [new Remark("SWH1001", Rules.RuleSeverity.Warning, shown)], true, Tone.NeedsWork)],
            Keyholders = [new Keyholder(shown, "Administrator", "every permission", [])],
            Remarks = [new Remark("SWH0001", Rules.RuleSeverity.Info, shown)],
            Difference = new Server.Exposure.ExposureDifference([new Server.Exposure.ExposureChange(shown, "", shown)], []),
        };
    }
}
