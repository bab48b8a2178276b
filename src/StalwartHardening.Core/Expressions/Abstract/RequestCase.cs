using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions.Abstract;

/// <summary>Some of all requests: those in which variables have certain values, or begin with certain texts, and questions certain answers.</summary>
internal sealed class RequestCase
{
    private const int MaxCases = 64;

    private readonly Dictionary<HttpVariable, AbstractValue> _values;
    private readonly Answer? _answers;

    private RequestCase(Dictionary<HttpVariable, AbstractValue> values, Answer? answers)
    {
        _values = values;
        _answers = answers;
    }

    /// <summary>All requests.</summary>
    public static RequestCase All { get; } = new([], null);

    /// <summary>Cases that together hold every request of <paramref name="cases"/> for which the condition is as true as wanted; none where there is no such request.</summary>
    public static List<RequestCase> Where(List<RequestCase> cases, Condition? condition, bool truth, StepBudget budget)
    {
        if (condition is null || !budget.TrySpend(cases.Count))
            return cases;

        // Fewer, larger cases are as true.
        var narrowed = Narrow(cases, condition, truth, budget);
        return narrowed.Count <= MaxCases && !budget.IsSpent ? narrowed : cases;
    }

    /// <summary>What the condition may come to in this case.</summary>
    public (bool MayHold, bool MayFail) Judge(Condition? condition, IAbstractContext anything, StepBudget budget)
    {
        if (condition is null || !budget.TrySpend(1))
            return (true, true);
        if (condition.Kind == ConditionKind.Question)
        {
            var (mayHold, mayFail) = JudgeQuestion(condition, anything, budget);
            return condition.IsNegated ? (mayFail, mayHold) : (mayHold, mayFail);
        }

        var isAnd = condition.Kind == ConditionKind.And;
        var (anyMay, allMay) = (false, true);
        foreach (var part in condition.Parts)
        {
            var (mayHold, mayFail) = Judge(part, anything, budget);
            anyMay |= isAnd ? mayFail : mayHold;
            allMay &= isAnd ? mayHold : mayFail;
        }

        return isAnd ? (allMay, anyMay) : (anyMay, allMay);
    }

    /// <summary>Whether the condition holds, or fails, for every request of this case.</summary>
    public bool IsCertain(Condition? condition, bool truth, IAbstractContext anything, StepBudget budget)
    {
        if (condition is null || !budget.TrySpend(1))
            return false;
        if (condition.Kind == ConditionKind.Question)
            return IsCertainAnswer(condition, truth != condition.IsNegated, anything, budget);
        var needsAll = (condition.Kind == ConditionKind.And) == truth;
        foreach (var part in condition.Parts)
        {
            if (IsCertain(part, truth, anything, budget) != needsAll)
                return !needsAll;
        }

        return needsAll;
    }

    private (bool MayHold, bool MayFail) JudgeQuestion(Condition question, IAbstractContext anything, StepBudget budget)
    {
        var value = new AbstractEvaluator(new Context(this, anything), budget) { ForgetsCaptures = true }.Evaluate(question.Expression);

        // Where the answer and the values exclude each other there is no such request.
        return TryGetAnswer(question, budget, out var answer)
            ? (answer && value.MayBeTrue, !answer && value.MayBeFalse)
            : (value.MayBeTrue, value.MayBeFalse);
    }

    private bool IsCertainAnswer(Condition question, bool truth, IAbstractContext anything, StepBudget budget)
    {
        if (TryGetAnswer(question, budget, out var answer) && answer == truth)
            return true;

        // Nothing that is known of the request touches the question.
        if (!Touches(question.Expression))
            return (question.Always ??= All.JudgeQuestion(question, anything, budget)) is var (mayHold, mayFail) && (truth ? !mayFail : !mayHold);

        // A question that is answered by what the variable is or begins with needs no evaluation.
        var facts = question.Holds ??= Facts(question.Expression.Steps, true);
        if (truth && facts.Count > 0)
            return AreWithin(facts, budget);
        if (truth && question.Expression.Steps is [_, { Kind: ExpressionStepKind.Matches, Pattern: { } pattern }] && _values.TryGetValue((HttpVariable)question.Expression.Steps[0].Number, out var text) && text.Beginning is { } beginning)
            return pattern.IsBeginning && beginning.StartsWith(pattern.Beginning, StringComparison.Ordinal);
        var value = JudgeQuestion(question, anything, budget);
        return truth ? !value.MayFail : !value.MayHold;
    }

