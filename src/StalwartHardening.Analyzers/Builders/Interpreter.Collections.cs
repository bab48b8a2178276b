using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Lists, sets, queues, stacks, dictionaries, and what is read off them.
internal sealed partial class Interpreter
{
    private const int MaxItems = 10_000;

    // Whether so many items are still counted.
    private bool Fits(int items) => items <= MaxItems && budget.Spend(1 + (items >> 3));

    private static bool IsCollection(ITypeSymbol type) => type.ContainingNamespace is { Name: "Generic" or "Immutable" or "Frozen" or "ObjectModel" or "Concurrent" or "Collections" or "Specialized" } space && IsUnderSystem(space);

    private static bool IsUnderSystem(INamespaceSymbol space)
    {
        for (var current = space; current is { IsGlobalNamespace: false }; current = current.ContainingNamespace)
        {
            if (current is { Name: "System", ContainingNamespace.IsGlobalNamespace: true })
                return true;
        }

        return false;
    }

    private static bool IsMap(ITypeSymbol? type) => type is not null && IsCollection(type) && (type.Name.Contains("Dictionary") || type.Name is "SortedList" or "Hashtable");

    private static ListKind KindOf(ITypeSymbol? type) => type?.Name switch
    {
        null => ListKind.List,
        "SortedSet" => ListKind.Sorted,
        "PriorityQueue" => ListKind.Priority,
        var name when name.Contains("Set") => ListKind.Set,
        var name when name.Contains("Stack") => ListKind.Stack,
        var name when name.Contains("Queue") => ListKind.Queue,
        _ => ListKind.List,
    };

    // New objects of the framework that hold others, and of the library of tasks and texts.
    private Located? CreateKnown(IMethodSymbol constructor, IObjectCreationOperation creation, Arguments arguments)
    {
        var type = constructor.ContainingType;
        if (!IsUnderSystem(type.ContainingNamespace ?? models.Compilation.GlobalNamespace))
            return null;
        if (type.TypeKind == TypeKind.Delegate)
            return arguments.First?.Value;
        switch (type.Name)
        {
            case "KeyValuePair" when constructor.Parameters.Length == 2:
            case "Tuple" or "ValueTuple":
                return Located.Of(new ListValue([.. constructor.Parameters.Select(parameter => arguments.TryGetValue(parameter, out var argument) ? argument.Value : Located.Unknown)], ListKind.Tuple));
            case "StringBuilder" or "StringWriter":
                var builder = new TextBuilderValue();
                if (arguments.First is { Value.Value: KnownValue { Content: string } text })
                    builder.Text = text;
                return Located.Of(builder);
            case "Regex" when IsOfExpressions(type) && arguments.First is { Value.Value: KnownValue { Text: { } pattern } }:
                return Located.Of(ExpressionOf(pattern, arguments.Last is { Value.Value: EnumValue options } ? (System.Text.RegularExpressions.RegexOptions)options.Number : System.Text.RegularExpressions.RegexOptions.None));
            case "Lazy" or "ThreadLocal" when arguments.First is { Value.Value: FunctionValue create }:
                return Located.Of(new LazyValue(create));
            case "AsyncLocal" or "ThreadLocal" or "StrongBox":
                return Located.Of(HolderOf(type, arguments));
            case "ExpandoObject" or "ConditionalWeakTable":
                return Located.Of(new MapValue());
            case "String" when arguments.First is { Value.Value: KnownValue { Content: string } } same && constructor.Parameters.Length == 1:
                return same.Value;
            case "StringReader" or "StreamReader" when arguments.First is { Value.Value: KnownValue { Text: not null } read }:
                return Located.Of(new TextReaderValue(read));
            case "MemoryStream" when arguments.First is { Value.Value: KnownValue { Text: not null } }:
                return arguments.First.Value.Value;
            case "JsonSerializerOptions" when IsOfJson(type):
                return Located.Of(OptionsOf(type, arguments));
            case "Index" or "Range" when IsPosition(type):
                return CreatePosition(type, Ordered(constructor, arguments));
            case "String" when arguments.First is { Value.Value: ListValue { IsOpen: false } characters }:
                return Located.Of(new KnownValue(string.Concat(characters.Items.Select(static item => Text(item.Value)))));
            case "String" when constructor.Parameters.Length == 2 && arguments.First is { Content: char character } && arguments.Last is { Content: int and >= 0 and < 10_000 and var count }:
                return Located.Of(new KnownValue(new string(character, count)));
        }

        if (FrameworkValues.Create(constructor, arguments) is { } known)
            return Located.Of(known);
        if (!IsCollection(type) || type.TypeKind != TypeKind.Class)
            return null;
        return CreateCollection(type, arguments);
    }

