using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>An LDAP directory (documented in <c>auth/backend/ldap</c>).</summary>
public sealed partial class LdapDirectoryBuilder : DirectoryBuilderBase<LdapDirectoryBuilder>
{
    internal LdapDirectoryBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Encrypts an <c>ldap://</c> connection by StartTLS (<c>tls.enable</c>, off by default).</summary>
    [Setting("tls.enable", Value = "true")]
    public partial LdapDirectoryBuilder WithStartTls();

    /// <summary>Accepts any certificate, also an attacker's (<c>tls.allow-invalid-certs</c>, off by default).</summary>
    [Setting("tls.allow-invalid-certs", Value = "true")]
    public partial LdapDirectoryBuilder AllowInvalidCertificates();

    /// <summary>Where entries are (<c>base-dn</c>).</summary>
    /// <param name="dn">The distinguished name.</param>
    [Setting("base-dn", Value = "{dn}")]
    public partial LdapDirectoryBuilder WithBaseDn(string dn);

    /// <summary>Logs in to the directory (<c>bind.dn</c>, <c>bind.secret</c>).</summary>
    /// <param name="dn">The distinguished name.</param>
    /// <param name="secret">Its password, not hashed.</param>
    [Setting("bind.dn", Value = "{dn}")]
    [Setting("bind.secret", Value = "{secret}")]
    public partial LdapDirectoryBuilder BindAs(string dn, Secret secret);

    /// <summary>Finds an entry by its name (<c>filter.name</c>).</summary>
    /// <param name="filter">The filter, with <c>?</c> for the name.</param>
    [Setting("filter.name", Value = "{filter}")]
    public partial LdapDirectoryBuilder WithNameFilter(string filter);

    /// <summary>Finds an entry by an address (<c>filter.email</c>).</summary>
    /// <param name="filter">The filter, with <c>?</c> for the address.</param>
    [Setting("filter.email", Value = "{filter}")]
    public partial LdapDirectoryBuilder WithEmailFilter(string filter);

    /// <summary>Attributes whose values make an entry an administrator or a group (<c>attributes.class</c>). Anybody who may write them makes administrators.</summary>
    /// <param name="attributes">The attributes.</param>
    [Setting("attributes.class", Value = "{attributes}", Kind = SettingKind.List)]
    public partial LdapDirectoryBuilder WithClassAttributes(params string[] attributes);
}
