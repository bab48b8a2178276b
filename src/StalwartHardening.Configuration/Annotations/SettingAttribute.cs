namespace StalwartHardening.Configuration.Annotations;

/// <summary>
/// Says which setting a call writes. An extension method writes into its first argument, any other into the object it is called
/// on, and a method with a <see cref="SettingScopeAttribute"/> into the scope it opens.
/// </summary>
/// <param name="key">
/// The key below the scope, for example <c>tls.implicit</c>. A parameter's name in braces stands for its argument; a brace
/// that encloses no parameter is itself. A key that begins with <c>/</c> is not below the scope but one of the whole server.
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, AllowMultiple = true)]
public sealed class SettingAttribute(string key) : Attribute
{
    /// <summary>The key below the scope.</summary>
    public string Key { get; } = key;

    /// <summary>
    /// What is written, with parameters in braces. Null stands for the first parameter that <see cref="Key"/> does not use. A
    /// parameter whose argument is null writes nothing; one with several values (an array, flags) writes each of them.
    /// <c>{scope:id}</c> stands for the scope without its first part: <c>main</c> in <c>directory.main</c>.
    /// </summary>
    public string? Value { get; set; }

    /// <summary>Where the value goes: under the key itself, after the last entry of its list, or into the key as a member.</summary>
    public SettingKind Kind { get; set; }

    /// <summary>The name of a <see cref="bool"/> parameter that has to be true for the setting to be written; null for always.</summary>
    public string? When { get; set; }
}
