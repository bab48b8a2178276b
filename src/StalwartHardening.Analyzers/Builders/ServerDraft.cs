using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A server that the reader sees being written, on one way through the program.</summary>
internal sealed class ServerDraft(bool isComplete, bool keepsWrites = false)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private List<Setting> _settings = [];
    private bool _isShared;
    private readonly List<string> _open = [];
    private IReadOnlyList<Setting> _layerRules = [];
    private int _unknown;

    /// <summary>Whether the reader has followed everything that may have written into it.</summary>
    public bool IsComplete { get; private set; } = isComplete;

    /// <summary>Whether the program was seen to begin it; false for one that came from elsewhere.</summary>
    public bool IsBegun { get; } = isComplete;

    /// <summary>Which call wrote which setting, in the order they were written; null where nobody wants to know.</summary>
    public List<SettingWrite>? Writes { get; private set; } = keepsWrites ? [] : null;

    /// <summary>What was written into each server that was built first and then written over this one; empty where nobody wants to know.</summary>
    public List<IReadOnlyList<SettingWrite>> Layers { get; } = [];

    /// <summary>Where sight of it, or of a part of it, was lost.</summary>
    public List<LostSight> Lost { get; private set; } = [];

    /// <summary>The operations of a plan, in the order in which they were added.</summary>
    public List<PlanCall> Operations { get; } = [];

    /// <summary>What it was each time the program asked for the whole.</summary>
    public List<ServerDraft> Completed { get; } = [];

    /// <summary>Whether the program makes another server of it, by changing it or by writing it over one.</summary>
    public bool IsLayer { get; private set; }

    /// <summary>Whether the program does anything else with it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether a text that the program reads is in it.</summary>
    public bool HasText { get; set; }

    public void Set(string key, string value, SourceSpan keySpan, SourceSpan valueSpan, in WriteSite site)
    {
        Writes?.Add(new SettingWrite(key, value, site));
        Set(new Setting(key, value, keySpan, valueSpan));
    }

    /// <summary>Writes a setting that no call of a builder wrote.</summary>
    public void Set(in Setting setting)
    {
        Own();
        if (_places.TryGetValue(setting.Key, out var place))
        {
            _settings[place] = setting;
            return;
        }

        _places.Add(setting.Key, _settings.Count);
        _settings.Add(setting);
    }

    /// <summary>Writes all settings of another server over those that are here, as the library does it: its lists replace those of the same name.</summary>
    public void Overlay(ServerDraft layer)
    {
        layer.IsLayer = true;
        HasText |= layer.HasText;
        var settings = TypedAccessRules.Lower(layer._settings, SettingsEndpoints.Instance).ToList();
        if (layer.AccessRules.Count > 0)
            _layerRules = layer.AccessRules;
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var list = ListOf(setting.Key);
            if (list is not null && replaced.Add(list))
                Remove(list);
            else if (list is null)
                RemoveAll(other => ListOf(other.Key) == setting.Key);
        }

        foreach (var setting in settings)
        {
            Set(setting);
            if (ListOf(setting.Key) is { } list)
                _counts[list] = Math.Max(_counts.TryGetValue(list, out var count) ? count : 0, int.Parse(SettingPath.LastPart(SettingPath.ChildOf(list, setting.Key)), System.Globalization.CultureInfo.InvariantCulture) + 1);
        }

        if (layer.Writes is { } writes && Writes is not null)
        {
            Writes.AddRange(writes);
            Layers.Add([.. writes]);
            Layers.AddRange(layer.Layers);
        }

        foreach (var lost in layer.Lost)
            Lose(lost);
        if (!layer.IsComplete)
            IsComplete = false;
        foreach (var scope in layer._open)
        {
            if (!_open.Contains(scope))
                _open.Add(scope);
        }
    }

    // What "bind" is for "bind.0000"; null where the key holds no number of a list.
    private static string? ListOf(string key) =>
        SettingPath.Parents(key).Append(key).FirstOrDefault(SettingPath.IsEntry) is { } entry ? SettingPath.Parent(entry) : null;

    public void Append(string key, string value, SourceSpan keySpan, SourceSpan valueSpan, in WriteSite site) =>
        Set(SettingPath.Join(key, Next(key)), value, keySpan, valueSpan, site);

    public string Next(string key)
    {
        _counts.TryGetValue(key, out var count);
        _counts[key] = count + 1;
        return SettingPath.Index(count);
    }

    /// <summary>Takes a setting back, and everything below it.</summary>
    public void Remove(string key)
    {
        if (!RemoveAll(setting => SettingPath.IsAtOrBelow(setting.Key, key)))
            return;
        foreach (var list in _counts.Keys.Where(list => SettingPath.IsAtOrBelow(list, key)).ToList())
            _counts.Remove(list);
    }

    private bool RemoveAll(Predicate<Setting> isToGo)
    {
        Own();
        if (_settings.RemoveAll(isToGo) == 0)
            return false;
        _places.Clear();
        for (var i = 0; i < _settings.Count; i++)
            _places.Add(_settings[i].Key, i);
        Writes?.RemoveAll(write => !_places.ContainsKey(write.Key));
        return true;
    }

    /// <summary>The settings, in the order in which they were written first.</summary>
    public IReadOnlyList<Setting> Settings => _settings;

    /// <summary>How many names nobody knows there were before.</summary>
    public int NextUnknown() => _unknown++;

    /// <summary>Notes where sight was lost; each place once.</summary>
    public void Lose(in LostSight lost)
    {
        if (!Lost.Contains(lost))
            Lost.Add(lost);
    }

    /// <summary>The program asks for the whole server: what is written later is not in it.</summary>
    /// <returns>The server as it is now; null where the program asks too often.</returns>
    public ServerDraft? Complete()
    {
        const int MaxCompleted = 16;
        if (Completed.Count >= MaxCompleted)
            return null;
        var copy = new ServerDraft(IsComplete) { HasText = HasText, Lost = [.. Lost], Writes = Writes is null ? null : [.. Writes], _layerRules = _layerRules, _settings = _settings };
        copy._isShared = _isShared = true;
        copy._open.AddRange(_open);
        copy.Operations.AddRange(Operations);
        copy.Layers.AddRange(Layers);
        Completed.Add(copy);
        return copy;
    }

    /// <summary>Notes that code nobody can follow may write below <paramref name="scope"/>.</summary>
    public void Open(string scope)
    {
        IsComplete = false;
        if (scope.Length > 0 && SettingPath.PrefixOf(scope) is var prefix && !_open.Contains(prefix))
            _open.Add(prefix);
    }

    // A whole and what it was made from have the same settings, until either is written again.
    private void Own()
    {
        if (!_isShared)
            return;
        _settings = [.. _settings];
        _isShared = false;
    }

    // Its own, or those of the last layer that has some.
    private IReadOnlyList<Setting> AccessRules => TypedAccessRules.Of(_settings) is { Count: > 0 } own ? own : _layerRules;

    public SettingsDocument ToDocument(Func<Setting, int, int, SourceSpan?> placeInValue)
    {
        Setting[] settings = [.. TypedAccessRules.Lower(_settings, SettingsEndpoints.Instance)];
        return new SettingsDocument(settings, settings.Length, ServerVersion.Newest)
        {
            IsComplete = IsComplete,
            OpenPrefixes = [.. _open],
            AccessRules = AccessRules,
            PlaceInValue = placeInValue,
            CountBeforeFirstProblem = settings.Length,
        };
    }
}
