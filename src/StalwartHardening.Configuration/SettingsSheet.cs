using System.Globalization;

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

    /// <summary>What the server is refused for besides; null for nothing.</summary>
    public RefusalPolicy? Policy { get; set; }

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
            Set(key + "." + Next(key), value, call);
    }

    /// <summary>Adds a member to a set, unless there is no value.</summary>
    public void AddMember(string key, string? member, CallSite call)
    {
        if (member is not null)
            Set(key + "." + member, "", call);
    }

    public string Next(string key)
    {
        _counts.TryGetValue(key, out var count);
        _counts[key] = count + 1;
        return count.ToString("D4", CultureInfo.InvariantCulture);
    }

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
