using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>An account of the internal directory. The server keeps it in its database, so it is written as JSON, not as TOML.</summary>
public sealed partial class AccountBuilder : SettingsBuilder<AccountBuilder>
{
    internal AccountBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Gives permissions besides those of the roles (<c>enabledPermissions</c>).</summary>
    /// <param name="permissions">The permissions.</param>
    [Setting("enabledPermissions", Value = "{permissions}", Kind = SettingKind.List)]
    public partial AccountBuilder Grant(params Permission[] permissions);

    /// <summary>Takes permissions away (<c>disabledPermissions</c>); this wins over every grant.</summary>
    /// <param name="permissions">The permissions.</param>
    [Setting("disabledPermissions", Value = "{permissions}", Kind = SettingKind.List)]
    public partial AccountBuilder Deny(params Permission[] permissions);

    /// <summary>Leaves these mail services and takes all others away; may be called again for more. Administrators have none unless this gives them (SWH3003).</summary>
    /// <param name="services">The services; <see cref="MailServices.None"/> for none.</param>
    [Setting("mailServices", Value = "listed")]
    [Setting("services", Value = "{services}", Kind = SettingKind.List)]
    public partial AccountBuilder AllowServices(MailServices services);

    /// <summary>Adds roles: <c>user</c>, <c>admin</c>, or roles declared with <see cref="StalwartServerBuilder.AddRole"/>.</summary>
    /// <param name="roles">The names of the roles.</param>
    [Setting("roles", Value = "{roles}", Kind = SettingKind.List)]
    public partial AccountBuilder InRole(params string[] roles);

    /// <summary>Adds roles that are declared with <see cref="StalwartServerBuilder.AddRole"/>.</summary>
    /// <param name="role">A role.</param>
    /// <param name="others">More of them.</param>
    [Setting("roles", Value = "{role}", Kind = SettingKind.List)]
    [Setting("roles", Value = "{others}", Kind = SettingKind.List)]
    public partial AccountBuilder InRole(RoleBuilder role, params RoleBuilder[] others);

    /// <summary>What people call it.</summary>
    /// <param name="description">The text.</param>
    [Setting("description", Value = "{description}")]
    public partial AccountBuilder WithDescription(string description);

    /// <summary>The password; only as a hash, because the management API fills no macros in.</summary>
    /// <param name="hash">See <see cref="Secret.Hash"/>.</param>
    [Setting("secrets", Value = "{hash}", Kind = SettingKind.List)]
    public partial AccountBuilder WithPassword(Secret hash);

    /// <summary>Adds addresses; the first is the primary one.</summary>
    /// <param name="addresses">The addresses.</param>
    [Setting("emails", Value = "{addresses}", Kind = SettingKind.List)]
    public partial AccountBuilder WithEmail(params string[] addresses);

    /// <summary>Adds the account to groups.</summary>
    /// <param name="groups">The names of the groups.</param>
    [Setting("memberOf", Value = "{groups}", Kind = SettingKind.List)]
    public partial AccountBuilder MemberOf(params string[] groups);

    /// <summary>How many bytes it may store; unlimited by default.</summary>
    /// <param name="bytes">The number of bytes.</param>
    [Setting("quota", Value = "{bytes}")]
    public partial AccountBuilder WithQuota(long bytes);
}
