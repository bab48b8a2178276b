using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// The semantic models of the files a server is written in, each made once: a model keeps what it has bound, and helpers are
/// followed many times.
/// </summary>
internal sealed class ProgramModels(Compilation compilation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Dictionary<SyntaxNode, IOperation?> _operations = [];

    /// <summary>The compilation.</summary>
    public Compilation Compilation => compilation;

    /// <summary>The model of a file of the compilation.</summary>
    public SemanticModel Of(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out var model))
        {
#pragma warning disable RS1030 // A server may be written in several files; models are made only of those that write one.
            model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            _models.Add(tree, model);
        }

        return model;
    }

    /// <summary>What a piece of code does; null where nothing is known.</summary>
    public IOperation? Operation(SyntaxNode node, CancellationToken cancellation)
    {
        if (!_operations.TryGetValue(node, out var operation))
        {
            operation = Of(node.SyntaxTree).GetOperation(node, cancellation);
            _operations.Add(node, operation);
        }

        return operation;
    }
}
