using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// One pass over one text, following the server's <c>TomlParser</c> character by character: what it skips, what it refuses, where
/// it counts lines. Methods answer false after an error and leave it in <see cref="_problems"/>.
/// </summary>
internal sealed class ServerTomlParser
{
    private const int MaximumProblems = 100;
    private const int MaximumNesting = 10;
    private const long MostKeyCharacters = 64;
    private const char EndOfText = '\0';

    private readonly string _text;
    private readonly TomlDialect _dialect;
    private readonly ServerVersion _version;
    private readonly CancellationToken _cancellation;
    private readonly ITomlRecorder? _recorder;
    private readonly SettingTable _settings;
    private readonly TomlRemarks _remarks;
    private readonly StandardTomlScreen _standard = new();
    private List<ReadProblem>? _problems;
    private List<SuppressionComment>? _comments;

    // The flat key under construction: the table's name with its dot, then what the statement adds.
    private char[] _key = new char[128];
    private int _keyLength;
    private int _tableLength;

    private int _position;
    private int _line = 1;
    private int _lineCountedTo;

    private string _lastArrayName = "";
    private int _lastArrayIndex;
    private char[]? _scratch;
    private int _countBeforeFirstProblem;

    // Where to go on after a text that never ends; -1 after every other error.
    private int _resumeAfter = -1;
    private bool _missesFinalNewline;

    // Where the first text of the statement began that stands in single quotes or one pair of double ones and goes on over a line's end.
    private int _spanningText;

    public ServerTomlParser(string text, ServerVersion version, ITomlRecorder? recorder, CancellationToken cancellation)
    {
        _text = text;
        _version = version;
        _dialect = TomlDialects.Of(version);
        _recorder = recorder;
        _cancellation = cancellation;
        _settings = new SettingTable(Math.Max(16, Math.Min(text.Length / 28, 1 << 16)));
        _remarks = new TomlRemarks(text);
    }

    public SettingsDocument Read()
    {
        if (_text.Length > 0 && _text[0] == '\uFEFF')
        {
            Fail(ReadProblemKind.Syntax, 0, 1, "the file begins with a byte-order mark. Save it as UTF-8 without one.");
            _position = 1;
        }

        while (SkipBlanksAndLines())
        {
            _cancellation.ThrowIfCancellationRequested();
            var start = _position;
            _spanningText = -1;
            if (!ReadStatement())
            {
                _recorder?.Broken(start, _position);
                if (_text[start] == '[')
                    TakeMeantTable(start);
                Resynchronise(start);
            }
        }

        return new SettingsDocument(_settings.Settings, _settings.Count, _version)
        {
            Text = _text,
            Problems = (IReadOnlyList<ReadProblem>?)_problems ?? [],
            Remarks = _remarks.Found,
            SuppressionComments = (IReadOnlyList<SuppressionComment>?)_comments ?? [],
            MayDepartFromStandard = _standard.MayDepart(_text, _settings),
            CountBeforeFirstProblem = _problems is null ? _settings.Count : _countBeforeFirstProblem,
        };
    }

    private bool ReadStatement()
    {
        var c = _text[_position];
        switch (c)
        {
            case '[':
                return ReadHeader();
            case '#':
                SkipComment();
                return true;
            case '"':
            case >= 'a' and <= 'z':
            case >= 'A' and <= 'Z':
            case >= '0' and <= '9':
                return ReadKeyValue();
            default:
                return FailAtCharacter("a line begins with a key, a '[table]' or a comment" + c switch
                {
                    '\'' => "; the server knows no single-quoted keys",
                    '_' or '-' => "; the server wants a letter, a digit or a double quote first",
                    '{' => "; this looks like JSON",
                    _ => "",
                });
        }
    }

    private bool ReadHeader()
    {
        var start = _position++;
        _keyLength = _tableLength = 0;
        if (!NextInLine(out var c))
            return false;
        var isArray = c == '[';
        var nameStart = isArray ? _position : _position - 1;
        // The first character of a plain header is taken as it is, even a quote.
        if (!isArray)
        {
            Append(c);
            if (char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(0)))
                Append(_text[_position++]);
        }

