using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Expressions.Functions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>
/// The setting <c>http.allowed-endpoint</c> with what the server does with it: every request is judged by it before
/// anything else, and everything that goes wrong on the way means "let through" (<c>request.rs</c>, 0.15.5).
/// </summary>
/// <example><code>var verdict = server.HttpAccess.Decide(new HttpRequest { Target = "/api/principal" });</code></example>
public sealed class HttpAccessPolicy
{
    private readonly SettingsDocument _document;
    private readonly bool _exemptsLoopback;

    internal HttpAccessPolicy(SettingsDocument document, string? key, IfBlock block, bool exemptsLoopback, HttpAccessEdits edits)
    {
        _document = document;
        _exemptsLoopback = exemptsLoopback;
        Key = key;
        Edits = edits;
        Block = block;
        Literals = PolicyLiterals.Of(block);
    }

    /// <summary>The key this server version reads; null where it has no access control.</summary>
    public string? Key { get; }

    /// <summary>How single rules are changed.</summary>
    public HttpAccessEdits Edits { get; }

    /// <summary>Whether the server takes a setting: it is declared and has no mistake.</summary>
    public bool IsInForce => Block.State == IfBlockState.Valid;

    /// <summary>Whether a part of it is not known before the server runs.</summary>
    public bool IsUnknown => Block.IsUnknown;

    internal IfBlock Block { get; }

    internal PolicyLiterals Literals { get; }

    /// <summary>What the server does with <paramref name="request"/>.</summary>
    public HttpVerdict Decide(HttpRequest request) => Decide(request, out _);

    internal HttpVerdict Decide(HttpRequest request, out int decided)
    {
        var state = Block.Evaluate(new HttpRequestContext(request, _document), out var value, out decided);
        if (state == EvaluationState.Unknown)
            return HttpVerdict.Unknown;
        var verdict = HttpVerdict.Of(state == EvaluationState.Failed ? null : value);
        return verdict.Decision == HttpDecision.Refused && IsExempt(request)
            ? verdict with { Decision = HttpDecision.LetThrough }
            : verdict;
    }

    /// <summary>What the server does with all requests of a kind. Never "always refused" where one of them is let through.</summary>
    public HttpAnswer Judge(HttpRequestPattern pattern)
    {
        var outcome = Outcome(pattern);
        if (!outcome.MayRefuse)
            return HttpAnswer.AlwaysLetThrough;
        var mayBeExempt = pattern.IsOpen(HttpRequestParts.AnyAddress) || (!pattern.IsOpen(HttpRequestParts.RemoteIp) && IsExempt(pattern.Example));
        if (!outcome.MayLetThrough && !mayBeExempt)
            return HttpAnswer.AlwaysRefused;
        return mayBeExempt && !pattern.IsOpen(HttpRequestParts.AnyAddress) ? HttpAnswer.AlwaysLetThrough : HttpAnswer.MayBeLetThrough;
    }

    /// <summary>A request of the kind that gets the wanted decision; null where none was found.</summary>
    public HttpRequest? FindWitness(HttpRequestPattern pattern, HttpDecision wanted) =>
        Judge(pattern) switch
        {
            HttpAnswer.AlwaysRefused when wanted != HttpDecision.Refused => null,
            HttpAnswer.AlwaysLetThrough when wanted != HttpDecision.LetThrough => null,
            _ => WitnessSearch.Find(pattern, Literals, request => Decide(request).Decision == wanted),
        };

    internal AbstractOutcome Outcome(HttpRequestPattern pattern) => AbstractOutcome.Of(Block, new PatternContext(pattern, _document));

    /// <summary>What is known of the requests of a kind.</summary>
    internal IAbstractContext ContextOf(HttpRequestPattern pattern) => new PatternContext(pattern, _document);

    /// <summary>What one of the policy's expressions may come to, looked at alone.</summary>
    internal AbstractValue Evaluate(Expression expression, HttpRequestPattern pattern)
    {
        var evaluator = new AbstractEvaluator(new PatternContext(pattern, _document)) { ForgetsCaptures = true };
        return evaluator.Evaluate(expression);
    }

    // A refused request from the machine itself goes on all the same; not so ::ffff:127.0.0.1.
    private bool IsExempt(HttpRequest request)
    {
        if (!_exemptsLoopback)
            return false;
        var bytes = IpText.Parse(request.RemoteIp);
        return bytes is not null
            && (bytes.Length == 4 ? bytes[0] == 127 : request.RemoteIp == "::1");
    }

    private sealed class PatternContext(HttpRequestPattern pattern, SettingsDocument document) : IAbstractContext
    {
        private readonly HttpRequestContext _example = new(pattern.Example, document);

        public AbstractValue Get(HttpVariable variable) => pattern.Get(variable, _example);

        public bool TryGetSetting(string key, out ExpressionValue value) => _example.TryGetSetting(key, out value);
    }
}
