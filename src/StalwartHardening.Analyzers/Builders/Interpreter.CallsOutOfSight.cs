using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Calls of code whose source is not here: what it may do, and what of it is lost.
internal sealed partial class Interpreter
{
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
}
