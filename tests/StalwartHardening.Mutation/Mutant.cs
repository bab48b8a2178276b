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
    public override string ToString() => $"{File}:{Line}: `{Original}` → `{Replacement}`";
}
