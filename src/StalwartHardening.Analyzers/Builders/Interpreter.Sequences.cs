using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Queries. They are taken to be walked through as a whole, once.
internal sealed partial class Interpreter
{
    private Located? InvokeSequence(string name, IMethodSymbol method, List<Located> arguments)
    {
        if (name == "Range" && arguments is [{ Value: KnownValue { Content: int start } }, { Value: KnownValue { Content: int count } }])
            return count >= 0 && Fits(count) ? Located.Of(new ListValue([.. Enumerable.Range(start, count).Select(static number => Located.Of(new KnownValue(number)))])) : null;
        if (name == "Repeat" && arguments is [var repeated, { Value: KnownValue { Content: int times } }])
            return times >= 0 && Fits(times) ? Located.Of(new ListValue([.. Enumerable.Repeat(repeated, times)])) : null;
        if (name == "Empty")
            return Located.Of(new ListValue([]));
        if (arguments.Count == 0 || AsSequence(arguments[0].Value, null) is not { } source || !Fits(source.Items.Count))
            return null;
        var function = arguments.Count > 1 ? arguments[1].Value as FunctionValue : null;
        if (source.IsOpen && !IsPassing(name))
        {
            // The functions may run any number of times; what they write counts.
            foreach (var argument in arguments)
            {
                if (argument.Value is FunctionValue each && each.Method.Parameters.Length == 1)
                    Call(each, [source.Items[0]]);
            }

            return null;
        }

        return Transform(name, method, source, function, arguments) ?? Pick(name, method, source, function, arguments);
    }

    // What makes a sequence of a sequence item by item says as little of the one as is known of the other.
    private static bool IsPassing(string name) => name is "Select" or "Where" or "ToArray" or "ToList" or "AsEnumerable" or "OrderBy" or "OrderByDescending" or "ThenBy" or "Distinct" or "OfType" or "Cast" or "Concat" or "Append" or "Prepend" or "ForEach" or "SelectMany" or "ToImmutableArray" or "ToImmutableList" or "Reverse" or "Order" or "Skip" or "Take";

