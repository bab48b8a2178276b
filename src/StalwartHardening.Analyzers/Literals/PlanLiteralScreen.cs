using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>Passes over the literals that hold no operation of a plan, without reading them.</summary>
internal static class PlanLiteralScreen
{
    private const string Verb = "@type";
    private const string Target = "object";

    /// <summary>Whether there may be operations in the text of <paramref name="whole"/>: each says <c>@type</c> and <c>object</c>, and has braces.</summary>
    // Read off the source, where an escape may stand for any character.
    public static bool MayHoldOperations(ExpressionSyntax whole)
    {
        if (whole.Span.Length <= 20)
            return false;
        if (whole is LiteralExpressionSyntax single)
            return MayHold(single.Token.Text);
        foreach (var part in LiteralReader.WrittenPartsOf(whole))
        {
            if (part is not null && (part.IndexOf(Verb, StringComparison.Ordinal) >= 0 || MayHold(part)))
                return true;
        }

        return false;
    }

    private static bool MayHold(string written) =>
        written.IndexOf('{') >= 0 && written.IndexOf(Target, StringComparison.Ordinal) >= 0
        || (written.IndexOf('\\') >= 0 && written.IndexOf("\\u0040", StringComparison.Ordinal) >= 0);
}
