using System.Globalization;
using System.Text;
using StalwartHardening.Expressions.Patterns;

namespace StalwartHardening.Expressions;

/// <summary>
/// Cuts an expression into tokens the way the server does (<c>expr/tokenizer.rs</c>, 0.15.5 and 0.16.18), oddities included:
/// a single <c>=</c> swallows the next character, a tab is an error, <c>}</c> ends the expression.
/// </summary>
internal sealed class ExpressionTokenizer(string text, ExpressionLanguage language, StepBudget budget)
{
    private int _at;
    private int _wordStart = -1;
    private bool _wordHasDot;
    private bool _isStart = true;
    private bool _hasPending;
    private ExpressionToken _pending;

    /// <summary>The error that ended the reading, if any.</summary>
    public ExpressionProblem? Problem { get; private set; }

    /// <summary>The next token; false at an error, <see cref="ExpressionTokenKind.End"/> at the end.</summary>
    public bool TryNext(out ExpressionToken token)
    {
        if (_hasPending)
        {
            _hasPending = false;
            token = _pending;
            return true;
        }

        while (_at < text.Length)
        {
            var c = text[_at];
            if (IsWordCharacter(c) || (_wordHasDot && (c == ':' || (c == '*' && text[_at - 1] == '.'))))
            {
                if (_wordStart < 0)
                    _wordStart = _at;
                _wordHasDot |= c == '.';
                _at++;
            }
            else if (c == '}')
            {
                break;
            }
            else if (c is ' ' or '\r' or '\n' && _wordStart < 0)
            {
                _at++;
            }
            else
            {
                return TryReadSymbol(out token);
            }
        }

        var end = _at;
        _at = text.Length;
        if (_wordStart >= 0)
            return TryTakeWord(end, out token);
        token = new ExpressionToken(ExpressionTokenKind.End, text.Length, 0);
        return true;
    }

    private bool TryReadSymbol(out ExpressionToken token)
    {
        var start = _at;
        var c = text[_at++];
        var hasWord = _wordStart >= 0;
        token = default;
        if (hasWord && c == '(' && WordIs("matches", start))
        {
            if (!TryReadMatches(out token))
                return false;
        }
        else if (hasWord && c == '(' && language.TryFindNamedValueSource(text.Substring(_wordStart, start - _wordStart), out var source))
        {
            if (!TryReadNamedValue(source, out token))
                return false;
        }
        else if (hasWord)
        {
            _isStart = false;
            if (!TryTakeWord(start, out token))
                return false;
        }

        if (c is ' ' or '\r' or '\n')
            return true;
        if (!TryReadOperator(c, start, out var symbol))
            return false;

        // A minus is a sign only at the start, after an opening parenthesis, a comma or a binary operator.
        _isStart = symbol.Kind is ExpressionTokenKind.OpenParenthesis or ExpressionTokenKind.Comma or ExpressionTokenKind.Binary;
        if (!hasWord)
        {
            token = symbol;
            return true;
        }

        _pending = symbol;
        _hasPending = true;
        return true;
    }