    private Located CreateCollection(INamedTypeSymbol type, Arguments arguments)
    {
        if (IsMap(type))
        {
            var map = new MapValue { IsSorted = type.Name.Contains("Sorted"), Comparer = ComparerOf(arguments) };
            foreach (var argument in arguments)
            {
                if (argument.Value.Value is ListValue or MapValue or DeferredValue or OpaqueValue { Type.Name: not ("IEqualityComparer" or "StringComparer" or "IComparer") } && argument.Parameter.Type.SpecialType == SpecialType.None && argument.Parameter.Name is not ("comparer" or "capacity"))
                    PutAll(map, AsSequence(argument.Value.Value, argument.Parameter.Type));
            }

            return Located.Of(map);
        }

        var list = new ListValue([], KindOf(type)) { Comparer = ComparerOf(arguments) };
        foreach (var argument in arguments)
        {
            if (IsComparer(argument.Parameter.Type) || argument.Parameter.Name == "capacity" || argument.Content is int)
                continue;
            if (AsSequence(argument.Value.Value, argument.Parameter.Type) is { } items)
            {
                // A read-only view shows what happens to the list below it.
                if (type.Name.StartsWith("ReadOnly", StringComparison.Ordinal))
                    return Located.Of(items);
                list.Items.AddRange(items.Items);
                list.IsOpen |= items.IsOpen;
            }
        }

        return Located.Of(list.Kind is ListKind.Set or ListKind.Sorted ? Distinct(list) : list);
    }

    // What only holds a value: for those who call, for a thread, by reference.
    private static ObjectValue HolderOf(INamedTypeSymbol type, Arguments arguments)
    {
        var holder = new ObjectValue(type);
        if (arguments.First is { } given && type.Name == "StrongBox" && type.OriginalDefinition.GetMembers("Value").FirstOrDefault() is { } member)
            holder.Members[member] = given.Value;
        return holder;
    }

    private static ObjectValue OptionsOf(INamedTypeSymbol type, Arguments arguments)
    {
        var options = new ObjectValue(type);
        // "JsonSerializerDefaults.Web".
        if (arguments.First is { Value.Value: EnumValue { Number: 1 } } && type.GetMembers("PropertyNameCaseInsensitive").FirstOrDefault() is { } property)
            options.Members[property] = Located.Of(Value.Of(true));
        return options;
    }

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

    private IEnumerable<KeyValuePair<Located, Located>> Ordered(MapValue map) =>
        map.IsSorted ? map.Entries.OrderBy(static entry => entry.Key.Value, Comparer<Value>.Create((one, other) => Order(one, other, map.Comparer) ?? 0)) : map.Entries.ToArray();

    private void PutAll(MapValue map, ListValue? pairs)
    {
        if (pairs is null || pairs.IsOpen)
            map.IsOpen = true;
        foreach (var pair in pairs?.Items ?? [])
        {
            if (pair.Value is ListValue { Items: [var key, var value] })
                Put(map, key, value);
        }
    }

    private void Put(MapValue map, Located key, Located value)
    {
        if (Choices.KeyOf(key.Value) is null && IsKey(map, key.Value, key.Value) is null)
            map.IsOpen = true;
        for (var i = 0; i < map.Entries.Count; i++)
        {
            if (IsKey(map, map.Entries[i].Key.Value, key.Value) == true)
            {
                map.Entries[i] = new(map.Entries[i].Key, value);
                return;
            }
        }

        if (Fits(map.Entries.Count + 1))
            map.Entries.Add(new(key, value));
        else
            map.IsOpen = true;
    }

    private bool? IsKey(MapValue map, Value key, Value sought) => AreEqual(key, sought, map.Comparer);

    // Null where nobody can tell; a missing entry throws.
    private Located? Find(MapValue map, Value key)
    {
        var mayBeThere = map.IsOpen;
        foreach (var entry in map.Entries)
        {
            switch (IsKey(map, entry.Key.Value, key))
            {
                case true:
                    return entry.Value;
                case null when !mayBeThere && Decide(Equality(key, entry.Key.Value)):
                    return entry.Value;
            }
        }

        if (mayBeThere || key is OpaqueValue)
            return null;
        return Throw("System.Collections.Generic.KeyNotFoundException");
    }

