using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A directory whose accounts are written in the configuration (<c>directory.ID.principals</c>; documented in <c>auth/backend/memory</c>).</summary>
public sealed partial class MemoryDirectoryBuilder : DirectoryBuilderBase<MemoryDirectoryBuilder>
{
    internal MemoryDirectoryBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Adds an ordinary account.</summary>
    /// <param name="name">The login name.</param>
    /// <param name="secret">The password.</param>
    /// <param name="email">The primary address; none where null.</param>
    [SettingScope("principals.{#}")]
    [Setting("class", Value = "individual")]
    [Setting("name", Value = "{name}")]
    [Setting("secret", Value = "{secret}")]
    [Setting("email", Value = "{email}", Kind = SettingKind.List)]
    public partial MemoryPrincipalBuilder AddAccount(string name, Secret secret, string? email = null);

    /// <summary>Adds an administrator: every permission on every protocol, of which nothing takes single ones away (SWH3003).</summary>
    /// <param name="name">The login name.</param>
    /// <param name="secret">The password.</param>
    /// <param name="email">The primary address; none where null.</param>
    [SettingScope("principals.{#}")]
    [Setting("class", Value = "admin")]
    [Setting("name", Value = "{name}")]
    [Setting("secret", Value = "{secret}")]
    [Setting("email", Value = "{email}", Kind = SettingKind.List)]
    public partial MemoryPrincipalBuilder AddAdministrator(string name, Secret secret, string? email = null);
}

/// <summary>An account of a memory directory.</summary>
public sealed partial class MemoryPrincipalBuilder : SettingsBuilder<MemoryPrincipalBuilder>
{
    internal MemoryPrincipalBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Adds addresses.</summary>
    /// <param name="addresses">The addresses.</param>
    [Setting("email", Value = "{addresses}", Kind = SettingKind.List)]
    public partial MemoryPrincipalBuilder WithEmail(params string[] addresses);

    /// <summary>Adds the account to groups.</summary>
    /// <param name="groups">The names of the groups.</param>
    [Setting("member-of", Value = "{groups}", Kind = SettingKind.List)]
    public partial MemoryPrincipalBuilder MemberOf(params string[] groups);

    /// <summary>What people call it.</summary>
    /// <param name="description">The text.</param>
    [Setting("description", Value = "{description}")]
    public partial MemoryPrincipalBuilder WithDescription(string description);
}
