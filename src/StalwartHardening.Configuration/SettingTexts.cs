using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using StalwartHardening.Server;

namespace StalwartHardening.Configuration;

/// <summary>What values look like in settings; those of enumerations are generated from their members' annotations.</summary>
internal static partial class SettingTexts
{
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Of(string? value) => value;

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(TimeSpan value) => DurationText.Of(value);

    public static string? Of(Secret? value) => value?.Text;

    public static string? Of(IPEndPoint? value) => value?.ToString();

    // A builder stands for the object that it opened.
    public static string Of<TSelf>(SettingsBuilder<TSelf> value)
        where TSelf : SettingsBuilder<TSelf> => value is null ? throw new ArgumentNullException(nameof(value)) : value.ScopeId;

    public static IEnumerable<string> All<TSelf>(SettingsBuilder<TSelf>[] values)
        where TSelf : SettingsBuilder<TSelf> => values.Select(static value => Of(value));

#if NET8_0_OR_GREATER
    public static string Of(IPNetwork value) => value.ToString();

    public static IEnumerable<string> All(IPNetwork[] values) => values.Select(static value => value.ToString());
#endif

    public static IEnumerable<string> All(string[] values) => values;

    public static IEnumerable<string> All(Permission[] values) => values.SelectMany(static value => value.Names);

    public static IEnumerable<string> All(HttpEndpoint[] values) => values.SelectMany(static value => value.Paths);
}
