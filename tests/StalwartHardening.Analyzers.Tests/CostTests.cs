using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;

namespace StalwartHardening.Tests;

/// <summary>What the analyzer costs a project.</summary>
public class CostTests
{
    [Fact]
    public async Task Nothing_is_registered_beyond_the_callback_for_additional_files()
    {
        var compilation = Compiler.Create([]);
        var telemetry = await compilation.GetAnalyzerTelemetryInfoAsync(compilation.Analyzers[0], TestContext.Current.CancellationToken);
        var counts = telemetry.GetType().GetProperties()
            .Where(property => property.PropertyType == typeof(int))
            .ToDictionary(property => property.Name, property => (int)property.GetValue(telemetry)!);
        Assert.Equal(1, counts["AdditionalFileActionsCount"]);
        Assert.All(counts, count => Assert.True(count.Key == "AdditionalFileActionsCount" || count.Value == 0, $"{count.Key} is {count.Value}"));
    }

    [Fact]
    public async Task A_text_is_taken_from_the_compiler_once()
    {
        var file = new CountingFile();
        await Compiler.Judge(file);
        await Compiler.Judge(file, ("stalwart_hardening.allowed_ports", "143"));
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.13.1"));
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.13.0"));
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.7"));
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.16"));
        Assert.Equal(1, file.Count);
    }

    [Fact]
    public void Json_of_others_is_let_go_before_it_becomes_a_string()
    {
        var text = new WatchedText(string.Concat(Enumerable.Repeat("{\"name\": \"left-pad\", \"object\": 1, \"type\": \"x\"}\n", 5000)).Replace("\"object\"", "\"subject\"", StringComparison.Ordinal));
        Assert.False(PlanScreen.MayBePlan(text));
        Assert.True(text.LongestCopy <= 4096);
        Assert.False(text.WasWritten);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4090)]
    [InlineData(4093)]
    [InlineData(8181)]
    [InlineData(100_000)]
    public void What_may_be_a_plan_is_seen_wherever_it_says_so(int offset) =>
        Assert.All(["@type", "\"object\""], mark => Assert.True(PlanScreen.MayBePlan(SourceText.From(new string(' ', offset) + mark))));

    private sealed class WatchedText(string text) : SourceText
    {
        public int LongestCopy { get; private set; }

        public bool WasWritten { get; private set; }

        public override System.Text.Encoding? Encoding => null;

        public override int Length => text.Length;

        public override char this[int position] => text[position];

        public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)
        {
            LongestCopy = Math.Max(LongestCopy, count);
            text.CopyTo(sourceIndex, destination, destinationIndex, count);
        }

        public override string ToString(TextSpan span)
        {
            WasWritten = true;
            return text.Substring(span.Start, span.Length);
        }
    }

    private sealed class CountingFile : Microsoft.CodeAnalysis.AdditionalText
    {
        private int _count;

        public int Count => _count;

        public override string Path => "/0/config.toml";

        public override SourceText? GetText(CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            return SourceText.From("[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n");
        }
    }
}