    private Located? Transform(string name, IMethodSymbol method, ListValue source, FunctionValue? function, List<Located> arguments)
    {
        Located[] items = [.. source.Items];
        var comparer = ComparerOf(method, arguments);
        switch (name)
        {
            case "ToArray" or "ToList" or "AsEnumerable" or "ToImmutableArray" or "ToImmutableList" or "AsReadOnly" or "AsParallel" or "AsQueryable" or "ToAsyncEnumerable" or "AsSpan" or "Memoize":
                return List(items, source);
            case "ToHashSet" or "ToFrozenSet" or "ToImmutableHashSet" or "ToImmutableSortedSet":
                return Located.Of(Distinct(new ListValue([.. items], name == "ToImmutableSortedSet" ? ListKind.Sorted : ListKind.Set) { Comparer = comparer }));
            case "Distinct":
                return Located.Of(Distinct(new ListValue([.. items]) { IsOpen = source.IsOpen, Comparer = comparer }));
            case "Select" when function is { Method.Parameters.Length: 1 }:
                return List(items.Select(item => With(Call(function, [item]), item)).ToArray(), source);
            case "Select" when function is { Method.Parameters.Length: 2 } && !source.IsOpen:
                return List(items.Select((item, index) => With(Call(function, [item, Located.Of(new KnownValue(index))]), item)).ToArray(), source);
            case "Index":
                return List(items.Select(static (item, index) => Located.Of(new ListValue([Located.Of(new KnownValue(index)), item], ListKind.Tuple))).ToArray(), source);
            case "SelectMany" when function is { Method.Parameters.Length: 1 }:
                var result = arguments.Count > 2 ? arguments[2].Value as FunctionValue : null;
                var many = new ListValue([]) { IsOpen = source.IsOpen };
                foreach (var item in items)
                {
                    var inner = AsSequence(Call(function, [item]).Value, null);
                    many.IsOpen |= inner is null or { IsOpen: true };
                    foreach (var one in inner?.Items.ToArray() ?? [Located.Unknown])
                        many.Items.Add(result is null ? one : Call(result, [item, one]));
                    if (!Fits(many.Items.Count))
                        return null;
                }

                return Located.Of(many);
            case "Where" when function is not null:
                var position = 0;
                return List(items.Where(item => Decide(Call(function, [item, Located.Of(new KnownValue(position++))]).Value)).ToArray(), source);
            case "OfType" or "Cast" when method.TypeArguments is [var type]:
                return List(items.Where(item => name == "Cast" || Decide(IsOfType(item.Value, type))).Select(item => Convert(item, type)).ToArray(), source);
            case "Concat" or "Union" or "AddRange" when arguments.Count > 1 && AsSequence(arguments[1].Value, null) is { } other && Fits(items.Length + other.Items.Count):
                var both = new ListValue([.. items, .. other.Items]) { IsOpen = source.IsOpen || other.IsOpen, Comparer = comparer };
                return Located.Of(name == "Union" ? Distinct(both) : both);
            case "Except" or "Intersect" when arguments.Count > 1 && AsSequence(arguments[1].Value, null) is { IsOpen: false } other:
                return Located.Of(Distinct(new ListValue([.. items.Where(item => Decide(ContainsItem(other, item.Value, comparer)) == (name == "Intersect"))]) { Comparer = comparer }));
            case "Append" when arguments.Count == 2:
                return List([.. items, arguments[1]], source);
            case "Prepend" when arguments.Count == 2:
                return List([arguments[1], .. items], source);
            case "DefaultIfEmpty":
                return items.Length > 0 ? List(items, source) : List([arguments.Count > 1 ? arguments[1] : DefaultOf(method.TypeArguments.FirstOrDefault())], source);
            case "Reverse":
                return List([.. Enumerable.Reverse(items)], source);
            case "Skip" or "Take" or "SkipLast" or "TakeLast" when arguments is [_, { Value: KnownValue { Content: int count } }]:
                if (source.IsOpen)
                    return List(items, source);
                count = Math.Min(Math.Max(count, 0), items.Length);
                var (from, to) = name switch { "Skip" => (count, items.Length), "Take" => (0, count), "SkipLast" => (0, items.Length - count), _ => (items.Length - count, items.Length) };
                return List(items.Skip(from).Take(to - from).ToArray(), source);
            case "TakeWhile" or "SkipWhile" when function is not null:
                var end = 0;
                while (end < items.Length && Decide(Call(function, [items[end]]).Value))
                    end++;
                return List(name == "TakeWhile" ? items.Take(end).ToArray() : items.Skip(end).ToArray(), source);
            case "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending":
                return InOrder(source, items, function, comparer, isDescending: name.EndsWith("Descending", StringComparison.Ordinal), isFirst: name[0] == 'O');
            case "Shuffle":
                return Located.Of(new ListValue([.. items]) { IsOpen = true });
            case "Zip" when arguments.Count > 2 && AsSequence(arguments[1].Value, null) is { IsOpen: false } second && AsSequence(arguments[2].Value, null) is { IsOpen: false } third:
                return List([.. items.Zip(second.Items, static (one, two) => (one, two)).Zip(third.Items, static (pair, three) => Located.Of(new ListValue([pair.one, pair.two, three], ListKind.Tuple)))], source);
            case "Zip" when arguments.Count > 1 && AsSequence(arguments[1].Value, null) is { IsOpen: false } other:
                var combine = arguments.Count > 2 ? arguments[2].Value as FunctionValue : null;
                return List(items.Zip(other.Items.ToArray(), (one, two) => combine is null ? Located.Of(new ListValue([one, two], ListKind.Tuple)) : Call(combine, [one, two])).ToArray(), source);
            case "Chunk" when arguments is [_, { Value: KnownValue { Content: int size and > 0 } }]:
                return List(items.Select(static (item, index) => (item, index)).GroupBy(pair => pair.index / size, static pair => pair.item).Select(static group => Located.Of(new ListValue([.. group]))).ToArray(), source);
            case "GroupBy" or "ToLookup" when function is not null:
                return Grouped(name, items, function, comparer, arguments);
            case "Join" or "GroupJoin" or "LeftJoin" when arguments.Count >= 5 && AsSequence(arguments[1].Value, null) is { IsOpen: false } inner && arguments[2].Value is FunctionValue outerKey && arguments[3].Value is FunctionValue innerKey && arguments[4].Value is FunctionValue joined:
                return Joined(name, method, (items, outerKey), (inner.Items, innerKey), joined, comparer);
            case "CountBy" when function is not null:
                return List([.. GroupsOf(items, function, comparer).Select(static group => Pair(group.GroupKey!.Value, Located.Of(new KnownValue(group.Items.Count))))], source);
            case "DistinctBy" when function is not null:
                return List([.. GroupsOf(items, function, comparer).Select(static group => group.Items[0])], source);
            default:
                return null;
        }
    }

    // A later order holds among those that are equal in the earlier ones.
    private Located InOrder(ListValue source, Located[] items, FunctionValue? key, Value? comparer, bool isDescending, bool isFirst)
    {
        List<SortKey> keys = isFirst ? [] : [.. source.SortKeys ?? []];
        keys.Add(new SortKey(new Dictionary<Located, Value>(), isDescending, comparer));
        foreach (var item in items)
            keys[keys.Count - 1].Of[item] = key is null ? item.Value : Call(key, [item]).Value;
        var sorted = items.OrderBy(static item => item, Comparer<Located>.Create((one, other) =>
        {
            foreach (var (of, descending, by) in keys)
            {
                var order = Order(of[one], of[other], by) ?? 0;
                if (order != 0)
                    return descending ? -order : order;
            }

            return 0;
        }));
        return Located.Of(new ListValue([.. sorted]) { IsOpen = source.IsOpen, SortKeys = keys });
    }

