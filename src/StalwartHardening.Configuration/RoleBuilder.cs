using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A role of the internal directory: permissions that accounts get together.</summary>
public sealed partial class RoleBuilder : SettingsBuilder<RoleBuilder>
{
    internal RoleBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Gives permissions besides those of the roles (<c>enabledPermissions</c>).</summary>
    /// <param name="permissions">The permissions.</param>
    [Setting("enabledPermissions", Value = "{permissions}", Kind = SettingKind.List)]
    public partial RoleBuilder Grant(params Permission[] permissions);

    /// <summary>Takes permissions away (<c>disabledPermissions</c>); this wins over every grant.</summary>
    /// <param name="permissions">The permissions.</param>
    [Setting("disabledPermissions", Value = "{permissions}", Kind = SettingKind.List)]
    public partial RoleBuilder Deny(params Permission[] permissions);

    /// <summary>Leaves these mail services and takes all others away; may be called again for more. Administrators have none unless this gives them (SWH3003).</summary>
    /// <param name="services">The services; <see cref="MailServices.None"/> for none.</param>
    [Setting("mailServices", Value = "listed")]
    [Setting("services", Value = "{services}", Kind = SettingKind.List)]
    public partial RoleBuilder AllowServices(MailServices services);

    /// <summary>Adds roles: <c>user</c>, <c>admin</c>, or roles declared with <see cref="StalwartServerBuilder.AddRole"/>.</summary>
    /// <param name="roles">The names of the roles.</param>
    [Setting("roles", Value = "{roles}", Kind = SettingKind.List)]
    public partial RoleBuilder InRole(params string[] roles);

    /// <summary>Adds roles that are declared with <see cref="StalwartServerBuilder.AddRole"/>.</summary>
    /// <param name="role">A role.</param>
    /// <param name="others">More of them.</param>
    [Setting("roles", Value = "{role}", Kind = SettingKind.List)]
    [Setting("roles", Value = "{others}", Kind = SettingKind.List)]
    public partial RoleBuilder InRole(RoleBuilder role, params RoleBuilder[] others);

    /// <summary>What people call it.</summary>
    /// <param name="description">The text.</param>
    [Setting("description", Value = "{description}")]
    public partial RoleBuilder WithDescription(string description);
}