    private bool? Has(MapValue map, Value key, out Located value)
    {
        bool? has = map.IsOpen ? null : false;
        foreach (var entry in map.Entries)
        {
            switch (IsKey(map, entry.Key.Value, key))
            {
                case true:
                    value = entry.Value;
                    return true;
                case null:
                    has = null;
                    break;
            }
        }

        value = Located.Unknown;
        return has;
    }

    // A key that nobody knows is one of those that are there, or none.
    private bool? Look(MapValue map, Value key, out Located value)
    {
        if (Has(map, key, out value) is { } known)
            return known;
        if (map.IsOpen || key is not OpaqueValue)
            return null;
        foreach (var entry in map.Entries)
        {
            if (!Decide(Equality(key, entry.Key.Value)))
                continue;
            value = entry.Value;
            return true;
        }

        return false;
    }

    private ListValue Distinct(ListValue list)
    {
        var distinct = new ListValue([], list.Kind) { IsOpen = list.IsOpen, Comparer = list.Comparer };
        foreach (var item in list.Items)
        {
            if (!Holds(distinct, item.Value))
                distinct.Items.Add(item);
        }

        return distinct;
    }

    private bool Holds(ListValue set, Value item) => set.Items.Exists(known => AreEqual(known.Value, item, set.Comparer) == true);

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

    // What is written to where something else is.
    private Located? Copied(List<Located> items, bool isOpen, IMethodSymbol method, List<Located> arguments)
    {
        var start = arguments is [_, { Value: KnownValue { Content: int at } }] ? at : 0;
        if (!isOpen && arguments.Count is 1 or 2 && arguments[0].Value is ListValue { IsOpen: false } target && start >= 0 && start + items.Count <= target.Items.Count)
        {
            for (var i = 0; i < items.Count; i++)
                target.Set(start + i, items[i]);
            return method.ReturnsVoid ? Located.Unknown : Located.Of(Value.Of(true));
        }

        arguments.ForEach(argument => Scramble(argument.Value));
        return method.ReturnsVoid ? Located.Unknown : null;
    }

    private static bool IsMatrix(ListValue list, out ListValue rows)
    {
        rows = list;
        return list.Kind == ListKind.Matrix;
    }

    // All items of an array of several dimensions.
    private static List<Located> Flat(ListValue matrix) =>
        [.. matrix.Items.SelectMany(static item => item.Value is ListValue { Kind: ListKind.Matrix } row ? Flat(row) : [item])];

