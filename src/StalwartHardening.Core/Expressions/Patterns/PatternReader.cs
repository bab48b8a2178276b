using System.Globalization;

namespace StalwartHardening.Expressions.Patterns;

/// <summary>Reads alternatives, groups and repetitions of a pattern (syntax of the crate regex-syntax 0.8).</summary>
internal sealed class PatternReader
{
    private readonly PatternText _text;
    private readonly PatternProgram _program;
    private readonly CharacterClassReader _classes;
    private int _groups;
    private bool _ignoreCase;
    private bool _multiLine;
    private bool _dotAll;
    private bool _swapGreed;

    private PatternReader(PatternText text, StepBudget budget)
    {
        _text = text;
        _program = new PatternProgram(text, budget);
        _classes = new CharacterClassReader(text);
    }

    public static RustPattern Read(string pattern, StepBudget budget)
    {
        var text = new PatternText(pattern);
        var reader = new PatternReader(text, budget);
        reader._program.Emit(PatternOperation.Save, 0);
        reader.ReadAlternatives();
        if (!text.IsStopped && !text.IsAtEnd)
            text.Fail("a group is closed that was never opened");
        reader._program.Emit(PatternOperation.Save, 1);
        reader._program.Emit(PatternOperation.Match);
        return new RustPattern(pattern, reader._program.Finish(reader._groups), reader._groups) { Error = text.Error, IsSupported = !text.IsUnsupported };
    }

    private void ReadAlternatives()
    {
        var start = _program.Length;
        var jumps = new List<int>();
        bool ignoreCase = _ignoreCase, multiLine = _multiLine, dotAll = _dotAll, swapGreed = _swapGreed;
        while (true)
        {
            ReadSequence();
            if (_text.IsStopped || _text.IsAtEnd || _text.Current != '|')
                break;
            _text.At++;
            _program.InsertAt(start, new PatternInstruction(PatternOperation.Split, start + 1, 0));
            jumps.Add(_program.Length);
            _program.Emit(PatternOperation.Jump);
            _program.SetAlternative(start, _program.Length);
            start = _program.Length;
        }

        foreach (var jump in jumps)
            _program.SetJump(jump, _program.Length);

        // Flags set inside a group end with it.
        (_ignoreCase, _multiLine, _dotAll, _swapGreed) = (ignoreCase, multiLine, dotAll, swapGreed);
    }

    private void ReadSequence()
    {
        while (!_text.IsStopped && !_text.IsAtEnd && _text.Current is not ('|' or ')'))
        {
            var start = _program.Length;
            if (!ReadAtom())
                continue;
            while (!_text.IsStopped && !_text.IsAtEnd && _text.Current is '*' or '+' or '?' or '{')
                ReadRepetition(start);
        }
    }

    /// <summary>Reads one thing that can be repeated; false for a bare flag group such as (?i).</summary>
    private bool ReadAtom()
    {
        var c = _text.Current;
        switch (c)
        {
            case '(':
                return ReadGroup();
            case '[':
                ReadClass();
                return true;
            case '.':
                _text.At++;
                var any = new CharacterSet { IsNegated = true };
                if (!_dotAll)
                    any.Add('\n', '\n');
                _program.Emit(PatternOperation.Take, set: any);
                return true;
            case '^':
                _text.At++;
                _program.Emit(_multiLine ? PatternOperation.LineStart : PatternOperation.TextStart);
                return true;
            case '$':
                _text.At++;
                _program.Emit(_multiLine ? PatternOperation.LineEnd : PatternOperation.TextEnd);
                return true;
            case '\\':
                ReadEscape();
                return true;
            case '*' or '+' or '?' or '{':
                _text.Fail($"there is nothing for '{c}' to repeat");
                return false;
            default:
                _program.Emit(PatternOperation.Take, set: CharacterSet.From(_text.TakeCodePoint(), _ignoreCase));
                return true;
        }
    }

