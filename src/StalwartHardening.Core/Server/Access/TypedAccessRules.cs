using System.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>
/// HTTP access rules as the typed builders keep them (<c>http.access-rule.*</c>, which the server does not know), and the one
/// expression under <c>http.allowed-endpoint</c> that says the same to the server. A single expression, not a list: a list in the
/// file would merge with one in the server's database entry by entry. Endpoints stand in the rules by name (<see cref="EndpointNames"/>),
/// and each generation has its own paths for them.
/// </summary>
internal static class TypedAccessRules
{
    /// <summary>What the keys of the rules are below.</summary>
    public const string Family = "http.access-rule";

    /// <summary>The setting the rules become.</summary>
    public const string Key = "http.allowed-endpoint";

    private const string OtherwiseKey = "http.access-rule.otherwise";

    /// <summary>Puts the expression in the place of the rules; leaves settings without rules as they are.</summary>
    /// <param name="settings">All settings of a server, in the order they were written.</param>
    /// <param name="endpoints">The paths that the names of endpoints stand for.</param>
    /// <param name="problems">What the server's expressions cannot say, each with its setting; null where nobody wants to know.</param>
    public static IReadOnlyList<Setting> Lower(IReadOnlyList<Setting> settings, HttpEndpoints endpoints, IList<KeyValuePair<Setting, string>>? problems = null)
    {
        if (!IsAnyRule(settings))
            return settings;
        var rules = new List<Rule>();
        Setting? otherwise = null;
        Setting? first = null;
        var lowered = new List<Setting>(settings.Count);
        var place = -1;
        foreach (var setting in settings)
        {
            if (!SettingPath.IsBelow(setting.Key, Family))
            {
                lowered.Add(setting);
                continue;
            }

            if (place < 0)
                place = lowered.Count;
            first ??= setting;
            if (setting.Key == OtherwiseKey)
                otherwise = setting;
            else
                Rule.For(rules, setting.Key)?.Take(setting);
        }

        if (first is not { } firstPlace)
            return settings;
        var expression = Expression(rules, otherwise?.Value ?? "404", endpoints, problems);
        lowered.RemoveAll(static setting => setting.Key == Key);
        lowered.Insert(Math.Min(place, lowered.Count), new Setting(Key, expression, firstPlace.KeySpan, firstPlace.ValueSpan));
        return lowered;
    }

    private static bool IsAnyRule(IReadOnlyList<Setting> settings)
    {
        for (var i = 0; i < settings.Count; i++)
        {
            if (SettingPath.IsBelow(settings[i].Key, Family))
                return true;
        }

        return false;
    }

    /// <summary>The rules among all settings of a server; empty where there are none.</summary>
    public static IReadOnlyList<Setting> Of(IReadOnlyList<Setting> settings)
    {
        List<Setting>? rules = null;
        foreach (var setting in settings)
        {
            if (SettingPath.IsBelow(setting.Key, Family))
                (rules ??= []).Add(setting);
        }

        return rules ?? (IReadOnlyList<Setting>)[];
    }

    /// <summary>
    /// The expression for servers that have other paths than those an expression was made for.
    /// </summary>
    /// <param name="expression">The setting that became of <paramref name="rules"/>, or that was written since.</param>
    /// <param name="rules">The rules it was made of; empty where it was written as it is.</param>
    /// <param name="from">The paths it was made for.</param>
    /// <param name="to">The paths of the other servers.</param>
    /// <returns>The expression made anew; as it is where it says something else than the rules.</returns>
    public static string Readdress(in Setting expression, IReadOnlyList<Setting> rules, HttpEndpoints from, HttpEndpoints to) =>
        rules.Count > 0 && Lower(rules, from)[0].Value == expression.Value ? Lower(rules, to)[0].Value : expression.Value;

