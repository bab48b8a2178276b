using System.Globalization;
using Microsoft.CodeAnalysis;
using StalwartHardening.Plans;

namespace StalwartHardening.Analyzers.Builders;

// JSON texts that a program reads, with System.Text.Json.
internal sealed partial class Interpreter
{
    private const string NoSuchOperation = "System.InvalidOperationException";

    private static bool IsJson(ITypeSymbol type) => type is { Name: "JsonElement" or "JsonNode" or "JsonObject" or "JsonArray" or "JsonDocument" or "JsonValue" } && IsOfJson(type);

    private static bool IsOfJson(ITypeSymbol? type)
    {
        for (var space = type?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "Json", ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } })
                return true;
        }

        return false;
    }

    // What a text says in JSON; null where it is not known or no JSON.
    private static Value? ParseJson(Value text)
    {
        if (text is not KnownValue { Text: { } written })
            return null;
        var json = new JsonText(written, 0);
        var scanner = new JsonScanner(json, 0, written.Length, tolerant: false);
        return scanner.TryRead() && written.AsSpan(scanner.Position).Trim().IsEmpty ? ContentOf(json, 0) : null;
    }

    private static Value ContentOf(JsonText json, int node)
    {
        switch (json.Kind(node))
        {
            case JsonKind.True or JsonKind.False:
                return Value.Of(json.Kind(node) == JsonKind.True);
            case JsonKind.Text:
                return new KnownValue(json.Value(node));
            case JsonKind.Number:
                return new KnownValue(NumberOf(json.Value(node)));
            case JsonKind.Array:
                var list = new ListValue([]);
                for (var item = JsonText.First(node); item < json.End(node); item = json.Next(item))
                    list.Items.Add(Located.Of(new JsonData(ContentOf(json, item))));
                return list;
            case JsonKind.Object:
                var map = new MapValue();
                for (var member = JsonText.First(node); member < json.End(node); member = json.Next(member))
                {
                    var name = json.Name(member);
                    map.Entries.RemoveAll(entry => entry.Key.Value is KnownValue { Content: string known } && known == name);
                    map.Entries.Add(new(Located.Of(new KnownValue(name)), Located.Of(new JsonData(ContentOf(json, member)))));
                }

                return map;
            default:
                return Value.Null;
        }
    }

    private static object NumberOf(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
            return small;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
            return large;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : 0d;
    }

    // Null where the method has nothing to do with JSON, or its answer is not known.
    private Located? InvokeJson(IMethodSymbol method, Located receiver, List<Located> arguments, Arguments given)
    {
        if (receiver.Value is JsonData json)
            return InvokeOnJson(method, json, arguments, given);
        if (!IsOfJson(method.ContainingType) || !method.IsStatic || arguments.Count == 0 || ParseJson(arguments[0].Value) is not { } content)
            return null;
        return method.Name switch
        {
            "Parse" or "ParseAsync" => Located.Of(content is KnownValue { Content: null } ? content : new JsonData(content)),
            "Deserialize" or "DeserializeAsync" when TypeAskedFor(method, arguments) is { } type => Bound(content, type, NamesOf(arguments)),
            _ => null,
        };
    }

    private Located? InvokeOnJson(IMethodSymbol method, JsonData json, List<Located> arguments, Arguments given)
    {
        switch (method.Name)
        {
            case "GetProperty" when arguments is [{ Value: KnownValue { Text: { } name } }]:
                return MemberOf(json, name) ?? Throw("System.Collections.Generic.KeyNotFoundException");
            case "TryGetProperty" or "TryGetPropertyValue" when arguments is [{ Value: KnownValue { Text: { } name } }, ..]:
                var found = MemberOf(json, name);
                if (given.Find(RefKind.Out) is { Target: { } target } output)
                    Assign(target, found is { } value ? AsNode(value, output.Parameter.Type) : DefaultOf(output.Parameter.Type));
                return Located.Of(Value.Of(found is not null));
            case "GetValueKind" when method.ReturnType is INamedTypeSymbol kinds:
                return Located.Of(KindOf(json, kinds));
            case "ContainsKey" when arguments is [{ Value: KnownValue { Text: { } name } }]:
                return Located.Of(Value.Of(MemberOf(json, name) is not null));
            case "EnumerateArray" or "EnumerateObject" or "GetEnumerator" or "AsArray" or "AsObject" or "AsValue" or "Clone" or "DeepClone":
                return Located.Of(json);
            case "GetArrayLength" when json.Content is ListValue array:
                return At(array.Items.Count);
            case "ToString" or "GetString" when json.Content is KnownValue { Content: not null } scalar:
                return method.Name == "GetString" && scalar.Content is not string ? Throw(NoSuchOperation) : Located.Of(new KnownValue(Text(scalar)));
            case "GetString":
                return json.Content is KnownValue { Content: null } ? Located.Of(Value.Null) : Throw(NoSuchOperation);
            case "GetValue" or "Deserialize" or "GetBoolean" or "GetInt16" or "GetUInt16" or "GetInt32" or "GetUInt32" or "GetInt64" or "GetUInt64" or "GetByte" or "GetDouble" or "GetDecimal":
                return Bound(json.Content, method.ReturnType, NamesOf(arguments)) ?? Throw(NoSuchOperation);
            case "TryGetValue" or "TryGetInt16" or "TryGetUInt16" or "TryGetInt32" or "TryGetUInt32" or "TryGetInt64" or "TryGetByte" when given.Find(RefKind.Out) is { Target: { } place } number:
                var read = json.Content is KnownValue { Content: string } && Numbers.IsNumeric(number.Parameter.Type.SpecialType) ? null : Bound(json.Content, number.Parameter.Type, NameStyle.Exact);
                Assign(place, read ?? DefaultOf(number.Parameter.Type));
                return Located.Of(Value.Of(read is not null));
            case "ValueEquals" or "NameEquals" when arguments is [{ Value: KnownValue { Text: { } text } }]:
                return Located.Of(Value.Of(json.Content is KnownValue { Content: string own } && own == text));
            default:
                return null;
        }
    }

    private static Located? MemberOf(JsonData json, string name)
    {
        foreach (var entry in json.Content is MapValue map ? map.Entries : [])
        {
            if (entry.Key.Value is KnownValue { Content: string key } && key == name)
                return entry.Value;
        }

        return null;
    }

    // A node that is null is no node.
    private static Located AsNode(Located json, ITypeSymbol type) => json.Value is JsonData { Content: KnownValue { Content: null } } && type.IsReferenceType ? Located.Of(Value.Null) : json;

    private ListValue? NodesOf(JsonData json, ITypeSymbol? type)
    {
        if (json.Content is not (ListValue or MapValue) || AsSequence(json.Content, null) is not { } items || type is not { IsReferenceType: true })
            return json.Content is ListValue or MapValue ? AsSequence(json.Content, null) : null;
        return new ListValue(items.Items.ConvertAll(item => item.Value is ListValue { Items: [var name, var value] } ? Pair(name, AsNode(value, type)) : AsNode(item, type)));
    }

    private static Located? ReadJson(IPropertySymbol property, JsonData json) => property.Name switch
    {
        "RootElement" or "Root" => Located.Of(json),
        "Count" when json.Content is ListValue list => At(list.Items.Count),
        "Count" when json.Content is MapValue map => At(map.Entries.Count),
        "ValueKind" when property.Type is INamedTypeSymbol kinds => Located.Of(KindOf(json, kinds)),
        _ => null,
    };

    // JsonValueKind.
    private static EnumValue KindOf(JsonData json, INamedTypeSymbol kinds) => new(kinds, json.Content switch
    {
        MapValue => 1,
        ListValue => 2,
        KnownValue { Content: string } => 3,
        KnownValue { Content: true } => 5,
        KnownValue { Content: false } => 6,
        KnownValue { Content: null } => 7,
        _ => 4,
    });

    private Located? ItemOf(JsonData json, Value index, ITypeSymbol? type)
    {
        if (index is KnownValue { Text: { } name })
            return MemberOf(json, name) is { } member ? type is null ? member : AsNode(member, type) : Located.Of(Value.Null);
        if (json.Content is ListValue list && PositionOf(index, list.Items.Count) is { } at)
            return at >= 0 && at < list.Items.Count ? type is null ? list.Items[at] : AsNode(list.Items[at], type) : Throw("System.ArgumentOutOfRangeException");
        return null;
    }

    private ITypeSymbol? TypeAskedFor(IMethodSymbol method, List<Located> arguments) =>
        method.TypeArguments is [var type] ? Resolve(type) : arguments.Select(static argument => argument.Value).OfType<TypeValue>().FirstOrDefault()?.Type;

    // What the options say about names.
    private static NameStyle NamesOf(List<Located> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value is not ObjectValue { Type.Name: "JsonSerializerOptions" } options)
                continue;
            if (options.Members.Any(static member => member.Key.Name == "PropertyNamingPolicy" && member.Value.Value is not KnownValue { Content: null }))
                return NameStyle.Words;
            return options.Members.Any(static member => member.Key.Name == "PropertyNameCaseInsensitive" && member.Value.Value is KnownValue { Content: true }) ? NameStyle.IgnoreCase : NameStyle.Exact;
        }

        return NameStyle.Exact;
    }
}

/// <summary>A value of a JSON text: an object is a <see cref="MapValue"/>, an array a <see cref="ListValue"/>, of others like it.</summary>
internal sealed class JsonData(Value content) : Value
{
    public Value Content { get; } = content;
}
