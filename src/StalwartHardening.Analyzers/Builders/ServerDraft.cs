using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A server that the reader sees being written, on one way through the program.</summary>
internal sealed class ServerDraft(bool isComplete, bool keepsWrites = false)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<Setting> _settings = [];
    private readonly List<string> _open = [];
    private int _unknown;

    /// <summary>Whether the reader has followed everything that may have written into it.</summary>
    public bool IsComplete { get; private set; } = isComplete;

    /// <summary>Whether the program was seen to begin it; false for one that came from elsewhere.</summary>
    public bool IsBegun { get; } = isComplete;

    /// <summary>Which call wrote which setting, in the order they were written; null where nobody wants to know.</summary>
    public List<SettingWrite>? Writes { get; private set; } = keepsWrites ? [] : null;

    /// <summary>Where sight of it, or of a part of it, was lost.</summary>
    public List<LostSight> Lost { get; private set; } = [];

    /// <summary>The operations of a plan, in the order in which they were added.</summary>
    public List<PlanCall> Operations { get; } = [];

    /// <summary>What it was each time the program asked for the whole.</summary>
    public List<ServerDraft> Completed { get; } = [];

    public void Set(string key, string value, SourceSpan keySpan, SourceSpan valueSpan, in WriteSite site)
    {
        Writes?.Add(new SettingWrite(key, value, site));
        var setting = new Setting(key, value, keySpan, valueSpan);
        if (_places.TryGetValue(key, out var place))
        {
            _settings[place] = setting;
            return;
        }

        _places.Add(key, _settings.Count);
        _settings.Add(setting);
    }

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
        if (_settings.RemoveAll(setting => SettingPath.IsAtOrBelow(setting.Key, key)) == 0)
            return;
        Writes?.RemoveAll(write => SettingPath.IsAtOrBelow(write.Key, key));
        foreach (var list in _counts.Keys.Where(list => SettingPath.IsAtOrBelow(list, key)).ToList())
            _counts.Remove(list);
        _places.Clear();
        for (var i = 0; i < _settings.Count; i++)
            _places.Add(_settings[i].Key, i);
    }

    /// <summary>How many names nobody knows there were before.</summary>
    public int NextUnknown() => _unknown++;

    /// <summary>Notes where sight was lost; each place once.</summary>
    public void Lose(in LostSight lost)
    {
        if (!Lost.Contains(lost))
            Lost.Add(lost);
    }

    /// <summary>The program asks for the whole server: what is written later is not in it.</summary>
    public void Complete()
    {
        const int MaxCompleted = 16;
        if (Completed.Count >= MaxCompleted)
            return;
        var copy = new ServerDraft(IsComplete) { Lost = [.. Lost], Writes = Writes is null ? null : [.. Writes] };
        copy._settings.AddRange(_settings);
        copy._open.AddRange(_open);
        copy.Operations.AddRange(Operations);
        Completed.Add(copy);
    }

    /// <summary>Notes that code nobody can follow may write below <paramref name="scope"/>.</summary>
    public void Open(string scope)
    {
        IsComplete = false;
        if (scope.Length > 0 && SettingPath.PrefixOf(scope) is var prefix && !_open.Contains(prefix))
            _open.Add(prefix);
    }

    public SettingsDocument ToDocument(Func<Setting, int, int, SourceSpan?> placeInValue)
    {
        var settings = TypedAccessRules.Lower(_settings).ToArray();
        return new SettingsDocument(settings, settings.Length, ServerVersion.Newest)
        {
            IsComplete = IsComplete,
            OpenPrefixes = [.. _open],
            PlaceInValue = placeInValue,
            CountBeforeFirstProblem = settings.Length,
        };
    }
}
