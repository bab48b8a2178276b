using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// What objects of the framework answer when they are asked for a property.
internal sealed partial class Interpreter
{
    // Properties of what the framework holds for the program.
    private Located? ReadKnown(IPropertySymbol property, Located receiver)
    {
        switch (receiver.Value)
        {
            case JsonData json:
                return ReadJson(property, json);
            case ConfigurationValue configuration:
                return ReadConfiguration(property, configuration);
            case MatchValue match:
                return ReadMatch(property, match);
            case GroupsValue groups when property.Name == "Count":
                return At(groups.Found.Groups.Count);
            case ChannelValue channel:
                return property.Name is "Reader" or "Writer" ? receiver : property.Name == "Count" ? At(channel.Queue.Items.Count) : null;
            case OptionsValue options when property.Name is "Value" or "CurrentValue":
                return options.Get("");
            case ProviderValue when property.Name == "ServiceProvider":
                return receiver;
            case OptionsBuilderValue builder when property.Name == "Services":
                return Located.Of(builder.Services);
            case HostValue host:
                return ReadHost(property, host);
            case ListValue { Kind: ListKind.Tuple, Items.Count: 2 } pair when property.Name == "Name" && property.ContainingType.Name == "JsonProperty":
                return pair.Items[0];
            case KnownValue { Content: int } or ListValue { Kind: ListKind.Tuple } when IsPosition(property.ContainingType):
                return ReadPosition(property.Name, receiver.Value);
            case ListValue { GroupKey: { } key } when property.Name == "Key":
                return key;
            case EnumeratorValue enumerator when property.Name == "Current":
                return CurrentOf(enumerator);
            case ListValue { IsOpen: false } nodes when property.ContainingType.Name == "LinkedList" && property.Name is "First" or "Last":
                return Located.Of(NodeAt(nodes, property.Name == "First" ? 0 : nodes.Items.Count - 1));
            case NodeValue node:
                return property.Name switch { "Value" or "ValueRef" => node.List.Items[node.Position], "Next" => Located.Of(NodeAt(node.List, node.Position + 1)), "Previous" => Located.Of(NodeAt(node.List, node.Position - 1)), _ => null };
            case ListValue { IsOpen: false, Kind: ListKind.Sorted, Items.Count: > 0 } sorted when property.Name is "Min" or "Max":
                return InOrder(sorted.Items, sorted.Comparer) is { } inOrder ? inOrder[property.Name == "Min" ? 0 : inOrder.Count - 1] : null;
            case ListValue { Kind: ListKind.Tuple, Items.Count: 2 } pair when property.Name is "Key" or "Value":
                return pair.Items[property.Name == "Key" ? 0 : 1];
            case ListValue { Kind: ListKind.Tuple } tuple when property.Name is ['I', 't', 'e', 'm', >= '1' and <= '9' and var digit] && digit - '1' < tuple.Items.Count:
                return tuple.Items[digit - '1'];
            // What a class of the program sees of the collection that it derives from.
            case ListValue when property is { Name: "Items", ContainingType.Name: "Collection" }:
                return receiver;
            case ListValue list when property.Name is "Length" or "Count" or "LongLength":
                return list.IsOpen ? null : Located.Of(new KnownValue(list.Items.Count));
            case ListValue list when property.Name == "IsEmpty" && !list.IsOpen:
                return Located.Of(Value.Of(list.Items.Count == 0));
            case ListValue or MapValue when property.Name is "Span" or "Memory" or "IsReadOnly" or "SyncRoot":
                return receiver;
            case MapValue map when property.Name == "Count" && !map.IsOpen:
                return Located.Of(new KnownValue(map.Entries.Count));
            case MapValue map when property.Name is "Keys" or "Values":
                return Located.Of(new ListValue([.. Ordered(map).Select(entry => property.Name == "Keys" ? entry.Key : entry.Value)]) { IsOpen = map.IsOpen });
            case KnownValue { Text: { } characters } when property.Name == "IsEmpty":
                return Located.Of(Value.Of(characters.Length == 0));
            case ListValue { IsOpen: false } matrix when property.Name == "Length" && IsMatrix(matrix, out var rows):
                return Located.Of(new KnownValue(Flat(rows).Count));
            case KnownValue { Text: { } text } when property.Name == "Length":
                return Located.Of(new KnownValue(text.Length));
            case KnownValue { Content: not null } or EnumValue or BuilderValue or ListValue or ObjectValue when property.Name == "HasValue" && property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                return Located.Of(Value.Of(true));
            case KnownValue { Content: null } when property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                if (property.Name == "HasValue")
                    return Located.Of(Value.Of(false));
                return Throw("System.InvalidOperationException");
            case KnownValue { Content: null } when !property.IsStatic:
                return Throw("System.NullReferenceException");
            case { } value when property.Name == "Value" && property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                return receiver with { Value = value };
            case OpaqueValue opaque when property.Name == "HasValue" && property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                return Located.Of(Not(IsNull(opaque)));
            case TextBuilderValue { Text.Text: { } built } when property.Name == "Length":
                return Located.Of(new KnownValue(built.Length));
            case LazyValue lazy when property.Name == "Value":
                return MadeBy(lazy);
            case LazyValue lazy when property.Name == "IsValueCreated":
                return Located.Of(Value.Of(lazy.Create is null));
            case { } when IsTask(property.ContainingType) && property.Name == "Result":
                return receiver;
            case KnownValue { Content: System.Xml.Linq.XObject or System.Xml.Linq.XName } xml:
                return ReadXml(property, xml.Content!);
            case KnownValue { Content: { } content }:
                return FrameworkValues.Of(property.Name, content) is { } known ? Located.Of(known) : null;
            case TypeValue type when property.Name is "Name":
                return Located.Of(new KnownValue(type.Type.MetadataName));
            default:
                return null;
        }
    }

    private static Value NodeAt(ListValue list, int position) => position >= 0 && position < list.Items.Count ? new NodeValue(list, position) : Value.Null;

    private Located MadeBy(LazyValue lazy)
    {
        if (lazy.Create is { } create)
        {
            lazy.Create = null;
            lazy.Made = Call(create, []);
        }

        return lazy.Made;
    }

    private static bool IsTask(ITypeSymbol type) => type is { Name: "Task" or "ValueTask" or "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaitable" or "ConfiguredValueTaskAwaitable" or "ConfiguredTaskAwaiter", ContainingNamespace: { } space } && IsUnderSystem(space);
}
