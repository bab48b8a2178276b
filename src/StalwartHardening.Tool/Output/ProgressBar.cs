using Spectre.Console;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Output;

/// <summary>Shows how far a long run is, on a terminal only; it is gone when the results appear.</summary>
internal static class ProgressBar
{
    /// <summary>Runs and shows how far it is.</summary>
    public static void Show(CheckRun run, IReadOnlyList<InputFile> files, TextWriter output)
    {
        // Results and bar would write over each other on one screen.
        using var buffer = new StringWriter();

        // That this is a terminal is known; left to find out, the library would look at standard output too.
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (console.Profile.Width <= 0)
            console.Profile.Width = 80;
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                var task = context.AddTask("Judging", maxValue: files.Count);
                run.Progressed = count => task.Value = count;
                run.Execute(files, buffer);
                run.Progressed = null;
            });
        output.Write(buffer.ToString());
    }
}
