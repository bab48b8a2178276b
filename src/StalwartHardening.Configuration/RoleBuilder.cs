using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A role of the internal directory: permissions that accounts get together.</summary>
public sealed class RoleBuilder : SettingsBuilder<RoleBuilder>
{
    internal RoleBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Gives permissions besides those of the roles (<c>enabledPermissions</c>).</summary>
    /// <param name="permissions">The permissions.</param>
    [Setting("enabledPermissions", Value = "{permissions}", Kind = SettingKind.List)]
    public RoleBuilder Grant(params Permission[] permissions) => Append("enabledPermissions", permissions.SelectMany(static permission => permission.Names));

    /// <summary>Takes permissions away (<c>disabledPermissions</c>); this wins over every grant.</summary>
    /// <param name="permissions">The permissions.</param>
    [Setting("disabledPermissions", Value = "{permissions}", Kind = SettingKind.List)]
    public RoleBuilder Deny(params Permission[] permissions) => Append("disabledPermissions", permissions.SelectMany(static permission => permission.Names));

    /// <summary>Leaves these mail services and takes all others away; may be called again for more. Administrators have none unless this gives them (SWH3003).</summary>
    /// <param name="services">The services; <see cref="MailServices.None"/> for none.</param>
    [Setting("mailServices", Value = "listed")]
    [Setting("services", Value = "{services}", Kind = SettingKind.List)]
    public RoleBuilder AllowServices(MailServices services) => Write("mailServices", "listed").Append("services", SettingTexts.Of(services));

    /// <summary>Adds roles: <c>user</c>, <c>admin</c>, or roles declared with <see cref="StalwartServerBuilder.AddRole"/>.</summary>
    /// <param name="roles">The names of the roles.</param>
    [Setting("roles", Value = "{roles}", Kind = SettingKind.List)]
    public RoleBuilder InRole(params string[] roles) => Append("roles", roles);

    /// <summary>What people call it.</summary>
    /// <param name="description">The text.</param>
    [Setting("description", Value = "{description}")]
    public RoleBuilder WithDescription(string description) => Write("description", description);
}
