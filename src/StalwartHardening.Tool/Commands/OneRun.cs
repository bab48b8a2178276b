using System.CommandLine;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>--one-run</c>: several plans that are applied one after the other.</summary>
internal static class OneRun
{
    /// <summary>The option.</summary>
    public static Option<bool> Option() => new("--one-run")
    {
        Description = "Treat all files as plans of one run, applied in the order in which they are named: only the server after the last one counts.",
    };

    /// <summary>What is judged: each file, or all of them as one run.</summary>
    public static IReadOnlyList<InputFile> Files(InputSearch search, bool isOneRun) =>
        !isOneRun ? search.Files

        // What a run does without one of its plans nobody asked.
        : search.Files.Count == 0 || search.Problems.Count > 0 ? []
        : [InputFile.Run([.. search.Files.Select(static file => file with { IsNamed = true })])];
}
