using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;

namespace StalwartHardening.Server.Access;

/// <summary>
/// A question to a policy that takes many requests to answer. All of it shares one budget; once that is spent, every answer is that nothing is
/// known, and the policy remembers where (<see cref="HttpAccessPolicy.SpentAt"/>).
/// </summary>
internal sealed class AccessInquiry(HttpAccessPolicy policy, StepBudget budget)
{
    private const int StepsPerRequest = 20;

    // Most requests of a question come from one address.
    private string? _lastAddress;
    private bool _isLastExempt;

    public HttpAccessPolicy Policy { get; } = policy;

    public StepBudget Budget { get; } = budget;

    /// <summary>Whether the rest of the question has to stay open.</summary>
    public bool IsSpent => Budget.IsSpent;

    /// <summary>What the server does with <paramref name="request"/>.</summary>
    public HttpVerdict Decide(HttpRequest request) => Decide(request, out _);

    /// <summary>What the server does with <paramref name="request"/>, and by which rule; the number of rules stands for the alternative.</summary>
    public HttpVerdict Decide(HttpRequest request, out int decided)
    {
        Budget.TrySpend(StepsPerRequest + (request.Target.Length / StepBudget.CharactersPerStep));
        var state = Policy.Block.Evaluate(Policy.ContextOf(request), Budget, out var value, out decided);
        Note();
        if (state == EvaluationState.Unknown)
            return HttpVerdict.Unknown;
        var verdict = HttpVerdict.From(state == EvaluationState.Failed ? null : value);
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
        var mayBeExempt = pattern.IsOpen(HttpRequestParts.AnyAddress) || (!pattern.IsOpen(HttpRequestParts.RemoteIp) && Policy.IsExempt(pattern.Example));
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
            _ => FindWitness(pattern, request => Decide(request).Decision == wanted),
        };

    /// <summary>A request of the kind that is as wanted; null where none was found.</summary>
    public HttpRequest? FindWitness(HttpRequestPattern pattern, Func<HttpRequest, bool> isWanted) => WitnessSearch.Find(pattern, Policy.Literals, Budget, isWanted);

    /// <summary>What the policy may do with all requests of a kind.</summary>
    public AbstractOutcome Outcome(HttpRequestPattern pattern)
    {
        var outcome = AbstractOutcome.From(Policy.Block, Policy.ContextOf(pattern), Budget);
        Note();
        return outcome;
    }

    /// <summary>What one of the policy's expressions may come to, looked at alone.</summary>
    public AbstractValue Evaluate(in WrittenExpression written, HttpRequestPattern pattern)
    {
        var value = new AbstractEvaluator(Policy.ContextOf(pattern), Budget) { ForgetsCaptures = true }.Evaluate(written.Expression);
        if (Budget.IsSpent)
            Budget.NoteSpentAt(written.Setting);
        Note();
        return value;
    }

    /// <summary>Remembers where the budget was spent, if it was.</summary>
    public void Note()
    {
        if (Budget.IsSpent)
            Policy.NoteSpentAt(Budget.SpentAt ?? FirstSetting());
    }

    private bool IsExempt(HttpRequest request)
    {
        if (!ReferenceEquals(request.RemoteIp, _lastAddress))
        {
            _lastAddress = request.RemoteIp;
            _isLastExempt = Policy.IsExempt(request);
        }

        return _isLastExempt;
    }

    private Setting? FirstSetting() => Policy.Block.Settings.Count > 0 ? Policy.Block.Settings[0] : null;
}