    private List<ListValue> GroupsOf(IEnumerable<Located> items, FunctionValue key, Value? comparer)
    {
        var groups = new List<ListValue>();
        foreach (var item in items)
        {
            var own = Call(key, [item]);
            var group = groups.Find(group => AreEqual(group.GroupKey!.Value.Value, own.Value, comparer) == true);
            if (group is null)
                groups.Add(group = new ListValue([]) { GroupKey = own });
            group.Items.Add(item);
        }

        return groups;
    }

    // The functions after the key make the items of a group and, of the key and its group, the result.
    private Located Grouped(string name, Located[] items, FunctionValue key, Value? comparer, List<Located> arguments)
    {
        FunctionValue? element = null;
        FunctionValue? result = null;
        for (var i = 2; i < arguments.Count; i++)
        {
            if (arguments[i].Value is not FunctionValue function)
                continue;
            if (function.Method.Parameters.Length == 2)
                result = function;
            else
                element = function;
        }

        var groups = GroupsOf(items, key, comparer).ConvertAll(group => element is null ? group : new ListValue([.. group.Items.Select(item => Call(element, [item]))]) { GroupKey = group.GroupKey });
        return Located.Of(new ListValue([.. groups.Select(group => result is null ? Located.Of(group) : Call(result, [group.GroupKey!.Value, Located.Of(group)]))], name == "ToLookup" ? ListKind.Lookup : ListKind.List));
    }

    private Located Joined(string name, IMethodSymbol method, (Located[] Items, FunctionValue Key) outer, (List<Located> Items, FunctionValue Key) inner, FunctionValue result, Value? comparer)
    {
        var keys = inner.Items.ConvertAll(item => Call(inner.Key, [item]).Value);
        var results = new List<Located>();
        foreach (var item in outer.Items)
        {
            var own = Call(outer.Key, [item]).Value;
            var matching = inner.Items.Where((_, index) => AreEqual(own, keys[index], comparer) ?? Decide(Equality(own, keys[index]))).ToList();
            if (name == "GroupJoin")
                results.Add(Call(result, [item, Located.Of(new ListValue(matching))]));
            else if (name == "LeftJoin" && matching.Count == 0)
                results.Add(Call(result, [item, DefaultOf(Resolve(method.TypeArguments[1]))]));
            else
                results.AddRange(matching.Select(other => Call(result, [item, other])));
        }

        return Located.Of(new ListValue(results));
    }

    private static Located Pair(Located first, Located second) => Located.Of(new ListValue([first, second], ListKind.Tuple));

    // One item, or something about all.
    private Located? Pick(string name, IMethodSymbol method, ListValue source, FunctionValue? function, List<Located> arguments)
    {
        Located[] items = [.. source.Items];
        var comparer = ComparerOf(method, arguments);
        switch (name)
        {
            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "ElementAt" or "ElementAtOrDefault" or "MinBy" or "MaxBy":
                return One(name, method, items, function, arguments);
            case "Any":
                return Located.Of(Value.Of(function is null ? items.Length > 0 : Array.Exists(items, item => Decide(Call(function, [item]).Value))));
            case "All" when function is not null:
                return Located.Of(Value.Of(Array.TrueForAll(items, item => Decide(Call(function, [item]).Value))));
            case "Count" or "LongCount":
                return Located.Of(new KnownValue(function is null ? items.Length : items.Count(item => Decide(Call(function, [item]).Value))));
            case "Contains" when arguments.Count > 1:
                return Located.Of(ContainsItem(source, arguments[1].Value, comparer ?? source.Comparer));
            case "SequenceEqual" when arguments.Count > 1 && AsSequence(arguments[1].Value, null) is { IsOpen: false } other:
                return items.Length != other.Items.Count ? Located.Of(Value.Of(false)) : All(items.Length, i => AreEqual(items[i].Value, other.Items[i].Value, comparer)) is { } equal ? Located.Of(Value.Of(equal)) : null;
            case "AggregateBy" when arguments.Count > 3 && arguments[3].Value is FunctionValue add && function is not null:
                return Located.Of(new ListValue([.. GroupsOf(items, function, comparer).Select(group => Pair(group.GroupKey!.Value, group.Items.Aggregate(arguments[2].Value is FunctionValue seed ? Call(seed, [group.GroupKey!.Value]) : arguments[2], (sum, item) => Call(add, [sum, item]))))]));
            case "IndexOf" when arguments.Count == 2 && Array.TrueForAll(items, item => AreEqual(item.Value, arguments[1].Value) is not null):
                return Located.Of(new KnownValue(Array.FindIndex(items, item => AreEqual(item.Value, arguments[1].Value) == true)));
            case "Min" or "Max" or "Sum" or "Average":
                return Totalled(name, method, [.. items.Select(item => function is null ? item.Value : Call(function, [item]).Value)]);
            case "Aggregate":
                return Aggregated(items, arguments);
            case "ToDictionary" or "ToFrozenDictionary" or "ToImmutableDictionary" or "ToSortedDictionary":
                var map = new MapValue { Comparer = comparer };
                var element = arguments.Count > 2 ? arguments[2].Value as FunctionValue : null;
                if (function is null)
                    PutAll(map, source);
                foreach (var item in function is null ? [] : items)
                    Put(map, Call(function!, [item]), element is null ? item : Call(element, [item]));
                return Located.Of(map);
            case "ForEach" when function is not null:
                foreach (var item in items)
                    Call(function, [item]);
                return Located.Unknown;
            case "TryGetNonEnumeratedCount":
                return null;
            default:
                return null;
        }
    }

