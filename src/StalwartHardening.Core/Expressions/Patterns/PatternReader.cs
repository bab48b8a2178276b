using System.Globalization;

namespace StalwartHardening.Expressions.Patterns;

/// <summary>Compiles the text of a pattern into instructions (syntax of the crate regex-syntax 0.8).</summary>
internal sealed class PatternReader
{
    // The crate's own limit on nested groups; it also bounds our recursion.
    private const int DeepestNesting = 250;

    // The crate limits the compiled size too, by bytes; patterns near that limit are left unevaluated.
    private const int LongestProgram = 20_000;

    private const int LargestState = 500_000;

    private readonly string _text;
    private readonly List<PatternInstruction> _program = [];
    private int _at;
    private int _depth;
    private int _groups;
    private string? _error;
    private bool _isUnsupported;
    private bool _ignoreCase;
    private bool _multiLine;
    private bool _dotAll;
    private bool _swapGreed;

    private PatternReader(string text) => _text = text;

    public static RustPattern Read(string text)
    {
        var reader = new PatternReader(text);
        reader.Emit(PatternOperation.Save, 0);
        reader.ReadAlternatives();
        if (!reader.Stopped && reader._at < text.Length)
            reader.Fail("a group is closed that was never opened");
        reader.Emit(PatternOperation.Save, 1);
        reader.Emit(PatternOperation.Match);
        if ((long)reader._program.Count * (reader._groups + 1) > LargestState)
            reader._isUnsupported = true;
        return new RustPattern(text, reader._program.ToArray(), reader._groups) { Error = reader._error, IsSupported = !reader._isUnsupported };
    }

    private bool Stopped => _error is not null || _isUnsupported;

    private void ReadAlternatives()
    {
        var start = _program.Count;
        var jumps = new List<int>();
        bool ignoreCase = _ignoreCase, multiLine = _multiLine, dotAll = _dotAll, swapGreed = _swapGreed;
        while (true)
        {
            ReadSequence();
            if (Stopped || _at >= _text.Length || _text[_at] != '|')
                break;
            _at++;
            InsertAt(start, new PatternInstruction(PatternOperation.Split, start + 1, 0));
            jumps.Add(_program.Count);
            Emit(PatternOperation.Jump);
            _program[start] = _program[start] with { Y = _program.Count };
            start = _program.Count;
        }

        foreach (var jump in jumps)
            _program[jump] = _program[jump] with { X = _program.Count };

        // Flags set inside a group end with it.
        (_ignoreCase, _multiLine, _dotAll, _swapGreed) = (ignoreCase, multiLine, dotAll, swapGreed);
    }

    private void ReadSequence()
    {
        while (!Stopped && _at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            var start = _program.Count;
            if (!ReadAtom())
                continue;
            while (!Stopped && _at < _text.Length && _text[_at] is '*' or '+' or '?' or '{')
                ReadRepetition(start);
        }
    }

    /// <summary>Reads one thing that can be repeated; false for a bare flag group such as (?i).</summary>
    private bool ReadAtom()
    {
        var c = _text[_at];
        switch (c)
        {
            case '(':
                return ReadGroup();
            case '[':
                ReadClass();
                return true;
            case '.':
                _at++;
                var any = new CharacterSet { IsNegated = true };
                if (!_dotAll)
                    any.Add('\n', '\n');
                Emit(PatternOperation.Take, set: any);
                return true;
            case '^':
                _at++;
                Emit(_multiLine ? PatternOperation.LineStart : PatternOperation.TextStart);
                return true;
            case '$':
                _at++;
                Emit(_multiLine ? PatternOperation.LineEnd : PatternOperation.TextEnd);
                return true;
            case '\\':
                ReadEscape();
                return true;
            case '*' or '+' or '?' or '{':
                Fail($"there is nothing for '{c}' to repeat");
                return false;
            default:
                Emit(PatternOperation.Take, set: CharacterSet.Of(TakeCodePoint(), _ignoreCase));
                return true;
        }
    }

