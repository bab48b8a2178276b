namespace StalwartHardening.Configuration.Annotations;

/// <summary>How a value is put under its key.</summary>
public enum SettingKind
{
    /// <summary>One value; a later call replaces it.</summary>
    Value,

    /// <summary>A list (<c>bind = [..]</c>); each value becomes one more entry: <c>bind.0000</c>, <c>bind.0001</c> …</summary>
    List,

    /// <summary>A set (<c>server.allowed-ip = {..}</c>); each value becomes a key below, with an empty text.</summary>
    Set,
}