    private bool ReadGroup()
    {
        _text.At++;
        if (!_text.TryEnter("groups"))
            return false;

        var capture = true;
        bool ignoreCase = _ignoreCase, multiLine = _multiLine, dotAll = _dotAll, swapGreed = _swapGreed;
        if (_text.Take("?"))
        {
            if (_text.Take("=") || _text.Take("!") || _text.Take("<=") || _text.Take("<!"))
            {
                _text.Fail("look-around is not supported");
                return false;
            }

            if (_text.Take("P<") || _text.Take("<"))
            {
                if (!TryReadGroupName())
                    return false;
            }
            else
            {
                capture = false;
                if (!ReadFlags(out var isBare))
                    return false;
                if (isBare)
                {
                    _text.Leave();
                    return false;
                }
            }
        }

        var slot = 0;
        if (capture)
        {
            slot = 2 * ++_groups;
            _program.Emit(PatternOperation.Save, slot);
        }

        ReadAlternatives();
        if (_text.IsStopped)
            return false;
        if (_text.IsAtEnd)
        {
            _text.Fail("a group is not closed");
            return false;
        }

        _text.At++;
        _text.Leave();
        if (capture)
            _program.Emit(PatternOperation.Save, slot + 1);
        (_ignoreCase, _multiLine, _dotAll, _swapGreed) = (ignoreCase, multiLine, dotAll, swapGreed);
        return true;
    }

    private void ReadClass()
    {
        if (_classes.ReadSet(_ignoreCase) is { } set && !_text.IsStopped)
            _program.Emit(PatternOperation.Take, set: set);
    }

    private bool TryReadGroupName()
    {
        var name = _text.TakeUntil(">");
        if (name is null or "")
        {
            _text.Fail("a group's name is not complete");
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            // Letters beyond ASCII are fine for the crate; we do not judge them.
            if (name[i] >= 128)
                _text.GiveUp();
            else if (!CharacterSet.IsWord(name[i]) || (i == 0 && name[i] is >= '0' and <= '9'))
                _text.Fail("a group's name is not a name");
        }

        return true;
    }

    private bool ReadFlags(out bool isBare)
    {
        isBare = false;
        var on = true;
        while (!_text.IsAtEnd)
        {
            switch (_text.TakeCharacter())
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
                    _text.GiveUp();
                    return false;
                default:
                    _text.Fail("it has an unknown flag");
                    return false;
            }
        }

        _text.Fail("a group is not closed");
        return false;
    }

    private void ReadRepetition(int start)
    {
        var least = 0;
        var most = -1;
        switch (_text.TakeCharacter())
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

        var greedy = !_text.Take("?");
        if (_swapGreed)
            greedy = !greedy;
        _program.Repeat(start, least, most, greedy);
    }

    private bool ReadCounts(out int least, out int most)
    {
        most = -1;
        if (!ReadCount(out least))
            return false;
        if (_text.Take("}"))
        {
            most = least;
            return true;
        }

        if (!_text.Take(","))
        {
            _text.Fail("a repetition is not complete");
            return false;
        }

        if (_text.Take("}"))
            return true;
        if (!ReadCount(out most))
            return false;
        if (!_text.Take("}"))
        {
            _text.Fail("a repetition is not complete");
            return false;
        }

        if (most < least)
        {
            _text.Fail("a repetition has its larger number first");
            return false;
        }

        return true;
    }

    private bool ReadCount(out int count)
    {
        while (_text.Take(" "))
        {
        }

        var digits = _text.TakeDigits();
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            while (_text.Take(" "))
            {
            }

            return true;
        }

        if (digits.Length > 0)
            _text.Fail("a repetition's number is too large");
        else if (!_text.IsAtEnd && _text.Current == ',')
            _text.GiveUp();
        else
            _text.Fail("a repetition requires a number");
        return false;
    }

    private void ReadEscape()
    {
        var c = _text.Peek();
        switch (c)
        {
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                _text.At += 2;
                var set = new CharacterSet();
                set.AddClass(char.ToLowerInvariant(c), char.IsUpper(c));
                _program.Emit(PatternOperation.Take, set: set);
                return;
            case 'p' or 'P':
                var characters = new CharacterSet();
                _classes.ReadProperty(characters, _ignoreCase);
                if (!_text.IsStopped)
                    _program.Emit(PatternOperation.Take, set: characters);
                return;
            case 'A':
                _text.At += 2;
                _program.Emit(PatternOperation.TextStart);
                return;
            case 'z':
                _text.At += 2;
                _program.Emit(PatternOperation.TextEnd);
                return;
            case 'b' when _text.Peek(2) == '{':
                _text.GiveUp();
                return;
            case 'b':
                _text.At += 2;
                _program.Emit(PatternOperation.WordBoundary);
                return;
            case 'B':
                _text.At += 2;
                _program.Emit(PatternOperation.NoWordBoundary);
                return;
        }

        if (_text.TryTakeEscapedCharacter(out var codePoint))
            _program.Emit(PatternOperation.Take, set: CharacterSet.From(codePoint, _ignoreCase));
    }
}
