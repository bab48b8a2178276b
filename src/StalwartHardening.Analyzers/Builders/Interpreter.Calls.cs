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
        receiver = Outside(receiver, method);
        if (vocabulary.IsAnnotated(method))
            return Apply(method, invocation, receiver, arguments);
        if (receiver.Value is BuilderValue builder && vocabulary.IsBuilder(method.ContainingType))
            return CallOnBuilder(builder, receiver, method, arguments, invocation);
        if (InvokeKnown(method, receiver, arguments, invocation) is { } known)
        {
            if (known.Value is OpaqueValue && !method.ReturnsVoid && !IsTask(method.ContainingType))
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
    private static bool IsLeftOut(IMethodSymbol method, SyntaxNode call)
    {
        if (!method.ReturnsVoid || method.DeclaringSyntaxReferences.Length == 0)
            return false;
        var conditions = method.GetAttributes().Where(static attribute => attribute is { AttributeClass.Name: "ConditionalAttribute", ConstructorArguments: [{ Value: string }] }).Select(static attribute => (string)attribute.ConstructorArguments[0].Value!).ToList();
        return conditions.Count > 0 && !conditions.Exists(call.SyntaxTree.Options.PreprocessorSymbolNames.Contains);
    }

    private Located Invoke(Located receiver, IMethodSymbol method, Arguments arguments, IOperation call)
    {
        if (receiver.Value is FunctionValue function)
        {
            var result = Call(function, [.. method.Parameters.Select(parameter => arguments.TryGetValue(parameter, out var argument) ? argument.Value : Located.Unknown)], arguments);
            return result;
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

    // Code whose source is not here: it may call what it is given, write into builders it is given, and answer anything.
    private Located CallOutOfSight(IMethodSymbol method, Located receiver, Arguments arguments, IInvocationOperation call)
    {
        if (InvokeOnLayers(method, receiver, arguments, call) is { } layered)
            return layered;
        if (!IsHarmless(method))
            _risks++;
        if (receiver.Value is not OpaqueValue)
            Escape(receiver);

        foreach (var argument in arguments)
            EscapeTo(argument, call);
        Located? byDefault = null;
        foreach (var argument in arguments)
        {
            if (MayChange(argument.Parameter))
                Scramble(argument.Value.Value);
            if (argument.Parameter.Name is "defaultValue" or "fallback" or "@default" && argument.Value.Value is not OpaqueValue)
                byDefault = argument.Value;
        }

        // A fluent method gives back what it was called on.
        var fluent = receiver.Value is BuilderValue ? receiver : method.IsExtensionMethod && arguments.First is { Value.Value: BuilderValue } first ? first.Value : (Located?)null;
        if (fluent is { } same && (method.OriginalDefinition.ReturnType is ITypeParameterSymbol || (vocabulary.IsBuilder(method.ReturnType) && SymbolEqualityComparer.Default.Equals(method.ReturnType, call.Arguments.Length > 0 && method.IsExtensionMethod ? arguments.First!.Value.Parameter.Type : method.ContainingType))))
            return same;
        var answer = CallKey(method, receiver, arguments);
        Forget(arguments, answer);
        if (byDefault is { } value && !method.ReturnsVoid && choices.Take())
            return value;
        var result = Opaque(method.ReturnType, answer ?? "");
        if (result.Value is BuilderValue && (method.DeclaringSyntaxReferences.Length == 0 || !models.IsOfProgram(method.ContainingType)))
            LoseAll(result, call, "'" + method.ContainingType.Name + "." + method.Name + "'");
        return result;
    }

    // Whether code out of sight changes what is in a list that it is given.
    private static bool MayChange(IParameterSymbol parameter) => parameter is { IsParams: false, RefKind: RefKind.None } && parameter.Type switch
    {
        { Name: "Span" or "Memory" } => true,
        IArrayTypeSymbol or { Name: "List" or "IList" or "ICollection" or "Collection" or "Dictionary" or "IDictionary" or "HashSet" or "ISet" or "StringBuilder" } => true,
        _ => false,
    };

    // The same call with the same arguments gives the same answer.
    private static string? CallKey(IMethodSymbol method, Located receiver, Arguments arguments)
    {
        if (method.ReturnsVoid || KeyOf(arguments) is not { } given)
            return null;
        var on = method.IsStatic ? method.ContainingType.ToDisplayString() : Choices.KeyOf(receiver.Value);
        return on is null ? null : on + "." + method.Name + (method.IsGenericMethod ? "<" + string.Join(",", method.TypeArguments.Select(static type => type.Name)) + ">" : "") + "(" + given + ")";
    }

    private static string? KeyOf(Arguments arguments)
    {
        var keys = new List<string>();
        foreach (var argument in arguments)
        {
            if (argument.Parameter.RefKind == RefKind.Out)
                continue;
            if (Choices.KeyOf(argument.Value.Value) is not { } key)
                return null;
            keys.Add(key);
        }

        return string.Join(", ", keys);
    }

    // What is handed over by reference comes back as something else.
    private void Forget(Arguments arguments, string? call = null)
    {
        foreach (var argument in arguments)
        {
            if (argument.Target is { } target)
                Assign(target, Opaque(argument.Parameter.Type, call is null ? "" : call + " " + argument.Parameter.Name));
        }
    }

    // Code out of sight gets an argument.
    private void EscapeTo(in Argument argument, IOperation call)
    {
        if (argument.Value.Value is FunctionValue)
        {
            var builders = new List<Located>();
            foreach (var other in call is IInvocationOperation invocation ? invocation.Arguments : ImmutableArray<IArgumentOperation>.Empty)
            {
                if (other.Parameter is not null && vocabulary.IsBuilder(other.Value.Type) && ValueAt(other.Value) is BuilderValue known)
                    builders.Add(Located.Of(known));
            }

            EscapeFunction(argument.Value.Value, call, builders);
            return;
        }

        LoseArgument(argument, call, Called(call));
    }

    private static string Called(IOperation call) => call switch
    {
        IInvocationOperation invocation => "'" + invocation.TargetMethod.ContainingType.Name + "." + invocation.TargetMethod.Name + "'",
        IObjectCreationOperation { Type: { } type } => "'" + type.Name + "'",
        _ => "code that is not in this project",
    };

    // A delegate that is handed to code out of sight is taken to be called once.
    private void EscapeFunction(Value value, IOperation call, List<Located> builders)
    {
        if (value is not FunctionValue function)
            return;
        var arguments = new List<Located>();
        foreach (var parameter in function.Method.Parameters)
        {
            var type = parameter.Type;
            var same = builders.FindIndex(builder => builder.Value is BuilderValue { Scope.Length: 0 } && type is INamedTypeSymbol named && roots.Contains(named.OriginalDefinition));
            var given = same >= 0 ? builders[same] : Fresh(type);
            if (same < 0 && given.Value is BuilderValue && call is IInvocationOperation or IObjectCreationOperation)
                LoseAll(given, call, Called(call));
            arguments.Add(given);
        }

        Call(function, arguments);
    }

    // Whether code with a parameter of this type can write into a builder it is given for it. One that takes any object cannot, short of reflection.
    private bool CanWrite(in Argument argument)
    {
        if (argument.Parameter.OriginalDefinition is not { } parameter)
            return true;
        if (parameter.ContainingSymbol is { ContainingNamespace: { Name: "Reflection" } space } && FrameworkValues.IsFramework(space.ContainingNamespace))
            return true;
        return Mentions(parameter.Type, 0);
    }

    private bool Mentions(ITypeSymbol type, int depth) => depth < 4 && type switch
    {
        IDynamicTypeSymbol => true,
        IArrayTypeSymbol array => Mentions(array.ElementType, depth + 1),
        INamedTypeSymbol named => vocabulary.IsBuilder(named) || named.TypeArguments.Any(argument => Mentions(argument, depth + 1)) || named.DeclaringSyntaxReferences.Length > 0,
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(constraint => Mentions(constraint, depth + 1)),
        _ => false,
    };

    private void LoseArgument(in Argument argument, IOperation call, string what)
    {
        if (CanWrite(argument))
            Lose(argument.Value, call, what);
    }

    private void Lose(Located value, IOperation place, string what)
    {
        switch (value.Value)
        {
            case BuilderValue:
                LoseAll(value, place, what);
                break;
            case ListValue list:
                list.Items.ForEach(item => LoseAll(item, place, what));
                break;
            default:
                Escape(value);
                break;
        }
    }

    private void LoseAll(Located value, IOperation place, string what)
    {
        if (value.Value is not BuilderValue builder)
            return;
        builder.Server.Open(builder.Scope);
        builder.Server.Lose(new LostSight(LostSightCause.Code, sources.SpanOf(place.Syntax), builder.Scope, what));
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

        if (models.IsIterator(body) && !IsEnumerator(definition.ReturnType))
            return Located.Of(new DeferredValue(() => Walk(body, new Frame(frame), definition)) { Stream = consumer => Stream(body, new Frame(frame), definition, consumer) });
        var result = Run(body, frame, definition);
        for (var i = 0; i < definition.Parameters.Length; i++)
        {
            if (definition.Parameters[i].RefKind is not (RefKind.Ref or RefKind.Out) || !frame.TryGet(definition.Parameters[i], out var value))
                continue;
            outputs?.Add(Dereferenced(value));
        }

        return result;
    }

    private Located Run(IOperation body, Frame frame, IMethodSymbol definition)
    {
        var (outerFrame, outerReturned, outerYielded, outerReference, outerConsumer) = (_frame, _returned, _yielded, _returnsReference, _consumer);
        _frame = frame;
        _returnsReference = definition.RefKind != RefKind.None;
        _returned = Located.Unknown;
        _yielded = models.IsIterator(body) ? new ListValue([]) : null;
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
