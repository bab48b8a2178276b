namespace StalwartHardening.Tool.Input;

/// <summary>For commands about one configuration.</summary>
internal static class SingleFile
{
    /// <summary>The one file that <paramref name="argument"/> names; null, and why, where it is none or several.</summary>
    public static InputFile? Find(string argument, out InputProblem? problem)
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
}
