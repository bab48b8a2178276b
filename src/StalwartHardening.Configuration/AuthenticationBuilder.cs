using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>Log-in over IMAP, POP3 and ManageSieve, and bans.</summary>
public sealed partial class AuthenticationBuilder : SettingsBuilder<AuthenticationBuilder>
{
    internal AuthenticationBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Takes passwords over connections without TLS (<c>imap.auth.allow-plain-text</c>, off by default), for POP3 and ManageSieve too.</summary>
    /// <param name="allowed">Whether it does.</param>
    [Setting("imap.auth.allow-plain-text", Value = "{allowed}")]
    public partial AuthenticationBuilder AllowPlainTextPasswords(bool allowed = true);

    /// <summary>Ends a connection after this many wrong passwords (<c>imap.auth.max-failures</c>, 3 by default).</summary>
    /// <param name="count">The number of failures.</param>
    [Setting("imap.auth.max-failures", Value = "{count}")]
    public partial AuthenticationBuilder WithMaxFailures(int count);

    /// <summary>Bans an address after wrong passwords (<c>server.auto-ban.auth.rate</c>, 100 in a day by default).</summary>
    /// <param name="count">How many failures.</param>
    /// <param name="period">In which time, from a second on.</param>
    [Setting("server.auto-ban.auth.rate", Value = "{count}/{period}")]
    public partial AuthenticationBuilder BanAfterFailures(int count, TimeSpan period);

    /// <summary>Bans nobody for wrong passwords (<c>server.auto-ban.auth.rate = false</c>).</summary>
    [Setting("server.auto-ban.auth.rate", Value = "false")]
    public partial AuthenticationBuilder DisableBans();
}