        var inQuotes = false;
        var last = '\0';
        var lowered = false;
        var nameEnd = -1;
        while (true)
        {
            // Blanks count inside quotes; a line break ends nothing.
            if (!(inQuotes ? NextInLineWithBlanks(out c) : NextInLine(out c)))
                return FailInHeader(start, nameStart);
            if (c == '"' && (!inQuotes || last != '\\'))
            {
                inQuotes = !inQuotes;
            }
            else if (c == '\\' && inQuotes)
            {
                // dropped
            }
            else if (c == ']' && !inQuotes)
            {
                if (nameEnd < 0)
                    nameEnd = _position - 1;
                if (_keyLength == 0)
                    return FailAt(nameStart, Math.Max(1, _position - nameStart), "a table needs a name between its brackets.");
                if (!isArray)
                    break;
                AppendArrayIndex(nameStart, nameEnd);
                isArray = false;
            }
            else if (inQuotes)
            {
                Append(c);
            }
            else if (c is '.' or '-' or '_' || IsAlphanumeric(_position - 1))
            {
                if (c is >= 'A' and <= 'Z')
                {
                    lowered = true;
                    c = (char)(c + 32);
                }

                Append(c);
                if (char.IsHighSurrogate(c))
                    Append(_text[_position++]);
            }
            else
            {
                _position--;
                return FailAtCharacter("the name of a table is made of letters, digits, '.', '-' and '_', or of a part in double quotes");
            }

            last = c;
        }

