using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Reading for a fix: who writes what is kept, and only members of some files are begun with.</summary>
/// <param name="Trees">The files; null for all. Helpers in other files are followed all the same.</param>
/// <param name="Names">The names that reading everything has found; null where nothing was read yet.</param>
/// <param name="Creators">The files that reading everything has found to declare beginnings of servers; null where nothing was read yet.</param>
internal sealed record BuilderFocus(IReadOnlyCollection<SyntaxTree>? Trees = null, HashSet<string>? Names = null, IReadOnlyCollection<SyntaxTree>? Creators = null)
{
    /// <summary>The same in a program of which some files have changed.</summary>
    public BuilderFocus After(IReadOnlyDictionary<SyntaxTree, SyntaxTree> changed) =>
        this with { Trees = Changed(Trees, changed), Creators = Changed(Creators, changed) };

    private static IReadOnlyCollection<SyntaxTree>? Changed(IReadOnlyCollection<SyntaxTree>? trees, IReadOnlyDictionary<SyntaxTree, SyntaxTree> changed) =>
        trees is null ? null : [.. trees.Select(tree => changed.TryGetValue(tree, out var other) ? other : tree)];
}
