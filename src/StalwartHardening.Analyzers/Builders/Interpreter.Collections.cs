using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// What can be walked through, and what is in it.
internal sealed partial class Interpreter
{
    // What can be walked through, as a list: the value itself where it is one.
    private ListValue? AsSequence(Value value, ITypeSymbol? type)
    {
        switch (value)
        {
            case EnumeratorValue walking:
                return walking.List;
            case DeferredValue deferred:
                return deferred.Make() ?? new ListValue([Located.Unknown]) { IsOpen = true };
            case JsonData json:
                return NodesOf(json, type);
            case GroupsValue groups:
                return GroupsOf(groups);
            case ListValue { Kind: ListKind.Matrix } matrix:
                return new ListValue(Flat(matrix)) { IsOpen = matrix.IsOpen };
            case ListValue { Kind: ListKind.Sorted } sorted:
                return InOrder(sorted.Items, sorted.Comparer) is { } ordered ? new ListValue(ordered) { IsOpen = sorted.IsOpen } : new ListValue([.. sorted.Items]) { IsOpen = true };
            case ListValue list:
                return list.Kind == ListKind.Stack ? new ListValue([.. Enumerable.Reverse(list.Items)]) { IsOpen = list.IsOpen } : list;
            case MapValue map:
                return new ListValue([.. Ordered(map).Select(static entry => Located.Of(new ListValue([entry.Key, entry.Value], ListKind.Tuple)))]) { IsOpen = map.IsOpen };
            case KnownValue { Text: { } text }:
                return Fits(text.Length) ? new ListValue([.. text.Select(static character => Located.Of(new KnownValue(character)))]) : null;
            case ObjectValue { Held: { } held, Type: { } holder } when !holder.GetMembers("GetEnumerator").OfType<IMethodSymbol>().Any(method => BodyOf(method) is not null):
                return AsSequence(held, type);
            case ObjectValue { Type: { } own } record:
                for (var current = own; current is not null; current = current.BaseType)
                {
                    if (current.GetMembers("GetEnumerator").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == 0 && BodyOf(method) is not null) is { } method)
                    {
                        var walked = Follow(method, BodyOf(method)!, Located.Of(record), Arguments.None).Value;
                        return walked is ObjectValue enumerator ? Drain(enumerator) : AsSequence(walked, method.ReturnType);
                    }
                }

                return null;
            case OpaqueValue opaque:
                return FromElsewhere(opaque, type ?? opaque.Type);
            default:
                return null;
        }
    }

    // A sequence from elsewhere. Where its items can only be of a few types of the program, it is taken to hold one of each: what a container hands out.
    private ListValue FromElsewhere(OpaqueValue opaque, ITypeSymbol? type)
    {
        var item = ItemType(opaque.Type) ?? ItemType(type);
        if (item is INamedTypeSymbol { TypeKind: TypeKind.Interface or TypeKind.Class } contract && (contract.TypeKind == TypeKind.Interface || contract.IsAbstract) && opaque.Key.Length > 0
            && models.ImplementationsOf(contract, cancellationToken) is { Count: > 0 and <= 16 } all)
            return new ListValue([.. all.Select((implementation, index) => Opaque(implementation, opaque.Key + ".item" + index))]);
        return new ListValue([Opaque(item, opaque.Key.Length > 0 ? opaque.Key + ".item" : "")]) { IsOpen = true };
    }

    private static ITypeSymbol? ItemType(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } sequence => sequence.TypeArguments[0],
        INamedTypeSymbol named => named.AllInterfaces.FirstOrDefault(static one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0],
        _ => null,
    };
}
