using System.Globalization;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tests;

/// <summary>A report costs no more than grows with the file, however many findings are on one line. In bytes and characters, not in time.</summary>
public sealed class ReportWorkTests
{
    private const int Small = 200;
    private const int Growth = 4;
    private const double MaxGrowth = Growth * 1.9;

    public static TheoryData<string> Shapes => [.. Texts.Keys];

    private static Dictionary<string, Func<int, string>> Texts { get; } = new(StringComparer.Ordinal)
    {
        ["addresses on one line"] = static n => "[server.listener.imap]\nprotocol = 'imap'\nbind = [" + string.Join(',', Enumerable.Range(0, n).Select(static i => $"'[::]:{1024 + i}'")) + "]\n",
        ["listeners with secrets"] = static n => string.Concat(Enumerable.Range(0, n).Select(static i => $"[server.listener.l{i}]\nprotocol = 'imap'\nbind = '[::]:{1024 + i}'\nsecret = 'hunter{i}'\n")),
        ["comments for one line"] = static n => "[server.listener.imap]\nprotocol = 'imap'\n" + string.Concat(Enumerable.Repeat("# swh:ignore SWH1003 -- x\n", n)) + "bind = [" + string.Join(',', Enumerable.Repeat("'[::]:143'", n)) + "]\n",
        ["lists that never end"] = static n => string.Concat(Enumerable.Repeat("password = [\n", n)),
        ["lists that never end, on one line"] = static n => string.Concat(Enumerable.Repeat("password = [ ", n)) + "\n",
        ["keys in comments"] = static n => string.Concat(Enumerable.Repeat("# key = 'x'\n", n)),
        ["keys again in reverse order"] = static n => string.Concat(Enumerable.Range(0, n).Concat(Enumerable.Range(0, n).Reverse()).Select(static i => $"key{i} = {i}\n")),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Work_grows_no_faster_than_the_file(string shape)
    {
        Render(Texts[shape](2), new TextFormat(new Style(false), 0));
        var small = Render(Texts[shape](Small), new TextFormat(new Style(false), 0));
        var large = Render(Texts[shape](Small * Growth), new TextFormat(new Style(false), 0));
        Assert.True(large < Math.Max(1 << 20, small) * MaxGrowth, string.Create(CultureInfo.InvariantCulture, $"{small} bytes, and {large} for {Growth} times the text"));
    }

    [Theory]
    [InlineData("addresses on one line", 2_000)]
    [InlineData("listeners with secrets", 1_000)]
    public void The_search_for_fixes_has_a_budget(string shape, int size)
    {
        var report = Report(Texts[shape](size));
        new SarifFormat().Render(report);
        Assert.True(report.Budget.IsSpent);
        Assert.InRange(report.Budget.Spent, 1, Math.Max(4L << 20, 32L * report.Text.Length));
    }

    private static long Render(string text, ReportFormat format)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        format.Render(Report(text));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static FileReport Report(string text) =>
        new FileJudge(new OptionResolver(new CommandLineOptions { IgnoresFiles = true })) { KeepsServer = true }.Judge(new InputFile("a.toml", "/a.toml", true), new InputText(text, -1, null), TestContext.Current.CancellationToken);
}
