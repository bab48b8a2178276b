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