    private Located? InvokeMap(IMethodSymbol method, MapValue map, Arguments given, List<Located> arguments)
    {
        // Immutable ones change a copy.
        if (method.ContainingType is { ContainingNamespace.Name: "Immutable", Name: not "Builder" } && method.Name is "Add" or "AddRange" or "SetItem" or "SetItems" or "Remove" or "RemoveRange" or "Clear")
        {
            var copy = new MapValue { IsSorted = map.IsSorted, Comparer = map.Comparer, IsOpen = map.IsOpen };
            copy.Entries.AddRange(map.Entries);
            map = copy;
        }

        switch (method.Name)
        {
            case "Add" or "TryAdd" or "set_Item" or "SetItem" when arguments.Count == 2:
                var isNew = Has(map, arguments[0].Value, out _);
                if (method.Name is "Add" && isNew == true)
                    return Throw("System.ArgumentException");

                if (method.Name != "TryAdd" || isNew != true)
                    Put(map, arguments[0], arguments[1]);
                return method.ReturnType.SpecialType == SpecialType.System_Boolean ? Located.Of(isNew is { } known ? Value.Of(!known) : Value.Unknown) : Located.Of(map);
            case "Add" when arguments is [{ Value: ListValue { Items: [var key, var value] } }]:
                Put(map, key, value);
                return Located.Unknown;
            case "ContainsKey":
                return Located.Of(Look(map, arguments[0].Value, out _) is { } has ? Value.Of(has) : Value.Unknown);
            case "TryGetValue" when arguments.Count == 2:
                var isThere = Look(map, arguments[0].Value, out var found);
                var taken = isThere ?? choices.Take();
                if (given.Last is { Target: { } target } last)
                    Assign(target, taken ? isThere == true ? found : Fresh(last.Parameter.Type) : DefaultOf(last.Parameter.Type));
                return Located.Of(Value.Of(taken));
            case "GetValueOrDefault" when arguments.Count is 1 or 2 or 3:
                var at = method.IsExtensionMethod && arguments.Count > 1 && arguments[0].Value == map ? 1 : 0;
                return Look(map, arguments[at].Value, out var inside) switch
                {
                    true => inside,
                    false => arguments.Count > at + 1 ? arguments[at + 1] : DefaultOf(method.ReturnType),
                    null => null,
                };
            case "Remove" or "TryRemove":
                var removed = map.Entries.FindIndex(entry => IsKey(map, entry.Key.Value, arguments[0].Value) == true);
                if (given.Last is { Target: { } output } removedArgument)
                    Assign(output, removed >= 0 ? map.Entries[removed].Value : DefaultOf(removedArgument.Parameter.Type));
                if (removed >= 0)
                    map.Entries.RemoveAt(removed);
                else if (Choices.KeyOf(arguments[0].Value) is null && IsKey(map, arguments[0].Value, arguments[0].Value) is null)
                    map.IsOpen = true;
                return method.ReturnType.SpecialType == SpecialType.System_Boolean ? Located.Of(Value.Of(removed >= 0)) : Located.Of(map);
            case "AddRange" or "SetItems" when arguments.Count == 1:
                PutAll(map, AsSequence(arguments[0].Value, null));
                return Located.Of(map);
            case "Clear":
                map.Entries.Clear();
                return Located.Of(map);
            case "ToFrozenDictionary" or "ToImmutableDictionary" or "AsReadOnly" or "ToImmutable" or "ToDictionary" when arguments.Count <= 1:
                return Located.Of(map);
            case "GetOrAdd" or "GetValue" when arguments.Count >= 2:
                if (Has(map, arguments[0].Value, out var present) is not { } isPresent)
                    break;
                if (!isPresent)
                    Put(map, arguments[0], present = MadeOf(arguments[1], [arguments[0], .. arguments.Skip(2)]));
                return present;
            case "GetOrCreateValue" when arguments.Count == 1 && Has(map, arguments[0].Value, out var kept) is { } isKept:
                if (!isKept)
                    Put(map, arguments[0], kept = Begun(method.ReturnType));
                return kept;
            case "AddOrUpdate" when arguments.Count == 2:
                Put(map, arguments[0], arguments[1]);
                return Located.Unknown;
            case "AddOrUpdate" when arguments.Count >= 3 && arguments[2].Value is FunctionValue update:
                if (Has(map, arguments[0].Value, out var before) is not { } isOld)
                    break;
                var after = isOld ? Call(update, [arguments[0], before, .. arguments.Skip(3)]) : MadeOf(arguments[1], [arguments[0], .. arguments.Skip(3)]);
                Put(map, arguments[0], after);
                return after;
            case "TryUpdate" when arguments.Count == 3 && Has(map, arguments[0].Value, out var old) is { } isKnown && (isKnown ? AreEqual(old.Value, arguments[2].Value) : false) is { } isAsExpected:
                if (isAsExpected)
                    Put(map, arguments[0], arguments[1]);
                return Located.Of(Value.Of(isAsExpected));
            case "EnsureCapacity" or "TrimExcess" or "GetHashCode" or "Equals":
                return Located.Unknown;
            case "ContainsValue" when arguments.Count == 1:
                return Located.Of(ContainsItem(new ListValue([.. map.Entries.Select(static entry => entry.Value)]) { IsOpen = map.IsOpen }, arguments[0].Value));
            case "ToArray" or "AsEnumerable" when arguments.Count == 0:
                return Located.Of(AsSequence(map, null)!);
            case "CopyTo" or "ToString" or "GetType" or "GetAlternateLookup" or "TryGetAlternateLookup":
                return null;
        }

        // Whatever it does to the dictionary, its content is not known any more.
        Scramble(map);
        return null;
    }

    // What a dictionary is given to hold: a value, or a function that makes one.
    private Located MadeOf(Located given, IReadOnlyList<Located> arguments) => given.Value is FunctionValue create && create.Method.Parameters.Length <= arguments.Count ? Call(create, arguments) : given;

