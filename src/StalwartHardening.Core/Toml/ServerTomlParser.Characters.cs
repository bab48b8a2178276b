using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <content>Characters: blanks, line breaks, comments, and what the server takes for a letter.</content>
internal sealed partial class ServerTomlParser
{
    private bool HasSets => _dialect >= TomlDialect.Since0_5_3;

    private char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : EndOfText;

    /// <summary>Skips blanks and line breaks; false at the end of the text.</summary>
    private bool SkipBlanksAndLines()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
            _position++;
        return _position < _text.Length;
    }

    private bool NextInLine(out char c)
    {
        while (_position < _text.Length)
        {
            c = _text[_position++];
            if (c is ' ' or '\t' or '\r')
                continue;
            return c != '\n' || FailAtLineEnd();
        }

        c = EndOfText;
        return Fail(ReadProblemKind.Syntax, _text.Length, 0, "the file ends in the middle of a statement.");
    }

    private bool NextInLineWithBlanks(out char c)
    {
        while (_position < _text.Length)
        {
            c = _text[_position++];
            if (c == '\r')
                continue;
            return c != '\n' || FailAtLineEnd();
        }

        c = EndOfText;
        return Fail(ReadProblemKind.Syntax, _text.Length, 0, "the file ends inside a quoted name.");
    }

    private bool NextForValue(bool inBraces, out char c)
    {
        while (_position < _text.Length)
        {
            c = _text[_position++];
            if (c is ' ' or '\t' or '\r' || (inBraces && c == '\n'))
                continue;
            if (c != '\n')
                return true;
            _position--;
            return Fail(ReadProblemKind.Syntax, _position, 0, "there is no value after the '='; it must begin on the same line.");
        }

        c = EndOfText;
        return Fail(ReadProblemKind.Syntax, _text.Length, 0, "the file ends where a value is expected.");
    }

    private bool FailAtLineEnd()
    {
        _position--;
        return Fail(ReadProblemKind.Syntax, _position, 0, "the line ends in the middle of a statement.");
    }

    // TOML allows lines and comments after a comma, and not before a value.
    private void SkipBlanksLinesAndComments(bool isStandard)
    {
        for (; _position < _text.Length; _position++)
        {
            switch (_text[_position])
            {
                case ' ' or '\t':
                    break;
                case '\r' or '\n':
                    if (!isStandard)
                        _recorder.DialectOnly(_position);
                    break;
                case '#':
                    if (!isStandard)
                        _recorder.DialectOnly(_position);
                    SkipComment();
                    _position--;
                    break;
                default:
                    return;
            }
        }
    }

    private void SkipRestOfLine()
    {
        // The server reads nothing after ']'. A comment there is one to people, so it is one to us.
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r')
            _position++;
        if (_position < _text.Length && _text[_position] == '#')
        {
            SkipComment();
            return;
        }

        while (_position < _text.Length && _text[_position++] != '\n')
        {
        }
    }

    private void SkipComment()
    {
        var start = _position;
        var end = _text.IndexOf('\n', start);
        if (end < 0)
            end = _text.Length;
        _recorder.Comment(start, end);
        _position = Math.Min(end + 1, _text.Length);
    }

    private static bool IsPlainKeyCharacter(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '-' or '_';

    // Letters and digits of any script (Rust's char::is_alphanumeric).
    private bool IsAlphanumeric(int index)
    {
        var c = _text[index];
        if (c < 128)
            return c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
        if (!char.IsSurrogate(c))
            return Alphanumerics.Contains(c);

        // Both halves of a letter answer for the whole of it.
        var first = char.IsLowSurrogate(c) ? index - 1 : index;
        return first >= 0 && first + 1 < _text.Length && char.IsSurrogatePair(_text[first], _text[first + 1])
            && Alphanumerics.Contains(char.ConvertToUtf32(_text[first], _text[first + 1]));
    }
}
