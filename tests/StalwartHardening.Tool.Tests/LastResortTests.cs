using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tests;

/// <summary>A mistake of the tool's own at one file: it is said, and every other file gets what it came for.</summary>
public sealed class LastResortTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_file_at_which_the_tool_fails_stops_no_other(int count)
    {
        var search = new InputSearch(_folder.Root);
        for (var i = 0; i < count; i++)
            search.Add(_folder.Write($"{i}.toml", TemporaryFolder.Cleartext), null);
        var run = new CheckRun(new FileJudge(new OptionResolver(new CommandLineOptions())), new FailingFormat());
        using var output = new StringWriter();
        run.Execute(search.Files, output);
        var problem = Assert.Single(run.Summary.Problems);
        Assert.EndsWith("0.toml", problem.Path, StringComparison.Ordinal);
        Assert.Matches("^stalwart-harden itself fails on it [(]InvalidOperationException in StalwartHardening[.][^)]*[)]; please report this$", problem.Message);
        Assert.Equal(count - 1, run.Summary.Findings);
        Assert.Equal(string.Concat(Enumerable.Range(1, count - 1).Select(static i => $"{i}.toml;")), output.ToString());
    }

    [Fact]
    public void The_place_is_named_and_the_message_is_not()
    {
        var mistake = Record.Exception(static () => Edits.TextChange.Apply("hunter2", [new(3, 1, ""), new(0, 1, "")]));
        Assert.NotNull(mistake);
        var said = LastResort.Explain(mistake);
        Assert.Contains("in StalwartHardening.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_usage_still_ends_the_run() =>
        Assert.Throws<Tool.UsageException>(() => LastResort.Try(static () => throw new Tool.UsageException("no"), new InputFile("a", "/a", true)));

    private sealed class FailingFormat : ReportFormat
    {
        public override string Render(FileReport report) =>
            Path.GetFileName(report.File.Path) == "0.toml" ? throw new InvalidOperationException("hunter2") : Path.GetFileName(report.File.Path) + ";";
    }
}