    private bool ReadGroup()
    {
        _at++;
        if (++_depth > DeepestNesting)
        {
            Fail("its groups are nested too deeply");
            return false;
        }

        var capture = true;
        bool ignoreCase = _ignoreCase, multiLine = _multiLine, dotAll = _dotAll, swapGreed = _swapGreed;
        if (Take("?"))
        {
            if (Take("=") || Take("!") || Take("<=") || Take("<!"))
            {
                Fail("look-around is not supported");
                return false;
            }

            if (Take("P<") || Take("<"))
            {
                var end = _text.IndexOf('>', _at);
                if (end <= _at)
                {
                    Fail("a group's name is not complete");
                    return false;
                }

                for (var i = _at; i < end; i++)
                {
                    // Letters beyond ASCII are fine for the crate; we do not judge them.
                    if (_text[i] >= 128)
                        _isUnsupported = true;
                    else if (!CharacterSet.IsWord(_text[i]) || (i == _at && _text[i] is >= '0' and <= '9'))
                        Fail("a group's name is no name");
                }

                _at = end + 1;
            }
            else
            {
                capture = false;
                if (!ReadFlags(out var isBare))
                    return false;
                if (isBare)
                {
                    _depth--;
                    return false;
                }
            }
        }

        var slot = 0;
        if (capture)
        {
            slot = 2 * ++_groups;
            Emit(PatternOperation.Save, slot);
        }

        ReadAlternatives();
        if (Stopped)
            return false;
        if (_at >= _text.Length)
        {
            Fail("a group is not closed");
            return false;
        }

        _at++;
        _depth--;
        if (capture)
            Emit(PatternOperation.Save, slot + 1);
        (_ignoreCase, _multiLine, _dotAll, _swapGreed) = (ignoreCase, multiLine, dotAll, swapGreed);
        return true;
    }

    private bool ReadFlags(out bool isBare)
    {
        isBare = false;
        var on = true;
        while (_at < _text.Length)
        {
            switch (_text[_at++])
            {
                case ':':
                    return true;
                case ')':
                    isBare = true;
                    return true;
                case '-':
                    on = false;
                    break;
                case 'i':
                    _ignoreCase = on;
                    break;
                case 'm':
                    _multiLine = on;
                    break;
                case 's':
                    _dotAll = on;
                    break;
                case 'U':
                    _swapGreed = on;
                    break;
                case 'u' when on:
                    break;
                case 'u' or 'x' or 'R':
                    _isUnsupported = true;
                    return false;
                default:
                    Fail("it has an unknown flag");
                    return false;
            }
        }

        Fail("a group is not closed");
        return false;
    }

