using StalwartHardening.Mutation;

namespace StalwartHardening.Fuzz;

/// <summary>The largest run of each fuzzer, as a table in <c>docs/trust.md</c>.</summary>
internal static class FuzzRecord
{
    /// <summary>Notes a run without failure where none as large is noted.</summary>
    public static void Write(string page, string name, long tried, int seed) => RecordedRuns.Write(page, "fuzzing", name, tried, seed);
}
