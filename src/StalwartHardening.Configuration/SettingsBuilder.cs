using System.Runtime.CompilerServices;
using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>What all builders share: any setting by its name, for what has no method of its own.</summary>
/// <typeparam name="TSelf">The builder itself.</typeparam>
[SettingsBuilder]
public abstract class SettingsBuilder<TSelf>
    where TSelf : SettingsBuilder<TSelf>
{
    private protected SettingsBuilder(SettingsSheet sheet, string scope)
    {
        Sheet = sheet;
        Scope = scope;
    }

    internal SettingsSheet Sheet { get; }

    internal string Scope { get; }

    /// <summary>Writes a setting by its name; a later value replaces an earlier one.</summary>
    /// <param name="key">The key below this object's own: <c>socket.nodelay</c> on a listener, <c>server.max-connections</c> on the server.</param>
    /// <param name="value">The text, as the server reads it. Macros such as <c>%{env:NAME}%</c> are allowed, see <see cref="Macro"/>.</param>
    [Setting("{key}", Value = "{value}")]
    public TSelf Set(string key, string value) => Write(key, value);

    /// <summary>Writes a switch by its name: <c>true</c> or <c>false</c>.</summary>
    /// <param name="key">The key below this object's own.</param>
    /// <param name="value">Whether it is on.</param>
    [Setting("{key}", Value = "{value}")]
    public TSelf Set(string key, bool value) => Write(key, SettingTexts.Of(value));

    /// <summary>Writes a number by its name.</summary>
    /// <param name="key">The key below this object's own.</param>
    /// <param name="value">The number.</param>
    [Setting("{key}", Value = "{value}")]
    public TSelf Set(string key, long value) => Write(key, SettingTexts.Of(value));

    /// <summary>Adds entries to a list by its name: <c>bind</c>, <c>proxy.trusted-networks</c>.</summary>
    /// <param name="key">The key of the list, below this object's own.</param>
    /// <param name="values">The entries.</param>
    [Setting("{key}", Value = "{values}", Kind = SettingKind.List)]
    public TSelf AddToList(string key, params string[] values) => Append(key, values);

    /// <summary>Adds members to a set by its name. Only <c>server.allowed-ip</c> and <c>server.blocked-ip</c> are sets.</summary>
    /// <param name="key">The key of the set, below this object's own.</param>
    /// <param name="members">The members.</param>
    [Setting("{key}", Value = "{members}", Kind = SettingKind.Set)]
    public TSelf AddToSet(string key, params string[] members) => AddMembers(key, members);

    internal string Key(string key) => Scope.Length == 0 ? key : key.Length == 0 ? Scope : Scope + "." + key;

    internal TSelf Write(string key, string? value, [CallerMemberName] string call = "")
    {
        if (value is not null)
            Sheet.Set(Key(key), value, call);
        return (TSelf)this;
    }

    internal TSelf Append(string key, IEnumerable<string> values, [CallerMemberName] string call = "")
    {
        foreach (var value in values)
            Sheet.Append(Key(key), value, call);
        return (TSelf)this;
    }

    internal TSelf AddMembers(string key, IEnumerable<string> members, [CallerMemberName] string call = "")
    {
        foreach (var member in members)
            Sheet.Set(Key(key) + "." + member, "", call);
        return (TSelf)this;
    }
}
