using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace StalwartHardening.Mutation.Tests;

/// <summary>The whole way of a mutant, for a few lines and their tests: made, woven, run, noticed or not.</summary>
public sealed class MutationTests
{
    private const string Sample = """
        public static class Sample
        {
            private static readonly int[] s_table = Table();

            public static bool IsOfAge(int age) => age >= 18;

            public static bool IsWarm(int degrees) => degrees > 20;

            public static int Least(int left, int right) => left < right ? left : right;

            public static bool IsOdd(bool isEven) => !isEven;

            public static int First() => s_table[0];

            private static int[] Table() => [7];
        }
        """;

    private const string Tests = """
        public class SampleTests
        {
            [Xunit.Theory]
            [Xunit.InlineData(17, false)]
            [Xunit.InlineData(18, true)]
            public void Of_age_is_who_is_eighteen(int age, bool expected) => Xunit.Assert.Equal(expected, Sample.IsOfAge(age));

            [Xunit.Fact]
            public void Thirty_is_warm() => Xunit.Assert.True(Sample.IsWarm(30));

            [Xunit.Theory]
            [Xunit.InlineData(1, 2)]
            [Xunit.InlineData(2, 1)]
            [Xunit.InlineData(1, 1)]
            public void One_is_less_than_two(int left, int right) => Xunit.Assert.Equal(1, Sample.Least(left, right));

            [Xunit.Fact]
            public void The_first_is_seven() => Xunit.Assert.Equal(7, Sample.First());
        }
        """;

    [Fact]
    public async Task A_mistake_is_noticed_where_a_test_decides_it_and_nowhere_else()
    {
        var folder = Directory.CreateTempSubdirectory("mutation");
        try
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var name = typeof(MutationTests).Assembly.GetName().Name!;
            var core = Path.Combine(folder.FullName, "StalwartHardening.Core.dll");
            var sources = new CoreSources("/sample", Compile("StalwartHardening.Core", Sample, "/sample/Part/Sample.cs"), []);
            var (mutants, uncompiled) = WovenCore.Write(sources, core, perFolder: 100, new Random(1), static _ => true);
            Assert.Equal(0, uncompiled);
            var tests = Compile(name, Tests, "/sample/SampleTests.cs").AddReferences(MetadataReference.CreateFromFile(core)).Emit(Path.Combine(folder.FullName, name + ".dll"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(tests.Success, string.Join('\n', tests.Diagnostics));

            using var host = new TestHost(name, folder.FullName);
            var cases = await host.DiscoverAsync(TimeSpan.FromSeconds(30), static skipped => Assert.Fail(skipped));
            host.WarmUpWith(cases);
            Assert.Equal(7, cases.Count);
            var hunt = new MutantHunt(cases, TimeSpan.FromSeconds(10));
            var results = new List<MutationResult>();
            foreach (var mutant in mutants.OrderBy(static mutant => mutant.Line).ThenBy(static mutant => mutant.Original, StringComparer.Ordinal))
                results.Add(await hunt.RunAsync(mutant));

            Assert.Equal(
                [
                    "Killed 18 → 19",
                    "Killed age >= 18 → age > 18",
                    "Survived 20 → 21",
                    "Survived degrees > 20 → degrees >= 20",
                    "Survived left < right → left <= right",
                    "Killed left < right ? left : right → left < right ? right : left",
                    "Unreached !isEven → isEven",
                    "Killed 0 → 1",
                    "Killed 7 → 8",
                ],
                results.Select(static result => $"{result.Outcome} {result.Mutant.Original} → {result.Mutant.Replacement}"));
            // A test that is not there must not pass.
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.KillerAsync(0, [cases[0] with { Id = "0" }]));

            Assert.All(results, static result => Assert.Equal(result.Outcome == MutationOutcome.Killed ? "SampleTests" : null, result.Killer));
            var reasons = new Dictionary<string, string> { ["Part/Sample.cs\tleft < right\tleft <= right"] = "Of two that are the same either is the lesser." };
            var report = MutationReport.Write(results, uncompiled, reasons, 1, ["Sample"], 10);
            Assert.Contains("| Part | 9 | 5 | 3 | 1 | 56 % | 1 | 63 % |", report, StringComparison.Ordinal);
            Assert.Contains("- `Part/Sample.cs`: `left < right` to `left <= right`: Of two that are the same either is the lesser.\n", report, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CSharpCompilation Compile(string name, string text, string path) =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(text, path: path, encoding: System.Text.Encoding.UTF8)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(static file => Path.GetFileName(file) is not "StalwartHardening.Core.dll")
                .Select(static file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
