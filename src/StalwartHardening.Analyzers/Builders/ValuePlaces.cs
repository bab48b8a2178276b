using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The way back from the characters of a builder's argument to the characters of the program it was written with.</summary>
internal sealed class ValuePlaces(ProgramModels models, SourceMap sources, CancellationToken cancellationToken)
{
    /// <summary>Where a stretch of a setting's value was written; null where the program says it in another way than as text.</summary>
    public SourceSpan? Find(Setting setting, int start, int length)
    {
        var span = setting.ValueSpan;
        if (sources.TreeOf(span) is not { } tree
            || tree.GetRoot(cancellationToken).FindNode(new TextSpan(span.Start, span.Length), getInnermostNodeForTie: true) is not ExpressionSyntax expression
            || expression.SpanStart != span.Start || expression.Span.Length != span.Length)
        {
            return null;
        }

        var text = LiteralReader.Read(expression, models.Of(tree), cancellationToken);
        if (text.Value != setting.Value)
            return null;
        var place = text.Locate(new SourceSpan(start, length));
        return new SourceSpan(place.Start, place.Length, span.Source);
    }
}
