using System.Globalization;
using System.Text;
using StalwartHardening.Analyzers.Literals;

namespace StalwartHardening.Tests.Literals;

/// <summary>What texts that are nobody's configuration cost.</summary>
public class LiteralCostTests
{
    [Fact]
    public async Task Ordinary_texts_are_let_go_at_sight()
    {
        var source = new StringBuilder("class C\n{\n    void M(string s, int n) { }\n    void All(int x)\n    {\n");
        for (var i = 0; i < 5000; i++)
            source.Append(CultureInfo.InvariantCulture, $"        M(\"a message, number {i}\", x); M($\"x is {{x}} of {i}.\", x);\n");
        // And some that look like settings until they are read.
        for (var i = 0; i < 200; i++)
            source.Append(CultureInfo.InvariantCulture, $"        M(\"Server=db{i}.example.org;Database=x\", x);\n");
        source.Append("    }\n}\n");
        var own = TimeSpan.MaxValue;
        for (var run = 0; run < 3; run++)
        {
            var analyzer = new ConfigurationLiteralAnalyzer();
            var compilation = Compiler.Create(source.ToString(), analyzer);
            Assert.Empty(await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
            var telemetry = await compilation.GetAnalyzerTelemetryInfoAsync(analyzer, TestContext.Current.CancellationToken);
            own = telemetry.ExecutionTime < own ? telemetry.ExecutionTime : own;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"10,200 literals: {own.TotalMilliseconds:F1} ms");
        // Twenty times what it takes, for slow machines.
        Assert.True(own < TimeSpan.FromSeconds(1), own.ToString());
    }
}
