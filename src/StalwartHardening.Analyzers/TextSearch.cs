using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers;

/// <summary>Looks at the texts of a program before anything in it is bound.</summary>
internal static class TextSearch
{
    /// <summary>Whether one of the texts is what is looked for. The compiler should keep the answer for each text, or every change of one file costs all of them.</summary>
    public static bool Finds(Compilation compilation, Func<SourceText, bool> isWanted, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isWanted(tree.GetText(cancellationToken)))
                return true;
        }

        return false;
    }
}
