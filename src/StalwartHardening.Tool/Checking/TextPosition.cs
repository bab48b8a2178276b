namespace StalwartHardening.Tool.Checking;

/// <summary>A place in a text. Both count from 1; columns are UTF-16 code units, as in editors and SARIF.</summary>
internal readonly record struct TextPosition(int Line, int Column);

/// <summary>Where the lines of a text begin.</summary>
internal sealed class LineMap
{
    private readonly string _text;
    private readonly List<int> _starts = [0];

    public LineMap(string text)
    {
        _text = text;
        for (var i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1))
            _starts.Add(i + 1);
    }

    /// <summary>The place of the character at <paramref name="offset"/>.</summary>
    public TextPosition At(int offset)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        var index = _starts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        // A byte-order mark is no character to editors.
        var mark = line == 0 && offset > 0 && _text[0] == '\uFEFF' ? 1 : 0;
        return new TextPosition(line + 1, offset - _starts[line] - mark + 1);
    }

    /// <summary>Offsets of the first character of a line (counted from 1) and of its line break.</summary>
    public (int Start, int End) Line(int line)
    {
        var start = _starts[line - 1];
        var end = line < _starts.Count ? _starts[line] - 1 : _text.Length;
        return (start, end > start && _text[end - 1] == '\r' ? end - 1 : end);
    }
}