    // The functions have run: what cannot be told is not asked for once more.
    private Located Totalled(string name, IMethodSymbol method, List<Value> values)
    {
        var type = Resolve(method.ReturnType);
        if (values.Count == 0)
            return name == "Sum" || !type.IsValueType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? DefaultOf(type) : Throw("System.InvalidOperationException");
        if (!values.TrueForAll(static value => value is EnumValue || (value is KnownValue { Content: { } content } && (Numbers.IsNumber(content) || content is string))))
            return Fresh(type);
        switch (name)
        {
            case "Min" or "Max":
                var ordered = values.OrderBy(static value => value, ValueOrder.Instance);
                return Located.Of(name == "Min" ? ordered.First() : ordered.Last());
            case "Sum":
                return values.Skip(1).Aggregate(Located.Of(values[0]), (sum, value) => Combine(BinaryOperatorKind.Add, sum.Value, value, type, isChecked: true));
            default:
                return Combine(BinaryOperatorKind.Divide, Convert(values.Skip(1).Aggregate(Located.Of(values[0]), (sum, value) => Combine(BinaryOperatorKind.Add, sum.Value, value, type)), type).Value, new KnownValue(values.Count), type);
        }
    }

    private Located? One(string name, IMethodSymbol method, Located[] items, FunctionValue? function, List<Located> arguments)
    {
        if (name is "MinBy" or "MaxBy")
        {
            if (function is null)
                return null;
            var keyed = items.Select(item => (Item: item, Key: Call(function, [item]).Value)).OrderBy(static pair => pair.Key, ValueOrder.Instance).ToList();
            return keyed.Count == 0 ? null : name == "MinBy" ? keyed[0].Item : keyed.Last(pair => ValueOrder.Instance.Compare(pair.Key, keyed[keyed.Count - 1].Key) == 0).Item;
        }

        if (name.StartsWith("ElementAt", StringComparison.Ordinal))
        {
            if (PositionOf(arguments[1].Value, items.Length) is not { } at)
                return null;
            if (at >= 0 && at < items.Length)
                return items[at];
        }
        else
        {
            var chosen = name.StartsWith("Last", StringComparison.Ordinal) ? Enumerable.Reverse(items) : items;
            foreach (var item in chosen)
            {
                if (function is null || Decide(Call(function, [item]).Value))
                    return item;
            }
        }

        if (!name.EndsWith("OrDefault", StringComparison.Ordinal))
        {
            return Throw("System.InvalidOperationException");
        }

        return arguments.Count > 1 && arguments[arguments.Count - 1].Value is not FunctionValue && !name.StartsWith("Element", StringComparison.Ordinal) ? arguments[arguments.Count - 1] : DefaultOf(Resolve(method.ReturnType));
    }

    private Located? Aggregated(Located[] items, List<Located> arguments)
    {
        var seeded = arguments.Count > 2;
        if ((seeded ? arguments[2] : arguments[1]).Value is not FunctionValue function)
            return null;
        if (!seeded && items.Length == 0)
        {
            return Throw("System.InvalidOperationException");
        }

        var sum = seeded ? arguments[1] : items[0];
        foreach (var item in seeded ? items : items.Skip(1))
            sum = Call(function, [sum, item]);
        return arguments.Count > 3 && arguments[3].Value is FunctionValue result ? Call(result, [sum]) : sum;
    }

    private static Located List(Located[] items, ListValue source) => Located.Of(new ListValue([.. items]) { IsOpen = source.IsOpen, GroupKey = source.GroupKey });

    // What a function makes of an item is changed where the item was written.
    private static Located With(Located value, Located item) => value with { Origin = item.Origin ?? value.Origin };
}
