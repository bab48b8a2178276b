using System.Globalization;

namespace StalwartHardening.Configuration;

/// <summary>The settings of a server while it is written, each with the call that wrote it.</summary>
internal sealed class SettingsSheet
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);

    public List<WrittenSetting> Settings { get; } = [];

    public List<string> Problems { get; } = [];

    /// <summary>What the server is refused for besides; null for nothing.</summary>
    public RefusalPolicy? Policy { get; set; }

    public void Set(string key, string value, string call)
    {
        var setting = new WrittenSetting(key, value, CallSite.Record(call));
        if (_places.TryGetValue(key, out var place))
        {
            Settings[place] = setting;
            return;
        }

        _places.Add(key, Settings.Count);
        Settings.Add(setting);
    }

    public void Append(string key, string value, string call) => Set(key + "." + Next(key), value, call);

    public string Next(string key)
    {
        _counts.TryGetValue(key, out var count);
        _counts[key] = count + 1;
        return count.ToString("D4", CultureInfo.InvariantCulture);
    }

    /// <summary>Notes that something has been declared; twice is a mistake that the server would not see.</summary>
    public void Declare(string scope, string call)
    {
        if (!_scopes.Add(scope))
            Problems.Add($"'{scope}' ({call}): it is declared twice.");
    }
}

/// <summary>One setting and the call that wrote it.</summary>
internal readonly record struct WrittenSetting(string Key, string Value, CallSite Site)
{
    /// <summary>The method that wrote it.</summary>
    public string Call => Site.Method;
}