    private void ReadRepetition(int start)
    {
        var least = 0;
        var most = -1;
        switch (_text[_at++])
        {
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{':
                if (!ReadCounts(out least, out most))
                    return;
                break;
        }

        var greedy = !Take("?");
        if (_swapGreed)
            greedy = !greedy;
        Repeat(start, least, most, greedy);
    }

    private bool ReadCounts(out int least, out int most)
    {
        most = -1;
        if (!ReadCount(out least))
            return false;
        if (Take("}"))
        {
            most = least;
            return true;
        }

        if (!Take(","))
        {
            Fail("a repetition is not complete");
            return false;
        }

        if (Take("}"))
            return true;
        if (!ReadCount(out most))
            return false;
        if (!Take("}"))
        {
            Fail("a repetition is not complete");
            return false;
        }

        if (most < least)
        {
            Fail("a repetition has its larger number first");
            return false;
        }

        return true;
    }

    private bool ReadCount(out int count)
    {
        while (Take(" "))
        {
        }

        var start = _at;
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
            _at++;
        if (int.TryParse(_text.Substring(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            while (Take(" "))
            {
            }

            return true;
        }

        if (_at > start)
            Fail("a repetition's number is too large");
        else if (_at < _text.Length && _text[_at] == ',')
            _isUnsupported = true;
        else
            Fail("a repetition wants a number");
        return false;
    }

    private void Repeat(int start, int least, int most, bool greedy)
    {
        var body = _program.GetRange(start, _program.Count - start);
        var copies = Math.Max(most < 0 ? least + 1 : most, 1);
        if ((long)(body.Count + 2) * copies + _program.Count > LongestProgram)
        {
            _isUnsupported = true;
            return;
        }

        _program.RemoveRange(start, body.Count);
        for (var i = 0; i < least - (most < 0 ? 1 : 0); i++)
            Append(body, start);
        if (most < 0 && least > 0)
        {
            var loop = _program.Count;
            Append(body, start);
            var split = _program.Count;
            Emit(PatternOperation.Split, greedy ? loop : split + 1, greedy ? split + 1 : loop);
        }
        else if (most < 0)
        {
            var split = _program.Count;
            Emit(PatternOperation.Split);
            Append(body, start);
            Emit(PatternOperation.Jump, split);
            SetSplit(split, split + 1, _program.Count, greedy);
        }
        else
        {
            var splits = new List<int>();
            for (var i = least; i < most; i++)
            {
                splits.Add(_program.Count);
                Emit(PatternOperation.Split);
                Append(body, start);
            }

            foreach (var split in splits)
                SetSplit(split, split + 1, _program.Count, greedy);
        }
    }

    private void SetSplit(int split, int inside, int behind, bool greedy) =>
        _program[split] = new PatternInstruction(PatternOperation.Split, greedy ? inside : behind, greedy ? behind : inside);

    private void Append(List<PatternInstruction> body, int bodyStart)
    {
        var offset = _program.Count - bodyStart;
        foreach (var instruction in body)
            _program.Add(Moved(instruction, offset, 0));
    }

    // Makes room for one instruction: every address behind it moves.
    private void InsertAt(int position, PatternInstruction instruction)
    {
        for (var i = position; i < _program.Count; i++)
            _program[i] = Moved(_program[i], 1, position);
        _program.Insert(position, instruction);
    }

    private static PatternInstruction Moved(PatternInstruction instruction, int offset, int from) => instruction.Operation switch
    {
        PatternOperation.Split => instruction with
        {
            X = instruction.X >= from ? instruction.X + offset : instruction.X,
            Y = instruction.Y >= from ? instruction.Y + offset : instruction.Y,
        },
        PatternOperation.Jump => instruction with { X = instruction.X >= from ? instruction.X + offset : instruction.X },
        _ => instruction,
    };

    private void ReadClass()
    {
        if (ReadSet() is { } set && !Stopped)
            Emit(PatternOperation.Take, set: set);
    }

    // [a-z[:digit:]&&[^x]]: unions, combined from left to right.
    private CharacterSet? ReadSet()
    {
        if (++_depth > DeepestNesting)
            Fail("its classes are nested too deeply");
        _at++;
        var isNegated = Take("^");
        var union = new CharacterSet { IgnoresCase = _ignoreCase };
        CharacterSet? left = null;
        var operation = '\0';
        var isEmpty = true;
        while (Take("-"))
        {
            union.Add('-', '-');
            isEmpty = false;
        }

        while (!Stopped)
        {
            if (_at >= _text.Length)
            {
                Fail("a class is not closed");
                break;
            }

            if (_text[_at] == ']' && !isEmpty)
            {
                _at++;
                _depth--;
                return Closed(left is null ? union : CharacterSet.Combine(left, operation, union), isNegated);
            }

            isEmpty = false;
            if (IsSetOperator())
            {
                left = left is null ? union : CharacterSet.Combine(left, operation, union);
                operation = _text[_at];
                _at += 2;
                union = new CharacterSet();
                _isUnsupported |= _ignoreCase;
            }
            else if (_text[_at] == '[')
            {
                ReadNested(union);
            }
            else
            {
                ReadRange(union);
            }
        }

        return null;
    }

    private static CharacterSet Closed(CharacterSet set, bool isNegated)
    {
        set.IsNegated = isNegated;
        return set;
    }

    private void ReadNested(CharacterSet union)
    {
        var end = _at + 1 < _text.Length && _text[_at + 1] == ':' ? _text.IndexOf(":]", _at + 2, StringComparison.Ordinal) : -1;
        if (end > 0)
        {
            var negated = _text[_at + 2] == '^';
            var from = negated ? _at + 3 : _at + 2;
            if (end >= from && PosixRanges(_text.Substring(from, end - from)) is { } ranges)
            {
                // What is not in an ASCII class is everything else, not only of ASCII.
                var posix = new CharacterSet { IsNegated = negated, IgnoresCase = _ignoreCase };
                _isUnsupported |= _ignoreCase && negated;
                for (var i = 0; i < ranges.Length; i += 2)
                    posix.Add(ranges[i], ranges[i + 1]);
                union.Add(posix);
                _at = end + 2;
                return;
            }
        }

        _isUnsupported |= _ignoreCase;
        if (ReadSet() is { } nested)
            union.Add(nested);
    }

    private static string? PosixRanges(string name) => name switch
    {
        "alnum" => "09AZaz",
        "alpha" => "AZaz",
        "ascii" => "\0\u007F",
        "blank" => "\t\t  ",
        "cntrl" => "\0\u001F\u007F\u007F",
        "digit" => "09",
        "graph" => "!~",
        "lower" => "az",
        "print" => " ~",
        "punct" => "!/:@[`{~",
        "space" => "\t\r  ",
        "upper" => "AZ",
        "word" => "09AZ__az",
        "xdigit" => "09AFaf",
        _ => null,
    };

    private void ReadRange(CharacterSet set)
    {
        if (!ReadClassItem(set, out var from))
            return;
        var to = from;

        // A dash before the end of the class, or before another one, is no range.
        if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] is not (']' or '-'))
        {
            _at++;
            if (!ReadClassItem(set, out to))
            {
                Fail("a range ends with a class");
                return;
            }

            if (to < from)
            {
                Fail("a range has its larger end first");
                return;
            }
        }

        set.Add(from, to);
    }

    private bool IsSetOperator() =>
        _at + 1 < _text.Length && _text[_at] == _text[_at + 1] && _text[_at] is '&' or '-' or '~';

    private bool ReadClassItem(CharacterSet set, out int codePoint)
    {
        codePoint = 0;
        if (_text[_at] != '\\')
        {
            codePoint = TakeCodePoint();
            return true;
        }

        if (_at + 1 < _text.Length && _text[_at + 1] is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
        {
            var name = _text[_at + 1];
            _at += 2;
            set.AddClass(char.ToLowerInvariant(name), char.IsUpper(name));
            return false;
        }

        if (_at + 1 < _text.Length && _text[_at + 1] is 'p' or 'P')
        {
            ReadProperty(set);
            return false;
        }

        return ReadEscapedCharacter(out codePoint);
    }

    // \pL, \p{Lu}, \P{L}, \p{^L}
    private void ReadProperty(CharacterSet set)
    {
        var negated = _text[_at + 1] == 'P';
        _at += 2;
        string name;
        if (_at >= _text.Length)
        {
            Fail("a property has no name");
            return;
        }

        if (_text[_at] == '{')
        {
            var end = _text.IndexOf('}', _at);
            if (end < 0)
            {
                Fail("a property's name is not closed");
                return;
            }

            name = _text.Substring(_at + 1, end - _at - 1);
            _at = end + 1;
        }
        else
        {
            name = _text[_at++].ToString();
        }

        if (name.StartsWith("^", StringComparison.Ordinal))
        {
            negated = !negated;
            name = name.Substring(1);
        }

        // Scripts and the like are not followed; nor is what case does to a property.
        if (_ignoreCase || UnicodeProperty.Find(name) is not { } property)
            _isUnsupported = true;
        else
            set.AddProperty(property, negated);
    }

    private void ReadEscape()
    {
        var c = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                _at += 2;
                var set = new CharacterSet();
                set.AddClass(char.ToLowerInvariant(c), char.IsUpper(c));
                Emit(PatternOperation.Take, set: set);
                return;
            case 'p' or 'P':
                var characters = new CharacterSet();
                ReadProperty(characters);
                if (!Stopped)
                    Emit(PatternOperation.Take, set: characters);
                return;
            case 'A':
                _at += 2;
                Emit(PatternOperation.TextStart);
                return;
            case 'z':
                _at += 2;
                Emit(PatternOperation.TextEnd);
                return;
            case 'b' when _at + 2 < _text.Length && _text[_at + 2] == '{':
                _isUnsupported = true;
                return;
            case 'b':
                _at += 2;
                Emit(PatternOperation.WordBoundary);
                return;
            case 'B':
                _at += 2;
                Emit(PatternOperation.NoWordBoundary);
                return;
        }

        if (ReadEscapedCharacter(out var codePoint))
            Emit(PatternOperation.Take, set: CharacterSet.Of(codePoint, _ignoreCase));
    }

    private bool ReadEscapedCharacter(out int codePoint)
    {
        codePoint = 0;
        _at++;
        if (_at >= _text.Length)
        {
            Fail("it ends with a backslash");
            return false;
        }

        var c = _text[_at++];
        switch (c)
        {
            case >= '0' and <= '9':
                Fail("back-references are not supported");
                return false;
            case 'a':
                codePoint = '\a';
                return true;
            case 'f':
                codePoint = '\f';
                return true;
            case 'n':
                codePoint = '\n';
                return true;
            case 'r':
                codePoint = '\r';
                return true;
            case 't':
                codePoint = '\t';
                return true;
            case 'v':
                codePoint = '\v';
                return true;
            case 'x' or 'u' or 'U':
                return ReadCode(c == 'x' ? 2 : c == 'u' ? 4 : 8, out codePoint);
            case 'p' or 'P' or '<' or '>':
                _isUnsupported = true;
                return false;
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= (char)128:
                Fail($"'\\{c}' is no escape");
                return false;
            default:
                codePoint = c;
                return true;
        }
    }

    // \x41, \x{1F600}, \u0041, \U0001F600
    private bool ReadCode(int digits, out int codePoint)
    {
        codePoint = 0;
        var text = "";
        if (_at < _text.Length && _text[_at] == '{')
        {
            var end = _text.IndexOf('}', _at);
            if (end > 0)
            {
                text = _text.Substring(_at + 1, end - _at - 1);
                _at = end + 1;
            }
        }
        else if (_at + digits <= _text.Length)
        {
            text = _text.Substring(_at, digits);
            _at += digits;
        }

        if (text.Length is 0 or > 8 || !text.All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F'))
            || !int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out codePoint) || codePoint is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            Fail("a character's code is none");
            return false;
        }

        return true;
    }

    private int TakeCodePoint()
    {
        var c = _text[_at++];
        if (char.IsHighSurrogate(c) && _at < _text.Length && char.IsLowSurrogate(_text[_at]))
            return char.ConvertToUtf32(c, _text[_at++]);
        return c;
    }

    private bool Take(string expected)
    {
        if (string.CompareOrdinal(_text, _at, expected, 0, expected.Length) != 0)
            return false;
        _at += expected.Length;
        return true;
    }

    private void Emit(PatternOperation operation, int x = 0, int y = 0, CharacterSet? set = null)
    {
        if (_program.Count >= LongestProgram)
            _isUnsupported = true;
        else
            _program.Add(new PatternInstruction(operation, x, y, set));
    }

    private void Fail(string error) => _error ??= error;
}
