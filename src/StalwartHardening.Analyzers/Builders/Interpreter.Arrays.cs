using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Arrays and collection expressions, and items of whatever has some.
internal sealed partial class Interpreter
{
    private const int CollectionExpressionKind = 0x7f;

    private Located EvaluateElement(IArrayElementReferenceOperation element)
    {
        var array = Evaluate(element.ArrayReference);
        for (var i = 0; i < element.Indices.Length - 1; i++)
            array = ItemAt(array, Evaluate(element.Indices[i]).Value, null);
        return ItemAt(array, Evaluate(element.Indices[element.Indices.Length - 1]).Value, element.Type);
    }

    private Located ItemAt(Located collection, Value index, ITypeSymbol? type)
    {
        if (collection.Value is ObjectValue { Held: { } held })
            collection = collection with { Value = held };
        if (collection.Value is JsonData json)
            return ItemOf(json, index, type) ?? Fresh(type);
        if (collection.Value is GroupsValue groups)
            return GroupAt(groups, index) ?? Fresh(type);
        if (collection.Value is ConfigurationValue configuration)
            return index is KnownValue { Text: { } path } ? SetTo(configuration.Section(path)) : Fresh(type);
        var text = collection.Value is KnownValue { Text: { } known } ? known : null;
        if (index is ListValue { Kind: ListKind.Tuple, Items.Count: 2 } range && (collection.Value is ListValue || text is not null))
        {
            var length = text?.Length ?? ((ListValue)collection.Value).Items.Count;
            var start = PositionOf(range.Items[0].Value, length);
            var end = PositionOf(range.Items[1].Value, length);
            if (start is not { } from || end is not { } to || from < 0 || to < from || to > length || collection.Value is ListValue { IsOpen: true })
                return Fresh(type);
            return text is not null ? Located.Of(Slice((KnownValue)collection.Value, from, to - from)) : Located.Of(((ListValue)collection.Value).Slice(from, to - from, isView: type is { Name: "Span" or "Memory" or "ArraySegment" }));
        }

        if (collection.Value is ListValue { Kind: ListKind.Lookup, IsOpen: false } lookup)
            return lookup.Items.Find(group => group.Value is ListValue { GroupKey: { } own } && Decide(Equality(index, own.Value))) is { Value: ListValue } found ? found : Located.Of(new ListValue([]));
        if (collection.Value is ListValue { IsOpen: false } list && PositionOf(index, list.Items.Count) is { } at)
        {
            return at >= 0 && at < list.Items.Count ? list.Items[at] : Throw(type is null ? null : "System.IndexOutOfRangeException");
        }

        if (text is not null && PositionOf(index, text.Length) is { } place && place >= 0 && place < text.Length)
            return Located.Of(new KnownValue(text[place]));
        if (collection.Value is MapValue map)
            return Find(map, index) is { } entry ? entry : Fresh(type);
        return collection.Value is OpaqueValue or ObjectValue && Choices.KeyOf(collection.Value) is { } key && Choices.KeyOf(index) is { } position
            ? Opaque(type, key + "[" + position + "]")
            : Fresh(type);
    }

    private static int? PositionOf(Value index, int length) => index switch
    {
        KnownValue { Content: int at } => at,
        ListValue { Kind: ListKind.Tuple, Items: [{ Value: KnownValue { Content: int back } }] } => length - back,
        _ => null,
    };

    private Located EvaluateCollection(IOperation collection)
    {
        var items = new List<Located>();
        var isOpen = false;
        foreach (var child in collection.ChildOperations)
        {
            if (child.Syntax is not SpreadElementSyntax)
                items.Add(AsArgument(child));
            else if (child.ChildOperations.Count > 0 && AsSequence(Evaluate(child.ChildOperations.First()).Value, child.ChildOperations.First().Type) is { IsOpen: false } list)
                items.AddRange(list.Items);
            else
                isOpen = true;
        }

        if (!Fits(items.Count))
            isOpen = true;
        if (IsMap(collection.Type) && items.Count == 0)
            return Located.Of(new MapValue { IsOpen = isOpen, IsSorted = collection.Type!.Name.StartsWith("Sorted", StringComparison.Ordinal) });
        var kind = KindOf(collection.Type);
        var value = new ListValue(isOpen ? [.. items, Fresh(null)] : items, kind) { IsOpen = isOpen };
        return Located.Of(kind is ListKind.Set or ListKind.Sorted ? Distinct(value) : value);
    }

    private Located EvaluateArray(IArrayCreationOperation array)
    {
        if (array.Initializer is { } initializer)
            return Evaluate(initializer);
        if (array.DimensionSizes.Length == 1 && Evaluate(array.DimensionSizes[0]).Value is KnownValue { Content: int length } && length >= 0 && Fits(length) && array.Type is IArrayTypeSymbol type)
            return Located.Of(new ListValue([.. Enumerable.Repeat(DefaultOf(type.ElementType), length)]));
        if (array.DimensionSizes.Length > 1 && array.Type is IArrayTypeSymbol matrix && array.DimensionSizes.Select(size => Evaluate(size).Value is KnownValue { Content: int and >= 0 and var known } ? known : -1).ToList() is var sizes && sizes.TrueForAll(static size => size >= 0) && Fits(sizes.Aggregate(1, static (product, size) => product > MaxItems ? product : product * size)))
            return Rows(sizes, 0, DefaultOf(matrix.ElementType));
        return Located.Of(new ListValue([Located.Unknown]) { IsOpen = true });
    }

    private static Located Rows(List<int> sizes, int dimension, Located item) =>
        dimension == sizes.Count ? item : Located.Of(new ListValue([.. Enumerable.Range(0, sizes[dimension]).Select(_ => Rows(sizes, dimension + 1, item))], ListKind.Matrix));

    // The compiler says little more of it than its parts: how long it is, and what is in it.
    private Located EvaluateStackArray(IOperation array)
    {
        if (array.Syntax is StackAllocArrayCreationExpressionSyntax { Initializer: null } && array.ChildOperations.FirstOrDefault() is { } size)
            return Evaluate(size).Value is KnownValue { Content: int and >= 0 and var length } && Fits(length) && models.Of(array.Syntax.SyntaxTree).GetTypeInfo(array.Syntax, cancellationToken) is { Type: var own, ConvertedType: var converted }
                ? Located.Of(new ListValue([.. Enumerable.Repeat(DefaultOf(ElementOf(own) ?? ElementOf(converted)), length)]))
                : Fresh(array.Type);
        foreach (var child in array.ChildOperations)
        {
            if (child is IArrayInitializerOperation initializer)
                return Evaluate(initializer);
        }

        var initial = array.Syntax is StackAllocArrayCreationExpressionSyntax { Initializer: { } given } ? given.Expressions : ((array.Syntax as ImplicitStackAllocArrayCreationExpressionSyntax)?.Initializer.Expressions ?? default);
        return Located.Of(new ListValue([.. initial.Select(expression => AsArgument(models.Operation(expression, cancellationToken)))]));
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IPointerTypeSymbol pointer => pointer.PointedAtType,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };
}
