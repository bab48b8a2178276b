using System.Text;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Remedies;

/// <summary>
/// Access control that lets through what mail clients and protocols need and answers 404 to the rest. One scalar: a list in the file
/// would merge with one in the database, key by key, and end in letting everything through.
/// </summary>
public static class HttpAllowList
{
    /// <summary>The edits that declare it, <c>config.local-keys</c> widened where that is needed; null where the server has no access control.</summary>
    public static IReadOnlyList<SettingEdit>? Edits(ServerConfiguration server)
    {
        if (server.HttpAccessControlKey is not { } key)
            return null;
        var edits = new List<SettingEdit>();
        if (server.Document.StartingWith(key + ".").Count > 0)
            edits.Add(new SettingEdit.Remove(key, WithChildren: true));
        edits.Add(new SettingEdit.Set(key, Expression(server)));
        if (WidenLocalKeys(server.Document, key) is { } widening)
            edits.Add(widening);
        return edits;
    }

    /// <summary>The expression for <paramref name="server"/>.</summary>
    public static string Expression(ServerConfiguration server)
    {
        var condition = new StringBuilder();
        foreach (var listener in server.Listeners)
        {
            if (IsManagement(listener))
                Or(condition).Append("listener == '").Append(listener.Id).Append('\'');
        }

        Or(condition).Append(HttpEndpoints.AllowListCondition);
        // if_then came with 0.11.0; a condition is the number 1 or 0.
        return server.Version.IsAtLeast(11)
            ? $"if_then({condition}, 200, 404)"
            : $"404 - 204 * ({condition})";
    }

    // Only the machine itself reaches it, so it stays open whole. A name that would end the text in the expression does not occur.
    private static bool IsManagement(Listener listener)
    {
        if (listener.Protocol != MailProtocol.Http || listener.BindAddresses.Count == 0)
            return false;
        foreach (var address in listener.BindAddresses)
        {
            if (address.IsLoopback != true)
                return false;
        }

        foreach (var c in listener.Id)
        {
            if (c is '\'' or '"' or '\\' || char.IsControl(c) || c == Setting.UnknownPart)
                return false;
        }

        return true;
    }

    // manager.rs: a declared list replaces the built-in one, and the server complains about keys in the file that it does not cover.
    private static SettingEdit.Set? WidenLocalKeys(SettingsDocument document, string key)
    {
        const string Prefix = "config.local-keys.";
        string? last = null;
        var highest = -1;
        foreach (ref readonly var setting in document.StartingWith(Prefix))
        {
            if (Covers(setting.Value, key))
                return null;
            var index = setting.Key.Substring(Prefix.Length);
            if (int.TryParse(index, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > highest)
                (highest, last) = (number, index);
        }

        if (last is null)
            return null;
        var next = (highest + 1).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(last.Length, '0');
        return new SettingEdit.Set(Prefix + next, key);
    }

    // An excluding pattern wins over any other, so nothing that is added helps against it.
    private static bool Covers(string pattern, string key)
    {
        var plain = pattern.StartsWith("!", StringComparison.Ordinal) ? pattern.Substring(1) : pattern;
        return plain.EndsWith("*", StringComparison.Ordinal) ? key.StartsWith(plain.Substring(0, plain.Length - 1), StringComparison.OrdinalIgnoreCase)
            : plain.StartsWith("*", StringComparison.Ordinal) ? key.EndsWith(plain.Substring(1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(plain, key, StringComparison.OrdinalIgnoreCase);
    }

    private static StringBuilder Or(StringBuilder condition) => condition.Length > 0 ? condition.Append(" || ") : condition;
}
