using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Dictionaries: what is put in, looked up, taken out.
internal sealed partial class Interpreter
{
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
}