    private bool AreWithin(List<(HttpVariable Variable, AbstractValue Value)> facts, StepBudget budget)
    {
        if (!budget.TrySpend(facts.Count * 4L))
            return false;
        if (!_values.TryGetValue(facts[0].Variable, out var known))
            return false;
        if (known.Options is not { } options)
            return known.Beginning is { } beginning && facts.Exists(fact => fact.Value.Beginning is { } start && beginning.StartsWith(start, StringComparison.Ordinal));
        foreach (var option in options)
        {
            if (!facts.Exists(fact => fact.Value.And(AbstractValue.From(option)) is { Options.Length: > 0 }))
                return false;
        }

        return true;
    }

    private bool Touches(Expression expression)
    {
        foreach (var variable in _values.Keys)
        {
            if (expression.Uses(variable) || (variable == HttpVariable.IsTls && expression.Uses(HttpVariable.Protocol)))
                return true;
        }

        return false;
    }

    private bool TryGetAnswer(Condition condition, StepBudget budget, out bool answer)
    {
        for (var known = condition.Identity is null ? null : _answers; known is not null && budget.TrySpend(1); known = known.Before)
        {
            if (known.Question.IdentityHash == condition.IdentityHash && known.Question.Identity == condition.Identity)
            {
                answer = known.Truth;
                return true;
            }
        }

        answer = false;
        return false;
    }

    private static List<RequestCase> Narrow(List<RequestCase> cases, Condition condition, bool truth, StepBudget budget)
    {
        if (condition.Kind == ConditionKind.Question)
            return NarrowByAnswer(cases, condition, truth != condition.IsNegated, budget);
        if ((condition.Kind == ConditionKind.And) == truth)
        {
            foreach (var part in condition.Parts)
                cases = Where(cases, part, truth, budget);
            return cases;
        }

        var either = new List<RequestCase>();
        foreach (var part in condition.Parts)
        {
            either.AddRange(Where(cases, part, truth, budget));

            // Too many are as good as none.
            if (either.Count > MaxCases)
                break;
        }

        return either;
    }

    private static List<RequestCase> NarrowByAnswer(List<RequestCase> cases, Condition question, bool truth, StepBudget budget)
    {
        if (question.Identity is null)
            return cases;
        var narrowed = new List<RequestCase>();
        foreach (var one in cases)
        {
            if (one.TryGetAnswer(question, budget, out var answer))
            {
                if (answer == truth)
                    narrowed.Add(one);
                continue;
            }

            var facts = truth ? question.Holds ??= Facts(question.Expression.Steps, true) : question.Fails ??= Facts(question.Expression.Steps, false);
            one.AddWhere(facts, new Answer(question, truth, one._answers), narrowed, budget);
        }

        return narrowed;
    }

    private void AddWhere(List<(HttpVariable Variable, AbstractValue Value)> facts, Answer answers, List<RequestCase> narrowed, StepBudget budget)
    {
        if (ReferenceEquals(facts, SaysNothing))
        {
            narrowed.Add(new RequestCase(_values, answers));
            return;
        }

        foreach (var (variable, value) in facts)
        {
            if (!budget.TrySpend(16 + (4 * _values.Count)) || narrowed.Count > MaxCases)
                return;
            var known = _values.TryGetValue(variable, out var before) ? before.And(value) : value;
            if (known is { Options.Length: 0 })
                continue;
            narrowed.Add(new RequestCase(new Dictionary<HttpVariable, AbstractValue>(_values) { [variable] = known }, answers));
        }
    }

    private static readonly List<(HttpVariable, AbstractValue)> SaysNothing = [];

    // What an answer says of a variable, each entry one way it may be.
    private static List<(HttpVariable, AbstractValue)> Facts(ExpressionStep[] steps, bool truth) => TryGetFacts(steps, truth) ?? SaysNothing;