    /// <summary>The rules that let everything through to some listeners, everything from some networks, and what mail clients need to all.</summary>
    /// <param name="listeners">The names of the listeners.</param>
    /// <param name="networks">The networks.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Admitting(IReadOnlyList<string> listeners, IReadOnlyList<string> networks)
    {
        var rules = new List<KeyValuePair<string, string>>();
        var count = 0;
        foreach (var listener in listeners)
            Allow("listener", [listener]);
        if (networks.Count > 0)
            Allow("from", networks);
        Allow("path", [EndpointNames.MailClients]);
        return rules;

        void Allow(string what, IReadOnlyList<string> values)
        {
            var rule = SettingPath.Entry(Family, count++);
            rules.Add(new(SettingPath.Join(rule, "answer"), "200"));
            for (var i = 0; i < values.Count; i++)
                rules.Add(new(SettingPath.Entry(SettingPath.Join(rule, what), i), values[i]));
        }
    }

    private static string Expression(List<Rule> rules, string otherwise, HttpEndpoints endpoints, IList<KeyValuePair<Setting, string>>? problems)
    {
        var text = new StringBuilder();
        foreach (var rule in rules)
            text.Append("if_then(").Append(rule.Condition(endpoints, problems)).Append(", ").Append(rule.Answer).Append(", ");
        text.Append(otherwise).Append(')', rules.Count);
        return text.ToString();
    }

    private sealed class Rule(string key)
    {
        private readonly List<Setting> _paths = [];
        private readonly List<Setting> _networks = [];
        private readonly List<Setting> _listeners = [];

        public string Answer { get; private set; } = "200";

        public static Rule? For(List<Rule> rules, string key)
        {
            var own = SettingPath.ChildOf(Family, key);
            if (own.Length == key.Length)
                return null;
            foreach (var known in rules)
            {
                if (known.Is(own))
                    return known;
            }

            var rule = new Rule(own);
            rules.Add(rule);
            return rule;
        }

        public void Take(in Setting setting)
        {
            if (setting.Key == SettingPath.Join(key, "answer"))
                Answer = setting.Value;
            else if (SettingPath.IsBelow(setting.Key, SettingPath.Join(key, "path")))
                _paths.Add(setting);
            else if (SettingPath.IsBelow(setting.Key, SettingPath.Join(key, "from")))
                _networks.Add(setting);
            else if (SettingPath.IsBelow(setting.Key, SettingPath.Join(key, "listener")))
                _listeners.Add(setting);
        }

        public string Condition(HttpEndpoints endpoints, IList<KeyValuePair<Setting, string>>? problems)
        {
            var all = new List<string>();
            Add(all, Resolve(_paths, endpoints), Path, problems);
            Add(all, _listeners, Listener, problems);
            Add(all, _networks, static network => NetworkCondition.TryWrite(network, out var condition) ? condition : null, problems);
            return all.Count == 0 ? "true" : string.Join(" && ", all);
        }

        private bool Is(string other) => key == other;

        private static List<Setting> Resolve(List<Setting> paths, HttpEndpoints endpoints)
        {
            var resolved = new List<Setting>();
            foreach (var path in paths)
            {
                foreach (var beginning in endpoints.PathsOf(path.Value))
                    resolved.Add(new Setting(path.Key, beginning, path.KeySpan, path.ValueSpan));
            }

            return resolved;
        }

        private static void Add(List<string> all, List<Setting> settings, Func<string, string?> write, IList<KeyValuePair<Setting, string>>? problems)
        {
            if (settings.Count == 0)
                return;
            var any = new List<string>();
            foreach (var setting in settings)
            {
                if (setting.Value.IndexOf(Setting.UnknownPart) >= 0)
                    any.Add(Setting.UnknownPart.ToString());
                else if (write(setting.Value) is { } condition)
                    any.Add(condition);
                else
                    problems?.Add(new KeyValuePair<Setting, string>(setting, "the server's expressions cannot express this"));
            }

            // Nothing that can be said must not become "everything".
            all.Add(any.Count == 0 ? "false" : any.Count == 1 && any[0].IndexOf("&&", StringComparison.Ordinal) < 0 ? any[0] : "(" + string.Join(" || ", any) + ")");
        }

        private static string? Path(string path) => path.Length > 0 && path[0] == '/' && IsPlain(path) ? "starts_with(url_path, '" + path + "')" : null;

        private static string? Listener(string id) => id.Length > 0 && IsPlain(id) ? "listener == '" + id + "'" : null;

        private static bool IsPlain(string text)
        {
            foreach (var c in text)
            {
                if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '/' or '.' or '_' or '-' or '~' or ':'))
                    return false;
            }

            return true;
        }
    }
}
