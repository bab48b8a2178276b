namespace StalwartHardening.Expressions.Patterns;

/// <summary>Reads the classes of a pattern: <c>[a-z]</c>, <c>\d</c>, <c>\p{Lu}</c>.</summary>
internal sealed class CharacterClassReader(PatternText text)
{
    // Every operator nests the sets before it.
    private const int MaxOperators = 100;

    private const int MaxPosixName = 8;

    private int _operators;

    // [a-z[:digit:]&&[^x]]: unions, combined from left to right.
    public CharacterSet? ReadSet(bool ignoresCase)
    {
        if (!text.TryEnter("classes"))
            return null;
        text.At++;
        var isNegated = text.Take("^");
        var union = new CharacterSet { IgnoresCase = ignoresCase };
        CharacterSet? left = null;
        var operation = '\0';
        var isEmpty = true;
        while (text.Take("-"))
        {
            union.Add('-', '-');
            isEmpty = false;
        }

        while (!text.IsStopped)
        {
            if (text.IsAtEnd)
            {
                text.Fail("a class is not closed");
                break;
            }

            if (text.Current == ']' && !isEmpty)
            {
                text.At++;
                text.Leave();
                return Closed(left is null ? union : CharacterSet.Combine(left, operation, union), isNegated);
            }

            isEmpty = false;
            if (IsSetOperator())
            {
                left = left is null ? union : CharacterSet.Combine(left, operation, union);
                operation = text.Current;
                text.At += 2;
                union = new CharacterSet();
                if (ignoresCase || ++_operators > MaxOperators)
                    text.GiveUp();
            }
            else if (text.Current == '[')
            {
                ReadNested(union, ignoresCase);
            }
            else
            {
                ReadRange(union, ignoresCase);
            }
        }

        return null;
    }

    private static CharacterSet Closed(CharacterSet set, bool isNegated)
    {
        set.IsNegated = isNegated;
        return set;
    }

    private void ReadNested(CharacterSet union, bool ignoresCase)
    {
        if (TryReadPosix(ignoresCase) is { } posix)
            union.Add(posix);
        else if (ignoresCase)
            text.GiveUp();
        else if (ReadSet(ignoresCase) is { } nested)
            union.Add(nested);
    }

    // [:digit:], [:^digit:]; anything else is a class within the class.
    private CharacterSet? TryReadPosix(bool ignoresCase)
    {
        if (text.Peek() != ':')
            return null;
        var negated = text.Peek(2) == '^';
        var from = negated ? 3 : 2;
        var name = "";
        while (name.Length < MaxPosixName && text.Peek(from + name.Length) is >= 'a' and <= 'z' and var letter)
            name += letter;
        if (text.Peek(from + name.Length) != ':' || text.Peek(from + name.Length + 1) != ']' || PosixRanges(name) is not { } ranges)
            return null;
        if (ignoresCase && negated)
            text.GiveUp();

        // What is not in an ASCII class is everything else, not only of ASCII.
        var posix = new CharacterSet { IsNegated = negated, IgnoresCase = ignoresCase };
        for (var i = 0; i < ranges.Length; i += 2)
            posix.Add(ranges[i], ranges[i + 1]);
        text.At += from + name.Length + 2;
        return posix;
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

    private void ReadRange(CharacterSet set, bool ignoresCase)
    {
        if (!TryReadItem(set, ignoresCase, out var from))
            return;
        var to = from;

        // A dash before the end of the class, or before another one, is no range.
        if (!text.IsAtEnd && text.Current == '-' && text.Peek() is not ('\0' or ']' or '-'))
        {
            text.At++;
            if (!TryReadItem(set, ignoresCase, out to))
            {
                text.Fail("a range ends with a class");
                return;
            }

            if (to < from)
            {
                text.Fail("a range has its larger end first");
                return;
            }
        }

        set.Add(from, to);
    }

    private bool IsSetOperator() =>
        text.Peek() == text.Current && text.Current is '&' or '-' or '~';

    private bool TryReadItem(CharacterSet set, bool ignoresCase, out int codePoint)
    {
        codePoint = 0;
        if (text.Current != '\\')
        {
            codePoint = text.TakeCodePoint();
            return true;
        }

        if (text.Peek() is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
        {
            var name = text.Peek();
            text.At += 2;
            set.AddClass(char.ToLowerInvariant(name), char.IsUpper(name));
            return false;
        }

        if (text.Peek() is 'p' or 'P')
        {
            ReadProperty(set, ignoresCase);
            return false;
        }

        return text.TryTakeEscapedCharacter(out codePoint);
    }

    /// <summary>Reads <c>\pL</c>, <c>\p{Lu}</c>, <c>\P{L}</c>, <c>\p{^L}</c>.</summary>
    public void ReadProperty(CharacterSet set, bool ignoresCase)
    {
        var negated = text.Peek() == 'P';
        text.At += 2;
        if (text.IsAtEnd)
        {
            text.Fail("a property has no name");
            return;
        }

        var first = text.Current;
        text.At++;
        var name = first == '{' ? text.TakeUntil("}") : first.ToString();
        if (name is null)
        {
            text.Fail("a property's name is not closed");
            return;
        }

        if (name.StartsWith("^", StringComparison.Ordinal))
        {
            negated = !negated;
            name = name.Substring(1);
        }

        // Scripts and the like are not followed; nor is what case does to a property.
        if (ignoresCase || UnicodeProperty.Find(name) is not { } property)
            text.GiveUp();
        else
            set.AddProperty(property, negated);
    }
}
