using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Which types of the framework hold others, and objects of these as they are made.
internal sealed partial class Interpreter
{
    private const int MaxItems = 10_000;

    // Whether so many items are still counted.
    private bool Fits(int items) => items <= MaxItems && budget.Spend(1 + (items >> 3));

    private static bool IsCollection(ITypeSymbol type) => type.ContainingNamespace is { Name: "Generic" or "Immutable" or "Frozen" or "ObjectModel" or "Concurrent" or "Collections" or "Specialized" } space && IsUnderSystem(space);

    // Enumerable, Queryable and their like, ImmutableArrayExtensions among them.
    private static bool IsOfQueries(ITypeSymbol type) => type is { IsStatic: true, ContainingNamespace: { Name: "Linq" } space } && IsUnderSystem(space);

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

        if (IsOfXml(type))
            return CreateXml(type, Ordered(constructor, arguments));
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
}
