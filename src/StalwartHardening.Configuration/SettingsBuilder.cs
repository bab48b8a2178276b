using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>What all builders share: any setting by its name, for what has no method of its own.</summary>
/// <typeparam name="TSelf">The builder itself.</typeparam>
[SettingsBuilder]
public abstract partial class SettingsBuilder<TSelf>
    where TSelf : SettingsBuilder<TSelf>
{
    private protected SettingsBuilder(SettingsSheet sheet, string scope)
    {
        Sheet = sheet;
        Scope = scope;
    }

    internal SettingsSheet Sheet { get; }

    internal string Scope { get; }

    /// <summary>What others call the object by.</summary>
    internal string ScopeId => ObjectScope.IdOf(Scope);

    /// <summary>Writes a setting by its name; a later value replaces an earlier one.</summary>
    /// <param name="key">The key below this object's own: <c>socket.nodelay</c> on a listener, <c>server.max-connections</c> on the server.</param>
    /// <param name="value">The text, as the server reads it. Macros such as <c>%{env:NAME}%</c> are allowed, see <see cref="Macro"/>.</param>
    [Setting("{key}", Value = "{value}")]
    public partial TSelf Set(string key, string value);

    /// <summary>Writes a switch by its name: <c>true</c> or <c>false</c>.</summary>
    /// <param name="key">The key below this object's own.</param>
    /// <param name="value">Whether it is on.</param>
    [Setting("{key}", Value = "{value}")]
    public partial TSelf Set(string key, bool value);

    /// <summary>Writes a number by its name.</summary>
    /// <param name="key">The key below this object's own.</param>
    /// <param name="value">The number.</param>
    [Setting("{key}", Value = "{value}")]
    public partial TSelf Set(string key, long value);

    /// <summary>Adds entries to a list by its name: <c>bind</c>, <c>proxy.trusted-networks</c>.</summary>
    /// <param name="key">The key of the list, below this object's own.</param>
    /// <param name="values">The entries.</param>
    [Setting("{key}", Value = "{values}", Kind = SettingKind.List)]
    public partial TSelf AddToList(string key, params string[] values);

    /// <summary>Adds members to a set by its name. Only <c>server.allowed-ip</c> and <c>server.blocked-ip</c> are sets.</summary>
    /// <param name="key">The key of the set, below this object's own.</param>
    /// <param name="members">The members.</param>
    [Setting("{key}", Value = "{members}", Kind = SettingKind.Set)]
    public partial TSelf AddToSet(string key, params string[] members);

    internal string Key(string key) => SettingPath.Join(Scope, key);
}
