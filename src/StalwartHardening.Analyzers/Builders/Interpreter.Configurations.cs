using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// What a program is configured with, as far as it says so itself: collections in memory and JSON texts. Files and the environment may say otherwise.
internal sealed partial class Interpreter
{
    private static ConfigurationValue? CreateConfiguration(INamedTypeSymbol type) =>
        type is { Name: "ConfigurationBuilder" or "ConfigurationManager", ContainingNamespace: { Name: "Configuration", ContainingNamespace: { Name: "Extensions", ContainingNamespace.Name: "Microsoft" } } }
            ? new ConfigurationValue(new MapValue { Comparer = new KnownValue(StringComparer.OrdinalIgnoreCase) }, "") : null;

    private Located? InvokeConfiguration(IMethodSymbol method, Located receiver, List<Located> arguments)
    {
        var isExtension = receiver.Value is not ConfigurationValue;
        if ((isExtension ? arguments.Count > 0 ? arguments[0].Value : null : receiver.Value) is not ConfigurationValue configuration)
            return null;
        if (isExtension)
            arguments = arguments.GetRange(1, arguments.Count - 1);
        switch (method.Name)
        {
            case "AddInMemoryCollection":
                PutAll(configuration.Entries, arguments.Count == 0 || arguments[0].Value is KnownValue { Content: null } ? new ListValue([]) : AsSequence(arguments[0].Value, null));
                return Located.Of(configuration);
            case "AddJsonStream" when arguments.Count == 1 && ParseJson(arguments[0].Value) is { } json:
                Flatten(configuration.Entries, json, "");
                return Located.Of(configuration);
            case "SetBasePath" or "SetFileProvider":
                return Located.Of(configuration);
            case "Build" when configuration.Path.Length == 0:
                var built = new MapValue { Comparer = configuration.Entries.Comparer, IsOpen = configuration.Entries.IsOpen };
                built.Entries.AddRange(configuration.Entries.Entries);
                return Located.Of(new ConfigurationValue(built, ""));
            case "GetSection" or "GetRequiredSection" when arguments is [{ Value: KnownValue { Text: { } key } }]:
                var section = configuration.Section(key);
                return method.Name == "GetRequiredSection" && !configuration.Entries.IsOpen && !Exists(section) ? Throw(NoSuchOperation) : Located.Of(section);
            case "GetConnectionString" when arguments is [{ Value: KnownValue { Text: { } name } }]:
                return SetTo(configuration.Section("ConnectionStrings:" + name));
            case "Exists" when arguments.Count == 0:
                return Exists(configuration) || !configuration.Entries.IsOpen ? Located.Of(Value.Of(Exists(configuration))) : null;
            case "GetChildren" when arguments.Count == 0:
                return Located.Of(new ListValue([.. ChildrenOf(configuration).Select(static child => Located.Of(child))]) { IsOpen = configuration.Entries.IsOpen });
            case "GetValue" when arguments is [{ Value: KnownValue { Text: { } key } }, ..] && method.TypeArguments is [var type]:
                var set = SetTo(configuration.Section(key));
                if (set.Value is KnownValue)
                    return set.Value is KnownValue { Content: null } ? arguments.Count > 1 ? arguments[1] : DefaultOf(Resolve(type)) : Bound(set.Value, type, NameStyle.Configuration) ?? Fresh(type);
                // What it is where nobody sets it is a way the program goes.
                return arguments.Count > 1 && choices.Take() ? arguments[1] : Opaque(type, "configuration " + configuration.Section(key).Path);
            case "Get" when method.TypeArguments is [var type] && (!configuration.Entries.IsOpen || (Exists(configuration) && choices.Take())):
                return Exists(configuration) ? Bound(DataOf(configuration), type, NameStyle.Configuration) : DefaultOf(Resolve(type));
            case "Get" when method.TypeArguments is [var type]:
                return Opaque(type, "configuration " + configuration.Path);
            case "Bind" when arguments.Find(static argument => argument.Value is ObjectValue { Type: not null }) is { Value: ObjectValue { Type: { } own } } bound:
                Bind(arguments is [{ Value: KnownValue { Text: { } path } }, _] ? configuration.Section(path) : configuration, bound, own);
                return Located.Unknown;
        }

        if (!method.Name.StartsWith("Add", StringComparison.Ordinal) || method.ReturnType is not { Name: "IConfigurationBuilder" or "IConfigurationManager" })
            return null;
        // A file, the environment, a command line: it may set anything.
        configuration.Entries.IsOpen = true;
        return Located.Of(configuration);
    }

