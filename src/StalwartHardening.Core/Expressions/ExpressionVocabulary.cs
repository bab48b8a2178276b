namespace StalwartHardening.Expressions;

/// <summary>The words that an expression may use at its place: variables, and constants of the setting (<c>expr/tokenizer.rs</c>, 0.15.5).</summary>
internal sealed class ExpressionVocabulary
{
    private static readonly Dictionary<string, HttpVariable> Connection = new(StringComparer.Ordinal)
    {
        ["listener"] = HttpVariable.Listener,
        ["remote_ip"] = HttpVariable.RemoteIp,
        ["remote_port"] = HttpVariable.RemotePort,
        ["local_ip"] = HttpVariable.LocalIp,
        ["local_port"] = HttpVariable.LocalPort,
        ["protocol"] = HttpVariable.Protocol,
        ["is_tls"] = HttpVariable.IsTls,
    };

    private readonly Dictionary<string, HttpVariable> _variables;
    private readonly Dictionary<string, long> _constants;

    private ExpressionVocabulary(string place, Dictionary<string, HttpVariable> variables, Dictionary<string, long>? constants = null)
    {
        Place = place;
        _variables = variables;
        _constants = constants ?? [];
    }

    /// <summary>HTTP requests.</summary>
    public static ExpressionVocabulary Http { get; } = new("an HTTP expression", With(
        ("url", HttpVariable.Url), ("url_path", HttpVariable.UrlPath), ("method", HttpVariable.Method), ("headers", HttpVariable.Headers)));

    /// <summary>SMTP sessions after the greeting.</summary>
    public static ExpressionVocabulary SmtpGreeting { get; } = new("an expression about the greeting", With(("asn", HttpVariable.Asn), ("country", HttpVariable.Country), ("helo_domain", HttpVariable.HeloDomain)));

    /// <summary>The same, with the names of mechanisms; each is one bit.</summary>
    public static ExpressionVocabulary SmtpMechanisms { get; } = new(
        "an expression about the login",
        With(("asn", HttpVariable.Asn), ("country", HttpVariable.Country), ("helo_domain", HttpVariable.HeloDomain)),
        new(StringComparer.Ordinal) { ["plain"] = SaslMechanisms.Plain, ["login"] = SaslMechanisms.Login, ["oauthbearer"] = SaslMechanisms.OAuthBearer, ["xoauth2"] = SaslMechanisms.XOAuth2 });

    /// <summary>SMTP sessions that have named a sender.</summary>
    public static ExpressionVocabulary SmtpSender { get; } = new("an expression about the sender", With(
        ("asn", HttpVariable.Asn), ("country", HttpVariable.Country), ("helo_domain", HttpVariable.HeloDomain), ("sender", HttpVariable.Sender), ("sender_domain", HttpVariable.SenderDomain), ("authenticated_as", HttpVariable.AuthenticatedAs)));

    /// <summary>SMTP sessions that have named a recipient.</summary>
    public static ExpressionVocabulary SmtpRecipient { get; } = new("an expression about the recipient", With(
        ("asn", HttpVariable.Asn), ("country", HttpVariable.Country), ("helo_domain", HttpVariable.HeloDomain), ("sender", HttpVariable.Sender), ("sender_domain", HttpVariable.SenderDomain), ("authenticated_as", HttpVariable.AuthenticatedAs),
        ("rcpt", HttpVariable.Recipient), ("rcpt_domain", HttpVariable.RecipientDomain), ("recipients", HttpVariable.Recipients), ("priority", HttpVariable.Priority)));

    /// <summary>Where it is, for messages.</summary>
    public string Place { get; }

    public bool TryFindVariable(string word, out HttpVariable variable) => _variables.TryGetValue(word, out variable);

    public bool TryFindConstant(string word, out ExpressionValue value)
    {
        var isKnown = _constants.TryGetValue(word, out var number);
        value = ExpressionValue.From(number);
        return isKnown;
    }

    private static Dictionary<string, HttpVariable> With(params (string Name, HttpVariable Variable)[] further)
    {
        var variables = new Dictionary<string, HttpVariable>(Connection, StringComparer.Ordinal);
        foreach (var (name, variable) in further)
            variables.Add(name, variable);
        return variables;
    }
}

/// <summary>Ways to log in over SMTP, one bit each.</summary>
internal static class SaslMechanisms
{
    public const long Login = 1;
    public const long Plain = 2;
    public const long OAuthBearer = 4;
    public const long XOAuth2 = 8;

    /// <summary>The bit of a mechanism by its name, as constants are kept from 0.16 on; 0 for other words.</summary>
    public static long Of(string name) => name switch
    {
        "login" => Login,
        "plain" => Plain,
        "oauthbearer" => OAuthBearer,
        "xoauth2" => XOAuth2,
        _ => 0,
    };
}
