namespace StalwartHardening.Expressions;

/// <summary>
/// Compiles an expression the way the server does (<c>expr/parser.rs</c>, 0.15.5 and 0.16.18): a shunting yard that counts the
/// arguments of functions and the items of arrays, takes several values side by side, and misses no operand.
/// Works with lists instead of calls, so that no depth of parentheses overflows anything.
/// </summary>
internal sealed class ExpressionParser
{
    // Deeper arrays would have to be compared and joined level by level; nobody writes them.
    private const int MaxArrayDepth = 200;

    // Steps are large, and as many as words and signs.
    private const int CharactersPerStep = 8;
    private const int MaxFirstSteps = 64;

    private readonly List<ExpressionStep> _output;
    private readonly List<(ExpressionToken Token, int Jump, int Items)> _operators = [];
    private readonly List<int> _argumentCounts = [];
    private ExpressionProblem? _problem;
    private int _parentheses;
    private int _arrays;
    private bool _isTooDeep;

    private ExpressionParser(int characters) => _output = new List<ExpressionStep>(Math.Min(MaxFirstSteps, 2 + (characters / CharactersPerStep)));

    /// <summary>Compiles <paramref name="text"/>; false with the reason where the server reports a parse error.</summary>
    /// <param name="text">The expression as it is written.</param>
    /// <param name="language">The words it is written in.</param>
    /// <param name="budget">What its patterns may cost; those beyond it are not followed.</param>
    /// <param name="expression">The compiled expression.</param>
    /// <param name="problem">Why the server does not take it.</param>
    public static bool TryParse(string text, ExpressionLanguage language, StepBudget budget, out Expression expression, out ExpressionProblem problem)
    {
        var parser = new ExpressionParser(text.Length);
        problem = default;
        expression = Expression.Unknown;
        if (!parser.Parse(new ExpressionTokenizer(text, language, budget)))
        {
            problem = parser._problem.GetValueOrDefault();
            return false;
        }

        if (!parser._isTooDeep)
            expression = new Expression(text, parser._output.ToArray());
        return true;
    }

    private bool Parse(ExpressionTokenizer tokenizer)
    {
        var afterValue = false;
        while (true)
        {
            if (!tokenizer.TryNext(out var token))
            {
                _problem = tokenizer.Problem;
                return false;
            }

            var isValue = false;
            switch (token.Kind)
            {
                case ExpressionTokenKind.End:
                    return Finish();
                case ExpressionTokenKind.Variable:
                    CountArgument();
                    isValue = true;
                    _output.Add(new ExpressionStep(ExpressionStepKind.Variable, token.Number));
                    break;
                case ExpressionTokenKind.Global:
                    CountArgument();
                    isValue = true;
                    _output.Add(new ExpressionStep(ExpressionStepKind.Global));
                    break;
                case ExpressionTokenKind.Capture:
                    CountArgument();
                    isValue = true;
                    _output.Add(new ExpressionStep(ExpressionStepKind.Capture, token.Number));
                    break;
                case ExpressionTokenKind.Constant:
                    CountArgument();
                    _output.Add(new ExpressionStep(ExpressionStepKind.Constant) { Constant = token.Constant });
                    break;
                case ExpressionTokenKind.Unary or ExpressionTokenKind.OpenParenthesis:
                    _parentheses += token.Kind == ExpressionTokenKind.OpenParenthesis ? 1 : 0;
                    _operators.Add((token, -1, 0));
                    break;
                case ExpressionTokenKind.CloseParenthesis or ExpressionTokenKind.CloseBracket:
                    if (!Close(token))
                        return false;
                    isValue = true;
                    break;
                case ExpressionTokenKind.Binary:
                    AddBinary(token);
                    break;
                case ExpressionTokenKind.Function or ExpressionTokenKind.Matches or ExpressionTokenKind.NamedValue:
                    CountArgument();
                    _argumentCounts.Add(0);
                    _operators.Add((token, -1, 0));
                    break;
                case ExpressionTokenKind.OpenBracket:
                    OpenArray(token, isAccess: afterValue);
                    break;
                case ExpressionTokenKind.Comma:
                    while (_operators.Count > 0 && Last.Token.Kind is ExpressionTokenKind.Binary or ExpressionTokenKind.Unary)
                        PopOperator();
                    break;
            }

            afterValue = isValue;
        }
    }

    private (ExpressionToken Token, int Jump, int Items) Last => _operators[_operators.Count - 1];

    private bool Finish()
    {
        // The server counts parentheses before it looks at anything else.
        var serverMessage = _parentheses > 0 ? "Unmatched open parenthesis" : "Invalid token on the operator stack";
        while (_operators.Count > 0)
        {
            var (token, _, _) = Last;
            switch (token.Kind)
            {
                case ExpressionTokenKind.Binary or ExpressionTokenKind.Unary:
                    PopOperator();
                    break;
                case ExpressionTokenKind.OpenParenthesis:
                    return Fail(token, "The parenthesis is not closed", serverMessage);
                case ExpressionTokenKind.OpenBracket:
                    return Fail(token, "The bracket is not closed", serverMessage);
                default:
                    return Fail(token, $"The function {Name(token)} is written without its parentheses", serverMessage);
            }
        }

        return true;
    }

