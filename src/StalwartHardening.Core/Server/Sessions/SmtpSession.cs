using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Sessions;

/// <summary>One SMTP session, as far as the server's rules look at it.</summary>
internal sealed record SmtpSession
{
    /// <summary>The domain that stands for one of the server's own where rules ask for it.</summary>
    public const string OwnDomain = "own.example";

    /// <summary>The listener.</summary>
    public string Listener { get; init; } = "smtp";

    /// <summary>The port that was connected to.</summary>
    public int LocalPort { get; init; } = 25;

    /// <summary>The client's address.</summary>
    public string RemoteIp { get; init; } = "203.0.113.7";

    /// <summary>Whether the connection is encrypted by now.</summary>
    public bool IsTls { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string HeloDomain { get; init; } = "client.example.net";

    /// <summary>The account that has logged in; empty where nobody has.</summary>
    public string AuthenticatedAs { get; init; } = "";

    /// <summary>The sender that was named.</summary>
    public string Sender { get; init; } = "someone@example.net";

    /// <summary>The recipient that was named.</summary>
    public string Recipient { get; init; } = "somebody@example.com";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{RemoteIp} on port {LocalPort}, MAIL FROM:<{Sender}>, RCPT TO:<{Recipient}>";
}

/// <summary>Shows a session to expressions.</summary>
internal sealed class SmtpSessionContext(SmtpSession session) : IExpressionContext
{
    public ExpressionValue Get(HttpVariable variable) => variable switch
    {
        HttpVariable.Listener => ExpressionValue.From(session.Listener),
        HttpVariable.RemoteIp => ExpressionValue.From(session.RemoteIp),
        HttpVariable.RemotePort => ExpressionValue.From(50_000L),
        HttpVariable.LocalIp => ExpressionValue.From("::"),
        HttpVariable.LocalPort => ExpressionValue.From((long)session.LocalPort),
        HttpVariable.Protocol => ExpressionValue.From("smtp"),
        HttpVariable.IsTls => ExpressionValue.From(session.IsTls),
        HttpVariable.HeloDomain => ExpressionValue.From(session.HeloDomain),
        HttpVariable.AuthenticatedAs => ExpressionValue.From(session.AuthenticatedAs),
        HttpVariable.Sender => ExpressionValue.From(session.Sender),
        HttpVariable.SenderDomain => ExpressionValue.From(DomainOf(session.Sender)),
        HttpVariable.Recipient => ExpressionValue.From(session.Recipient),
        HttpVariable.RecipientDomain => ExpressionValue.From(DomainOf(session.Recipient)),
        HttpVariable.Recipients => ExpressionValue.OfTexts([session.Recipient]),
        _ => ExpressionValue.From(0L),
    };

    public bool TryGet(in NamedValue name, out ExpressionValue value)
    {
        value = default;
        return false;
    }

    // Until 0.15 the directory is named first. Only the domain that stands for the server's own is one of its own; what stores hold nobody knows.
    public EvaluationState Ask(ExpressionFunction function, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue answer)
    {
        var isDomain = function.Name == "is_local_domain";
        answer = default;
        if (arguments.Length is not (1 or 2) || (!isDomain && function.Name != "is_local_address"))
            return EvaluationState.Unknown;
        var text = arguments[arguments.Length - 1].AsText();
        answer = ExpressionValue.From((isDomain ? text : DomainOf(text)) == SmtpSession.OwnDomain);
        return EvaluationState.Done;
    }

    private static string DomainOf(string address) => address.Substring(address.LastIndexOf('@') + 1);
}
