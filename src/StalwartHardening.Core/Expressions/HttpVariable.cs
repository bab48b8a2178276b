namespace StalwartHardening.Expressions;

/// <summary>What an expression may ask for; each generation has its own names for some (<see cref="ExpressionLanguage"/>), and <see cref="ExpressionVocabulary"/> says which may be used where. Those up to <see cref="Headers"/> are those of HTTP requests (<c>config/network.rs</c>, 0.15.5).</summary>
internal enum HttpVariable : byte
{
    Listener,
    RemoteIp,
    RemotePort,
    LocalIp,
    LocalPort,
    Protocol,
    IsTls,
    Url,
    UrlPath,
    Method,
    Headers,
    HeloDomain,
    AuthenticatedAs,
    Sender,
    SenderDomain,
    Recipient,
    RecipientDomain,
    Recipients,
    Priority,
    Asn,
    Country,
}
