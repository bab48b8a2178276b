using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>What all directories share (<c>directory.ID.*</c>).</summary>
/// <typeparam name="TSelf">The builder itself.</typeparam>
public abstract partial class DirectoryBuilderBase<TSelf> : SettingsBuilder<TSelf>
    where TSelf : DirectoryBuilderBase<TSelf>
{
    private protected DirectoryBuilderBase(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Checks log-ins against this directory, on every protocol (<c>storage.directory</c>).</summary>
    [Setting("/storage.directory", Value = "{scope:id}")]
    public partial TSelf UseForLogin();
}

/// <summary>A directory without settings of its own kind.</summary>
public sealed partial class DirectoryBuilder : DirectoryBuilderBase<DirectoryBuilder>
{
    internal DirectoryBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }
}
