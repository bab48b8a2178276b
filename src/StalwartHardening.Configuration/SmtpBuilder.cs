using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>What SMTP clients may do (<c>session.*</c>; documented in <c>mta/inbound</c>). The texts are the server's expressions.</summary>
public sealed partial class SmtpBuilder : SettingsBuilder<SmtpBuilder>
{
    internal SmtpBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Who may send to other servers (<c>rcpt.relay</c>; by default who has logged in). Any text but an expression that is false opens the relay.</summary>
    /// <param name="expression">For example <c>!is_empty(authenticated_as)</c>.</param>
    [Setting("rcpt.relay", Value = "{expression}")]
    public partial SmtpBuilder RelayWhen(string expression);

    /// <summary>Who has to log in (<c>auth.require</c>; by default everybody who does not come to port 25).</summary>
    /// <param name="expression">For example <c>local_port != 25</c>.</param>
    [Setting("auth.require", Value = "{expression}")]
    public partial SmtpBuilder RequireAuthenticationWhen(string expression);

    /// <summary>How clients may log in (<c>auth.mechanisms</c>).</summary>
    /// <param name="expression">For example <c>if_then(is_tls, [plain, login], false)</c>.</param>
    [Setting("auth.mechanisms", Value = "{expression}")]
    public partial SmtpBuilder WithMechanisms(string expression);

    /// <summary>Whether the sender has to be an address of who has logged in (<c>auth.must-match-sender</c>, on by default).</summary>
    /// <param name="required">Whether it has to.</param>
    [Setting("auth.must-match-sender", Value = "{required}")]
    public partial SmtpBuilder RequireMatchingSender(bool required = true);
}
