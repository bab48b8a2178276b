using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Server;

namespace StalwartHardening.Migration;

/// <summary>
/// Writes an expression of a server up to 0.15 in the words of 0.16: other names of variables and functions, fewer arguments,
/// durations with the digits first (<c>expr/tokenizer.rs</c>, <c>expr/functions</c> at 0.15.5 and 0.16.18). Everything else stays as it is written.
/// </summary>
internal sealed class ExpressionTranslation
{
    private readonly string _text;
    private readonly Func<string, string?> _settingText;
    private readonly List<Token> _tokens = [];
    private readonly List<TextChange> _changes = [];
    private string? _problem;

    private ExpressionTranslation(string text, Func<string, string?> settingText)
    {
        _text = text;
        _settingText = settingText;
    }

    /// <summary>The expression for 0.16; null, and why, where there is none that means the same.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="settingText">The value of another setting of the file; null where the file does not have it.</param>
    /// <param name="problem">Why there is none; a sentence.</param>
    public static string? Translate(string text, Func<string, string?> settingText, out string problem)
    {
        problem = "";
        // Nothing at all is refused; an empty text is the same.
        if (text.Trim().Length == 0)
            return "''";
        if (text.IndexOf("%{", StringComparison.Ordinal) >= 0)
        {
            problem = "It holds a macro, and servers from 0.16 on fill in none.";
            return null;
        }

        var translation = new ExpressionTranslation(text, settingText);
        translation.ReadTokens();
        for (var i = 0; i < translation._tokens.Count; i++)
            translation.Translate(i);
        if (translation._problem is { } found)
        {
            problem = found;
            return null;
        }

        return TextChange.Apply(text, translation._changes);
    }

    private void Translate(int index)
    {
        var token = _tokens[index];
        if (token.Kind != TokenKind.Word)
            return;
        switch (Content(token))
        {
            case "url_path":
                Replace(token, "path");
                break;
            case "config_get":
                TranslateSetting(index);
                break;
            case "is_local_domain" or "is_local_address":
                DropDirectory(index);
                break;
            case "sort":
                TurnRound(index);
                break;
            case var word when char.IsLetterOrDigit(word[0]) && Duration(word) is { } duration && duration != word:
                Replace(token, duration);
                break;
        }
    }

    private void TranslateSetting(int index)
    {
        if (Arguments(index) is not [var argument] || argument.Last != argument.First || _tokens[argument.First].Kind != TokenKind.Text)
            return;
        var key = Content(_tokens[argument.First]).Trim('\'', '"');
        var system = key switch
        {
            "server.hostname" => "hostname",
            "report.domain" => "domain",
            "cluster.node-id" => "node_id",
            _ => null,
        };
        var close = _tokens[argument.Last + 1];
        if (system is not null)
            Replace(_tokens[index].Start, close.End, $"system('{system}')");
        else if (_settingText(key) is { } value && value.IndexOfAny(['\'', '\\']) < 0 && !SettingsGeneration.Instance.IsSecret(key))
            Replace(_tokens[index].Start, close.End, $"'{value}'");
        else
            _problem ??= $"It reads the setting '{Display.Text(key)}', and expressions cannot read settings from 0.16 on.";
    }

    // There is one set of local domains; which directory holds an account, its domain says.
    private void DropDirectory(int index)
    {
        if (Arguments(index) is [var directory, var asked] && _tokens[asked.First].Start is var start)
            Replace(_tokens[directory.First].Start, start, "");
    }

    // The flag of sort says the opposite since 0.16.1.
    private void TurnRound(int index)
    {
        if (Arguments(index) is not [_, var flag])
            return;
        var (start, end) = (_tokens[flag.First].Start, _tokens[flag.Last].End);
        var text = _text.Substring(start, end - start);
        Replace(start, end, text switch { "true" or "1" => "false", "false" or "0" => "true", _ => $"!({text})" });
    }

    // The tokens between the commas of a call; null where it is none.
    private List<(int First, int Last)>? Arguments(int function)
    {
        if (function + 1 >= _tokens.Count || !Is(function + 1, '('))
            return null;
        var arguments = new List<(int, int)>();
        var depth = 0;
        var first = function + 2;
        for (var i = function + 1; i < _tokens.Count; i++)
        {
            if (Is(i, '(') || Is(i, '['))
            {
                depth++;
            }
            else if (Is(i, ']'))
            {
                depth--;
            }
            else if ((Is(i, ',') && depth == 1) || (Is(i, ')') && --depth == 0))
            {
                if (i == first)
                    return null;
                arguments.Add((first, i - 1));
                first = i + 1;
                if (depth == 0)
                    return arguments;
            }
        }

        return null;
    }

    private static string? Duration(string word)
    {
        var digits = new StringBuilder();
        var unit = new StringBuilder();
        foreach (var c in word)
            (char.IsDigit(c) ? digits : unit).Append(char.ToLowerInvariant(c));
        return digits.Length > 0 && unit.ToString() is "d" or "h" or "m" or "s" or "ms" ? digits.Append(unit).ToString() : null;
    }

    private void ReadTokens()
    {
        for (var i = 0; i < _text.Length;)
        {
            var start = i;
            var c = _text[i++];
            var kind = TokenKind.Mark;
            if (c is '\'' or '"')
            {
                kind = TokenKind.Text;
                for (var escaped = false; i < _text.Length; i++)
                {
                    if (!escaped && _text[i] == c)
                        break;
                    escaped = _text[i] == '\\';
                }

                i = Math.Min(i + 1, _text.Length);
            }
            else if (IsWord(c))
            {
                kind = TokenKind.Word;
                while (i < _text.Length && IsWord(_text[i]))
                    i++;
            }
            else if (char.IsWhiteSpace(c))
            {
                continue;
            }

            _tokens.Add(new Token(kind, start, i));
        }
    }

    private static bool IsWord(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '$' or '.';

    private bool Is(int token, char mark) => _tokens[token].Kind == TokenKind.Mark && _text[_tokens[token].Start] == mark;

    private string Content(Token token) => _text.Substring(token.Start, token.End - token.Start);

    private void Replace(Token token, string text) => Replace(token.Start, token.End, text);

    // What is inside of something that is replaced goes with it.
    private void Replace(int start, int end, string text)
    {
        foreach (var change in _changes)
        {
            if (start < change.Start + change.Length && change.Start < end)
                return;
        }

        _changes.Add(new TextChange(start, end - start, text));
        _changes.Sort(static (left, right) => left.Start.CompareTo(right.Start));
    }

    private enum TokenKind
    {
        Word,
        Text,
        Mark,
    }

    private readonly record struct Token(TokenKind Kind, int Start, int End);
}
