using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// The grammar of the server's <c>TomlParser</c>, followed character by character in one pass over one text: what it skips, what it
/// refuses, where it counts lines. Statements are here; values, characters and what follows an error are in files of their own.
/// Methods answer false after an error and leave it in <see cref="Problems"/>.
/// </summary>
internal sealed partial class ServerTomlParser
{
    private const int MaxNesting = 10;
    private const long MaxKeyCharacters = 64;
    private const char EndOfText = '\0';

    private readonly string _text;
    private readonly TomlDialect _dialect;
    private readonly CancellationToken _cancellationToken;
    private readonly TomlRecorder _recorder;
    private readonly SettingTable _settings;
    private readonly TomlProblems _problems;

    private readonly FlatKeyBuilder _key = new();
    private FlatKeyMark _table = new(0, NameHash.Seed);
    private int _position;

    private string _lastArrayName = "";
    private int _lastArrayIndex;
    private int _countBeforeFirstProblem = -1;

    public ServerTomlParser(string text, ServerVersion version, TomlRecorder recorder, CancellationToken cancellationToken)
    {
        _text = text;
        _dialect = TomlDialects.Of(version);
        _recorder = recorder;
        _cancellationToken = cancellationToken;
        _settings = new SettingTable(Math.Max(16, Math.Min(text.Length / 28, 1 << 16)));
        _problems = new TomlProblems(text);
    }

    /// <summary>What was read.</summary>
    public SettingTable Settings => _settings;

    /// <summary>The errors.</summary>
    public IReadOnlyList<ReadProblem> Problems => _problems.Found;

    /// <summary>How many settings the server had read when it stopped at the first error; all of them where there is none.</summary>
    public int CountBeforeFirstProblem => _countBeforeFirstProblem < 0 ? _settings.Count : _countBeforeFirstProblem;

