using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <content>Values: texts, arrays, inline tables, sets, and what may follow them.</content>
internal sealed partial class ServerTomlParser
{
    private char[]? _scratch;

    // Reads a value and what follows it, up to and with one of the two stop characters.
    private bool ReadValue(SourceSpan keySpan, char stop, char otherStop, int nesting, out char stopped, out SourceSpan span)
    {
        stopped = EndOfText;
        span = default;
        if (nesting == MaxNesting)
            return FailTooDeep();
        if (!NextForValue(nesting > 0 && stop == ',' && otherStop == '}', out var c))
            return false;
        var start = _position - 1;
        switch (c)
        {
            case '[':
                if (!ReadArray(keySpan, nesting))
                    return false;
                break;
            case '{':
                if (!ReadInlineTable(nesting))
                    return false;
                break;
            case '"' or '\'':
                if (!ReadString(c, start, out var text))
                    return false;
                if (!Add(text, keySpan, SourceSpan.FromBounds(start, _position)))
                    return false;
                break;
            case '!' when _dialect < TomlDialect.Since0_7_0:
                _recorder.DialectOnly(start);
                while (_position < _text.Length && (IsAlphanumeric(_position) || _text[_position] is '_' or '-'))
                    _position++;
                if (!Add(_text.Substring(start, _position - start), keySpan, SourceSpan.FromBounds(start, _position)))
                    return false;
                break;
            default:
                if (c is not ('.' or '+' or '-') && !IsAlphanumeric(start))
                {
                    _position = start;
                    return FailAtCharacter(c is ',' or ']' or '}' or '\n'
                        ? "a value is expected"
                        : "a value begins with a quote, a bracket, a brace, a letter, a digit, '+', '-' or '.'" + (c == '%' ? "; macros must be quoted" : ""));
                }

                _position = start;
                while (_position < _text.Length && (_text[_position] is '.' or '+' or '-' || IsAlphanumeric(_position)))
                    _position += char.IsHighSurrogate(_text[_position]) ? 2 : 1;
                _recorder.Bare(start, _position);
                if (!Add(Interned(start, _position), keySpan, SourceSpan.FromBounds(start, _position)))
                    return false;
                break;
        }

        span = SourceSpan.FromBounds(start, _position);
        return SkipToStop(stop, otherStop, out stopped, start);
    }

    private bool SkipToStop(char stop, char otherStop, out char stopped, int valueStart)
    {
        var valueEnd = _position;
        stopped = EndOfText;
        while (_position < _text.Length)
        {
            var at = _position;
            var c = _text[_position++];
            if (c == stop || c == otherStop)
            {
                stopped = c;
                return true;
            }

            switch (c)
            {
                case ' ' or '\t' or '\r' or '\n':
                    break;
                case '#':
                    _position = at;
                    SkipComment();
                    if (stop == '\n')
                    {
                        stopped = '\n';
                        return true;
                    }

                    break;
                default:
                    _position = at;
                    return FailAtCharacter(at == valueEnd && IsAlphanumeric(at - 1)
                        ? "a value that contains it must be quoted"
                        : stop == '\n'
                            ? "after a value, only a comment may follow on its line" + BegunAbove(valueStart, valueEnd)
                            : $"after a value, '{stop}' or '{otherStop}' is expected");
            }
        }

        return stop == '\n'
            ? Fail(ReadProblemKind.MissingFinalNewline, _text.Length, 0, "the last line has no line break at its end. Add one.")
            : Fail(ReadProblemKind.Syntax, _text.Length, 0, $"the file ends where '{stop}' or '{otherStop}' is expected.");
    }

    // A text in quotes goes on over the ends of lines: where its closing quote is missing, the next quote of the file ends it.
    private string BegunAbove(int start, int end)
    {
        if (start >= end || _text[start] is not ('"' or '\''))
            return "";
        var lines = 0;
        for (var i = start; i < end; i++)
            lines += _text[i] == '\n' ? 1 : 0;
        return lines == 0 ? "" : FormattableString.Invariant($", and the quote that closes here opens {lines} line{(lines == 1 ? "" : "s")} above; one may be missing there");
    }

    private bool ReadArray(SourceSpan keySpan, int nesting)
    {
        var open = _position - 1;
        var key = _key.Mark();
        _recorder.BeginArray(open, NameHash.Finish(key.Hash));
        for (var index = 0; ;)
        {
            SkipBlanksAndLines();
            if (_position >= _text.Length)
                return Fail(ReadProblemKind.Syntax, open, 1, "the '[' opened here is never closed.");
            var c = _text[_position];
            if (c == '#')
            {
                SkipComment();
                continue;
            }

            // config/parser.rs counts a level even where no value is in it.
            if (nesting + 1 == MaxNesting)
                return FailTooDeep();
            if (c == ']')
            {
                _position++;
                break;
            }

            if (c == ',')
            {
                // TOML knows no empty places.
                _recorder.DialectOnly(_position);
                _recorder.Separator(_position);
                _position++;
                index++;
                continue;
            }

            _key.ReturnTo(key);
            _key.AppendIndex(index);
            _recorder.BeginElement(_position);
            if (!ReadValue(keySpan, ',', ']', nesting + 1, out var stopped, out var span))
                return false;
            _recorder.EndElement(span, _position - 1);
            if (stopped == ']')
                break;
            _recorder.Separator(_position - 1);
            index++;
        }

        _key.ReturnTo(key);
        _recorder.EndArray(_position);
        return true;
    }

    private bool FailTooDeep() => FailAt(Math.Min(_position, _text.Length), _position < _text.Length ? 1 : 0, "brackets and braces are nested more than nine levels deep.");

