using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Data that a program reads as objects of its own types: JSON, and what it is configured with.
internal sealed partial class Interpreter
{
    private const int MaxDataDepth = 16;

    /// <summary>How names in the data are those of the program.</summary>
    private enum NameStyle
    {
        Exact,
        IgnoreCase,

        /// <summary>A configuration: it adds to what an object holds already.</summary>
        Configuration,

        /// <summary>A naming policy: the same letters and digits.</summary>
        Words,
    }

    // Data as a type; null where the reader does not know how the program reads it as that.
    private Located? Bound(Value data, ITypeSymbol type, NameStyle names, int depth = 0)
    {
        type = Resolve(type);
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        if (data is KnownValue { Content: null })
            return DefaultOf(type);
        if (depth > MaxDataDepth)
            return null;
        if (data is KnownValue { Content: { } content })
            return Scalar(content, type);
        if (type.SpecialType == SpecialType.System_Object || IsJson(type))
            return Located.Of(new JsonData(data));
        if (IsMap(type) && type is INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_String }, var element] } && data is MapValue entries)
            return Mapped(entries, element, names, depth);
        if (ItemType(type) is { } item && type is IArrayTypeSymbol or INamedTypeSymbol { ContainingNamespace: { } } && (type is IArrayTypeSymbol || IsCollection(type)))
            return Listed(data, type, item, names, depth);
        return data is MapValue members && type is INamedTypeSymbol named && IsOfProgram(named) ? Made(named, members, names, depth) : null;
    }

    private static Located? Scalar(object content, ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
        {
            if (Numbers.IsIntegral(content))
                return Located.Of(new EnumValue(enumeration, EnumValue.NumberOf(content)));
            return content is string name && ParseEnum(name, [.. enumeration.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue)], ignoresCase: true) is { } number ? Located.Of(new EnumValue(enumeration, number)) : null;
        }

        if (type.SpecialType == SpecialType.System_Object || type.SpecialType == Numbers.TypeOf(content))
            return Located.Of(content is bool known ? Value.Of(known) : new KnownValue(content));
        if (IsJson(type))
            return Located.Of(new JsonData(new KnownValue(content)));
        if (content is not string text)
            return Numbers.IsNumber(content) && Numbers.IsNumeric(type.SpecialType) && Numbers.Convert(content, type.SpecialType) is { } converted ? Located.Of(new KnownValue(converted)) : null;
        if (type.SpecialType == SpecialType.System_Boolean)
            return bool.TryParse(text, out var parsed) ? Located.Of(Value.Of(parsed)) : null;
        return Numbers.IsNumeric(type.SpecialType) && decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) && Numbers.Convert(value, type.SpecialType) is { } read ? Located.Of(new KnownValue(read)) : null;
    }

    private Located? Mapped(MapValue entries, ITypeSymbol element, NameStyle names, int depth)
    {
        var map = new MapValue { IsOpen = entries.IsOpen };
        foreach (var entry in entries.Entries)
            Put(map, entry.Key, Bound(Content(entry.Value.Value), element, names, depth + 1) ?? Fresh(element));
        return Located.Of(map);
    }

    private Located? Listed(Value data, ITypeSymbol type, ITypeSymbol element, NameStyle names, int depth)
    {
        // A configuration has a list as entries that are numbered.
        var items = data switch { ListValue list => list.Items, MapValue map => map.Entries.ConvertAll(static entry => entry.Value), _ => null };
        return items is null ? null : Located.Of(new ListValue(items.ConvertAll(item => Bound(Content(item.Value), element, names, depth + 1) ?? Fresh(element)), KindOf(type)) { IsOpen = data is ListValue { IsOpen: true } or MapValue { IsOpen: true } });
    }

    private Located? Made(INamedTypeSymbol type, MapValue data, NameStyle names, int depth)
    {
        if (type.IsAbstract || _depth >= MaxDepth)
            return null;
        var made = new ObjectValue(type);
        var constructors = type.InstanceConstructors.Where(candidate => candidate.DeclaredAccessibility == Accessibility.Public && !(candidate.Parameters is [{ Type: var copied }] && SymbolEqualityComparer.Default.Equals(copied, type))).OrderBy(static candidate => candidate.Parameters.Length).ToList();
        if (constructors.Count == 0)
            return null;
        var arguments = new Arguments(constructors[0].Parameters.Length);
        foreach (var parameter in constructors[0].Parameters)
        {
            // What is left out is the parameter's default, or that of its type.
            if ((Member(data, parameter, parameter.Name, NameStyle.IgnoreCase) is { } given ? Bound(given, parameter.Type, names, depth + 1) : parameter.HasExplicitDefaultValue ? null : DefaultOf(parameter.Type)) is { } value)
                arguments.Add(new Argument(parameter, value, default));
        }

        Construct(constructors[0], arguments, made);
        Fill(Located.Of(made), type, data, names, depth);
        return Located.Of(made);
    }

    // Sets what the data has a value for; lists and dictionaries that are there are added to.
    private void Fill(Located made, INamedTypeSymbol type, MapValue data, NameStyle names, int depth)
    {
        for (var current = type; current is not null && models.IsOfProgram(current.OriginalDefinition); current = current.BaseType)
        {
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.IsStatic || property.IsIndexer || property.DeclaredAccessibility != Accessibility.Public || Member(data, property, property.Name, names) is not { } given)
                    continue;
                if (names == NameStyle.Configuration && given is MapValue && Get(property, made, Arguments.None, isVirtual: true).Value is var before and (ListValue or MapValue or ObjectValue { IsFromElsewhere: false }))
                    Merge(made, property, before, given, depth + 1);
                else if (property.SetMethod is not null)
                    SetProperty(made, property, Bound(given, property.Type, names, depth + 1) ?? Fresh(property.Type));
                else if (Get(property, made, Arguments.None, isVirtual: true).Value is { } held)
                    AddTo(held, given, property.Type, names, depth + 1);
            }
        }
    }

    // An array is replaced by a longer one; what changes in place is changed.
    private void Merge(Located made, IPropertySymbol property, Value before, Value given, int depth)
    {
        var held = before is ListValue list && property.Type.TypeKind == TypeKind.Array ? list.Copy() : before;
        AddTo(held, given, property.Type, NameStyle.Configuration, depth);
        if (property.SetMethod is not null)
            SetProperty(made, property, Located.Of(held));
    }

    private void AddTo(Value held, Value given, ITypeSymbol type, NameStyle names, int depth)
    {
        if (held is ObjectValue { Type: { } own } && given is MapValue data)
        {
            Fill(Located.Of(held), own, data, names, depth);
            return;
        }

        switch (held, Bound(given, type, names, depth)?.Value)
        {
            case (ListValue list, ListValue more):
                list.Items.AddRange(more.Items);
                break;
            case (MapValue map, MapValue more):
                more.Entries.ForEach(entry => Put(map, entry.Key, entry.Value));
                break;
        }
    }

    private void SetProperty(Located instance, IPropertySymbol property, Located value)
    {
        var setter = Dispatch(property.SetMethod!, instance);
        if (BodyOf(setter) is not { } body)
        {
            Keep(instance, setter.OriginalDefinition.AssociatedSymbol ?? property, value);
            return;
        }

        var arguments = new Arguments(1);
        arguments.Add(new Argument(setter.Parameters[0], value, value.Origin ?? default));
        Follow(setter, body, instance, arguments);
    }

    private static Value? Member(MapValue data, ISymbol member, string name, NameStyle names)
    {
        var written = member.GetAttributes().FirstOrDefault(static attribute => attribute is { AttributeClass.Name: "JsonPropertyNameAttribute" or "ConfigurationKeyNameAttribute", ConstructorArguments: [{ Value: string }] })?.ConstructorArguments[0].Value as string;
        foreach (var entry in data.Entries)
        {
            if (entry.Key.Value is KnownValue { Content: string key } && (written is not null ? key == written : IsSameName(key, name, names)))
                return Content(entry.Value.Value);
        }

        return null;
    }

    private static bool IsSameName(string key, string name, NameStyle names) => names switch
    {
        NameStyle.Exact => key == name,
        NameStyle.IgnoreCase or NameStyle.Configuration => string.Equals(key, name, StringComparison.OrdinalIgnoreCase),
        _ => string.Equals(key.Replace("_", "").Replace("-", ""), name.Replace("_", ""), StringComparison.OrdinalIgnoreCase),
    };

    private static Value Content(Value value) => value is JsonData json ? json.Content : value;
}
