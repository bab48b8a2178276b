using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Mutation;

/// <summary>Core with a sample of its mutants.</summary>
internal static class WovenCore
{
    // Mutants that do not compile are dropped in rounds: an error in one can hide that of another.
    private const int MaxRounds = 12;

    /// <summary>Writes the assembly and gives the mutants in it: in each folder so many, or all where it has fewer; and how many of those tried do not compile.</summary>
    public static (IReadOnlyList<Mutant> Mutants, int Uncompiled) Write(CoreSources sources, string path, int perFolder, Random random, Func<Mutant, bool> filter)
    {
        var all = new List<Mutant>();
        Weave(sources, mutant =>
        {
            all.Add(mutant);
            return false;
        });

        // Half as many again, because some do not compile.
        var chosen = all.Where(filter).GroupBy(static mutant => mutant.Folder)
            .SelectMany(folder => Shuffled(folder, random).Take(perFolder + (perFolder / 2))).Select(static mutant => mutant.Id).ToHashSet();
        var tried = chosen.Count;
        for (var round = 0; round < MaxRounds; round++)
        {
            var (compilation, mutants) = Weave(sources, mutant => chosen.Contains(mutant.Id));
            var errors = sources.Emit(compilation, path);
            if (errors.Length == 0)
                return ([.. mutants.GroupBy(static mutant => mutant.Folder).SelectMany(folder => Shuffled(folder, random).Take(perFolder))], tried - chosen.Count);
            var dropped = errors.SelectMany(IdsAt).ToList();
            if (dropped.Count == 0)
                throw new InvalidOperationException("Weaving broke what is no mutant: " + errors[0]);
            chosen.ExceptWith(dropped);
        }

        throw new InvalidOperationException("Mutants that do not compile were not found out.");
    }

    private static (CSharpCompilation Compilation, IReadOnlyList<Mutant> Mutants) Weave(CoreSources sources, Func<Mutant, bool> isWanted)
    {
        var weaver = new MutantWeaver(sources.Folder, isWanted);
        var trees = sources.Compilation.SyntaxTrees;
        var woven = trees.Select(weaver.Weave).Append(CSharpSyntaxTree.ParseText(MutantWeaver.Switch, (CSharpParseOptions)trees[0].Options)).ToList();
        return (sources.Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(woven), weaver.Mutants);
    }

    // An error that no mutant encloses, such as a path without a return, can be that of any mutant of the method.
    private static IEnumerable<int> IdsAt(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
            return [];
        var nodes = tree.GetRoot().FindNode(error.Location.SourceSpan).AncestorsAndSelf().ToList();
        var enclosing = nodes.SelectMany(Marks).Take(1).ToList();
        return enclosing.Count > 0 ? enclosing : nodes.OfType<MemberDeclarationSyntax>().First().DescendantNodes().SelectMany(Marks);
    }

    private static IEnumerable<int> Marks(SyntaxNode node) =>
        node.GetAnnotations(MutantWeaver.Mark).Select(static annotation => int.Parse(annotation.Data!, System.Globalization.CultureInfo.InvariantCulture));

    private static Mutant[] Shuffled(IEnumerable<Mutant> mutants, Random random)
    {
        var array = mutants.ToArray();
        random.Shuffle(array);
        return array;
    }
}
