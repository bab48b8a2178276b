using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A directory that asks an OpenID Connect provider (documented in <c>auth/backend/oidc</c>). Any valid token of that provider is accepted.</summary>
public sealed partial class OidcDirectoryBuilder : DirectoryBuilderBase<OidcDirectoryBuilder>
{
    internal OidcDirectoryBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Logs in to the provider with a name and a secret (<c>auth.method = basic</c>).</summary>
    /// <param name="username">The name.</param>
    /// <param name="secret">The secret, not hashed.</param>
    [Setting("auth.method", Value = "basic")]
    [Setting("auth.username", Value = "{username}")]
    [Setting("auth.secret", Value = "{secret}")]
    public partial OidcDirectoryBuilder WithBasicAuthentication(string username, Secret secret);

    /// <summary>The field of the provider's answer that holds the address (<c>fields.email</c>).</summary>
    /// <param name="field">The field.</param>
    [Setting("fields.email", Value = "{field}")]
    public partial OidcDirectoryBuilder WithEmailField(string field);
}

/// <summary>How an OpenID Connect provider is asked about a token.</summary>
public enum OidcMethod
{
    /// <summary>The provider's userinfo endpoint.</summary>
    [SettingText("userinfo")]
    UserInfo,

    /// <summary>The provider's introspection endpoint.</summary>
    [SettingText("introspect")]
    Introspect,
}
