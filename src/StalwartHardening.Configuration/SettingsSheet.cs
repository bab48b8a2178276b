using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>The settings of a server while it is written, each with the call that wrote it.</summary>
internal sealed class SettingsSheet
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);

    /// <summary>The settings, each as it was written last, in the order in which they were written first.</summary>
    public List<WrittenSetting> Settings { get; } = [];

    /// <summary>Every write, also those that were replaced, with the place of the setting among <see cref="Settings"/>.</summary>
    public List<(WrittenSetting Setting, int Place)> Writes { get; } = [];

    public List<string> Problems { get; } = [];

    /// <summary>The objects that calls refer to: what their settings are below, and the calls.</summary>
    public List<(string Scope, CallSite Call)> References { get; } = [];

    /// <summary>What the server is refused for besides; null for nothing.</summary>
    public RefusalPolicy? Policy { get; set; }

    /// <summary>The access rules of the last layer that has access control.</summary>
    public IReadOnlyList<Setting> AccessRules { get; private set; } = [];

    /// <summary>Writes a setting, unless there is no value.</summary>
    public void Set(string key, string? value, CallSite call)
    {
        if (value is null)
            return;
        var setting = new WrittenSetting(key, value, call);
        if (_places.TryGetValue(key, out var place))
        {
            Settings[place] = setting;
        }
        else
        {
            place = Settings.Count;
            _places.Add(key, place);
            Settings.Add(setting);
        }

        Writes.Add((setting, place));
    }

    /// <summary>Adds an entry to a list, unless there is no value.</summary>
    public void Append(string key, string? value, CallSite call)
    {
        if (value is not null)
            Set(SettingPath.Join(key, Next(key)), value, call);
    }

    /// <summary>Adds a member to a set, unless there is no value.</summary>
    public void AddMember(string key, string? member, CallSite call)
    {
        if (member is not null)
            Set(SettingPath.Join(key, member), "", call);
    }

    /// <summary>Notes that a call refers to an object that a builder opened.</summary>
    public void Refer<TSelf>(SettingsBuilder<TSelf> target, CallSite call)
        where TSelf : SettingsBuilder<TSelf>
    {
        // Null is refused where its name is asked for.
        if (target is not null)
            References.Add((target.Scope, call));
    }

    /// <summary>Notes that a call refers to objects that builders opened.</summary>
    public void Refer<TSelf>(SettingsBuilder<TSelf>[] targets, CallSite call)
        where TSelf : SettingsBuilder<TSelf>
    {
        foreach (var target in targets)
            Refer(target, call);
    }

    /// <summary>What is referred to and not there: it is another server's, or was taken back.</summary>
    public IEnumerable<string> FindMissing()
    {
        foreach (var (scope, call) in References)
        {
            var id = ObjectScope.IdOf(scope);
            if (!Settings.Exists(setting => SettingPath.IsBelow(setting.Key, scope)) && Settings.Find(setting => setting.Value == id && setting.Site == call) is { Key: { } key })
                yield return $"'{key}' ({call.Method}): '{scope}' is not an object of this server.";
        }
    }

    public string Next(string key)
    {
        _counts.TryGetValue(key, out var count);
        _counts[key] = count + 1;
        return SettingPath.Index(count);
    }

    /// <summary>Writes all settings of <paramref name="layer"/>; its lists replace those of the same name.</summary>
    public void Overlay(SettingsDocument layer, CallSite call)
    {
        if (layer.AccessRules.Count > 0)
            AccessRules = layer.AccessRules;
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in layer.InTextOrder)
        {
            // One value replaces a list, and a list one value.
            var name = setting.Key;
            var list = ListOf(name);
            if (list is not null && replaced.Add(list))
                Remove(list);
            else if (list is null)
                RemoveAll(key => ListOf(key) == name);
        }

        foreach (ref readonly var setting in layer.InTextOrder)
        {
            Set(setting.Key, setting.Value, call);
            if (ListOf(setting.Key) is { } list)
                _counts[list] = Math.Max(_counts.TryGetValue(list, out var count) ? count : 0, int.Parse(SettingPath.LastPart(SettingPath.ChildOf(list, setting.Key)), CultureInfo.InvariantCulture) + 1);
        }
    }

    /// <summary>Takes a setting back, and everything below it; it may be declared again.</summary>
    public void Remove(string key)
    {
        RemoveAll(other => SettingPath.IsAtOrBelow(other, key));
        _scopes.RemoveWhere(scope => SettingPath.IsAtOrBelow(scope, key));
        foreach (var list in _counts.Keys.Where(list => SettingPath.IsAtOrBelow(list, key)).ToList())
            _counts.Remove(list);
    }

    private void RemoveAll(Predicate<string> isToGo)
    {
        if (!Settings.Exists(setting => isToGo(setting.Key)))
            return;
        Settings.RemoveAll(setting => isToGo(setting.Key));
        _places.Clear();
        for (var i = 0; i < Settings.Count; i++)
            _places.Add(Settings[i].Key, i);
        var writes = Writes.Where(write => _places.ContainsKey(write.Setting.Key)).Select(write => (write.Setting, _places[write.Setting.Key])).ToList();
        Writes.Clear();
        Writes.AddRange(writes);
    }

    // What "bind" is for "bind.0000" and "a" for "a.0001.if"; null where the key holds no number of a list.
    private static string? ListOf(string key) =>
        SettingPath.Parents(key).Append(key).FirstOrDefault(SettingPath.IsEntry) is { } entry ? SettingPath.Parent(entry) : null;

    /// <summary>Notes that something has been declared; twice is a mistake that the server would not see.</summary>
    public void Declare(string scope, CallSite call)
    {
        if (!_scopes.Add(scope))
            Problems.Add($"'{scope}' ({call.Method}): it is declared twice.");
    }
}

/// <summary>One setting and the call that wrote it.</summary>
internal readonly record struct WrittenSetting(string Key, string Value, CallSite Site)
{
    /// <summary>The method that wrote it.</summary>
    public string Call => Site.Method;
}
