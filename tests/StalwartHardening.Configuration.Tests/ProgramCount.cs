using System.Globalization;
using StalwartHardening.Mutation;

namespace StalwartHardening.Tests;

/// <summary>How many random programs a test tries: some with every change, more where <c>STALWART_HARDENING_PROGRAMS</c> says so. Such a run is recorded in the page that <c>STALWART_HARDENING_RECORD</c> names.</summary>
internal static class ProgramCount
{
    private static readonly Lock s_gate = new();

    /// <summary>The number of programs.</summary>
    /// <param name="usual">How many are tried with every change.</param>
    public static int Of(int usual) => int.TryParse(Environment.GetEnvironmentVariable("STALWART_HARDENING_PROGRAMS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : usual;

    /// <summary>Notes a run without failure.</summary>
    /// <param name="what">What was compared.</param>
    /// <param name="programs">How many programs.</param>
    /// <param name="seed">The first seed.</param>
    public static void Record(string what, int programs, int seed)
    {
        if (Environment.GetEnvironmentVariable("STALWART_HARDENING_RECORD") is not { Length: > 0 } page)
            return;
        lock (s_gate)
            RecordedRuns.Write(page, "programs", what, programs, seed);
    }
}