    private bool TryReadOperator(char c, int start, out ExpressionToken symbol)
    {
        symbol = default;
        switch (c)
        {
            case '&':
                Skip('&');
                symbol = Binary(ExpressionOperator.And, start);
                return true;
            case '|':
                Skip('|');
                symbol = Binary(ExpressionOperator.Or, start);
                return true;
            case '!':
                symbol = Skip('=') ? Binary(ExpressionOperator.NotEqual, start) : Unary(ExpressionOperator.Not, start);
                return true;
            case '^':
                symbol = Binary(ExpressionOperator.Xor, start);
                return true;
            case '+':
                symbol = Binary(ExpressionOperator.Add, start);
                return true;
            case '*':
                symbol = Binary(ExpressionOperator.Multiply, start);
                return true;
            case '/':
                symbol = Binary(ExpressionOperator.Divide, start);
                return true;
            case '-':
                symbol = _isStart ? Unary(ExpressionOperator.Negate, start) : Binary(ExpressionOperator.Subtract, start);
                return true;
            case '=':
                var next = _at < text.Length ? text[_at] : '\0';

                // The server takes one byte, whatever it is; the rest of a longer character is then an error.
                if (next >= 0x80)
                    return FailAtCharacter(_at, next);
                if (_at < text.Length)
                    _at++;
                symbol = Binary(next == '>' ? ExpressionOperator.GreaterOrEqual : next == '<' ? ExpressionOperator.LessOrEqual : ExpressionOperator.Equal, start);
                return true;
            case '>':
                symbol = Binary(Skip('=') ? ExpressionOperator.GreaterOrEqual : ExpressionOperator.Greater, start);
                return true;
            case '<':
                symbol = Binary(Skip('=') ? ExpressionOperator.LessOrEqual : ExpressionOperator.Less, start);
                return true;
            case '(':
                symbol = new ExpressionToken(ExpressionTokenKind.OpenParenthesis, start, 1);
                return true;
            case ')':
                symbol = new ExpressionToken(ExpressionTokenKind.CloseParenthesis, start, 1);
                return true;
            case '[':
                symbol = new ExpressionToken(ExpressionTokenKind.OpenBracket, start, 1);
                return true;
            case ']':
                symbol = new ExpressionToken(ExpressionTokenKind.CloseBracket, start, 1);
                return true;
            case ',':
                symbol = new ExpressionToken(ExpressionTokenKind.Comma, start, 1);
                return true;
            case '"' or '\'':
                if (!TryReadText(c, start, out var literal))
                    return false;
                symbol = new ExpressionToken(ExpressionTokenKind.Constant, start, _at - start) { Constant = ExpressionValue.From(literal) };
                return true;
            case '\t':
                return Fail(start, 1, "A tab does not count as a space here", "Invalid character '\\t'");
            default:
                return FailAtCharacter(start, c);
        }
    }

    private bool TryReadMatches(out ExpressionToken token)
    {
        token = default;
        if (!TryReadLiteralArgument("matches", out var regex))
            return false;
        var pattern = RustPattern.Read(regex, budget);
        if (pattern.Error is { } error)
            return Fail(_wordStart, _at - _wordStart, $"'{regex}' is not a regular expression to the server: {error}", $"Invalid regular expression {Quoted(regex)}: regex parse error:");
        if (!SkipBlanksTo(",", out var found))
            return Fail(Math.Min(_at, text.Length), 0, "matches requires a comma after its pattern", $"Expected ',', found invalid character '{found}'");
        token = new ExpressionToken(ExpressionTokenKind.Matches, _wordStart, _at - _wordStart) { Pattern = pattern };
        EndWord();
        return true;
    }

    private bool TryReadNamedValue(NamedValueSource source, out ExpressionToken token)
    {
        token = default;
        var function = new NamedValue(source, "").Function;
        if (!TryReadLiteralArgument(function, out var name))
            return false;
        var value = new NamedValue(source, name);
        if (!ExpressionLanguage.IsKnown(value))
            return Fail(_wordStart, _at - _wordStart, $"{function} has no '{name}'", source == NamedValueSource.Metric ? $"Invalid metric name {Quoted(name)}" : $"Invalid system variable {Quoted(name)}");
        token = new ExpressionToken(ExpressionTokenKind.NamedValue, _wordStart, _at - _wordStart) { NamedValue = value };
        EndWord();
        return true;
    }

    private bool TryReadLiteralArgument(string function, out string literal)
    {
        literal = "";
        if (!SkipBlanksTo("'\"", out var quote))
            return Fail(_wordStart, Math.Min(_at, text.Length) - _wordStart, $"{function} requires a quoted literal as its first argument", $"Expected '\"', found invalid character '{quote}'");
        return TryReadText(quote, _at - 1, out literal);
    }

    private bool SkipBlanksTo(string wanted, out char found)
    {
        found = '\0';
        while (_at < text.Length)
        {
            found = text[_at++];
            if (found is ' ' or '\t' or '\r' or '\n' or '\f')
                continue;
            return wanted.IndexOf(found) >= 0;
        }

        return false;
    }

