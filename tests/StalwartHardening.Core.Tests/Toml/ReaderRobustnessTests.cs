using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>Any text gives a document; nothing throws, nothing hangs.</summary>
public class ReaderRobustnessTests
{
    private static readonly string[] Fragments =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ",", "#", "\"", "'", "\"\"\"", "'''", "\\", "\n", "\r\n", "\r", "\t", " ", ".", "\0", "\uFEFF", "\uD800", "\uDC00", "😀", "é",
        "a", "Server", "server.listener.x", "bind", "protocol", "imap", "\"[::]:143\"", "true", "1", "0xFF", "%{env:X}%", "# swh:ignore SWH1001 -- why", "swh:", "!X", "tls.implicit = \"yes\"\n",
        "[server.listener.x]\n", "bind = [\"[::]:143\"]\n", "protocol = \"imap\"\n", "[[a]]\n", "[a.b]\n", "a = { b = 1 }\n", "a.\"b.c\" = 'x'\n", "authentication.fallback-admin = { user = \"a\", secret = \"b\" }\n",
    ];

    private static readonly ServerVersion[] Versions = [new(5, 0), new(6, 0), new(12, 0), ServerVersion.Newest];

    [Fact]
    public void Random_texts_give_consistent_documents()
    {
        var texts = Gen.Elements(Fragments).ListOf().Select(string.Concat).ToArbitrary();
        var random = Prop.ForAll(texts, text =>
        {
            foreach (var version in Versions)
                AssertConsistent(text, version);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60), random);

        // A backslash before half a character, which the second opinion threw at.
        Check.One(Config.QuickThrowOnFailure.WithReplay(16308719388197505497UL, 13862606449765607197UL, 8).WithMaxTest(100), random);
    }

    [Fact]
    public void Random_characters_give_consistent_documents() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<string?>(text => AssertConsistent(text ?? "", ServerVersion.Newest)));

    [Fact]
    public void Real_files_cut_off_anywhere_give_consistent_documents()
    {
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml").Order(StringComparer.Ordinal).Where((_, index) => index % 6 == 0))
        {
            var text = File.ReadAllText(file);
            for (var length = 0; length < text.Length; length += 1 + (text.Length / 150))
                AssertConsistent(text[..length], ServerVersion.Newest);
        }
    }

    [Fact]
    public void Huge_and_hostile_texts_are_read_to_the_end()
    {
        foreach (var text in new[]
        {
            new string('[', 10_000_000),
            string.Concat(Enumerable.Repeat("a = [\n", 300_000)),
            string.Concat(Enumerable.Repeat("a = \"\n", 300_000)),
            string.Concat(Enumerable.Repeat("a = '''\n", 300_000)),
            string.Concat(Enumerable.Repeat("# swh:ignore SWH1001 -- x\n", 100_000)),
            string.Concat(Enumerable.Repeat("[[a]]\n", 100_000)),
            "a = [" + string.Concat(Enumerable.Repeat("1,", 500_000)) + "]\n",
            "[server.listener." + new string('a', 50_000) + "]\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i} = 1\n")),
            "server.listener" + string.Concat(Enumerable.Repeat(".a", 500_000)) + " = 1\nserver.listener" + string.Concat(Enumerable.Repeat(".a", 500_000)) + "b = 1\n",
            "bind = [" + string.Concat(Enumerable.Repeat("\"x\",", 100_000)) + "] # swh:ignore " + string.Concat(Enumerable.Repeat("SWH1001 ", 20_000)) + "-- x\n",
            "[server.proxy]\ntrusted-networks = [" + string.Concat(Enumerable.Repeat("\"8.0.0.0/8\",", 10_000)) + "]\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"[server.listener.l{i}]\nprotocol = \"smtp\"\nbind = \"[::]:25\"\n")),
            "a" + new string('.', 1_000_000) + " = 1\n",
            "[[q]]\n[" + string.Concat(Enumerable.Repeat("a.", 1_000_000)) + "a]\n",
            "a = \"" + new string('\\', 2_000_000),
        })
        {
            var document = Read(text, ServerVersion.Newest);
            Assert.InRange(document.Problems.Count, 0, 100);
            Assert.NotNull(ConfigurationJudge.Judge(Generation.ReadServer(document, ServerVersion.Newest), JudgementOptions.Default, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void A_hundred_thousand_listeners_are_judged()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"[server.listener.l{i}]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n");
        var findings = ConfigurationJudge.Judge(Generation.ReadServer(Read(text.ToString(), ServerVersion.Newest), ServerVersion.Newest), JudgementOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(100_000, findings.Count(finding => finding.Rule.Id == "SWH1001"));
    }

    [Fact]
    public void Work_that_is_no_longer_wanted_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => ServerTomlReader.Read("a = 1\n", ServerVersion.Newest, cancelled.Token));
    }

    private static void AssertConsistent(string text, ServerVersion version)
    {
        var document = Read(text, version);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in document.InTextOrder)
        {
            Assert.True(keys.Add(setting.Key), setting.Key);
            AssertInside(text, setting.KeySpan);
            AssertInside(text, setting.ValueSpan);
            Assert.True(document.TryGet(setting.Key, out var found) && found.Equals(setting));
        }

        for (var i = 1; i < document.Count; i++)
            Assert.True(SettingPath.Compare(document[i - 1].Key, document[i].Key) < 0);
        foreach (var problem in document.Problems)
        {
            AssertInside(text, problem.Span);
            Assert.InRange(problem.Line, 1, text.Count(c => c == '\n') + 1);
        }

        foreach (var remark in document.Remarks)
            AssertInside(text, remark.Span);
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(document, version), JudgementOptions.Default with { TargetVersion = version }, TestContext.Current.CancellationToken))
        {
            AssertInside(text, finding.Span);
            Assert.NotEmpty(finding.Message);
        }

        var again = Read(text, version);
        Assert.True(document.InTextOrder.SequenceEqual(again.InTextOrder));
    }

    private static void AssertInside(string text, SourceSpan span)
    {
        Assert.InRange(span.Start, 0, text.Length);
        Assert.InRange(span.End, span.Start, text.Length);
    }

    private static SettingsDocument Read(string text, ServerVersion version) => ServerTomlReader.Read(text, version, TestContext.Current.CancellationToken);
}
