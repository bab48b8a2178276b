using Microsoft.CodeAnalysis.Text;

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
    public async Task A_text_is_taken_from_the_compiler_once_for_each_dialect()
    {
        var file = new CountingFile();
        await Compiler.Judge(file);
        await Compiler.Judge(file, ("stalwart_hardening.allowed_ports", "143"));
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.13.1"));
        Assert.Equal(1, file.Count);
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.13.0"));
        await Compiler.Judge(file, ("stalwart_hardening.target_version", "0.7"));
        Assert.Equal(2, file.Count);
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
