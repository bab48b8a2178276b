using System.Globalization;
using System.Text;
using StalwartHardening.Server;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>One account or role as the management API takes it (<c>POST /api/principal</c>).</summary>
public sealed class PrincipalJson
{
    private PrincipalJson(string name, string json)
    {
        Name = name;
        Json = json;
    }

    /// <summary>The name of the account or role.</summary>
    public string Name { get; }

    /// <summary>The body of the request.</summary>
    public string Json { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static PrincipalJson From(DeclaredPrincipal principal)
    {
        var json = new StringBuilder("{");
        Text(json, "type", principal.Type);
        Text(json, "name", principal.Name.Value);
        if (principal.Description is { } description)
            Text(json, "description", description);
        if (long.TryParse(principal.Quota, NumberStyles.None, CultureInfo.InvariantCulture, out var quota))
            json.Append(",\"quota\":").Append(quota.ToString(CultureInfo.InvariantCulture));
        List(json, "secrets", Values(principal.Secrets));
        List(json, "emails", Values(principal.Emails));
        List(json, "roles", Values(principal.Roles));
        List(json, "memberOf", Values(principal.MemberOf));
        List(json, "enabledPermissions", Values(principal.EnabledPermissions));
        List(json, "disabledPermissions", principal.AllDisabledPermissions());
        return new PrincipalJson(principal.Name.Value, json.Append('}').ToString());
    }

    private static List<string> Values(IReadOnlyList<Setting> settings) => settings.Select(static setting => setting.Value).ToList();

    private static void Text(StringBuilder json, string name, string value)
    {
        if (json.Length > 1)
            json.Append(',');
        Quote(json, name);
        json.Append(':');
        Quote(json, value);
    }

    private static void List(StringBuilder json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        json.Append(',');
        Quote(json, name);
        json.Append(":[");
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            Quote(json, values[i]);
        }

        json.Append(']');
    }

    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                json.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c))
                json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                json.Append(c);
        }

        json.Append('"');
    }
}
