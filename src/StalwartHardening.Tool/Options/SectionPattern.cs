using System.Globalization;

namespace StalwartHardening.Tool.Options;

/// <summary>
/// The name of a section in an <c>.editorconfig</c>: <c>*</c>, <c>**</c>, <c>?</c>, <c>[abc]</c>, <c>{a,b}</c>, <c>{1..9}</c>, as the C# compiler
/// understands it, because the same file decides there too. Other editors differ in small things (<c>a/**/c</c> is not <c>a/c</c> here, <c>?</c> may be a slash).
/// </summary>
internal sealed class SectionPattern
{
    // One line of a file: beyond this it is an accident or an attack, and applies to nothing.
    private const int MaxLength = 4_096;
    private const int MaxNesting = 64;

    private readonly List<Step> _steps = [];
    private int _rangeCount;

    private SectionPattern()
    {
    }

    private enum StepKind
    {
        Character,
        AnyCharacter,
        AnyButSlash,
        Class,

        /// <summary>Goes to <see cref="Step.Next"/>, and where that fails to <see cref="Step.Other"/>.</summary>
        Split,

        /// <summary>Goes to <see cref="Step.Next"/>.</summary>
        Jump,

        /// <summary>A number begins here.</summary>
        RangeStart,

        /// <summary>A number has ended here.</summary>
        RangeEnd,

        Digit,
        Match,
    }

    /// <summary>The pattern that <paramref name="section"/> is, or null where it is none and applies to nothing.</summary>
    public static SectionPattern? TryParse(string section)
    {
        if (section.Length is 0 or > MaxLength)
            return null;

        // Without a slash it is about names in any folder; paths begin with a slash.
        var text = !section.Contains('/', StringComparison.Ordinal) ? "**/" + section : section[0] == '/' ? section : "/" + section;
        var pattern = new SectionPattern();
        var position = 0;
        if (!pattern.TryParseList(text, ref position, nesting: 0))
            return null;
        pattern._steps.Add(new Step(StepKind.Match));
        return pattern;
    }

    /// <summary>Whether the whole of <paramref name="path"/> fits.</summary>
    /// <param name="path">The path from the section's folder, with forward slashes and one before it all.</param>
    public bool IsMatch(string path)
    {
        // Alternatives in the order a regular expression takes them, each step at each place once: time is at most steps times characters.
        var visited = new bool[_steps.Count * (path.Length + 1)];
        var starts = new int[_rangeCount];
        var ends = new int[_rangeCount];
        Array.Fill(starts, -1);
        var open = new Stack<(int Step, int Position, int Range, int Start, int End)>();
        open.Push((0, 0, -1, 0, 0));
        while (open.Count > 0)
        {
            var (step, position, range, start, end) = open.Pop();
            if (range >= 0)
            {
                // What a way that failed has noted is taken back.
                (starts[range], ends[range]) = (start, end);
                continue;
            }

            while (!visited[(step * (path.Length + 1)) + position])
            {
                visited[(step * (path.Length + 1)) + position] = true;
                var current = _steps[step];
                switch (current.Kind)
                {
                    case StepKind.Match when position == path.Length:
                        return AreInRange(path, starts, ends);
                    case StepKind.Match:
                        continue;
                    case StepKind.Split:
                        open.Push((current.Other, position, -1, 0, 0));
                        step = current.Next;
                        continue;
                    case StepKind.Jump:
                        step = current.Next;
                        continue;
                    case StepKind.RangeStart or StepKind.RangeEnd:
                        open.Push((0, 0, current.Range, starts[current.Range], ends[current.Range]));
                        (current.Kind == StepKind.RangeStart ? starts : ends)[current.Range] = position;
                        step++;
                        continue;
                    default:
                        if (position == path.Length || !current.Takes(path[position]))
                            continue;
                        step++;
                        position++;
                        continue;
                }
            }
        }

        return false;
    }

