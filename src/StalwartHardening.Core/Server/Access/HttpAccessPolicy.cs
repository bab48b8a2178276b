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
internal sealed class HttpAccessPolicy
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
        Literals = PolicyLiterals.From(block);
        Meter.Steps += block.StepsSpent;
        SpentAt = block.SpentAt;
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

    /// <summary>All work on it so far, in steps.</summary>
    internal StepMeter Meter { get; } = new();

    /// <summary>Where a question would have cost more than it may; null where none did. From there on it is not known what the server would do.</summary>
    internal Setting? SpentAt { get; private set; }

    /// <summary>Begins a question, or several, whose parts share what they may cost.</summary>
    internal AccessInquiry Ask(int questions = 1) => new(this, StepBudget.ForQuestionAbout(Block.Length, Meter, questions));

    /// <summary>What the server does with <paramref name="request"/>.</summary>
    public HttpVerdict Decide(HttpRequest request) => Ask().Decide(request);

    internal HttpVerdict Decide(HttpRequest request, out int decided) => Ask().Decide(request, out decided);

    /// <summary>What the server does with all requests of a kind. Never "always refused" where one of them is let through.</summary>
    public HttpAnswer Judge(HttpRequestPattern pattern) => Ask().Judge(pattern);

    /// <summary>A request of the kind that gets the wanted decision; null where none was found.</summary>
    public HttpRequest? FindWitness(HttpRequestPattern pattern, HttpDecision wanted) => Ask().FindWitness(pattern, wanted);

    internal IExpressionContext ContextOf(HttpRequest request) => new HttpRequestContext(request, _document);

    /// <summary>What is known of the requests of a kind.</summary>
    internal IAbstractContext ContextOf(HttpRequestPattern pattern) => new PatternContext(pattern, _document);

    internal void NoteSpentAt(in Setting? setting) => SpentAt ??= setting;

    // A refused request from the machine itself goes on all the same; not so ::ffff:127.0.0.1.
    internal bool IsExempt(HttpRequest request)
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

        public bool TryGet(in NamedValue name, out ExpressionValue value) => _example.TryGet(name, out value);
    }
}