        if (lowered)
            _remarks.LowerCasedHeader(nameStart, nameEnd);
        var isArrayHeader = _text[nameStart - 1] == '[' && nameStart - 2 >= start;
        _remarks.Header(_key.AsSpan(0, _keyLength), nameStart, nameEnd, isArrayHeader);
        var brackets = isArrayHeader ? 2 : 1;
        // TOML wants the brackets side by side.
        _standard.Doubts |= nameStart - start != brackets || _position - nameEnd != brackets || (isArrayHeader && _text[nameEnd + 1] != ']');
        if (isArrayHeader)
            _standard.ArrayHeader(_key.AsSpan(0, _key.AsSpan(0, _keyLength).LastIndexOf('.')), _text.AsSpan(nameStart, nameEnd - nameStart).Trim());
        else
            _standard.Header(_key.AsSpan(0, _keyLength), _text.AsSpan(nameStart, nameEnd - nameStart).Trim());
        Append('.');
        _tableLength = _keyLength;
        var closed = _position;
        SkipRestOfLine();
        _recorder?.Header(start, nameStart, nameEnd, closed, _position, isArrayHeader, _key.AsSpan(0, _tableLength - 1));
        return true;
    }

    // What the line end was reported as is replaced by what is missing before it.
    private bool FailInHeader(int start, int nameStart)
    {
        if (_problems!.Count < MaximumProblems || _problems[MaximumProblems - 1].Span.Start >= start)
        {
            var vague = _problems[_problems.Count - 1];
            _problems[_problems.Count - 1] = vague with
            {
                Span = SourceSpan.FromBounds(start, Math.Max(start + 1, Math.Min(_position, _text.Length))),
                Message = nameStart == start + 1 && nameStart < _text.Length && _text[nameStart] == '"'
                    ? "the name of a table must not begin with a quote here; write [a.\"b\"], or the name without quotes."
                    : "the ']' that ends the name of the table is missing.",
            };
        }

        return false;
    }

    // What stands below a header that could not be read belongs to the table it means, not to the one above it.
    private void TakeMeantTable(int start)
    {
        var nameStart = start;
        while (nameStart < _text.Length && _text[nameStart] == '[')
            nameStart++;
        _keyLength = _tableLength = 0;
        for (var at = nameStart; at < _text.Length && _text[at] is not (']' or '\n' or '#'); at++)
        {
            if (_text[at] is not ('"' or '\'' or ' ' or '\t' or '\r'))
                Append(_text[at]);
        }

        if (_keyLength == 0)
            return;
        if (nameStart - start > 1)
            AppendArrayIndex(nameStart, nameStart + 1);
        Append('.');
        _tableLength = _keyLength;
    }

    // The index goes up only directly behind a header of the same name; plain headers in between do not matter.
    private void AppendArrayIndex(int nameStart, int nameEnd)
    {
        var name = _key.AsSpan(0, _keyLength);
        if (name.SequenceEqual(_lastArrayName.AsSpan()))
        {
            _lastArrayIndex++;
        }
        else
        {
            _lastArrayIndex = 0;
            _lastArrayName = name.ToString();
            _remarks.ArrayOfTables(_lastArrayName, nameStart, nameEnd);
        }

        Append('.');
        AppendIndex(_lastArrayIndex);
    }

    private bool ReadKeyValue()
    {
        _keyLength = _tableLength;
        var start = _position;
        if (!ReadKey(inBraces: false, out var keySpan, out _))
            return false;
        _recorder?.BeginStatement(start, keySpan, _key.AsSpan(0, _keyLength));
        if (!ReadValue(keySpan, '\n', '\n', 0, out _, out var valueSpan))
            return false;
        _recorder?.EndStatement(valueSpan, _position);
        return true;
    }

    // Reads up to and with '=' (or, between braces, ',' or '}').
    private bool ReadKey(bool inBraces, out SourceSpan span, out char ended)
    {
        var start = -1;
        var end = _position;
        var keyStart = _keyLength;
        ended = EndOfText;
        span = default;
        while (_position < _text.Length)
        {
            var at = _position;
            var c = _text[_position++];
            switch (c)
            {
                case '=':
                case ',' when inBraces:
                case '}' when inBraces:
                    if (c != '=' && !HasSets)
                        return FailAt(at, 1, $"between '{{' and '}}' every key needs a value here, as in '{{ a = 1 }}'. Sets came with 0.5.3.");
                    if (_keyLength == keyStart && !AllowsEmptyKeyPart(keyStart))
                        return FailAt(at, 1, c == '=' ? "there is no key before the '='." : "there is no key here; the server takes neither '{ }' nor a comma before the closing brace.");
                    span = SourceSpan.FromBounds(start < 0 ? at : start, start < 0 ? at : end);
                    ended = c;
                    _remarks.Key(span.Start, span.End);
                    _standard.Key(_key.AsSpan(0, _keyLength), keyStart, _text.AsSpan(span.Start, span.Length));
                    return true;
                case '"':
                    if (start < 0)
                        start = at;
                    if (!ReadQuotedKeyPart(at))
                        return false;
                    end = _position;
                    break;
                case ' ' or '\t' or '\r':
                    break;
                case '\n':
                    // Nothing of the key yet, or only an empty pair of quotes: the server goes on with the next line.
                    if (_keyLength == keyStart && _dialect >= TomlDialect.Since0_7_0)
                        break;
                    _position = at;
                    return Fail(ReadProblemKind.Syntax, start < 0 ? at : start, start < 0 ? 0 : end - start, start < 0
                        ? "the line ends where a key is expected."
                        : $"there is no '=' behind the key '{ShownKey(start, end)}'.");
                default:
                    if (_dialect < TomlDialect.Since0_13_1 && !IsPlainKeyCharacter(c))
                    {
                        _position = at;
                        return FailAtCharacter("a key is made of letters, digits, '.', '-' and '_', or of a part in double quotes (since 0.13.1 of anything)");
                    }

                    if (start < 0)
                        start = at;
                    Append(c);
                    end = _position;
                    break;
            }
        }

        return Fail(ReadProblemKind.Syntax, start < 0 ? _text.Length : start, start < 0 ? 0 : end - start, "the file ends in the middle of a key.");
    }

    // No escapes: every backslash is dropped, and it keeps the next quote from closing.
    private bool ReadQuotedKeyPart(int open)
    {
        var last = '\0';
        while (_position < _text.Length)
        {
            var c = _text[_position++];
            if (c == '\\')
            {
                // dropped
            }
            else if (c == '"' && last != '\\')
            {
                return true;
            }
            else if (c == '\n')
            {
                _position--;
                return Fail(ReadProblemKind.Syntax, open, _position - open, "a quoted key does not end on its line.");
            }
            else
            {
                Append(c);
            }

            last = c;
        }

        return Fail(ReadProblemKind.Syntax, open, _text.Length - open, "the file ends inside a quoted key.");
    }

    // Reads a value and what follows it, up to and with one of the two stop characters.
    private bool ReadValue(SourceSpan keySpan, char stop, char otherStop, int nesting, out char stopped, out SourceSpan span)
    {
        stopped = EndOfText;
        span = default;
        if (nesting == MaximumNesting)
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
                _standard.Doubts = true;
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
                        : "a value begins with a quote, a bracket, a brace, a letter, a digit, '+', '-' or '.'" + (c == '%' ? "; macros stand in quotes" : ""));
                }

                _position = start;
                while (_position < _text.Length && (_text[_position] is '.' or '+' or '-' || IsAlphanumeric(_position)))
                    _position += char.IsHighSurrogate(_text[_position]) ? 2 : 1;
                _remarks.Bare(start, _position);
                _standard.Bare(_text.AsSpan(start, _position - start));
                if (!Add(Interned(start, _position), keySpan, SourceSpan.FromBounds(start, _position)))
                    return false;
                break;
        }

        span = SourceSpan.FromBounds(start, _position);
        return SkipToStop(stop, otherStop, out stopped);
    }

    private bool SkipToStop(char stop, char otherStop, out char stopped)
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
                        ? "a value with it stands in quotes"
                        : stop == '\n'
                            ? "behind a value only a comment may follow on its line"
                            : $"behind a value '{stop}' or '{otherStop}' is expected");
            }
        }

        return stop == '\n'
            ? Fail(ReadProblemKind.MissingFinalNewline, _text.Length, 0, "the last line has no line break at its end. Add one.")
            : Fail(ReadProblemKind.Syntax, _text.Length, 0, $"the file ends where '{stop}' or '{otherStop}' is expected.");
    }

    private bool ReadArray(SourceSpan keySpan, int nesting)
    {
        var open = _position - 1;
        var keyLength = _keyLength;
        _standard.Closed(_key.AsSpan(0, keyLength));
        _recorder?.BeginArray(open);
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
            if (nesting + 1 == MaximumNesting)
                return FailTooDeep();
            if (c == ']')
            {
                _position++;
                break;
            }

            if (c == ',')
            {
                // TOML knows no empty places.
                _standard.Doubts = true;
                _recorder?.Separator(_position);
                _position++;
                index++;
                continue;
            }

            _keyLength = keyLength;
            Append('.');
            AppendIndex(index);
            _recorder?.BeginElement(_position);
            if (!ReadValue(keySpan, ',', ']', nesting + 1, out var stopped, out var span))
                return false;
            _recorder?.EndElement(span, _position - 1);
            if (stopped == ']')
                break;
            _recorder?.Separator(_position - 1);
            index++;
        }

        _keyLength = keyLength;
        _recorder?.EndArray(_position);
        return true;
    }

    private bool FailTooDeep() => FailAt(Math.Min(_position, _text.Length), _position < _text.Length ? 1 : 0, "brackets and braces are nested more than nine levels deep.");

    private bool ReadInlineTable(int nesting)
    {
        var keyLength = _keyLength;
        _standard.Closed(_key.AsSpan(0, keyLength));
        _recorder?.BeginInlineTable(_position - 1);
        while (true)
        {
            _keyLength = keyLength;
            Append('.');
            if (!ReadKey(inBraces: true, out var keySpan, out var ended))
                return false;
            if (ended == '=')
            {
                _recorder?.BeginEntry(keySpan, _key.AsSpan(0, _keyLength));
                SkipBlanksLinesAndComments();
                if (nesting + 1 < MaximumNesting && Peek(0) is ',' or '}')
                {
                    // A value may be missing here; the server then stores nothing.
                    _standard.Doubts = true;
                    ended = _text[_position++];
                    _recorder?.EndEntry(new SourceSpan(_position - 1, 0), _position - 1);
                }
                else
                {
                    if (!ReadValue(keySpan, ',', '}', nesting + 1, out ended, out var span))
                        return false;
                    _recorder?.EndEntry(span, _position - 1);
                }

                // Only behind a value: behind a member of a set a comment would be part of the next key.
                if (ended == ',')
                {
                    _recorder?.Separator(_position - 1);
                    SkipBlanksLinesAndComments();
                    continue;
                }
            }
            else if (_keyLength == keyLength + 1)
            {
                // Until 0.6.0 the server takes '{ }' and stores nothing.
                _standard.Doubts = true;
            }
            else
            {
                _standard.Doubts = true;
                _recorder?.BeginEntry(keySpan, _key.AsSpan(0, _keyLength));
                if (!Add("", keySpan, keySpan))
                    return false;
                _recorder?.EndEntry(keySpan, _position - 1);
            }

            if (ended == '}')
                break;
            _recorder?.Separator(_position - 1);
        }

        _keyLength = keyLength;
        _recorder?.EndInlineTable(_position);
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
                _standard.Characters(_text.AsSpan(content, i - content));
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

    // A backslash behind a backslash is kept and still escapes what follows: n of them give n-1.
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
                _remarks.String(start, _position, quote);
                _standard.EscapedText(_text, start, _position);
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
                _remarks.MultiLineString(start, _position, quote);
                _standard.MultiLineText(_text, start, _position);
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

    private bool Add(string value, SourceSpan keySpan, SourceSpan valueSpan)
    {
        // Every key carries the name of its table: a name of a page over a page of keys would fill the memory. No real file comes near.
        if (_settings.KeyCharacters > 65_536 + (MostKeyCharacters * _text.Length))
        {
            FailAt(keySpan.Start, keySpan.Length, "the names of tables and keys are too long to be read any further.");
            _position = _text.Length;
            return false;
        }

        if (_settings.TryAdd(_key.AsSpan(0, _keyLength), value, keySpan, valueSpan, out var index))
        {
            _recorder?.Setting(index);
            return true;
        }

        // The server stops here. The statement is complete, though, so what follows it is read as if it had not.
        var first = _settings.Settings[index];
        // The members of a set are values to their author, and may be secrets.
        var shown = keySpan == valueSpan ? first.Key.Substring(0, first.Key.LastIndexOf('.') + 1) + "…" : first.Key;
        Fail(ReadProblemKind.DuplicateKey, keySpan.Start, keySpan.Length, $"'{Display.Text(shown)}' is set a second time, first on line {LineOf(first.KeySpan.Start)}.", related: first.KeySpan);
        return true;
    }

    // ---- characters -------------------------------------------------------------------------------------------------

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
            return Fail(ReadProblemKind.Syntax, _position, 0, "there is no value behind the '='; it must begin on the same line.");
        }

        c = EndOfText;
        return Fail(ReadProblemKind.Syntax, _text.Length, 0, "the file ends where a value is expected.");
    }

    private bool FailAtLineEnd()
    {
        _position--;
        return Fail(ReadProblemKind.Syntax, _position, 0, "the line ends in the middle of a statement.");
    }

    private void SkipBlanksLinesAndComments()
    {
        for (; _position < _text.Length; _position++)
        {
            switch (_text[_position])
            {
                case ' ' or '\t':
                    break;
                case '\r' or '\n':
                    _standard.Doubts = true;
                    break;
                case '#':
                    _standard.Doubts = true;
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
        // The server reads nothing behind ']'. A comment there is one to people, so it is one to us.
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r')
            _position++;
        if (_position < _text.Length && _text[_position] == '#')
        {
            SkipComment();
            return;
        }

        _standard.Doubts |= _position < _text.Length && _text[_position] != '\n';
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
        _standard.Characters(_text.AsSpan(start, end - start));
        var first = start + 1;
        while (first < end && _text[first] is ' ' or '\t')
            first++;
        if (end - first > 4 && string.CompareOrdinal(_text, first, "swh:", 0, 4) == 0)
            AddSuppression(start, first, end);
        _recorder?.Comment(start, end);
        _position = Math.Min(end + 1, _text.Length);
    }

    private void AddSuppression(int start, int first, int end)
    {
        while (end > first && _text[end - 1] is ' ' or '\t' or '\r')
            end--;
        var before = start;
        while (before > 0 && _text[before - 1] is ' ' or '\t' or '\r')
            before--;
        (_comments ??= []).Add(new SuppressionComment(
            SourceSpan.FromBounds(start, end),
            _text.Substring(first, end - first),
            before == 0 || _text[before - 1] == '\n'));
    }

    private static bool IsPlainKeyCharacter(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '-' or '_';

    // Letters and digits of any script (Rust's char::is_alphanumeric).
    private bool IsAlphanumeric(int index)
    {
        var c = _text[index];
        if (c < 128)
            return c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
        if (char.IsHighSurrogate(c) && (index + 1 >= _text.Length || !char.IsLowSurrogate(_text[index + 1])))
            return false;
        return CharUnicodeInfo.GetUnicodeCategory(_text, index) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            // Rust's is_alphanumeric also takes what Unicode calls "other alphabetic": vowel signs, letters in circles.
            or UnicodeCategory.SpacingCombiningMark || c is '\u0345' or (>= '\u24B6' and <= '\u24E9');
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

    // ---- buffers ----------------------------------------------------------------------------------------------------

    private void Append(char c)
    {
        if (_keyLength == _key.Length)
            Array.Resize(ref _key, _key.Length * 2);
        _key[_keyLength++] = c;
    }

    // At least four digits: 0007, 12345.
    private void AppendIndex(int index)
    {
        var divisor = 1000;
        while (index / divisor >= 10)
            divisor *= 10;
        for (; divisor > 0; divisor /= 10)
            Append((char)('0' + (index / divisor % 10)));
    }

    private bool AllowsEmptyKeyPart(int keyStart) => _dialect < TomlDialect.Since0_7_0 && keyStart > 0;

    private char[] Scratch() => _scratch ??= new char[256];

    private char[] GrowScratch()
    {
        Array.Resize(ref _scratch, _scratch!.Length * 2);
        return _scratch;
    }

    // ---- errors -----------------------------------------------------------------------------------------------------

    private bool FailAtCharacter(string expectation) =>
        FailAt(_position, char.IsHighSurrogate(_text[_position]) && _position + 1 < _text.Length ? 2 : 1, $"{ShownCharacter(_position)} is out of place; {expectation}.");

    private bool FailAt(int start, int length, string message) => Fail(ReadProblemKind.Syntax, start, length, message);

    private bool Fail(ReadProblemKind kind, int start, int length, string message, bool unterminated = false, SourceSpan? related = null)
    {
        _resumeAfter = unterminated ? start : -1;
        _missesFinalNewline = kind == ReadProblemKind.MissingFinalNewline;
        if (_problems is null)
        {
            _problems = [];
            _countBeforeFirstProblem = _settings.Count;
        }

        if (_problems.Count < MaximumProblems)
        {
            _problems.Add(new ReadProblem(kind, new SourceSpan(start, length), LineOf(kind == ReadProblemKind.DuplicateKey ? _position : unterminated ? _text.Length : Math.Max(start, _position)), message, related)
            {
                Key = _keyLength > _tableLength ? new string(_key, 0, _keyLength) : null,
            });
        }

        return false;
    }

    private int LineOf(int offset)
    {
        if (offset < _lineCountedTo)
        {
            _line = 1;
            _lineCountedTo = 0;
        }

        for (; _lineCountedTo < offset && _lineCountedTo < _text.Length; _lineCountedTo++)
        {
            if (_text[_lineCountedTo] == '\n')
                _line++;
        }

        return _line;
    }

    private string ShownCharacter(int at) => _text[at] switch
    {
        '\n' => "the end of the line",
        '\'' => "a single quote",
        < ' ' or '\u007F' => string.Format(CultureInfo.InvariantCulture, "the control character U+{0:X4}", (int)_text[at]),
        var c when char.IsSurrogate(c) && !(at + 1 < _text.Length && char.IsSurrogatePair(c, _text[at + 1])) => "half a character",
        var c => "'" + (char.IsHighSurrogate(c) ? _text.Substring(at, 2) : c.ToString()) + "'",
    };

    // What follows a blank or a quote may be the value, and the value a secret.
    private string ShownKey(int start, int end)
    {
        var shown = start;
        while (shown < end && _text[shown] is not (' ' or '\t' or '"' or '\''))
            shown++;
        return Shown(start, shown == start ? end : shown);
    }

    private string Shown(int start, int end) => Display.Text(_text.Substring(start, Math.Min(end - start, 60)));

    // ---- going on after an error ------------------------------------------------------------------------------------

    /// <summary>
    /// Goes to the next line that plainly is a statement: the line of the error itself if the broken statement began before it
    /// (a bracket or quote that was never closed), else one further down.
    /// </summary>
    private void Resynchronise(int statementStart)
    {
        // A statement that only lacks its line break is complete: nothing stands behind it.
        if (_position >= _text.Length && _resumeAfter < 0 && _missesFinalNewline)
            return;

        // A quote that was forgotten lets the text run on to the next quote; the lines it swallowed are statements.
        if (_resumeAfter < 0)
            _resumeAfter = _spanningText;
        if (_resumeAfter >= 0)
        {
            _position = TomlStatementSearch.NextStatement(_text, _resumeAfter);
            _resumeAfter = -1;
            return;
        }

        var error = Math.Min(_position, _text.Length);
        var line = error == 0 ? 0 : _text.LastIndexOf('\n', error - 1) + 1;
        if (line <= statementStart || !TomlStatementSearch.LooksLikeStatement(_text, line))
            line = TomlStatementSearch.NextStatement(_text, error);
        _position = line;
    }
}