    /// <summary>Reads the text from its start to its end.</summary>
    public void Read()
    {
        if (_text.Length > 0 && _text[0] == '\uFEFF')
        {
            Fail(ReadProblemKind.Syntax, 0, 1, "the file begins with a byte-order mark. Save it as UTF-8 without one.");
            _position = 1;
        }

        while (SkipBlanksAndLines())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var start = _position;
            _spanningText = -1;
            if (!ReadStatement())
            {
                _recorder.Broken(start, _position);
                if (_text[start] == '[')
                    TakeMeantTable(start);
                Resynchronise(start);
            }
        }
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
                    '_' or '-' => "; the server expects a letter, a digit or a double quote first",
                    '{' => "; this looks like JSON",
                    _ => "",
                });
        }
    }

    private bool ReadHeader()
    {
        var start = _position++;
        _key.Clear();
        _table = _key.Mark();
        if (!NextInLine(out var c))
            return false;
        var isArray = c == '[';
        var nameStart = isArray ? _position : _position - 1;
        // The first character of a plain header is taken as it is, even a quote.
        if (!isArray)
        {
            _key.Append(c);
            if (char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(0)))
                _key.Append(_text[_position++]);
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
                if (_key.Length == 0)
                    return FailAt(nameStart, Math.Max(1, _position - nameStart), "a table needs a name between its brackets.");
                if (!isArray)
                    break;
                AppendArrayIndex(nameStart, nameEnd);
                isArray = false;
            }
            else if (inQuotes)
            {
                _key.Append(c);
            }
            else if (c is '.' or '-' or '_' || IsAlphanumeric(_position - 1))
            {
                if (c is >= 'A' and <= 'Z')
                {
                    lowered = true;
                    c = (char)(c + 32);
                }

                _key.Append(c);
                if (char.IsHighSurrogate(c))
                    _key.Append(_text[_position++]);
            }
            else
            {
                _position--;
                return FailAtCharacter("the name of a table is made of letters, digits, '.', '-' and '_', or of a part in double quotes");
            }

            last = c;
        }

        var isArrayHeader = _text[nameStart - 1] == '[' && nameStart - 2 >= start;
        _key.Append(SettingPath.Separator);
        _table = _key.Mark();
        var closed = _position;
        SkipRestOfLine();
        _recorder.Header(new TomlHeaderPlace(start, nameStart, nameEnd, closed, _position, isArrayHeader, lowered), _key.Text.Slice(0, _table.Length - 1));
        return true;
    }

    // What the line end was reported as is replaced by what is missing before it.
    private bool FailInHeader(int start, int nameStart)
    {
        _problems.Restate(
            start,
            SourceSpan.FromBounds(start, Math.Max(start + 1, Math.Min(_position, _text.Length))),
            nameStart == start + 1 && nameStart < _text.Length && _text[nameStart] == '"'
                ? "the name of a table must not begin with a quote here; write [a.\"b\"], or the name without quotes."
                : "the ']' that ends the name of the table is missing.");
        return false;
    }

    // The index goes up only directly after a header of the same name; plain headers in between do not matter.
    private void AppendArrayIndex(int nameStart, int nameEnd)
    {
        if (_key.Text.SequenceEqual(_lastArrayName.AsSpan()))
        {
            _lastArrayIndex++;
        }
        else
        {
            _lastArrayIndex = 0;
            _lastArrayName = _key.Text.ToString();
            _recorder.BeginArrayOfTables(_lastArrayName, nameStart, nameEnd);
        }

        _key.AppendIndex(_lastArrayIndex);
    }

    private bool ReadKeyValue()
    {
        _key.ReturnTo(_table);
        var start = _position;
        if (!ReadKey(inBraces: false, out var keySpan, out _))
            return false;
        _recorder.BeginStatement(start, keySpan, new FlatKey(_key.Text, _table));
        if (!ReadValue(keySpan, '\n', '\n', 0, out _, out var valueSpan))
            return false;
        _recorder.EndStatement(valueSpan, _position);
        return true;
    }

    // Reads up to and with '=' (or, between braces, ',' or '}').
    private bool ReadKey(bool inBraces, out SourceSpan span, out char ended)
    {
        var start = -1;
        var end = _position;
        var keyStart = _key.Length;
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
                    if (_key.Length == keyStart && !AllowsEmptyKeyPart(keyStart))
                        return FailAt(at, 1, c == '=' ? "there is no key before the '='." : "there is no key here; the server takes neither '{ }' nor a comma before the closing brace.");
                    span = SourceSpan.FromBounds(start < 0 ? at : start, start < 0 ? at : end);
                    ended = c;
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
                    if (_key.Length == keyStart && _dialect >= TomlDialect.Since0_7_0)
                        break;
                    _position = at;
                    return Fail(ReadProblemKind.Syntax, start < 0 ? at : start, start < 0 ? 0 : end - start, start < 0
                        ? "the line ends where a key is expected."
                        : $"there is no '=' after the key '{ShownKey(start, end)}'.");
                default:
                    if (_dialect < TomlDialect.Since0_13_1 && !IsPlainKeyCharacter(c))
                    {
                        _position = at;
                        return FailAtCharacter("a key is made of letters, digits, '.', '-' and '_', or of a part in double quotes (since 0.13.1 of anything)");
                    }

                    if (start < 0)
                        start = at;
                    // Most of a key is plain; taken one by one, the rest would pass through here again.
                    while (_position < _text.Length && IsPlainKeyCharacter(_text[_position]))
                        _position++;
                    _key.Append(_text, at, _position - at);
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
                _key.Append(c);
            }

            last = c;
        }

        return Fail(ReadProblemKind.Syntax, open, _text.Length - open, "the file ends inside a quoted key.");
    }

    private bool AllowsEmptyKeyPart(int keyStart) => _dialect < TomlDialect.Since0_7_0 && keyStart > 0;

    private bool Add(string value, SourceSpan keySpan, SourceSpan valueSpan)
    {
        // Every key carries the name of its table: a name of a page over a page of keys would fill the memory. No real file comes near.
        if (_settings.KeyCharacters > 65_536 + (MaxKeyCharacters * _text.Length))
        {
            FailAt(keySpan.Start, keySpan.Length, "the names of tables and keys are too long to be read any further.");
            _position = _text.Length;
            return false;
        }

        if (_settings.TryAdd(_key.Text, NameHash.Finish(_key.Mark().Hash), value, keySpan, valueSpan, out var index))
        {
            _recorder.Setting(index);
            return true;
        }

        // The server stops here. The statement is complete, though, so what follows it is read as if it had not.
        var first = _settings.Settings[index];
        // The members of a set are values to their author, and may be secrets.
        var shown = keySpan == valueSpan ? SettingPath.PrefixOf(SettingPath.Parent(first.Key)) + "…" : first.Key;
        Fail(ReadProblemKind.DuplicateKey, keySpan.Start, keySpan.Length, $"'{Display.Text(shown)}' is set a second time, first on line {_problems.LineOf(first.KeySpan.Start)}.", related: first.KeySpan);
        return true;
    }
}
