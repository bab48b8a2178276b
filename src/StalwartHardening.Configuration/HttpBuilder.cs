using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>What the server does over HTTP (<c>http.*</c>; documented in <c>http</c>). Needs server 0.12 or newer: before, the keys began with <c>server.http</c>.</summary>
public sealed partial class HttpBuilder : SettingsBuilder<HttpBuilder>
{
    internal HttpBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>
    /// Who may ask for what, rule by rule; the first that matches answers, and what no rule matches gets 404, unless
    /// <see cref="AccessRulesBuilder.Otherwise"/> says something else. Written as one expression under <c>http.allowed-endpoint</c>.
    /// </summary>
    [SettingScope("access-rule")]
    public partial AccessRulesBuilder AccessRules { get; }

    /// <summary>Who may ask for what, rule by rule, in one place.</summary>
    /// <param name="configure">Writes the rules.</param>
    public partial HttpBuilder WithAccessRules([Configures("access-rule")] Action<AccessRulesBuilder> configure);

    /// <summary>Who may ask for what, as the server's expression (<c>http.allowed-endpoint</c>; everything is open by default). Exactly 200 lets a request through, another status refuses it, and what is no status lets it through too.</summary>
    /// <param name="expression">For example <c>if_then(starts_with(url_path, '/jmap'), 200, 404)</c>.</param>
    [Setting("allowed-endpoint", Value = "{expression}")]
    public partial HttpBuilder WithAllowedEndpoint(string expression);

    /// <summary>Tells browsers to use HTTPS only (<c>hsts</c>, off by default).</summary>
    /// <param name="enabled">Whether it does.</param>
    [Setting("hsts", Value = "{enabled}")]
    public partial HttpBuilder WithHsts(bool enabled = true);

    /// <summary>Lets scripts of any web site read the answers (<c>permissive-cors</c>, off by default).</summary>
    /// <param name="enabled">Whether it does.</param>
    [Setting("permissive-cors", Value = "{enabled}")]
    public partial HttpBuilder WithPermissiveCors(bool enabled = true);

    /// <summary>Believes what <c>Forwarded</c> and <c>X-Forwarded-For</c> say about the client's address, no matter who sends it (<c>use-x-forwarded</c>, off by default).</summary>
    /// <param name="enabled">Whether it does.</param>
    [Setting("use-x-forwarded", Value = "{enabled}")]
    public partial HttpBuilder TrustForwardedHeaders(bool enabled = true);

    /// <summary>Adds headers to every answer (<c>headers</c>). One bad entry makes the server drop all.</summary>
    /// <param name="headers"><c>Name: value</c>.</param>
    [Setting("headers", Value = "{headers}", Kind = SettingKind.List)]
    public partial HttpBuilder WithHeaders(params string[] headers);

    /// <summary>How often an account may ask (<c>rate-limit.account</c>, 1000 in a minute by default).</summary>
    /// <param name="requests">How many requests.</param>
    /// <param name="period">In which time, from a second on.</param>
    [Setting("rate-limit.account", Value = "{requests}/{period}")]
    public partial HttpBuilder LimitAccounts(int requests, TimeSpan period);

    /// <summary>How often an address may ask without logging in (<c>rate-limit.anonymous</c>, 100 in a minute by default).</summary>
    /// <param name="requests">How many requests.</param>
    /// <param name="period">In which time, from a second on.</param>
    [Setting("rate-limit.anonymous", Value = "{requests}/{period}")]
    public partial HttpBuilder LimitAnonymous(int requests, TimeSpan period);
}
