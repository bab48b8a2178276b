using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Interpolated strings that go to a handler. Those of the framework make the text; one of the program's is what its methods make of it.
internal sealed partial class Interpreter
{
    private readonly Stack<Located> _handlers = new();

    private Located EvaluateHandler(IInterpolatedStringHandlerCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type || !IsOfProgram(type) || creation.Content is not IInterpolatedStringOperation content)
            return Evaluate(creation.Content);
        var handler = Evaluate(creation.HandlerCreation);
        _handlers.Push(handler);
        foreach (var part in content.Parts)
        {
            if (_isThrowing)
                break;
            if (part is IInterpolatedStringAppendOperation append)
                Evaluate(append.AppendCall);
        }

        _handlers.Pop();
        return handler;
    }
}