    // A backslash keeps the character after it from ending the text and stays itself; a doubled one goes on escaping.
    private bool TryReadText(char quote, int start, out string literal)
    {
        // Most texts hold no backslash.
        var close = text.IndexOf(quote, _at);
        if (close >= 0 && text.IndexOf('\\', _at, close - _at) < 0)
        {
            literal = text.Substring(_at, close - _at);
            _at = close + 1;
            return true;
        }

        var value = new StringBuilder();
        var escaped = false;
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (!escaped)
            {
                if (c == quote)
                {
                    literal = value.ToString();
                    return true;
                }

                value.Append(c);
            }
            else
            {
                value.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c });
            }

            escaped = c == '\\';
        }

        literal = "";
        return Fail(start, text.Length - start, $"The text is not closed with {quote}", "Unterminated string");
    }

    private void EndWord()
    {
        _wordStart = -1;
        _wordHasDot = false;
    }

    private bool TryTakeWord(int end, out ExpressionToken token)
    {
        var start = _wordStart;
        var word = text.Substring(start, end - start);
        EndWord();
        token = default;
        bool digits = false, letters = false, dots = false;
        foreach (var c in word)
        {
            digits |= c is >= '0' and <= '9';
            dots |= c == '.';
            letters |= c is not (>= '0' and <= '9' or '.' or ':' or '*');
        }

        if (digits && !letters)
        {
            ExpressionValue number;
            if (!dots)
            {
                if (!ServerNumber.TryParseInteger(word, out var integer))
                    return Fail(start, word.Length, $"{word} is too large", $"Invalid integer value {word}");
                number = ExpressionValue.From(integer);
            }
            else
            {
                if (!ServerNumber.TryParseFloat(word, out var value))
                    return Fail(start, word.Length, $"{word} is not a number; addresses must be quoted", $"Invalid float value {word}");
                number = ExpressionValue.From(value);
            }

            token = new ExpressionToken(ExpressionTokenKind.Constant, start, word.Length) { Constant = number };
            return true;
        }

        if (word is "true" or "false")
        {
            token = new ExpressionToken(ExpressionTokenKind.Constant, start, word.Length) { Constant = ExpressionValue.From(word == "true") };
            return true;
        }

        if (word[0] == '$' && word.Length > 1)
        {
            token = TryParseCapture(word, out var index)
                ? new ExpressionToken(ExpressionTokenKind.Capture, start, word.Length) { Number = index }
                : new ExpressionToken(ExpressionTokenKind.Global, start, word.Length);
            return true;
        }

        if (language.FindFunction(word) is { } function)
        {
            token = new ExpressionToken(ExpressionTokenKind.Function, start, word.Length) { Function = function };
            return true;
        }

        if (language.TryFindVariable(word, out var variable, out var isForbidden))
        {
            if (isForbidden)
                return Fail(start, word.Length, $"'{word}' is a variable of another place and has no value here", $"Variable \"{word}\" not allowed in this context");
            token = new ExpressionToken(ExpressionTokenKind.Variable, start, word.Length) { Number = variable };
            return true;
        }

        if (language.TryFindConstant(word, out var constant, out isForbidden))
        {
            if (isForbidden)
                return Fail(start, word.Length, $"'{word}' is a constant of another place; here it can be {language.ConstantNames}", $"Constant \"{word}\" not allowed in this context");
            token = new ExpressionToken(ExpressionTokenKind.Constant, start, word.Length) { Constant = constant };
            return true;
        }

        if (language.TryParseDuration(word, out var milliseconds))
        {
            token = new ExpressionToken(ExpressionTokenKind.Constant, start, word.Length) { Constant = ExpressionValue.From(milliseconds) };
            return true;
        }

        return Fail(start, word.Length, $"'{word}' is not a variable, function or constant of {language.Place}", $"Invalid variable or constant \"{word}\"");
    }

    private static bool TryParseCapture(string word, out int index)
    {
        index = 0;
        if (!uint.TryParse(word.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        index = (int)Math.Min(number, int.MaxValue);
        return true;
    }

    // As Rust shows a text to developers.
    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private bool Skip(char c)
    {
        if (_at >= text.Length || text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private bool WordIs(string name, int end) => end - _wordStart == name.Length && string.CompareOrdinal(text, _wordStart, name, 0, name.Length) == 0;

    private static bool IsWordCharacter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '$' or '.';

    private ExpressionToken Binary(ExpressionOperator operation, int start) => new(ExpressionTokenKind.Binary, start, _at - start) { Number = (int)operation };

    private ExpressionToken Unary(ExpressionOperator operation, int start) => new(ExpressionTokenKind.Unary, start, _at - start) { Number = (int)operation };

    private bool FailAtCharacter(int at, char c) => Fail(at, 1, $"'{c}' has no meaning outside of quotes", $"Invalid character '{c}'");

    private bool Fail(int start, int length, string message, string serverMessage)
    {
        Problem = new ExpressionProblem(start, length, message, serverMessage);
        return false;
    }
}
