namespace StalwartHardening.Tool.Input;

/// <summary>For commands about one configuration.</summary>
internal static class SingleFile
{
    /// <summary>The one file that <paramref name="argument"/> names, and its text; null where there is none, and then the user has been told why.</summary>
    /// <param name="argument">A path, a glob or <c>-</c>.</param>
    /// <param name="terminal">Where the user is told.</param>
    /// <param name="verb">What cannot be done with it then; null for what every command does.</param>
    public static ReadFile? Read(string? argument, Terminal terminal, string? verb = null)
    {
        if (Find(argument ?? "", out var problem) is { } file)
        {
            var input = InputText.Read(file);
            if (input.Text is { } text)
                return new ReadFile(file, text);
            problem = new InputProblem(file.Path, input.Problem ?? "it cannot be read");
        }

        terminal.Say((verb is null ? problem : problem! with { Verb = verb }) + ".");
        return null;
    }

    /// <summary>The files that <paramref name="arguments"/> name, as one run where they are several; null where one is missing, and then the user has been told why.</summary>
    public static ReadFile? Read(IReadOnlyList<string> arguments, Terminal terminal, string? verb = null)
    {
        if (arguments.Count == 1)
            return Read(arguments[0], terminal, verb);
        var files = new List<InputFile>(arguments.Count);
        foreach (var argument in arguments)
        {
            if (Find(argument, out var problem) is { } file)
            {
                files.Add(file);
                continue;
            }

            terminal.Say((verb is null ? problem : problem! with { Verb = verb }) + ".");
            return null;
        }

        var run = InputFile.Run(files);
        var input = InputText.Read(run);
        if (input.Text is { } text)
            return new ReadFile(run, text);
        terminal.Say(new InputProblem(run.Path, input.Problem ?? "it cannot be read") { Verb = verb ?? "check" } + ".");
        return null;
    }

    private static InputFile? Find(string argument, out InputProblem? problem)
    {
        problem = null;
        if (Directory.Exists(argument))
        {
            problem = new InputProblem(argument, "this is a directory; name a file");
            return null;
        }

        var search = new InputSearch(Environment.CurrentDirectory);
        search.Add(argument, null);
        if (search.Files is [var file] && search.Problems.Count == 0)
            return file;
        problem = search.Problems is [var first, ..] ? first : new InputProblem(argument, "the glob matches several files; name one");
        return null;
    }

    /// <summary>A file that was read.</summary>
    internal readonly record struct ReadFile(InputFile File, string Text);
}
