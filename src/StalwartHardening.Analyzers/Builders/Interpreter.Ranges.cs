using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Positions and stretches: "^1" is how far from the end, "1..^1" is two positions.
internal sealed partial class Interpreter
{
    // How far from the end: "^1".
    private static ListValue FromEnd(int count) => new([Located.Of(new KnownValue(count))], ListKind.Tuple);

    private static ListValue RangeOf(Located start, Located end) => new([start, end], ListKind.Tuple);

    private static Located At(int position) => Located.Of(new KnownValue(position));

    private static bool IsPosition(ITypeSymbol type) => type is { Name: "Index" or "Range", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static Located? CreatePosition(INamedTypeSymbol type, List<Located> arguments) => (type.Name, arguments) switch
    {
        ("Index", [{ Value: KnownValue { Content: int count } }]) => At(count),
        ("Index", [{ Value: KnownValue { Content: int count } }, { Value: KnownValue { Content: bool isFromEnd } }]) => isFromEnd ? Located.Of(FromEnd(count)) : At(count),
        ("Range", [var start, var end]) => Located.Of(RangeOf(start, end)),
        _ => null,
    };

    private static Located? InvokePosition(IMethodSymbol method, Located receiver, List<Located> arguments)
    {
        switch (method.Name, receiver.Value, arguments)
        {
            case ("FromEnd", _, [{ Value: KnownValue { Content: int count } }]):
                return Located.Of(FromEnd(count));
            case ("FromStart", _, [var position]):
                return position;
            case ("StartAt", _, [var start]):
                return Located.Of(RangeOf(start, Located.Of(FromEnd(0))));
            case ("EndAt", _, [var end]):
                return Located.Of(RangeOf(At(0), end));
            case ("GetOffset", var index, [{ Value: KnownValue { Content: int length } }]):
                return PositionOf(index, length) is { } offset ? At(offset) : null;
            case ("GetOffsetAndLength", ListValue { Items: [var first, var last] }, [{ Value: KnownValue { Content: int whole } }]) when PositionOf(first.Value, whole) is { } from && PositionOf(last.Value, whole) is { } to:
                return Located.Of(new ListValue([At(from), At(to - from)], ListKind.Tuple));
            default:
                return null;
        }
    }

    private static Located? ReadPosition(string property, Value position) => (property, position) switch
    {
        ("Start", ListValue { Items: [var start, _] }) => start,
        ("End", ListValue { Items: [_, var end] }) => end,
        ("Value", KnownValue { Content: int }) => Located.Of(position),
        ("Value", ListValue { Items: [var count] }) => count,
        ("IsFromEnd", KnownValue) => Located.Of(Value.Of(false)),
        ("IsFromEnd", ListValue { Items.Count: 1 }) => Located.Of(Value.Of(true)),
        _ => null,
    };
}
