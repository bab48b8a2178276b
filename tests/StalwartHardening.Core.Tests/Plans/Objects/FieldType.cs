using StalwartHardening.Programs;

namespace StalwartHardening.Tests.Plans.Objects;

/// <summary>The type of a property, and how its value is kept.</summary>
/// <param name="Name">The type in the source.</param>
/// <param name="Api">The type in the list of the public interface, without the last question mark.</param>
/// <param name="Get">Reads the value of a field.</param>
/// <param name="Set">Keeps <c>value</c> as that of a field.</param>
internal sealed record FieldType(string Name, string Api, Func<string, string> Get, Func<string, string> Set)
{
    private const string Objects = "StalwartHardening.Configuration.Objects.";
    private const string Collections = "System.Collections.Generic.";

    public static FieldType Of(FieldTable field, ObjectTables tables, ICollection<string> shadowed)
    {
        var type = field.Type;
        if (field.IsSecret)
            return Plain("Secret", "StalwartHardening.Configuration.Secret");
        if (type.StartsWith("list:", StringComparison.Ordinal))
        {
            var element = Part("object:" + type[5..], tables, shadowed);
            return Plain($"IReadOnlyList<{element.Name}>", $"{Collections}IReadOnlyList<{element.Api}>");
        }

        if (type.StartsWith("set<", StringComparison.Ordinal))
        {
            var member = Part(type[4..^1], tables, shadowed);
            var name = $"IReadOnlyCollection<{member.Name}>";
            var api = $"{Collections}IReadOnlyCollection<{member.Api}>";
            return member.IsWord
                ? new FieldType(name, api, key => $"({name}?)Get(\"{key}\")", key => $"Set(\"{key}\", value, Words(value, SettingTexts.Of))")
                : Plain(name, api);
        }

        if (type.StartsWith("map<", StringComparison.Ordinal))
        {
            var comma = type.IndexOf(',', StringComparison.Ordinal);
            var (from, to) = (Part(type[4..comma], tables, shadowed), Part(type[(comma + 1)..^1], tables, shadowed));
            var name = $"IReadOnlyDictionary<{from.Name}, {to.Name}>";
            return new FieldType(name, $"{Collections}IReadOnlyDictionary<{from.Api}, {to.Api}>", key => $"({name}?)Get(\"{key}\")", key => $"Set(\"{key}\", value, Entries(value, {Conversion(from)}, {Conversion(to)}))");
        }

        var single = Part(type, tables, shadowed);
        return single.IsWord
            ? new FieldType(single.Name, single.Api, key => $"({single.Name}?)GetWord(\"{key}\")", key => $"SetWord(\"{key}\", (int?)value, value is {{ }} word ? SettingTexts.Of(word) : null)")
            : Plain(single.Name, single.Api.TrimEnd('!'));
    }

    private static string Conversion(PartType part) => part.IsWord ? "SettingTexts.Of" : "static part => part";

    private static FieldType Plain(string name, string api) => new(name, api, key => $"({name}?)Get(\"{key}\")", key => $"Set(\"{key}\", value)");

    private static PartType Part(string type, ObjectTables tables, ICollection<string> shadowed)
    {
        var colon = type.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : type[(colon + 1)..];
        switch (colon < 0 ? type : type[..colon])
        {
            case "boolean":
                return new PartType("bool", "bool");
            case "unsignedInteger" or "integer" or "size":
                return new PartType("long", "long");
            case "float":
                return new PartType("double", "double");
            case "duration":
                return new PartType("TimeSpan", "System.TimeSpan");
            case "utcDateTime":
                return new PartType("DateTimeOffset", "System.DateTimeOffset");
            case "enum":
                return new PartType(Visible(ObjectNames.Type(name), shadowed), Objects + ObjectNames.Type(name)) { IsWord = true };
            case "object":
                return new PartType(Visible(ObjectNames.Type(name), shadowed), Objects + ObjectNames.Type(name) + "!");
            case "objectId" when tables.Types.TryGetValue(name.Split('/')[0], out var target) && target.Kind == "object":
                var path = ObjectNames.Type(target.Name) + (name.Contains('/', StringComparison.Ordinal) ? "." + name.Split('/')[1] : "");
                return new PartType($"ObjectReference<{Visible(path, shadowed)}>", $"StalwartHardening.Configuration.ObjectReference<{Objects}{path}!>!");
            default:
                return new PartType("string", "string!");
        }
    }

    // Inside of a type with variants their names come first.
    private static string Visible(string name, ICollection<string> shadowed) => shadowed.Contains(name.Split('.')[0]) ? "Objects." + name : name;

    private sealed record PartType(string Name, string Api)
    {
        public bool IsWord { get; init; }
    }
}
