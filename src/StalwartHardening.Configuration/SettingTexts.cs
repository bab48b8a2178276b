using System.Globalization;
using System.Reflection;
using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Server;

namespace StalwartHardening.Configuration;

/// <summary>What values look like in settings.</summary>
internal static class SettingTexts
{
    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(TimeSpan value) => DurationText.Of(value);

    /// <summary>The texts of an enumeration's member, or of the flags that are set, in the order they are declared.</summary>
    public static IReadOnlyList<string> Of(Enum value)
    {
        var texts = new List<string>();
        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        var isFlags = value.GetType().IsDefined(typeof(FlagsAttribute), inherit: false);
        foreach (var field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetCustomAttribute<SettingTextAttribute>() is not { } text)
                continue;
            var own = Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture);
            if (isFlags ? own != 0 && (number & own) == own : number == own)
                texts.AddRange(text.Texts);
        }

        return texts;
    }

    /// <summary>The text of a member of an enumeration without flags; its number where it has none, which the server refuses.</summary>
    public static string OfSingle(Enum value) => Of(value) is { Count: > 0 } texts ? texts[0] : value.ToString("D");
}