    private Located? InvokeList(IMethodSymbol method, ListValue list, Arguments given, List<Located> arguments)
    {
        // Immutable ones change a copy.
        var changed = method.ContainingType.ContainingNamespace is { Name: "Immutable" } && !method.ReturnsVoid && method.ContainingType.Name != "Builder" ? new ListValue([.. list.Items], list.Kind) { IsOpen = list.IsOpen, Comparer = list.Comparer } : list;
        switch (method.Name)
        {
            case "Enqueue" when list.Kind == ListKind.Priority && arguments.Count == 2:
                list.Items.Add(Located.Of(new ListValue([.. arguments], ListKind.Tuple)));
                return Located.Unknown;
            case "Add" or "Push" or "Enqueue" or "AddLast" or "TryAdd" when arguments.Count == 1:
                if (list.Kind is ListKind.Set or ListKind.Sorted && Holds(list, arguments[0].Value))
                    return method.ReturnType.SpecialType == SpecialType.System_Boolean ? Located.Of(Value.Of(false)) : Located.Of(list);
                if (!Fits(list.Items.Count + 1))
                    Scramble(changed);
                else
                    changed.Items.Add(arguments[0]);
                return method.ReturnType.SpecialType == SpecialType.System_Boolean ? Located.Of(Value.Of(true)) : Located.Of(changed);
            case "AddRange" or "UnionWith" or "Concat" or "Union" or "InsertRange" when arguments.Count >= 1:
                if (AsSequence(arguments[arguments.Count - 1].Value, null) is { IsOpen: false } added && Fits(list.Items.Count + added.Items.Count))
                {
                    var at = arguments is [{ Value: KnownValue { Content: int place } }, _] && place <= changed.Items.Count ? place : changed.Items.Count;
                    foreach (var item in added.Items.ToArray())
                    {
                        if (changed.Kind is not (ListKind.Set or ListKind.Sorted) || !Holds(changed, item.Value))
                            changed.Items.Insert(at++, item);
                    }
                }
                else
                {
                    Scramble(changed);
                }

                return Located.Of(changed);
            case "Insert" when arguments is [{ Value: KnownValue { Content: int at } }, var inserted] && !list.IsOpen && at >= 0 && at <= list.Items.Count:
                changed.Items.Insert(at, inserted);
                return Located.Of(changed);
            case "AddBefore" or "AddAfter" when arguments is [{ Value: NodeValue { Position: var at } node }, var placed] && ReferenceEquals(node.List, list) && !list.IsOpen:
                list.Items.Insert(method.Name == "AddBefore" ? at : at + 1, placed);
                return Located.Of(NodeAt(list, method.Name == "AddBefore" ? at : at + 1));
            case "EnqueueRange" when list.Kind == ListKind.Priority && arguments.Count == 1 && AsSequence(arguments[0].Value, null) is { IsOpen: false } prioritized:
                list.Items.AddRange(prioritized.Items);
                return Located.Unknown;
            case "GetConsumingEnumerable" or "CompleteAdding":
                return Located.Of(list);
            case "AddFirst" when arguments.Count == 1:
                changed.Items.Insert(0, arguments[0]);
                return Located.Of(changed);
            case "Remove" when arguments.Count == 1 && !list.IsOpen && list.Items.TrueForAll(item => AreEqual(item.Value, arguments[0].Value, list.Comparer) is not null):
                var removed = changed.Items.FindIndex(item => AreEqual(item.Value, arguments[0].Value, list.Comparer) == true);
                if (removed >= 0)
                    changed.Items.RemoveAt(removed);
                return method.ReturnType.SpecialType == SpecialType.System_Boolean ? Located.Of(Value.Of(removed >= 0)) : Located.Of(changed);
            case "RemoveAt" when arguments is [{ Value: KnownValue { Content: int place } }] && !list.IsOpen && place >= 0 && place < list.Items.Count:
                changed.Items.RemoveAt(place);
                return Located.Of(changed);
            case "RemoveAll" or "RemoveWhere" when arguments is [{ Value: FunctionValue condition }] && !list.IsOpen:
                foreach (var item in list.Items.ToArray())
                {
                    if (Decide(Call(condition, [item]).Value))
                        changed.Items.Remove(item);
                }

                return Located.Of(changed);
            case "Clear":
                changed.Items.Clear();
                changed.IsOpen = false;
                return Located.Of(changed);
            case "Pop" or "Dequeue" or "Peek" or "TryPop" or "TryDequeue" or "TryPeek" or "TryTake" when !list.IsOpen:
                return Take(method, list, given);
            case "ForEach" when arguments is [{ Value: FunctionValue function }]:
                foreach (var item in list.Items.ToArray())
                    Call(function, [item]);
                return Located.Unknown;
            case "Reverse" when arguments.Count == 0 && method.ReturnsVoid:
                list.Items.Reverse();
                return Located.Unknown;
            case "Sort" when arguments.Count == 0 || (arguments.Count == 1 && (ComparerOf(method, arguments) is not null || arguments[0].Value is FunctionValue)):
                if (list.IsOpen || InOrder(list.Items, arguments.Count == 0 ? null : arguments[0].Value) is not { } sorted)
                {
                    Scramble(changed);
                    return Located.Of(changed);
                }

                changed.Items.Clear();
                changed.Items.AddRange(sorted);
                return Located.Of(changed);
            case "Contains" when arguments.Count >= 1:
                return Located.Of(ContainsItem(list, arguments[0].Value, list.Comparer ?? ComparerOf(method, arguments)));
            case "IndexOf" when arguments.Count == 1 && !list.IsOpen && list.Items.TrueForAll(item => AreEqual(item.Value, arguments[0].Value) is not null):
                return Located.Of(new KnownValue(list.Items.FindIndex(item => AreEqual(item.Value, arguments[0].Value) == true)));
            case "Exists" or "Find" or "FindAll" or "TrueForAll" or "ConvertAll" or "FindIndex" or "FindLast" when arguments is [{ Value: FunctionValue }]:
                var linq = method.Name switch { "Exists" => "Any", "Find" => "FirstOrDefault", "FindAll" => "Where", "TrueForAll" => "All", "ConvertAll" => "Select", "FindLast" => "LastOrDefault", _ => "" };
                return linq.Length > 0 ? InvokeSequence(linq, method, [Located.Of(list), .. arguments]) : list.IsOpen ? null : Located.Of(new KnownValue(PositionOf(list, (FunctionValue)arguments[0].Value, isLast: false)));
            case "FindLastIndex" when arguments is [{ Value: FunctionValue condition }] && !list.IsOpen:
                return Located.Of(new KnownValue(PositionOf(list, condition, isLast: true)));
            case "Slice" or "GetRange" when arguments is [{ Value: KnownValue { Content: int from } }, { Value: KnownValue { Content: int count } }] && !list.IsOpen && from >= 0 && count >= 0 && from + count <= list.Items.Count:
                return Located.Of(list.Slice(from, count, method.Name == "Slice"));
            case "Slice" when arguments is [{ Value: KnownValue { Content: int from } }] && !list.IsOpen && from >= 0 && from <= list.Items.Count:
                return Located.Of(list.Slice(from, list.Items.Count - from, isView: true));
            case "GetLength" or "GetUpperBound" when arguments is [{ Value: KnownValue { Content: int dimension } }] && !list.IsOpen:
                var inner = list;
                for (; dimension > 0 && inner.Items is [{ Value: ListValue first }, ..]; dimension--)
                    inner = first;
                return dimension > 0 ? null : Located.Of(new KnownValue(inner.Items.Count - (method.Name == "GetUpperBound" ? 1 : 0)));
            case "SetValue" when arguments is [var value, { Value: KnownValue { Content: int } index }]:
                KeepItem(list, Located.Of(index), value);
                return Located.Unknown;
            case "GetValue" when arguments is [{ Value: KnownValue { Content: int } } position]:
                return ItemAt(Located.Of(list), position.Value, null);
            case "CopyTo" or "TryCopyTo":
                return Copied(list.Items, list.IsOpen, method, arguments);
            case "Fill" when arguments.Count == 1 && !list.IsOpen:
                for (var i = 0; i < list.Items.Count; i++)
                    list.Set(i, arguments[0]);
                return Located.Unknown;
            case "AsReadOnly" or "ToArray" or "ToImmutable" or "MoveToImmutable" or "DrainToImmutable" or "AsSpan" or "AsMemory" or "AsEnumerable" or "ToBuilder" or "Clone" or "ToList":
                return Located.Of(method.Name is "AsReadOnly" or "AsSpan" ? list : new ListValue([.. list.Items], list.Kind is ListKind.Set or ListKind.Sorted ? ListKind.List : list.Kind) { IsOpen = list.IsOpen });
            case "EnsureCapacity" or "TrimExcess" or "GetHashCode" or "Equals" or "ToString" or "GetType" or "Dispose":
                return Located.Unknown;
            case "IsSubsetOf" or "IsSupersetOf" or "SetEquals" or "Overlaps" or "BinarySearch":
                return null;
            default:
                // Whatever it does to the list, its content is not known any more.
                if (!IsCollection(method.ContainingType) || method.IsExtensionMethod)
                    return null;
                Scramble(list);
                return Located.Unknown;
        }
    }