    private bool Close(in ExpressionToken token)
    {
        var isParenthesis = token.Kind == ExpressionTokenKind.CloseParenthesis;
        var opener = isParenthesis ? ExpressionTokenKind.OpenParenthesis : ExpressionTokenKind.OpenBracket;
        var serverMessage = isParenthesis && _parentheses == 0 ? "Unmatched close parenthesis" : "Mismatched parentheses";
        if (isParenthesis)
            _parentheses--;
        while (true)
        {
            if (_operators.Count == 0)
                return Fail(token, isParenthesis ? "This parenthesis was never opened" : "This bracket was never opened", serverMessage);
            var kind = Last.Token.Kind;
            if (kind is ExpressionTokenKind.Binary or ExpressionTokenKind.Unary)
            {
                PopOperator();
                continue;
            }

            if (kind != opener)
                return Fail(token, "Parentheses and brackets do not pair", serverMessage);
            _operators.RemoveAt(_operators.Count - 1);
            return _operators.Count == 0 || CloseCall();
        }
    }

    private bool CloseCall()
    {
        var (token, _, items) = Last;
        if (token.Kind is not (ExpressionTokenKind.Function or ExpressionTokenKind.Matches or ExpressionTokenKind.NamedValue or ExpressionTokenKind.OpenBracket)
            || (token.Kind == ExpressionTokenKind.OpenBracket && token.Length > 0))
        {
            return true;
        }

        var got = _argumentCounts[_argumentCounts.Count - 1];
        _argumentCounts.RemoveAt(_argumentCounts.Count - 1);
        _operators.RemoveAt(_operators.Count - 1);
        switch (token.Kind)
        {
            case ExpressionTokenKind.Function:
                var function = token.Function!;
                if (got != function.Arity)
                    return Fail(token, $"The function {function.Name} takes {Count(function.Arity, "argument")}, not {Math.Max(got, 0)}", $"Expression function \"{function.Name}\" expected {function.Arity} arguments, got {got}");
                _output.Add(new ExpressionStep(ExpressionStepKind.Function, function.Arity) { Function = function });
                return true;
            case ExpressionTokenKind.Matches:
                if (got != 1)
                    return Fail(token, "The function matches takes 2 arguments", "Expression function \"matches\" expected 2 arguments");
                _output.Add(new ExpressionStep(ExpressionStepKind.Matches) { Pattern = token.Pattern });
                return true;
            case ExpressionTokenKind.NamedValue:
                if (got != 0)
                    return Fail(token, $"The function {Name(token)} takes 1 argument", "Expression function expected 1 argument");
                _output.Add(new ExpressionStep(ExpressionStepKind.NamedValue) { NamedValue = token.NamedValue });
                return true;
            default:
                _arrays--;
                if (token.Number == ArrayAccess)
                {
                    if (got != 2)
                        return Fail(token, got < 2 ? "The index is missing" : "One index only", "Missing array index");
                    _output.Add(new ExpressionStep(ExpressionStepKind.ArrayAccess));
                    return true;
                }

                if (got != items)
                    return Fail(token, "An item of a list may not begin with a sign, ! or a parenthesis", $"Expression function \"array\" expected {items} arguments, got {got}");
                _output.Add(new ExpressionStep(ExpressionStepKind.ArrayBuild, items));
                return true;
        }
    }

    private void AddBinary(in ExpressionToken token)
    {
        if (_argumentCounts.Count > 0)
            _argumentCounts[_argumentCounts.Count - 1]--;
        var precedence = token.Operator.Precedence();
        while (_operators.Count > 0
            && (Last.Token.Kind == ExpressionTokenKind.Unary
                || (Last.Token.Kind == ExpressionTokenKind.Binary && precedence <= Last.Token.Operator.Precedence())))
        {
            PopOperator();
        }

        var jump = -1;
        if (token.Operator is ExpressionOperator.And or ExpressionOperator.Or)
        {
            jump = _output.Count;
            _output.Add(new ExpressionStep(ExpressionStepKind.Jump, 0, token.Operator == ExpressionOperator.Or));
        }

        _operators.Add((token, jump, 0));
    }

    private const int ArrayBuild = 0;
    private const int ArrayAccess = 1;

    // As in the server, an array is a function call whose marker lies below its bracket; the marker has no length.
    private void OpenArray(in ExpressionToken token, bool isAccess)
    {
        if (!isAccess)
            CountArgument();
        if (++_arrays > MaxArrayDepth)
            _isTooDeep = true;
        _argumentCounts.Add(isAccess ? 1 : 0);
        _operators.Add((new ExpressionToken(ExpressionTokenKind.OpenBracket, token.Start, 0) { Number = isAccess ? ArrayAccess : ArrayBuild }, -1, 0));
        _operators.Add((token, -1, 0));
    }

    // An array counts an item only when nothing is between its bracket and the item: that is why [!1] is an error.
    private void CountArgument()
    {
        if (_argumentCounts.Count == 0)
            return;
        _argumentCounts[_argumentCounts.Count - 1]++;
        var below = _operators.Count - 2;
        if (below < 0)
            return;
        var (token, jump, items) = _operators[below];
        if (token is { Kind: ExpressionTokenKind.OpenBracket, Length: 0, Number: ArrayBuild })
            _operators[below] = (token, jump, items + 1);
    }

    private void PopOperator()
    {
        var (token, jump, _) = Last;
        _operators.RemoveAt(_operators.Count - 1);
        if (jump >= 0)
            _output[jump] = _output[jump] with { Number = _output.Count - jump };
        _output.Add(new ExpressionStep(token.Kind == ExpressionTokenKind.Unary ? ExpressionStepKind.Unary : ExpressionStepKind.Binary, token.Number));
    }

    private static string Name(in ExpressionToken token) => token.Kind switch
    {
        ExpressionTokenKind.Matches => "matches",
        ExpressionTokenKind.NamedValue => token.NamedValue.Function,
        _ => token.Function?.Name ?? "",
    };

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private bool Fail(in ExpressionToken token, string message, string serverMessage)
    {
        _problem = new ExpressionProblem(token.Start, Math.Max(token.Length, 1), message, serverMessage);
        return false;
    }
}