    private static List<(HttpVariable, AbstractValue)>? TryGetFacts(ExpressionStep[] steps, bool truth)
    {
        if (steps.Length == 1)
            return steps[0].Kind == ExpressionStepKind.Constant ? (steps[0].Constant.IsTrue == truth ? null : []) : IsVariable(steps[0], HttpVariable.IsTls) ? [Is(steps[0], ExpressionValue.From(truth))] : null;
        var last = steps[steps.Length - 1];
        if (last.Kind == ExpressionStepKind.Binary && (ExpressionOperator)last.Number is ExpressionOperator.Equal or ExpressionOperator.NotEqual)
        {
            if (((ExpressionOperator)last.Number == ExpressionOperator.Equal) != truth)
                return null;
            if (steps[0].Kind == ExpressionStepKind.Constant)
                return Equal(steps.AsSpan(1, steps.Length - 2), [steps[0].Constant]);
            return steps[steps.Length - 2].Kind == ExpressionStepKind.Constant ? Equal(steps.AsSpan(0, steps.Length - 2), [steps[steps.Length - 2].Constant]) : null;
        }

        if (!truth || last.Function is not { } function)
            return null;
        if (function == KnownFunctions.StartsWith && steps.Length == 3 && steps[0].Kind == ExpressionStepKind.Variable && steps[0].Number != (int)HttpVariable.Headers && steps[1] is { Kind: ExpressionStepKind.Constant, Constant.IsText: true })
            return [((HttpVariable)steps[0].Number, AbstractValue.StartingWith(steps[1].Constant.Text))];
        if (function == KnownFunctions.Contains)
        {
            var count = 0;
            var items = new List<ExpressionValue>();
            while (count < steps.Length && steps[count].Kind == ExpressionStepKind.Constant)
                items.Add(steps[count++].Constant);
            if (count < steps.Length && steps[count].Kind == ExpressionStepKind.ArrayBuild && steps[count].Number == count)
                return Equal(steps.AsSpan(count + 1, steps.Length - count - 2), items);
        }

        return null;
    }

    // A text equals a text only if it is the same; numbers convert.
    private static List<(HttpVariable, AbstractValue)>? Equal(ReadOnlySpan<ExpressionStep> what, List<ExpressionValue> values)
    {
        if (what.Length == 0 || what[0].Kind != ExpressionStepKind.Variable)
            return null;
        var variable = (HttpVariable)what[0].Number;
        var isNumber = variable is HttpVariable.LocalPort or HttpVariable.RemotePort or HttpVariable.IsTls;
        foreach (var value in values)
        {
            if (variable == HttpVariable.Headers || (isNumber ? value.Kind != ExpressionValueKind.Integer : !value.IsText))
                return null;
        }

        if (what.Length == 1)
        {
            return variable == HttpVariable.Protocol
                ? values.FindAll(static value => value.Text is "http" or "https").ConvertAll(static value => (HttpVariable.IsTls, AbstractValue.From(ExpressionValue.From(value.Text == "https"))))
                : values.ConvertAll(value => (variable, AbstractValue.From(value)));
        }

        // split(url_path, '/')[1] == 'x': a path is "/x" or goes on after "/x/".
        if (!PathSegment.TryRead(what, out var segment) || what.Length != PathSegment.StepCount || segment is not { Variable: HttpVariable.UrlPath, IsFromEnd: false, Separator: "/", Index: 1 })
            return null;

        var ways = new List<(HttpVariable, AbstractValue)>();
        foreach (var value in values)
        {
            // No segment has a slash in it; what has none, "*" or nothing, has an empty second one.
            if (value.Text.Length == 0 || value.Text.IndexOf('/') >= 0)
                return null;
            ways.Add((variable, AbstractValue.From(ExpressionValue.From("/" + value.Text))));
            ways.Add((variable, AbstractValue.StartingWith("/" + value.Text + "/")));
        }

        return ways;
    }

    private static (HttpVariable, AbstractValue) Is(in ExpressionStep variable, ExpressionValue value) => ((HttpVariable)variable.Number, AbstractValue.From(value));

    private static bool IsVariable(in ExpressionStep step, HttpVariable variable) => step.Kind == ExpressionStepKind.Variable && step.Number == (int)variable;

    private sealed class Answer(Condition question, bool truth, Answer? before)
    {
        public Condition Question { get; } = question;

        public bool Truth { get; } = truth;

        public Answer? Before { get; } = before;
    }

    private sealed class Context(RequestCase one, IAbstractContext anything) : IAbstractContext
    {
        public AbstractValue Get(HttpVariable variable)
        {
            if (one._values.TryGetValue(variable, out var value))
                return value;
            if (variable == HttpVariable.Protocol && one._values.TryGetValue(HttpVariable.IsTls, out var tls) && tls.Options is { Length: 1 } known)
                return AbstractValue.From(ExpressionValue.From(known[0].IsTrue ? "https" : "http"));
            return anything.Get(variable);
        }

        public bool TryGet(in NamedValue name, out ExpressionValue value) => anything.TryGet(name, out value);
    }
}