    private int PositionOf(ListValue list, FunctionValue condition, bool isLast)
    {
        for (var i = 0; i < list.Items.Count; i++)
        {
            var position = isLast ? list.Items.Count - 1 - i : i;
            if (Decide(Call(condition, [list.Items[position]]).Value))
                return position;
        }

        return -1;
    }

    private Located Take(IMethodSymbol method, ListValue list, Arguments given)
    {
        var isTry = method.Name.StartsWith("Try", StringComparison.Ordinal);
        if (list.Items.Count == 0)
        {
            if (given.Last is { Target: { } nothing } none)
                Assign(nothing, DefaultOf(none.Parameter.Type));
            return isTry ? Located.Of(Value.Of(false)) : Throw("System.InvalidOperationException");
        }

        var at = list.Kind switch { ListKind.Stack => list.Items.Count - 1, ListKind.Priority => FirstInOrder(list), _ => 0 };
        var item = list.Items[at];
        Located? priority = null;
        if (list.Kind == ListKind.Priority && item.Value is ListValue { Items: [var element, var order] })
            (item, priority) = (element, order);
        if (!method.Name.EndsWith("Peek", StringComparison.Ordinal))
            list.Items.RemoveAt(at);
        if (!isTry)
            return item;
        if (priority is { } second && given.Last is { Target: { } last } && given.First is { Target: { } first })
        {
            Assign(first, item);
            Assign(last, second);
        }
        else if (given.Last is { Target: { } target })
        {
            Assign(target, item);
        }

        return Located.Of(Value.Of(true));
    }

