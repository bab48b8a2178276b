using System.Globalization;
using StalwartHardening.Programs;

namespace StalwartHardening.Tests.Plans.Objects;

/// <summary>What the documentation says of a field: its name, what its value is, what holds where nobody says anything, and its limits.</summary>
internal static class FieldSummary
{
    public static string Of(FieldTable field)
    {
        var words = ObjectSource.Sentence(ObjectNames.Words(field.Name));
        var text = $"{words} (<c>{field.Name}</c>)" + (field.Type == "boolean" ? "." : ": " + Kind(field) + ".");
        if (Default(field) is { } byDefault)
            text += " " + byDefault + ".";
        if (field.Flags.Contains("nullable"))
            text += field.Default == "null" ? " Null by default: none." : " Null: none.";
        if (field.Flags.Contains("serverSet"))
            text += " Written by the server: only to match on.";
        if (field.Flags.Contains("immutable"))
            text += " Only a new object takes it.";
        if (field.Flag("since") is { } since)
            text += $" Since {since}.";
        return text;
    }

    private static string Kind(FieldTable field)
    {
        var type = field.Type;
        var least = field.Flag("min");
        var most = field.Flag("max");
        var range = least is not null && most is not null ? $" from {Number(least)} to {Number(most)}" : least is not null ? $" from {Number(least)} on" : most is not null ? $" up to {Number(most)}" : "";
        return type switch
        {
            _ when field.IsSecret => type is "secret" or "secretText" ? "a secret, as text" : "a secret, or where it is",
            "unsignedInteger" => "a whole number" + (range.Length > 0 ? range : " from 0 on"),
            "integer" => "a whole number" + range,
            "float" => "a number" + range,
            "size" => "a number of bytes" + range,
            "duration" => "a duration of whole milliseconds",
            "utcDateTime" => "a point in time",
            "ipAddress" => "an IP address",
            "ipNetwork" => "an IP address or a network with a prefix from 8 on",
            "socketAddress" => "an IP address with a port",
            "emailAddress" => "an e-mail address",
            "uri" => "a URL",
            "object:Expression" => "an expression",
            _ when type.StartsWith("set<", StringComparison.Ordinal) => (field.Flag("minItems") is { } count ? $"a set of at least {count}" : "a set") + Members(type),
            _ when type.StartsWith("list:", StringComparison.Ordinal) => "a list",
            _ when type.StartsWith("map<", StringComparison.Ordinal) => "names and values",
            _ when type.StartsWith("enum:", StringComparison.Ordinal) => "a word",
            _ when type.StartsWith("objectId:", StringComparison.Ordinal) => "another object",
            _ when type.StartsWith("object:", StringComparison.Ordinal) => "a value with fields of its own",
            _ => "a text" + (field.Flag("maxLength") is { } length ? $" of at most {length} characters" : ""),
        };
    }

    private static string Members(string type) => type switch
    {
        "set<socketAddress>" => " of IP addresses with ports",
        "set<ipNetwork>" => " of IP addresses and networks with prefixes from 8 on",
        "set<emailAddress>" => " of e-mail addresses",
        _ => "",
    };

    private static string Number(string text) => text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;

    private static string? Default(FieldTable field)
    {
        var text = field.Default;
        if (text.Length == 0 || text == "null")
            return field.Type == "boolean" && text.Length == 0 ? "False by default" : null;
        if (field.Type == "boolean")
            return text == "true" ? "True by default" : "False by default";
        if (field.Type == "duration" && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            return Duration(milliseconds) + " by default";
        if (text[0] != '{')
            return ObjectSource.Xml(text.Trim('"')) is { Length: > 0 } plain ? $"<c>{plain}</c> by default" : null;
        return field.Type == "object:Expression" && !text.Contains("\"match\"", StringComparison.Ordinal) ? $"<c>{ObjectSource.Xml(text["{\"else\":\"".Length..^2])}</c> by default" : null;
    }

    private static string Duration(long milliseconds)
    {
        foreach (var (unit, name) in new[] { (86_400_000L, "day"), (3_600_000L, "hour"), (60_000L, "minute"), (1000L, "second"), (1L, "millisecond") })
        {
            if (milliseconds % unit == 0)
                return FormattableString.Invariant($"{milliseconds / unit} {name}{(milliseconds == unit ? "" : "s")}");
        }

        return "";
    }
}
