namespace StalwartHardening.Tool.Checking;

/// <summary>A place in a text. Both count from 1; columns are UTF-16 code units, as in editors and SARIF.</summary>
internal readonly record struct TextPosition(int Line, int Column);

/// <summary>Where the lines of a text begin.</summary>
internal sealed class LineMap
{
    private readonly string _text;
    private readonly int _end;
    private readonly List<int> _starts;

    public LineMap(string text)
        : this(text, 0, text.Length)
    {
    }

    /// <summary>The lines of a part of a text, counted from its beginning; places are those in the text.</summary>
    public LineMap(string text, int start, int end)
    {
        _text = text;
        _end = end;
        _starts = [start];
        for (var i = text.IndexOf('\n', start, end - start); i >= 0; i = text.IndexOf('\n', i + 1, end - i - 1))
            _starts.Add(i + 1);
    }

    /// <summary>The place of the character at <paramref name="offset"/>.</summary>
    public TextPosition At(int offset)
    {
        offset = Math.Clamp(offset, _starts[0], _end);
        var index = _starts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        // A byte-order mark is no character to editors.
        var mark = line == 0 && offset > _starts[0] && _text[_starts[0]] == '\uFEFF' ? 1 : 0;
        return new TextPosition(line + 1, offset - _starts[line] - mark + 1);
    }

    /// <summary>Offsets of the first character of a line (counted from 1) and of its line break.</summary>
    public (int Start, int End) Line(int line)
    {
        var start = _starts[line - 1];
        var end = line < _starts.Count ? _starts[line] - 1 : _end;
        return (start, end > start && _text[end - 1] == '\r' ? end - 1 : end);
    }
}
