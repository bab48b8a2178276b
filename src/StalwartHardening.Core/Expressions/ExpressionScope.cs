namespace StalwartHardening.Expressions;

/// <summary>
/// Which variables the expressions of a field may use from 0.16 on: every field belongs to one of these contexts
/// (<c>registry/src/schema/enums.rs</c>, 0.16.18), and any other variable keeps the expression from compiling there.
/// </summary>
internal sealed class ExpressionScope
{
    private const string Connection = "listener remote_ip remote_port local_ip local_port protocol is_tls asn country";
    private const string MailFrom = Connection + " sender sender_domain authenticated_as";
    private const string QueueRecipient = "sender sender_domain rcpt rcpt_domain recipients priority retry_num notify_num expires_in last_status last_error queue_name queue_age received_from_ip received_via_port source size";

    private readonly HashSet<string>? _variables;

    private ExpressionScope(string? variables) => _variables = variables is null ? null : new HashSet<string>(variables.Split(' '), StringComparer.Ordinal);

    /// <summary>HTTP requests: <c>Http.allowedEndpoints</c>.</summary>
    public static ExpressionScope HttpRequest { get; } = new("listener remote_ip remote_port local_ip local_port protocol is_tls url path headers method");

    /// <summary>SMTP connections and EHLO.</summary>
    public static ExpressionScope SmtpConnection { get; } = new(Connection);

    /// <summary>SMTP authentication.</summary>
    public static ExpressionScope SmtpAuthentication { get; } = new(Connection + " helo_domain");

    /// <summary>MAIL FROM.</summary>
    public static ExpressionScope SmtpSender { get; } = new(MailFrom);

    /// <summary>RCPT TO, DATA and what filters messages.</summary>
    public static ExpressionScope SmtpRecipient { get; } = new(MailFrom + " recipients rcpt rcpt_domain priority helo_domain");

    /// <summary>Delivery to a host.</summary>
    public static ExpressionScope QueueHost { get; } = new(QueueRecipient + " mx remote_ip local_ip");

    /// <summary>Delivery to a recipient.</summary>
    public static ExpressionScope QueueRecipients { get; } = new(QueueRecipient);

    /// <summary>Reports and delivery status notifications.</summary>
    public static ExpressionScope QueueSender { get; } = new("sender sender_domain priority retry_num notify_num expires_in last_status last_error");

    /// <summary>A field whose context is not known: every variable that the server has anywhere.</summary>
    public static ExpressionScope Unknown { get; } = new(null);

    /// <summary>Whether it is one of SMTP sessions, whose variables this tool gives values.</summary>
    public bool IsOfSmtp => this == SmtpConnection || this == SmtpAuthentication || this == SmtpSender || this == SmtpRecipient;

    public bool Allows(string variable) => _variables is null || _variables.Contains(variable);
}
