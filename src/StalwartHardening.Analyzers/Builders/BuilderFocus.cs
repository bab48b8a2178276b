using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Reading for a fix: who writes what is kept, and only members of some files are begun with.</summary>
/// <param name="Trees">The files; null for all. Helpers in other files are followed all the same.</param>
/// <param name="Names">The names that reading everything has found; null where nothing was read yet.</param>
internal sealed record BuilderFocus(IReadOnlyCollection<SyntaxTree>? Trees = null, HashSet<string>? Names = null);