    private static int FirstInOrder(ListValue queue)
    {
        var first = 0;
        for (var i = 1; i < queue.Items.Count; i++)
        {
            if (queue.Items[i].Value is ListValue { Items: [_, var own] } && queue.Items[first].Value is ListValue { Items: [_, var least] } && ValueOrder.Instance.Compare(own.Value, least.Value) < 0)
                first = i;
        }

        return first;
    }

    private Value ContainsItem(ListValue list, Value sought, Value? comparer = null)
    {
        bool? contains = list.IsOpen ? null : false;
        foreach (var item in list.Items)
        {
            switch (AreEqual(item.Value, sought, comparer))
            {
                case true:
                    return Value.Of(true);
                case null:
                    contains = null;
                    break;
            }
        }

        if (contains is { } known)
            return Value.Of(known);
        return list.IsOpen ? Fresh(null).Value : Value.Of(list.Items.Exists(item => Decide(Equality(sought, item.Value))));
    }

    /// <summary>The order of values that have one; others stay as they are.</summary>
    private sealed class ValueOrder : IComparer<Value>
    {
        public static ValueOrder Instance { get; } = new();

        public int Compare(Value? x, Value? y) => (x, y) switch
        {
            (KnownValue { Content: string a }, KnownValue { Content: string b }) => string.CompareOrdinal(a, b),
            (KnownValue { Content: { } a }, KnownValue { Content: { } b }) when Numbers.IsNumber(a) && Numbers.IsNumber(b) => System.Convert.ToDouble(a is char one ? (int)one : a, System.Globalization.CultureInfo.InvariantCulture).CompareTo(System.Convert.ToDouble(b is char other ? (int)other : b, System.Globalization.CultureInfo.InvariantCulture)),
            (KnownValue { Content: bool a }, KnownValue { Content: bool b }) => a.CompareTo(b),
            (EnumValue a, EnumValue b) => a.Number.CompareTo(b.Number),
            (ListValue { Kind: ListKind.Tuple } a, ListValue { Kind: ListKind.Tuple } b) => a.Items.Zip(b.Items, static (one, other) => Instance.Compare(one.Value, other.Value)).FirstOrDefault(static order => order != 0),
            _ => 0,
        };
    }
}
