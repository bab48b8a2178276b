using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// References to variables: "ref" locals, methods and properties that return one, and loops over them.
internal sealed partial class Interpreter
{
    private bool _returnsReference;

    // Where something is stored; what leads there is evaluated once, now.
    private ReferenceValue ReferenceTo(IOperation place)
    {
        switch (place)
        {
            case IParenthesizedOperation parenthesized:
                return ReferenceTo(parenthesized.Operand);
            case IConversionOperation conversion:
                return ReferenceTo(conversion.Operand);
            case IConditionalOperation conditional when conditional.WhenFalse is { } otherwise:
                return ReferenceTo(Decide(conditional.Condition) ? conditional.WhenTrue : otherwise);
            case ILocalReferenceOperation local when _frame.TryGet(local.Local, out var known) && known.Value is ReferenceValue same:
                return same;
            case IParameterReferenceOperation parameter when _frame.TryGet(parameter.Parameter, out var passed) && passed.Value is ReferenceValue given:
                return given;
            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                return ReferenceTo(Evaluate(element.ArrayReference), Evaluate(element.Indices[0]), element.Type);
            case IImplicitIndexerReferenceOperation element:
                return ReferenceTo(Evaluate(element.Instance), Evaluate(element.Argument), element.Type);
            case IPropertyReferenceOperation { Property.RefKind: not RefKind.None } property when GetProperty(property).Value is ReferenceValue returned:
                return returned;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments.Length: 1, Instance: { } instance } item when BodyOf(item.Property.GetMethod) is null:
                return ReferenceTo(Evaluate(instance), Evaluate(item.Arguments[0].Value), item.Type);
            case IInvocationOperation { TargetMethod.RefKind: not RefKind.None } call when EvaluateInvocation(call).Value is var result:
                return result as ReferenceValue ?? new ReferenceValue(() => Located.Of(result), Escape);
            case IFieldReferenceOperation { Instance: { } owner } field:
                var instance1 = Evaluate(owner);
                return new ReferenceValue(() => MemberOf(instance1, field.Field, field.Field.Type), value => Keep(instance1, field.Field, value));
            default:
                var frame = _frame;
                return new ReferenceValue(() => Within(frame, () => Evaluate(place)), value => _ = Within(frame, () => Store(place, value)));
        }
    }

    private ReferenceValue ReferenceTo(Located collection, Located index, ITypeSymbol? type) =>
        new(() => ItemAt(collection, index.Value, type), value => KeepItem(collection.Value, index, value));

    // Where a dictionary keeps what belongs to a key.
    private Located? EntryOf(IMethodSymbol method, MapValue map, Located key, Arguments arguments)
    {
        if (Has(map, key.Value, out _) is not { } isThere)
            return null;
        var type = method.TypeArguments is [_, var element, ..] ? Resolve(element) : null;
        if (!isThere && method.Name == "GetValueRefOrAddDefault")
            Put(map, key, DefaultOf(type));
        if (arguments.Find(RefKind.Out) is { Target: { } target })
            Assign(target, Located.Of(Value.Of(isThere)));
        return Located.Of(new ReferenceValue(() => Has(map, key.Value, out var value) == true ? value : Fresh(type), value => Put(map, key, value)));
    }

    private static ReferenceValue ReferenceTo(ListValue list, int position) => new(() => list.Items[position], value => list.Set(position, value));

    private Located Store(IOperation place, Located value)
    {
        Assign(place, value);
        return value;
    }

    private Located Within(Frame frame, Func<Located> evaluate)
    {
        var outer = _frame;
        _frame = frame;
        var result = evaluate();
        _frame = outer;
        return result;
    }

    // What is stored where a reference leads.
    private static Located Dereferenced(Located value) => value.Value is ReferenceValue reference ? reference.Read() : value;
}

/// <summary>A place where something is stored.</summary>
internal sealed class ReferenceValue(Func<Located> read, Action<Located> write) : Value
{
    public Located Read() => read();

    public void Write(Located value) => write(value);
}
