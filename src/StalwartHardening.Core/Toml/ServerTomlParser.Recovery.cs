using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <content>Errors, and how to go on after one: the server stops, its reader must not.</content>
internal sealed partial class ServerTomlParser
{
    // Where to go on after a text that never ends; -1 after every other error.
    private int _resumeAfter = -1;

    // Where the first text of the statement began that is in single quotes or one pair of double ones and goes on over a line's end.
    private int _spanningText;

    private bool FailAtCharacter(string expectation) =>
        FailAt(_position, char.IsHighSurrogate(_text[_position]) && _position + 1 < _text.Length ? 2 : 1, $"{ShownCharacter(_position)} is out of place; {expectation}.");

    private bool FailAt(int start, int length, string message) => Fail(ReadProblemKind.Syntax, start, length, message);

    private bool Fail(ReadProblemKind kind, int start, int length, string message, bool unterminated = false, SourceSpan? related = null)
    {
        _resumeAfter = unterminated ? start : -1;
        if (_countBeforeFirstProblem < 0)
            _countBeforeFirstProblem = _settings.Count;
        var lineAt = kind == ReadProblemKind.DuplicateKey ? _position : unterminated ? _text.Length : Math.Max(start, _position);
        _problems.Add(kind, new SourceSpan(start, length), lineAt, _key.Length > _table.Length ? _key.Text : default, message, related);
        return false;
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

    // What is written below a header that could not be read belongs to the table it means, not to the one above it.
    private void TakeMeantTable(int start)
    {
        var nameStart = start;
        while (nameStart < _text.Length && _text[nameStart] == '[')
            nameStart++;
        _key.Clear();
        for (var at = nameStart; at < _text.Length && _text[at] is not (']' or '\n' or '#'); at++)
        {
            if (_text[at] is not ('"' or '\'' or ' ' or '\t' or '\r'))
                _key.Append(_text[at]);
        }

        if (_key.Length > 0)
        {
            if (nameStart - start > 1)
                AppendArrayIndex(nameStart, nameStart + 1);
            _key.Append('.');
        }

        _table = _key.Mark();
    }

    /// <summary>
    /// Goes to the next line that plainly is a statement: the line of the error itself if the broken statement began before it
    /// (a bracket or quote that was never closed), else one further down.
    /// </summary>
    private void Resynchronise(int statementStart)
    {
        // A statement that only lacks its line break is complete: nothing comes after it.
        if (_position >= _text.Length && _resumeAfter < 0 && _problems.LastKind == ReadProblemKind.MissingFinalNewline)
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
