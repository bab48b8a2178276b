namespace StalwartHardening.Mutation;

/// <summary>One change to one expression or statement of Core.</summary>
/// <param name="Id">What <c>MutantSwitch</c> is asked for; from 1 on.</param>
/// <param name="Block">The number of the innermost block it is in.</param>
/// <param name="Folder">The folder of Core, such as <c>Server/Access</c>.</param>
/// <param name="File">The path below Core.</param>
/// <param name="Line">The line of the original, from 1 on.</param>
/// <param name="Original">What the source has.</param>
/// <param name="Replacement">What the mutant has instead.</param>
internal sealed record Mutant(int Id, int Block, string Folder, string File, int Line, string Original, string Replacement)
{
    /// <summary>The folder of a path below Core, of which two names count.</summary>
    public static string FolderOf(string file)
    {
        var parts = file.Split('/');
        return string.Join('/', parts[..Math.Min(2, parts.Length - 1)]);
    }

    public override string ToString() => $"{File}:{Line}: `{Original}` → `{Replacement}`";
}