    private bool AreInRange(string path, int[] starts, int[] ends)
    {
        foreach (var step in _steps)
        {
            if (step.Kind != StepKind.RangeStart)
                continue;

            // A range in an alternative that was not taken is out of range, too: so the compiler has it.
            if (starts[step.Range] < 0
                || !int.TryParse(path.AsSpan(starts[step.Range]..ends[step.Range]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                || number < step.From || number > step.To)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryParseList(string text, ref int position, int nesting)
    {
        while (position < text.Length)
        {
            var c = text[position++];
            switch (c)
            {
                case '*' when position < text.Length && text[position] == '*':
                    position++;
                    AddLoop(StepKind.AnyCharacter);
                    break;
                case '*':
                    AddLoop(StepKind.AnyButSlash);
                    break;
                case '?':
                    _steps.Add(new Step(StepKind.AnyCharacter));
                    break;
                case '{':
                    if (!TryParseRange(text, ref position) && !TryParseChoice(text, ref position, nesting + 1))
                        return false;
                    break;
                case '}' or ',':
                    // The end of an alternative, or a brace that was never opened.
                    position--;
                    return nesting > 0;
                case '[':
                    if (!TryParseClass(text, ref position))
                        return false;
                    break;
                case '\\' when position == text.Length:
                    return false;
                case '\\':
                    _steps.Add(new Step(StepKind.Character) { Character = text[position++] });
                    break;
                default:
                    _steps.Add(new Step(StepKind.Character) { Character = c });
                    break;
            }
        }

        return nesting == 0;
    }

    private void AddLoop(StepKind kind)
    {
        var split = _steps.Count;
        _steps.Add(new Step(StepKind.Split) { Next = split + 1, Other = split + 3 });
        _steps.Add(new Step(kind));
        _steps.Add(new Step(StepKind.Jump) { Next = split });
    }

    private bool TryParseRange(string text, ref int position)
    {
        var at = position;
        if (!TryParseNumber(text, ref at, out var from)
            || string.CompareOrdinal(text, at, "..", 0, 2) != 0
            || (at += 2) > text.Length
            || !TryParseNumber(text, ref at, out var to)
            || at == text.Length
            || text[at] != '}')
        {
            return false;
        }

        position = at + 1;
        var range = _rangeCount++;
        _steps.Add(new Step(StepKind.RangeStart) { Range = range, From = Math.Min(from, to), To = Math.Max(from, to) });
        _steps.Add(new Step(StepKind.Split) { Next = _steps.Count + 1, Other = _steps.Count + 2 });
        _steps.Add(new Step(StepKind.Character) { Character = '-' });
        _steps.Add(new Step(StepKind.Digit));
        _steps.Add(new Step(StepKind.Split) { Next = _steps.Count - 1, Other = _steps.Count + 1 });
        _steps.Add(new Step(StepKind.RangeEnd) { Range = range });
        return true;
    }

    private static bool TryParseNumber(string text, ref int position, out int number)
    {
        var start = position;
        if (position < text.Length && text[position] == '-')
            position++;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
            position++;
        return int.TryParse(text.AsSpan(start..position), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private bool TryParseChoice(string text, ref int position, int nesting)
    {
        if (nesting > MaxNesting)
            return false;
        var ends = new List<int>();
        while (true)
        {
            var split = _steps.Count;
            _steps.Add(new Step(StepKind.Split) { Next = split + 1 });
            if (!TryParseList(text, ref position, nesting))
                return false;
            var isLast = text[position++] == '}';
            if (isLast)
            {
                // The last alternative has none after it.
                _steps[split] = new Step(StepKind.Jump) { Next = split + 1 };
                foreach (var end in ends)
                    _steps[end] = new Step(StepKind.Jump) { Next = _steps.Count };
                return true;
            }

            ends.Add(_steps.Count);
            _steps.Add(new Step(StepKind.Jump));
            _steps[split] = new Step(StepKind.Split) { Next = split + 1, Other = _steps.Count };
        }
    }

    private bool TryParseClass(string text, ref int position)
    {
        var isNegated = position < text.Length && text[position] == '!';
        if (isNegated)
            position++;
        var members = new List<(char From, char To)>();
        var isRange = false;
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == ']')
            {
                // A hyphen at the end is one.
                if (isRange)
                    members.Add(('-', '-'));
                if (members.Count == 0)
                    return false;
                _steps.Add(new Step(StepKind.Class) { Members = members, IsNegated = isNegated });
                return true;
            }

            if (c == '-' && !isRange && members.Count > 0 && members[^1] is var last && last.From == last.To)
            {
                isRange = true;
                continue;
            }

            if (c == '\\')
            {
                if (position == text.Length)
                    return false;
                c = text[position++];
            }

            if (isRange)
            {
                if (c < members[^1].From)
                    return false;
                members[^1] = (members[^1].From, c);
                isRange = false;
            }
            else
            {
                members.Add((c, c));
            }
        }

        return false;
    }

    private sealed class Step(StepKind kind)
    {
        public StepKind Kind { get; } = kind;

        public char Character { get; init; }

        public int Next { get; init; }

        public int Other { get; init; }

        public int Range { get; init; }

        public int From { get; init; }

        public int To { get; init; }

        public bool IsNegated { get; init; }

        public IReadOnlyList<(char From, char To)> Members { get; init; } = [];

        public bool Takes(char c) => Kind switch
        {
            StepKind.Character => c == Character,
            StepKind.AnyCharacter => true,
            StepKind.AnyButSlash => c != '/',
            StepKind.Digit => char.IsAsciiDigit(c),
            _ => Members.Any(member => c >= member.From && c <= member.To) != IsNegated,
        };
    }
}
