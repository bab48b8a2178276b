namespace StalwartHardening.Plans;

/// <summary>
/// One text of a plan, cut into its operations. Nothing stops the reading: a line that is no JSON is reported, with the place,
/// and the next one is read.
/// </summary>
internal sealed class PlanText
{
    /// <summary>
    /// What separates the texts of a run that are kept in one string: the record separator, which no plan holds because JSON allows it
    /// nowhere.
    /// </summary>
    public const char Separator = '\u001E';

    private readonly List<PlanLine> _lines = [];
    private readonly List<ReadProblem> _problems = [];
    private readonly int _end;
    private int _line = 1;
    private int _lineCountedTo;

    // Where the last value over several lines turned out not to be one: nobody tries again before it.
    private int _noValueBefore;
    private bool _noStatementEnds;
    private bool _noNoteEnds;
    private bool _hasPlaceholders;

    private PlanText(string text, int source, int start, int end, bool isDefault = false)
    {
        Json = new JsonText(text, source, isDefault);
        Start = start;
        _end = end;
        _lineCountedTo = start;
    }

    /// <summary>Where the plan begins in <see cref="Text"/>; lines are counted from there.</summary>
    public int Start { get; }

    /// <summary>The values.</summary>
    public JsonText Json { get; }

    /// <summary>What the text is, once somebody has asked; see <see cref="PlanIdentification.Of(PlanText)"/>.</summary>
    internal PlanTextKind? Kind { get; set; }

    /// <summary>The text; where several texts are kept in one string, that string.</summary>
    public string Text => Json.Text;

    /// <summary>The plan alone, without others that are kept in one string with it.</summary>
    internal string Own => Start == 0 && _end == Text.Length ? Text : Text.Substring(Start, _end - Start);

    /// <summary>What is wrong with the text itself, in text order: no JSON, a comment, an array instead of lines.</summary>
    public IReadOnlyList<ReadProblem> Problems => _problems;

    /// <summary>Whether statements of a template are between the operations: what they write is not known.</summary>
    public bool HasTemplateStatements { get; private set; }

    /// <summary>Whether a part of a value or a name is a placeholder that a template fills in.</summary>
    public bool IsTemplate => HasTemplateStatements || _hasPlaceholders;

    internal List<PlanLine> Lines => _lines;

    /// <summary>Reads a text. Never throws, in time linear to its length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The index that spans in it carry.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static PlanText Read(string text, int source = 0, CancellationToken cancellationToken = default)
    {
        var plan = new PlanText(text, source, 0, text.Length);
        plan.ReadAll(cancellationToken);
        return plan;
    }

    /// <summary>Reads the texts of a run that are kept in one string, <see cref="Separator"/> between them; spans are places in that string.</summary>
    /// <param name="joined">The string.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static IReadOnlyList<PlanText> ReadJoined(string joined, CancellationToken cancellationToken = default)
    {
        var texts = new List<PlanText>();
        var start = 0;
        int end;
        do
        {
            end = joined.IndexOf(Separator, start);
            var plan = new PlanText(joined, 0, start, end < 0 ? joined.Length : end);
            plan.ReadAll(cancellationToken);
            texts.Add(plan);
            start = end + 1;
        }
        while (end >= 0);
        return texts;
    }

    /// <summary>Reads a text that nobody wrote.</summary>
    internal static PlanText ReadDefault(string text)
    {
        var plan = new PlanText(text, -1, 0, text.Length, isDefault: true);
        plan.ReadAll(default);
        return plan;
    }

    internal int LineOf(int position)
    {
        if (position < _lineCountedTo)
        {
            _line = 1;
            _lineCountedTo = Start;
        }

        var text = Text;
        while (_lineCountedTo < position)
        {
            var next = text.IndexOf('\n', _lineCountedTo, position - _lineCountedTo);
            if (next < 0)
                break;
            _line++;
            _lineCountedTo = next + 1;
        }

        _lineCountedTo = Math.Max(_lineCountedTo, position);
        return _line;
    }

    private void ReadAll(CancellationToken cancellationToken)
    {
        var text = Text;
        var position = Start;
        if (position < _end && text[position] == '\uFEFF')
        {
            Report(position, 1, "The text begins with a byte-order mark, which is not valid JSON. Save it as UTF-8 without one.");
            position++;
        }

        while (true)
        {
            while (position < _end && char.IsWhiteSpace(text[position]))
                position++;
            if (position >= _end)
                break;
            cancellationToken.ThrowIfCancellationRequested();
            position = ReadLine(position);
        }
    }

    private int ReadLine(int start)
    {
        var text = Text;
        var end = text.IndexOf('\n', start, _end - start);
        if (end < 0)
            end = _end;
        var c = text[start];
        if (c == '#')
        {
            Report(start, TrimmedEnd(start, end) - start, "Plans cannot contain comments: the tool refuses the whole plan at this line.");
            return end;
        }

        // What a program fills in there may be any number of operations.
        if (TemplatePlaceholder.IsHole(c))
        {
            HasTemplateStatements = true;
            return end;
        }

        if (c == '{' && start + 1 < _end && text[start + 1] is '%' or '#' && StatementEnd(start) is > 0 and var close)
        {
            HasTemplateStatements = true;
            return close;
        }

        if (TryRead(start, end, tolerant: false, out var next, out var error, out var errorAt))
            return next;
        var placeholder = MayHoldPlaceholder(start, end);
        if (placeholder && TryRead(start, end, tolerant: true, out next, out _, out _))
            return next;

        // The value may go on in the next lines: the tool reads line by line and refuses it, people still mean something.
        if (error == JsonError.UnexpectedEnd && errorAt >= TrimmedEnd(start, end) && end < _end && start >= _noValueBefore)
        {
            if (TryRead(start, _end, tolerant: false, out next, out var laterError, out var laterAt))
                return next;
            _noValueBefore = Math.Max(end, laterAt);
            if (laterError == JsonError.TrailingCharacters)
                (error, errorAt) = (laterError, laterAt);
        }

        if (placeholder && c == '{' && start + 1 < end && text[start + 1] == '{')
        {
            HasTemplateStatements = true;
            return end;
        }

        // What does not fit together may fit with what a program fills in.
        if (placeholder && HoldsHole(start, end))
            HasTemplateStatements = true;
        else
            ReportError(error, errorAt, end);
        return end;
    }

