using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

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
            if (operation.Parameter is not { } parameter)
            {
                Escape(Evaluate(operation.Value));
                continue;
            }

            var value = parameter.RefKind == RefKind.Out ? Located.Unknown : Own(Evaluate(operation.Value));
            var span = value.Origin ?? sources.SpanOf(operation, call);
            arguments.Add(new Argument(parameter, value with { Origin = span }, span) { Target = parameter.RefKind is RefKind.Ref or RefKind.Out ? operation.Value : null });
        }

        return arguments;
    }

    // What is returned: a value, or a reference to where one is stored.
    private Located EvaluateInvocation(IInvocationOperation invocation)
    {
        var method = Constrained(invocation.TargetMethod, invocation.ConstrainedToType);
        if (IsLeftOut(method, invocation.Syntax))
            return Located.Unknown;
        var receiver = invocation.Instance is null ? Located.Unknown : Evaluate(invocation.Instance);
        var arguments = EvaluateArguments(invocation.Arguments, invocation);
        if (_isThrowing)
            return Located.Unknown;
        if (!ReferenceEquals(method, invocation.TargetMethod))
            arguments = arguments.For(method);
        if (receiver.Value is KnownValue { Content: null } && invocation.Instance is not null && !method.ContainingType.IsValueType)
        {
            return invocation.Instance is not IInstanceReferenceOperation ? Throw("System.NullReferenceException") : Located.Unknown;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
            return Invoke(receiver, method, arguments, invocation);
        if (InvokeOwnCollection(method, receiver, arguments) is { } done)
            return done;
        receiver = Outside(receiver, method);
        if (vocabulary.IsAnnotated(method))
            return Apply(method, invocation, receiver, arguments);
        if (receiver.Value is BuilderValue builder && vocabulary.IsBuilder(method.ContainingType))
            return CallOnBuilder(builder, receiver, method, arguments, invocation);
        if (InvokeKnown(method, receiver, arguments, invocation) is { } known)
        {
            if (known.Value is OpaqueValue && !_isThrowing && !method.ReturnsVoid && !IsTask(method.ContainingType))
                _risks++;
            return known;
        }

        if (Generated(method, method.ReturnType) is { } generated)
            return generated;
        receiver = Materialize(receiver);
        var actual = invocation.IsVirtual ? Dispatch(method, receiver) : method;
        if (BodyOf(actual) is { } body)
            return Follow(actual, body, receiver, arguments, method);
        return CallOutOfSight(method, receiver, arguments, invocation);
    }

    // A method that is compiled away where its symbol is not defined.
    private static bool IsLeftOut(IMethodSymbol method, SyntaxNode call) =>
        method.ReturnsVoid && method.DeclaringSyntaxReferences.Length > 0 && method.GetAttributes() is { IsEmpty: false } && IsConditional(method, call);

    private static bool IsConditional(IMethodSymbol method, SyntaxNode call)
    {
        var conditions = method.GetAttributes().Where(static attribute => attribute is { AttributeClass.Name: "ConditionalAttribute", ConstructorArguments: [{ Value: string }] }).Select(static attribute => (string)attribute.ConstructorArguments[0].Value!).ToList();
        return conditions.Count > 0 && !conditions.Exists(call.SyntaxTree.Options.PreprocessorSymbolNames.Contains);
    }

    private Located Invoke(Located receiver, IMethodSymbol method, Arguments arguments, IOperation call)
    {
        if (receiver.Value is FunctionValue function)
        {
            var values = new Located[method.Parameters.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = arguments.TryGetValue(method.Parameters[i], out var argument) ? argument.Value : Located.Unknown;
            return Call(function, values, arguments);
        }

        _risks++;
        foreach (var argument in arguments)
            LoseArgument(argument, call, "a delegate that is given from elsewhere");
        Forget(arguments);
        return Choices.KeyOf(receiver.Value) is { } key && KeyOf(arguments) is { } given ? Opaque(method.ReturnType, key + "(" + given + ")") : Fresh(method.ReturnType);
    }

    // All methods of a builder that write say so; what is asked for the whole server is what it has become.
    private Located CallOnBuilder(BuilderValue builder, Located receiver, IMethodSymbol method, Arguments arguments, IOperation call)
    {
        foreach (var argument in arguments)
            EscapeTo(argument, call);
        if (vocabulary.IsBuilder(method.ReturnType))
            return receiver;
        // It may refuse.
        _risks++;
        if (builder.Scope.Length == 0 && !method.ReturnsVoid && !method.IsOverride && method.ReturnType is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class } && builder.Server.Complete() is { } whole)
            return Located.Of(new ServerValue(whole, method.ReturnType));
        return Fresh(method.ReturnType);
    }

    private Located Call(FunctionValue function, IReadOnlyList<Located> arguments, Arguments? written = null)
    {
        if (function.Before is { } before)
            Call(before, arguments);
        if (_isThrowing)
            return Located.Unknown;
        var method = function.Method;
        var receiver = Materialize(function.Receiver);
        if (method.MethodKind is not (MethodKind.AnonymousFunction or MethodKind.LocalFunction))
            method = Dispatch(method, receiver);
        var values = new Arguments(arguments.Count);
        for (var i = 0; i < method.Parameters.Length && i < arguments.Count; i++)
            values.Add(new Argument(method.Parameters[i], arguments[i], arguments[i].Origin ?? default) { Target = TargetAt(written, i) });
        if (vocabulary.IsAnnotated(method) && models.Operation(FirstSyntax(function, written), cancellationToken) is { } call)
            return Apply(method, call, function.Receiver, values);
        if ((function.Body ?? BodyOf(method)) is { } body)
            return Follow(method, body, receiver, values, null, function.Frame);
        foreach (var argument in arguments)
            Escape(argument);
        if (InvokeKnown(method, function.Receiver, values, null) is { } known)
            return known;
        _risks++;
        return method.ReturnsVoid ? Located.Unknown : Fresh(method.ReturnType);
    }

    private static IOperation? TargetAt(Arguments? written, int index)
    {
        if (written is null)
            return null;
        foreach (var argument in written)
        {
            if (argument.Parameter.Ordinal == index)
                return argument.Target;
        }

        return null;
    }

    // A method group of a builder: it is written where it is named, which nobody keeps; the place of the first argument stands for it.
    private SyntaxNode FirstSyntax(FunctionValue function, Arguments? written) => _callSyntax ?? function.Body?.Syntax ?? models.Compilation.SyntaxTrees.First().GetRoot(cancellationToken);

    private SyntaxNode? _callSyntax;

    private Located CallWith(IMethodSymbol method, Located receiver, IReadOnlyList<Located> arguments) =>
        Call(new FunctionValue(method, null, null, receiver), arguments);

    private List<Located> CallForOutputs(IMethodSymbol method, Located receiver)
    {
        var outputs = new List<Located>();
        Follow(method, BodyOf(method)!, Materialize(receiver), Arguments.None, null, null, outputs);
        return outputs;
    }

    private Located Follow(IMethodSymbol method, IOperation body, Located receiver, Arguments arguments, IMethodSymbol? called = null, Frame? defined = null, List<Located>? outputs = null)
    {
        Followed.Add(method.OriginalDefinition);
        if (method.OriginalDefinition.AssociatedSymbol is { } owner)
            Followed.Add(owner);
        var definition = method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition;
        if (_depth >= MaxDepth)
        {
            _risks++;
            Escape(receiver);
            foreach (var argument in arguments)
                LoseArgument(argument, body, "a chain of calls that is too long to be followed");
            return Fresh(method.ReturnType);
        }

        var isFunction = method.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction;
        var frame = isFunction ? new Frame(defined ?? _frame) : new Frame(null, receiver);
        BindTypes(method, definition, frame);
        foreach (var parameter in definition.Parameters)
            frame.Declare(parameter, parameter.RefKind is RefKind.Ref or RefKind.Out && TargetAt(arguments, parameter.Ordinal) is { } place and not IDiscardOperation ? Located.Of(ReferenceTo(place)) : Given(parameter, method, called, arguments));

        if (models.IsIterator(body, definition) && !IsEnumerator(definition.ReturnType))
            return Iterator(body, frame, definition);
        var result = Run(body, frame, definition);
        for (var i = 0; i < definition.Parameters.Length; i++)
        {
            if (definition.Parameters[i].RefKind is not (RefKind.Ref or RefKind.Out) || !frame.TryGet(definition.Parameters[i], out var value))
                continue;
            outputs?.Add(Dereferenced(value));
        }

        return result;
    }

    private Located Iterator(IOperation body, Frame frame, IMethodSymbol definition) =>
        Located.Of(new DeferredValue(() => Walk(body, new Frame(frame), definition)) { Stream = consumer => Stream(body, new Frame(frame), definition, consumer) });

    private Located Run(IOperation body, Frame frame, IMethodSymbol definition)
    {
        var (outerFrame, outerReturned, outerYielded, outerReference, outerConsumer) = (_frame, _returned, _yielded, _returnsReference, _consumer);
        _frame = frame;
        _returnsReference = definition.RefKind != RefKind.None;
        _returned = Located.Unknown;
        _yielded = models.IsIterator(body, definition) ? new ListValue([]) : null;
        _consumer = null;
        _depth++;
        if (Execute(body is ILocalFunctionOperation local ? local.Body : body) == Flow.GoTo)
            LoseSight(body);
        _depth--;
        var result = _yielded is { } yielded ? Located.Of(IsEnumerator(definition.ReturnType) ? new EnumeratorValue(yielded) : yielded) : _returned;
        (_frame, _returned, _yielded, _returnsReference, _consumer) = (outerFrame, outerReturned, outerYielded, outerReference, outerConsumer);
        return result;
    }

    private void BindTypes(IMethodSymbol method, IMethodSymbol definition, Frame frame)
    {
        for (var i = 0; i < definition.TypeParameters.Length; i++)
        {
            if (Resolve(method.TypeArguments[i]) is { } type and not ITypeParameterSymbol)
                frame.Declare(definition.TypeParameters[i], type);
        }

        // Static members of generic types have no object that says what they are made of.
        if (method.IsStatic)
            BindTypes(method.ContainingType, frame);
    }

    private void BindTypes(INamedTypeSymbol? innermost, Frame frame)
    {
        for (var owner = innermost; owner is not null; owner = owner.ContainingType)
        {
            for (var i = 0; i < owner.TypeArguments.Length; i++)
            {
                if (Resolve(owner.TypeArguments[i]) is { } type and not ITypeParameterSymbol)
                    frame.Declare(owner.OriginalDefinition.TypeParameters[i], type);
            }
        }
    }

    private Located Given(IParameterSymbol parameter, IMethodSymbol method, IMethodSymbol? called, Arguments arguments)
    {
        foreach (var argument in arguments)
        {
            // An override has parameters of its own, in the same order.
            if (argument.Parameter.Ordinal == parameter.Ordinal && (called is not null || argument.Parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.DelegateInvoke }))
                return argument.Value;
        }

        _ = method;
        return parameter.HasExplicitDefaultValue && ProgramModels.DefaultOf(parameter) is { } value ? Located.Of(value) : Fresh(parameter.Type);
    }

    private IOperation? BodyOf(IMethodSymbol? method)
    {
        var definition = (method?.PartialImplementationPart ?? method)?.OriginalDefinition;
        if (definition is null || definition.IsAbstract || definition.IsExtern || definition.DeclaringSyntaxReferences.Length == 0)
            return null;
        var syntax = definition.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        if (syntax is ArrowExpressionClauseSyntax or AccessorDeclarationSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
        {
            if (syntax is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } || !models.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
                return null;
            var operation = models.Operation(syntax, cancellationToken);
            return operation is ILocalFunctionOperation local ? local.Body : operation;
        }

        return null;
    }
}