    private Located? ReadConfiguration(IPropertySymbol property, ConfigurationValue configuration) => property.Name switch
    {
        "Value" => SetTo(configuration),
        "Key" => Located.Of(new KnownValue(configuration.Key)),
        "Path" => Located.Of(new KnownValue(configuration.Path)),
        "Configuration" => Located.Of(configuration),
        _ => null,
    };

    // What it is set to here is a way the program goes.
    private Located SetTo(ConfigurationValue configuration)
    {
        var isThere = Has(configuration.Entries, new KnownValue(configuration.Path), out var value);
        if (configuration.Entries.IsOpen && (isThere != true || !choices.Take()))
            return Opaque(models.Compilation.GetSpecialType(SpecialType.System_String), "configuration " + configuration.Path);
        return isThere == true ? value : Located.Of(Value.Null);
    }

    private static bool Exists(ConfigurationValue configuration) => configuration.Keys.Any(key => string.Equals(key, configuration.Path, StringComparison.OrdinalIgnoreCase) || configuration.IsBelow(key));

    private static IEnumerable<ConfigurationValue> ChildrenOf(ConfigurationValue configuration) => configuration.Keys.Where(configuration.IsBelow)
        .Select(configuration.ChildName).Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderBy(static name => int.TryParse(name, out var number) ? number : int.MaxValue).ThenBy(static name => name, StringComparer.OrdinalIgnoreCase).Select(configuration.Section);

    private Value DataOf(ConfigurationValue configuration)
    {
        var map = new MapValue();
        foreach (var child in ChildrenOf(configuration))
            map.Entries.Add(new(Located.Of(new KnownValue(child.Key)), Located.Of(DataOf(child))));
        return map.Entries.Count > 0 || configuration.Path.Length == 0 ? map : SetTo(configuration).Value;
    }

    private void Flatten(MapValue entries, Value json, string path)
    {
        switch (json)
        {
            case MapValue map:
                map.Entries.ForEach(entry => Flatten(entries, Content(entry.Value.Value), Join(path, Text(entry.Key.Value))));
                break;
            case ListValue list:
                for (var i = 0; i < list.Items.Count; i++)
                    Flatten(entries, Content(list.Items[i].Value), Join(path, i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                break;
            default:
                Put(entries, Located.Of(new KnownValue(path)), Located.Of(json is KnownValue { Content: null } ? json : new KnownValue(Text(json))));
                break;
        }

        static string Join(string path, string name) => path.Length == 0 ? name : path + ":" + name;
    }
}

/// <summary>What a program is configured with, or a section of it.</summary>
internal sealed class ConfigurationValue(MapValue entries, string path) : Value
{
    /// <summary>All settings by their full keys. Open where others may set something too.</summary>
    public MapValue Entries { get; } = entries;

    /// <summary>The key of the section; empty for the whole.</summary>
    public string Path { get; } = path;

    public string Key => Path.Substring(Path.LastIndexOf(':') + 1);

    public IEnumerable<string> Keys => Entries.Entries.Select(static entry => (entry.Key.Value as KnownValue)?.Text).Where(static key => key is not null)!;

    public ConfigurationValue Section(string key) => new(Entries, Path.Length == 0 ? key : Path + ":" + key);

    public bool IsBelow(string name) => Path.Length == 0 || (name.Length > Path.Length && name[Path.Length] == ':' && name.StartsWith(Path, StringComparison.OrdinalIgnoreCase));

    public string ChildName(string name)
    {
        var start = Path.Length == 0 ? 0 : Path.Length + 1;
        var end = name.IndexOf(':', start);
        return end < 0 ? name.Substring(start) : name.Substring(start, end - start);
    }
}
