using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Lists, sets, queues, stacks: what is done to them.
internal sealed partial class Interpreter
{
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

    private Located? InvokeList(IMethodSymbol method, ListValue list, Arguments given, List<Located> arguments)
    {
        // Immutable ones change a copy.
        var changed = method.ContainingType.ContainingNamespace is { Name: "Immutable" } && !method.ReturnsVoid && method.ContainingType.Name != "Builder" ? new ListValue([.. list.Items], list.Kind) { IsOpen = list.IsOpen, Comparer = list.Comparer } : list;
        switch (method.Name is "InsertItem" or "RemoveItem" or "ClearItems" ? method.Name is "InsertItem" ? "Insert" : method.Name is "RemoveItem" ? "RemoveAt" : "Clear" : method.Name)
        {
            case "SetItem" when arguments is [{ Value: KnownValue { Content: int at } }, var put] && !list.IsOpen && at >= 0 && at < list.Items.Count:
                list.Set(at, put);
                return Located.Unknown;
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
