using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The texts a program is written in, by the numbers that spans carry.</summary>
internal sealed class SourceMap
{
    private readonly Dictionary<SyntaxTree, int> _numbers = [];
    private readonly List<SyntaxTree> _trees = [];
    private SyntaxTree? _last;
    private int _lastNumber;

    public SourceSpan SpanOf(SyntaxNode node) => SpanOf(node.SyntaxTree, node.Span);

    /// <summary>The name of the method that is called, without what it is called on.</summary>
    public SourceSpan NameOf(IOperation operation)
    {
        var name = operation.Syntax switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
            InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
            InvocationExpressionSyntax call => call.Expression,
            MemberAccessExpressionSyntax access => access.Name,
            ObjectCreationExpressionSyntax creation => creation.Type,
            var other => other,
        };
        return SpanOf(name);
    }

    /// <summary>An argument's value, without the name in front of it.</summary>
    public SourceSpan SpanOf(IArgumentOperation argument, IOperation call) => argument switch
    {
        { ArgumentKind: ArgumentKind.Explicit, Syntax: ArgumentSyntax syntax } => SpanOf(syntax.Expression),
        { ArgumentKind: ArgumentKind.Explicit } => SpanOf(argument.Value.Syntax),
        _ => NameOf(call),
    };

    public Location Locate(SourceSpan span) =>
        span.Source >= 0 && span.Source < _trees.Count ? Location.Create(_trees[span.Source], new TextSpan(span.Start, span.Length)) : Location.None;

    public SyntaxTree? TreeOf(SourceSpan span) => span.Source >= 0 && span.Source < _trees.Count ? _trees[span.Source] : null;

    public SourceSpan SpanOf(SyntaxTree tree, TextSpan span)
    {
        // One place after the other is asked for in the same file.
        if (!ReferenceEquals(tree, _last))
        {
            if (!_numbers.TryGetValue(tree, out _lastNumber))
            {
                _lastNumber = _trees.Count;
                _numbers.Add(tree, _lastNumber);
                _trees.Add(tree);
            }

            _last = tree;
        }

        return new SourceSpan(span.Start, span.Length, _lastNumber);
    }
}