    private bool HoldsHole(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (TemplatePlaceholder.IsHole(Text[i]))
                return true;
        }

        return false;
    }

    // After the mark that ends a template's statement; 0 where none does. Nobody looks twice for a mark that does not come.
    private int StatementEnd(int start)
    {
        var mark = Text[start + 1];
        if (mark == '%' ? _noStatementEnds : _noNoteEnds)
            return 0;
        var end = Text.IndexOf(mark == '%' ? "%}" : "#}", start + 2, _end - start - 2, StringComparison.Ordinal);
        if (end >= 0)
            return end + 2;
        if (mark == '%')
            _noStatementEnds = true;
        else
            _noNoteEnds = true;
        return 0;
    }

    private bool TryRead(int start, int end, bool tolerant, out int next, out JsonError error, out int errorAt)
    {
        var count = Json.Count;
        var scanner = new JsonScanner(Json, start, end, tolerant);
        var read = scanner.TryRead();
        error = scanner.Error;
        errorAt = scanner.ErrorAt;
        next = scanner.Position;
        if (read)
        {
            // Nothing but space may follow in the line in which the value ends.
            while (next < _end && Text[next] != '\n' && char.IsWhiteSpace(Text[next]))
                next++;
            if (next >= _end || Text[next] == '\n')
            {
                Take(count, start, next);
                return true;
            }

            error = JsonError.TrailingCharacters;
            errorAt = next;
        }

        Json.ForgetFrom(count);
        return false;
    }

    private void Take(int node, int start, int end)
    {
        var span = Json.Span(node);
        var spansLines = Text.IndexOf('\n', start, Math.Min(end, span.End) - start) >= 0;
        for (var i = node; i < Json.Count && !_hasPlaceholders; i++)
            _hasPlaceholders = (Json[i].Marks & (JsonEntryMarks.NameUnknown | JsonEntryMarks.ValueUnknown)) != 0;
        if (Json.Kind(node) == JsonKind.Array)
        {
            // Tools before 1.0.2 took one array; its elements are what people mean.
            Report(span.Start, 1, "The tool expects one operation per line: it refuses an array.");
            for (int item = JsonText.First(node), last = Json.End(node); item < last; item = Json.Next(item))
                _lines.Add(new PlanLine(item, LineOf(Json.Span(item).Start), SpansLines: true));
            return;
        }

        var line = LineOf(start);
        if (spansLines)
            Report(span.Start, 1, "The tool reads line by line: an operation that continues on the next line is refused.");
        _lines.Add(new PlanLine(node, line, spansLines));
    }

    private bool MayHoldPlaceholder(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (TemplatePlaceholder.MayBegin(Text[i]) && TemplatePlaceholder.Measure(Text, i, end) > 0)
                return true;
            if (Text[i] == '{' && i + 1 < end && Text[i + 1] == '%')
                return true;
        }

        return false;
    }

    private int TrimmedEnd(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(Text[end - 1]))
            end--;
        return end;
    }

    private void ReportError(JsonError error, int at, int end)
    {
        var position = Math.Min(at, end);
        var shown = position < end ? Display.Text(Text.Substring(position, Math.Min(20, end - position))) : "";
        var message = error switch
        {
            JsonError.UnexpectedEnd => "The line ends in the middle of a value.",
            JsonError.ExpectedName => $"A name in double quotes belongs here, not '{shown}'.",
            JsonError.ExpectedColon => $"A colon belongs between a name and its value, not '{shown}'.",
            JsonError.ExpectedCommaOrEnd => $"A comma or the end of the object belongs here, not '{shown}'.",
            JsonError.TrailingComma => "JSON allows no comma after the last value.",
            JsonError.BadEscape => $"'{shown}' is not a JSON escape.",
            JsonError.LoneSurrogate => $"'{shown}' is half a character.",
            JsonError.ControlCharacter => "A control character in a text must be written as an escape.",
            JsonError.BadNumber => $"'{shown}' is not a JSON number.",
            JsonError.TooDeep => $"Values are nested more than {JsonScanner.MaxLevels} levels deep.",
            JsonError.TrailingCharacters => $"Nothing may follow an operation in its line, but '{shown}' does.",
            _ => $"'{shown}' is not a JSON value.",
        };
        Report(position, position < end ? 1 : 0, message);
    }

    /// <summary>Whether what is wrong at a place is only that the tool reads one operation a line: what is written is read all the same.</summary>
    internal static bool IsLayout(string text, SourceSpan place) => place.Length > 0 && place.Start < text.Length && text[place.Start] is '#' or '[' or '{' or '\uFEFF';

    private void Report(int start, int length, string message) =>
        _problems.Add(new ReadProblem(ReadProblemKind.Syntax, new SourceSpan(start, length, Json.Source), LineOf(start), message));
}
