using System.Globalization;
using System.Text.Json;
using StalwartHardening.Expressions;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Expressions;

/// <summary>Makes the flat settings of an access rule from the JSON form of the vectors.</summary>
internal static class PolicyText
{
    public const string Key = "http.allowed-endpoint";

    public static SettingsDocument Document(JsonElement ifBlock)
    {
        var settings = new List<Setting>();
        Flatten(Key, ifBlock, settings);
        return Document(settings);
    }

    public static SettingsDocument Document(string expression) => Document([Of(Key, expression)]);

    /// <summary>Rules as pairs of condition and consequence, then the alternative.</summary>
    public static SettingsDocument Document(string[] rules, string? otherwise)
    {
        var settings = new List<Setting>();
        for (var i = 0; i + 1 < rules.Length; i += 2)
        {
            settings.Add(Of($"{Key}.{i / 2:0000}.if", rules[i]));
            settings.Add(Of($"{Key}.{i / 2:0000}.then", rules[i + 1]));
        }

        if (otherwise is not null)
            settings.Add(Of($"{Key}.{rules.Length / 2:0000}.else", otherwise));
        return Document(settings);
    }

    public static SettingsDocument Document(List<Setting> settings) => new([.. settings], settings.Count, ServerVersion.Newest);

    public static Setting Of(string key, string value) => new(key, value, new SourceSpan(0, key.Length), new SourceSpan(1000, value.Length + 2));

    /// <summary>A value of an object, in the form of 0.16.</summary>
    public static ObjectNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new ObjectNode(ObjectNodeKind.Text, default) { Text = element.GetString()! },
        JsonValueKind.Object => new ObjectNode(ObjectNodeKind.Object, default) { Members = [.. element.EnumerateObject().Select(static member => new ObjectMember(member.Name, default, Node(member.Value)))] },
        _ => new ObjectNode(ObjectNodeKind.Other, default),
    };

    private static void Flatten(string key, JsonElement element, List<Setting> settings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten(string.Create(CultureInfo.InvariantCulture, $"{key}.{index++:0000}"), item, settings);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Flatten($"{key}.{member.Name}", member.Value, settings);
                break;
            default:
                settings.Add(Of(key, element.ToString()));
                break;
        }
    }
}
