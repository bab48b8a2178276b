namespace StalwartHardening.Plans;

/// <summary>What is wrong with a JSON text.</summary>
internal enum JsonError
{
    None,
    UnexpectedEnd,
    ExpectedValue,
    ExpectedName,
    ExpectedColon,
    ExpectedCommaOrEnd,
    TrailingComma,
    BadEscape,
    LoneSurrogate,
    ControlCharacter,
    BadNumber,
    TooDeep,
    TrailingCharacters,
}

/// <summary>
/// Reads one JSON value at a time into a <see cref="JsonText"/>, by the rules of <c>serde_json</c>, which the server's own tool
/// uses. Without recursion, without exceptions, one step a character.
/// </summary>
internal ref struct JsonScanner
{
    /// <summary>serde_json gives up at the 128th level.</summary>
    public const int MaxLevels = 127;

    private readonly JsonText _json;
    private readonly string _text;
    private readonly int _end;
    private readonly bool _tolerant;
    private int _position;
    private bool _escaped;
    private bool _unknown;

    /// <param name="json">Takes the values.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where the text ends for this value.</param>
    /// <param name="tolerant">Whether placeholders may be in place of values and names, and quotes in them.</param>
    public JsonScanner(JsonText json, int start, int end, bool tolerant)
    {
        _json = json;
        _text = json.Text;
        _position = start;
        _end = end;
        _tolerant = tolerant;
        _escaped = false;
        _unknown = false;
        Error = JsonError.None;
        ErrorAt = start;
    }

    public JsonError Error { get; private set; }

    public int ErrorAt { get; private set; }

    /// <summary>Where the value ended.</summary>
    public readonly int Position => _position;

    /// <summary>Reads one value. False after an error; then the values read so far are to be forgotten.</summary>
    public bool TryRead()
    {
        Span<int> open = stackalloc int[MaxLevels];
        var depth = 0;
        var nameStart = -1;
        var nameLength = 0;
        var nameMarks = JsonEntryMarks.None;
        while (true)
        {
            // A value begins here.
            SkipSpace();
            if (_position >= _end)
                return Fail(JsonError.UnexpectedEnd, _end);
            var node = _json.Add();
            ref var at = ref _json[node];
            at.NameStart = nameStart;
            at.NameLength = nameLength;
            at.Marks = nameMarks;
            at.Start = _position;
            at.Next = node + 1;
            var c = _text[_position];
            if (_tolerant && TemplatePlaceholder.MayBegin(c) && BarePlaceholder() is > 0 and var length)
            {
                at.Kind = JsonKind.Placeholder;
                at.Marks |= JsonEntryMarks.ValueUnknown;
                at.Length = length;
                _position += length;
            }
            else if (c == '"')
            {
                if (!ReadText())
                    return false;
                at.Kind = JsonKind.Text;
                at.Length = _position - at.Start;
                if (_escaped)
                    at.Marks |= JsonEntryMarks.ValueEscaped;
                if (_unknown)
                    at.Marks |= JsonEntryMarks.ValueUnknown;
            }
            else if (c is '{' or '[')
            {
                if (depth == MaxLevels)
                    return Fail(JsonError.TooDeep, _position);
                at.Kind = c == '{' ? JsonKind.Object : JsonKind.Array;
                open[depth++] = node;
                _position++;
                SkipSpace();
                if (_position < _end && _text[_position] == (c == '{' ? '}' : ']'))
                {
                    _position++;
                    Close(open[--depth]);
                }
                else if (c == '{')
                {
                    if (!ReadName(out nameStart, out nameLength, out nameMarks, first: true))
                        return false;
                    continue;
                }
                else
                {
                    nameStart = -1;
                    nameLength = 0;
                    nameMarks = JsonEntryMarks.None;
                    continue;
                }
            }
            else if (!ReadScalar(ref at))
            {
                return false;
            }

            // A value has ended: its parents may end too, or go on.
            while (true)
            {
                if (depth == 0)
                    return true;
                var parent = open[depth - 1];
                var isObject = _json[parent].Kind == JsonKind.Object;
                SkipSpace();
                if (_position >= _end)
                    return Fail(JsonError.UnexpectedEnd, _end);
                c = _text[_position];
                if (c == (isObject ? '}' : ']'))
                {
                    _position++;
                    depth--;
                    Close(parent);
                    continue;
                }

                if (c != ',')
                    return Fail(JsonError.ExpectedCommaOrEnd, _position);
                _position++;
                if (isObject)
                {
                    if (!ReadName(out nameStart, out nameLength, out nameMarks, first: false))
                        return false;
                }
                else
                {
                    SkipSpace();
                    if (_position < _end && _text[_position] == ']')
                        return Fail(JsonError.TrailingComma, _position);
                    nameStart = -1;
                    nameLength = 0;
                    nameMarks = JsonEntryMarks.None;
                }

                break;
            }
        }
    }

    private readonly void Close(int node)
    {
        ref var at = ref _json[node];
        at.Length = _position - at.Start;
        at.Next = _json.Count;
    }

    private bool ReadName(out int start, out int length, out JsonEntryMarks marks, bool first)
    {
        start = -1;
        length = 0;
        marks = JsonEntryMarks.None;
        SkipSpace();
        if (_position >= _end)
            return Fail(JsonError.UnexpectedEnd, _end);
        if (_tolerant && TemplatePlaceholder.MayBegin(_text[_position]) && BarePlaceholder() is > 0 and var placeholder)
        {
            start = _position;
            length = placeholder;
            marks = JsonEntryMarks.NameUnknown;
            _position += placeholder;
        }
        else if (_text[_position] == '"')
        {
            start = _position + 1;
            if (!ReadText())
                return false;
            length = _position - 1 - start;
            marks = (_escaped ? JsonEntryMarks.NameEscaped : 0) | (_unknown ? JsonEntryMarks.NameUnknown : 0);
        }
        else
        {
            return Fail(!first && _text[_position] == '}' ? JsonError.TrailingComma : JsonError.ExpectedName, _position);
        }

        SkipSpace();
        if (_position >= _end)
            return Fail(JsonError.UnexpectedEnd, _end);
        if (_text[_position] != ':')
            return Fail(JsonError.ExpectedColon, _position);
        _position++;
        return true;
    }

    // From the opening quote to after the closing one.
    private bool ReadText()
    {
        var text = _text;
        var end = _end;
        var start = _position;
        var i = start + 1;
        var mayBeUnknown = false;
        _escaped = false;
        _unknown = false;
        while (i < end)
        {
            var c = text[i];
            if (c == '"')
            {
                _position = i + 1;
                if (mayBeUnknown)
                    _unknown = HasPlaceholder(start + 1, i);
                return true;
            }

            if (c < ' ')
                return Fail(c == '\n' || c == '\r' ? JsonError.UnexpectedEnd : JsonError.ControlCharacter, i);
            if (c == '\\')
            {
                _escaped = true;
                if (!SkipEscape(ref i))
                    return false;
                continue;
            }

            if (TemplatePlaceholder.MayBegin(c))
            {
                mayBeUnknown = true;
                if (_tolerant && c == '{' && TemplatePlaceholder.Measure(text, i, end) is > 0 and var length)
                {
                    i += length;
                    continue;
                }
            }

            i++;
        }

        return Fail(JsonError.UnexpectedEnd, end);
    }

    private readonly bool HasPlaceholder(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (TemplatePlaceholder.MayBegin(_text[i]) && TemplatePlaceholder.Measure(_text, i, end) > 0)
                return true;
        }

        return false;
    }

    private bool SkipEscape(ref int i)
    {
        if (i + 1 >= _end)
            return Fail(JsonError.UnexpectedEnd, _end);
        if (_text[i + 1] is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
        {
            i += 2;
            return true;
        }

        if (_text[i + 1] != 'u')
            return Fail(JsonError.BadEscape, i);
        var unit = Unit(i + 2);
        if (unit < 0)
            return Fail(JsonError.BadEscape, i);
        if (unit is >= 0xDC00 and <= 0xDFFF)
            return Fail(JsonError.LoneSurrogate, i);
        if (unit is >= 0xD800 and <= 0xDBFF)
        {
            if (i + 7 >= _end || _text[i + 6] != '\\' || _text[i + 7] != 'u' || Unit(i + 8) is not (>= 0xDC00 and <= 0xDFFF))
                return Fail(JsonError.LoneSurrogate, i);
            i += 12;
            return true;
        }

        i += 6;
        return true;
    }

    private readonly int Unit(int start)
    {
        if (start + 4 > _end)
            return -1;
        var unit = 0;
        for (var i = start; i < start + 4; i++)
        {
            var digit = _text[i] switch
            {
                >= '0' and <= '9' and var c => c - '0',
                >= 'a' and <= 'f' and var c => c - 'a' + 10,
                >= 'A' and <= 'F' and var c => c - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
                return -1;
            unit = (unit << 4) | digit;
        }

        return unit;
    }

    private bool ReadScalar(ref JsonEntry at)
    {
        switch (_text[_position])
        {
            case 't':
                at.Kind = JsonKind.True;
                return ReadWord(ref at, "true");
            case 'f':
                at.Kind = JsonKind.False;
                return ReadWord(ref at, "false");
            case 'n':
                at.Kind = JsonKind.Null;
                return ReadWord(ref at, "null");
            case '-':
            case >= '0' and <= '9':
                at.Kind = JsonKind.Number;
                return ReadNumber(ref at);
            default:
                return Fail(JsonError.ExpectedValue, _position);
        }
    }

    private bool ReadWord(ref JsonEntry at, string word)
    {
        if (_end - _position < word.Length || string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
            return Fail(JsonError.ExpectedValue, _position);
        _position += word.Length;
        at.Length = word.Length;
        return true;
    }

    private bool ReadNumber(ref JsonEntry at)
    {
        var i = _position;
        if (_text[i] == '-')
            i++;
        if (i >= _end || !IsDigit(_text[i]))
            return Fail(JsonError.BadNumber, _position);
        if (_text[i] == '0')
        {
            i++;
            if (i < _end && IsDigit(_text[i]))
                return Fail(JsonError.BadNumber, _position);
        }
        else
        {
            while (i < _end && IsDigit(_text[i]))
                i++;
        }

        if (i < _end && _text[i] == '.')
        {
            i++;
            if (i >= _end || !IsDigit(_text[i]))
                return Fail(JsonError.BadNumber, _position);
            while (i < _end && IsDigit(_text[i]))
                i++;
        }

        if (i < _end && _text[i] is 'e' or 'E')
        {
            i++;
            if (i < _end && _text[i] is '+' or '-')
                i++;
            if (i >= _end || !IsDigit(_text[i]))
                return Fail(JsonError.BadNumber, _position);
            while (i < _end && IsDigit(_text[i]))
                i++;
        }

        at.Length = i - _position;
        _position = i;
        return true;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    // Placeholders one after the other, and what is glued to them: ${HOST}:${PORT}, {{ a }}{{ b }}.
    private readonly int BarePlaceholder()
    {
        var i = _position;
        while (i < _end && TemplatePlaceholder.MayBegin(_text[i]) && TemplatePlaceholder.Measure(_text, i, _end) is > 0 and var length)
        {
            i += length;
            while (i < _end && (char.IsLetterOrDigit(_text[i]) || _text[i] is '.' or '-'))
                i++;
        }

        return i - _position;
    }

    private void SkipSpace()
    {
        while (_position < _end)
        {
            switch (_text[_position])
            {
                case ' ' or '\t' or '\n' or '\r':
                    _position++;
                    continue;
                // A statement of a template between two values writes nothing itself.
                case '{' when _tolerant && _position + 1 < _end && _text[_position + 1] is '%' or '#' && Statement() is > 0 and var length:
                    _position += length;
                    continue;
                default:
                    return;
            }
        }
    }

    private readonly int Statement()
    {
        var mark = _text[_position + 1];
        for (var i = _position + 2; i + 1 < _end; i++)
        {
            if (_text[i] == mark && _text[i + 1] == '}')
                return i + 2 - _position;
        }

        return 0;
    }

    private bool Fail(JsonError error, int at)
    {
        Error = error;
        ErrorAt = at;
        return false;
    }
}
