using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>What all directories share (<c>directory.ID.*</c>).</summary>
/// <typeparam name="TSelf">The builder itself.</typeparam>
public abstract class DirectoryBuilderBase<TSelf> : SettingsBuilder<TSelf>
    where TSelf : DirectoryBuilderBase<TSelf>
{
    private readonly string _id;

    private protected DirectoryBuilderBase(SettingsSheet sheet, string scope, string id)
        : base(sheet, scope) => _id = id;

    /// <summary>Checks log-ins against this directory, on every protocol (<c>storage.directory</c>).</summary>
    [Setting("/storage.directory", Value = "{scope:id}")]
    public TSelf UseForLogin()
    {
        Sheet.Set("storage.directory", _id, nameof(UseForLogin));
        return (TSelf)this;
    }
}

/// <summary>A directory without settings of its own kind.</summary>
public sealed class DirectoryBuilder : DirectoryBuilderBase<DirectoryBuilder>
{
    internal DirectoryBuilder(SettingsSheet sheet, string scope, string id)
        : base(sheet, scope, id)
    {
    }
}
