using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
    // Where a value came from matters more than the variable it is in when it was written elsewhere: in the caller, in an array.
    private Located AsArgument(IOperation? operation)
    {
        var value = Evaluate(operation);
        return operation is null ? value : value with { Origin = value.Origin ?? sources.SpanOf(operation.Syntax) };
    }

    private Arguments EvaluateArguments(ImmutableArray<IArgumentOperation> operations, IOperation call)
    {
        if (operations.IsEmpty)
            return Arguments.None;
        var arguments = new Arguments(operations.Length);
        foreach (var operation in operations)
        {
            var value = Evaluate(operation.Value);
            if (operation.Parameter is not { } parameter)
            {
                Escape(value);
                continue;
            }

            var span = value.Origin ?? sources.SpanOf(operation, call);
            arguments.Add(new Argument(parameter, value with { Origin = span }, span));
            // What is handed over by reference comes back as something else.
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                Assign(operation.Value, Located.Unknown);
        }

        return arguments;
    }

    private Located EvaluateInvocation(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        var receiver = invocation.Instance is null ? Located.Unknown : Evaluate(invocation.Instance);
        var arguments = EvaluateArguments(invocation.Arguments, invocation);
        if (_isThrowing)
            return Located.Unknown;
        if (receiver.Value is FunctionValue function && method.MethodKind == MethodKind.DelegateInvoke)
            return Call(function, [.. method.Parameters.Select(parameter => arguments.TryGetValue(parameter, out var argument) ? argument.Value : Located.Unknown)]);
        if (vocabulary.IsAnnotated(method))
            return Apply(method, invocation, receiver, arguments);
        if (receiver.Value is BuilderValue && vocabulary.IsBuilder(method.ContainingType))
        {
            foreach (var argument in arguments)
                EscapeArgument(argument.Value);
            return vocabulary.IsBuilder(method.ReturnType) ? receiver : Located.Unknown;
        }

        if (receiver.Value is KnownValue { Content: null } && invocation.Instance is not null)
            return Located.Unknown;
        if (InvokeKnown(method, receiver, arguments) is { } known)
            return known;
        if (BodyOf(method) is { } body)
            return Follow(method, body, receiver, arguments);
        EscapeArgument(receiver);
        foreach (var argument in arguments)
            EscapeArgument(argument.Value);
        return Adopt(method, method.ReturnType);
    }

    // Code out of sight may call a delegate, and write into whatever it gets hold of.
    private void EscapeArgument(Located argument)
    {
        if (argument.Value is not FunctionValue function)
        {
            Escape(argument);
            return;
        }

        var before = Servers.Count;
        Call(function, [.. function.Method.Parameters.Select(parameter => Adopt(parameter, parameter.Type))]);
        for (var i = 0; i < before; i++)
            Servers[i].Open("");
    }

    private Located Call(FunctionValue function, IReadOnlyList<Located> arguments)
    {
        if (vocabulary.IsAnnotated(function.Method) || (function.Body ?? BodyOf(function.Method)) is not { } body)
        {
            foreach (var argument in arguments)
                Escape(argument);
            return Located.Unknown;
        }

        var values = new Arguments(arguments.Count);
        for (var i = 0; i < function.Method.Parameters.Length && i < arguments.Count; i++)
            values.Add(new Argument(function.Method.Parameters[i], arguments[i], arguments[i].Origin ?? default));
        return Follow(function.Method, body, function.Receiver, values);
    }

    private Located Follow(IMethodSymbol method, IOperation body, Located receiver, Arguments arguments)
    {
        Followed.Add(method.OriginalDefinition);
        if (_depth >= MaximalDepth)
        {
            EscapeArgument(receiver);
            foreach (var argument in arguments)
                Escape(argument.Value);
            return Located.Unknown;
        }

        var kept = new List<KeyValuePair<ISymbol, Located?>>();
        foreach (var parameter in method.OriginalDefinition.Parameters)
        {
            kept.Add(new(parameter, _variables.TryGetValue(parameter, out var before) ? before : null));
            var own = parameter.Ordinal < method.Parameters.Length ? method.Parameters[parameter.Ordinal] : parameter;
            _variables[parameter] = arguments.TryGetValue(own, out var argument) ? argument.Value : Located.Unknown;
        }

        var result = Inside(() =>
        {
            var outer = _returned;
            _returned = Located.Unknown;
            var isFunction = method.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction;
            if (!isFunction)
                _receivers.Push(receiver);
            if (Execute(body) == Flow.GoTo)
                LoseSight();
            if (!isFunction)
                _receivers.Pop();
            var own = _returned;
            _returned = outer;
            return own;
        });
        foreach (var variable in kept)
        {
            if (variable.Value is { } value)
                _variables[variable.Key] = value;
            else
                _variables.Remove(variable.Key);
        }

        return result;
    }

    private Located Inside(Func<Located> evaluate)
    {
        _depth++;
        try
        {
            return evaluate();
        }
        finally
        {
            _depth--;
        }
    }

    private IOperation? BodyOf(IMethodSymbol? method)
    {
        var definition = (method?.PartialImplementationPart ?? method)?.OriginalDefinition;
        if (definition is null || definition.IsAbstract || definition.IsExtern || definition.DeclaringSyntaxReferences.Length == 0)
            return null;
        // Which override runs is known only to the program.
        if (definition.IsVirtual || (definition.IsOverride && !definition.IsSealed && !definition.ContainingType.IsSealed))
            return null;
        var syntax = definition.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
        {
            if (syntax is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } || !models.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
                return null;
            var operation = models.Operation(syntax, cancellation);
            return operation is ILocalFunctionOperation local ? local.Body : operation;
        }

        return null;
    }

    private IOperation? InitializerOf(ISymbol member)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            var initializer = syntax switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null && models.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
                return models.Operation(initializer.Value, cancellation);
        }

        return null;
    }
}