    private bool ReadInlineTable(int nesting)
    {
        var key = _key.Mark();
        _recorder.BeginInlineTable(_position - 1, NameHash.Finish(key.Hash));
        _key.Append(SettingPath.Separator);
        var inside = _key.Mark();
        while (true)
        {
            _key.ReturnTo(inside);
            if (!ReadKey(inBraces: true, out var keySpan, out var ended))
                return false;
            if (ended == '=')
            {
                _recorder.BeginEntry(keySpan, new FlatKey(_key.Text, inside));
                SkipBlanksLinesAndComments(isStandard: false);
                if (nesting + 1 < MaxNesting && Peek(0) is ',' or '}')
                {
                    // A value may be missing here; the server then stores nothing.
                    _recorder.DialectOnly(_position);
                    ended = _text[_position++];
                    _recorder.EndEntry(new SourceSpan(_position - 1, 0), _position - 1);
                }
                else
                {
                    if (!ReadValue(keySpan, ',', '}', nesting + 1, out ended, out var span))
                        return false;
                    _recorder.EndEntry(span, _position - 1);
                }

                // Only after a value: after a member of a set a comment would be part of the next key.
                if (ended == ',')
                {
                    _recorder.Separator(_position - 1);
                    SkipBlanksLinesAndComments(isStandard: true);
                    continue;
                }
            }
            else if (_key.Length == inside.Length)
            {
                // Until 0.6.0 the server takes '{ }' and stores nothing.
                _recorder.DialectOnly(_position - 1);
            }
            else
            {
                _recorder.DialectOnly(_position - 1);
                _recorder.BeginEntry(keySpan, new FlatKey(_key.Text, inside));
                if (!Add("", keySpan, keySpan))
                    return false;
                _recorder.EndEntry(keySpan, _position - 1);
            }

            if (ended == '}')
                break;
            _recorder.Separator(_position - 1);
        }

        _key.ReturnTo(key);
        _recorder.EndInlineTable(_position);
        return true;
    }

    private bool ReadString(char quote, int start, out string value)
    {
        if (Peek(0) == quote)
        {
            // Two quotes are an empty text unless a third one follows.
            if (Peek(1) != quote)
            {
                _position++;
                value = "";
                return true;
            }

            _position += 2;
            return ReadMultiLineString(quote, start, out value);
        }

        var content = _position;
        for (var i = content; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == quote)
            {
                _position = i + 1;
                _recorder.PlainText(start, _position);
                value = Interned(content, i);
                return true;
            }

            if (c is '\\' or '\r')
                break;
            if (c == '\n' && _spanningText < 0)
                _spanningText = start;
        }

        return ReadEscapedString(quote, start, out value);
    }

    // A backslash after a backslash is kept and still escapes what follows: n of them give n-1.
    private bool ReadEscapedString(char quote, int start, out string value)
    {
        var buffer = Scratch();
        var length = 0;
        var last = '\0';
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            if (c == '\r')
                continue;
            if (c == quote && last != '\\')
            {
                _recorder.EscapedText(start, _position);
                value = new string(buffer, 0, length);
                return true;
            }

            if (c == '\n' && _spanningText < 0)
                _spanningText = start;
            if (c != '\\' || last == '\\')
            {
                if (length == buffer.Length)
                    buffer = GrowScratch();
                buffer[length++] = last != '\\' ? c : c switch
                {
                    't' => '\t',
                    'n' => '\n',
                    'r' => '\r',
                    _ => c,
                };
            }

            last = c;
        }

        value = "";
        return Fail(ReadProblemKind.Syntax, start, 1, "the text that begins at this quote never ends.", unterminated: true);
    }

    private bool ReadMultiLineString(char quote, int start, out string value)
    {
        if (Peek(0) == '\n')
            _position++;
        var content = _position;
        var hasCarriageReturn = false;
        var quotes = 0;
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            if (c == '\r')
            {
                hasCarriageReturn = true;
                continue;
            }

            quotes = c == quote ? quotes + 1 : 0;
            if (quotes == 3)
            {
                _recorder.MultiLineText(start, _position);
                value = hasCarriageReturn ? WithoutCarriageReturns(content, quote) : _text.Substring(content, _position - 3 - content);
                return true;
            }
        }

        value = "";
        return Fail(ReadProblemKind.Syntax, start, 3, "the text that begins at these quotes never ends.", unterminated: true);
    }

    private string WithoutCarriageReturns(int content, char quote)
    {
        var buffer = Scratch();
        var length = 0;
        for (var i = content; i < _position; i++)
        {
            if (_text[i] == '\r')
                continue;
            if (length == buffer.Length)
                buffer = GrowScratch();
            buffer[length++] = _text[i];
        }

        return new string(buffer, 0, length - 3);
    }

    private string Interned(int start, int end)
    {
        var value = _text.AsSpan(start, end - start);
        switch (value.Length)
        {
            case 4 when value.SequenceEqual("true".AsSpan()):
                return "true";
            case 4 when value.SequenceEqual("imap".AsSpan()):
                return "imap";
            case 4 when value.SequenceEqual("http".AsSpan()):
                return "http";
            case 4 when value.SequenceEqual("smtp".AsSpan()):
                return "smtp";
            case 4 when value.SequenceEqual("pop3".AsSpan()):
                return "pop3";
            case 5 when value.SequenceEqual("false".AsSpan()):
                return "false";
            default:
                return value.ToString();
        }
    }

    private char[] Scratch() => _scratch ??= new char[256];

    private char[] GrowScratch()
    {
        Array.Resize(ref _scratch, _scratch!.Length * 2);
        return _scratch;
    }
}
