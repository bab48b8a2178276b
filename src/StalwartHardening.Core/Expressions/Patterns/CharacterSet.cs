using System.Globalization;

namespace StalwartHardening.Expressions.Patterns;

/// <summary>A set of characters (code points), as a class in a pattern describes it.</summary>
internal sealed class CharacterSet
{
    // Most sets are a single character, and have none of these.
    private static readonly List<(char Class, bool Negated)> NoClasses = [];
    private static readonly List<(UnicodeProperty Property, bool Negated)> NoProperties = [];
    private static readonly List<CharacterSet> NoNested = [];

    private readonly List<(int From, int To)> _ranges = [];
    private List<(char Class, bool Negated)>? _classes;
    private List<(UnicodeProperty Property, bool Negated)>? _properties;
    private List<CharacterSet>? _nested;
    private CharacterSet? _left;
    private char _operation;
    private int _weight;

    public bool IsNegated { get; set; }

    public bool IgnoresCase { get; set; }

    public static CharacterSet From(int codePoint, bool ignoresCase)
    {
        var set = new CharacterSet { IgnoresCase = ignoresCase };
        set.Add(codePoint, codePoint);
        return set;
    }

    public void Add(int from, int to)
    {
        _ranges.Add((from, to));
        _weight++;
    }

    /// <summary>Adds what \d, \s or \w stands for, or what it does not stand for.</summary>
    public void AddClass(char name, bool negated)
    {
        (_classes ??= []).Add((name, negated));
        _weight += 4;
    }

    /// <summary>Adds the characters with a property, or those without it.</summary>
    public void AddProperty(UnicodeProperty property, bool negated)
    {
        (_properties ??= []).Add((property, negated));
        _weight += 4;
    }

    public void Add(CharacterSet nested)
    {
        (_nested ??= []).Add(nested);
        _weight += 1 + nested._weight;
    }

    /// <summary>The steps it takes to ask for a character (see <see cref="StepBudget"/>).</summary>
    public long Work => 1 + (_weight / (IgnoresCase ? 2 : 8));

    /// <summary>The result of a set operation (<c>&amp;</c> both, <c>-</c> without, <c>~</c> either) on two sets.</summary>
    public static CharacterSet Combine(CharacterSet left, char operation, CharacterSet right)
    {
        var combined = new CharacterSet { _left = left, _operation = operation };
        combined.Add(right);
        combined._weight += left._weight;
        return combined;
    }

    public bool Contains(int codePoint)
    {
        var contained = ContainsExactly(codePoint);
        if (!contained && IgnoresCase)
            contained = ContainsOtherCase(codePoint);
        return contained != IsNegated;
    }

    public static bool IsWord(int codePoint)
    {
        if (codePoint < 128)
            return codePoint is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_';
        return Category(codePoint) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
    }

    public static UnicodeCategory Category(int codePoint) =>
        codePoint < 0x10000
            ? CharUnicodeInfo.GetUnicodeCategory((char)codePoint)
            : CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0);

    private bool ContainsExactly(int codePoint)
    {
        if (_left is not null)
        {
            var (left, right) = (_left.Contains(codePoint), _nested![0].Contains(codePoint));
            return _operation switch { '&' => left && right, '-' => left && !right, _ => left != right };
        }

        foreach (var nested in _nested ?? NoNested)
        {
            if (nested.Contains(codePoint))
                return true;
        }

        foreach (var (property, negated) in _properties ?? NoProperties)
        {
            if (property.Contains(Category(codePoint)) != negated)
                return true;
        }

        foreach (var (from, to) in _ranges)
        {
            if (codePoint >= from && codePoint <= to)
                return true;
        }

        foreach (var (name, negated) in _classes ?? NoClasses)
        {
            var member = name switch
            {
                'd' => codePoint < 128 ? codePoint is >= '0' and <= '9' : Category(codePoint) == UnicodeCategory.DecimalDigitNumber,
                's' => codePoint < 0x10000 && char.IsWhiteSpace((char)codePoint),
                _ => IsWord(codePoint),
            };
            if (member != negated)
                return true;
        }

        return false;
    }

    private bool ContainsOtherCase(int codePoint)
    {
        if (codePoint >= 0x10000)
            return false;
        var c = (char)codePoint;
        return ContainsExactly(char.ToLowerInvariant(c)) || ContainsExactly(char.ToUpperInvariant(c))
            || (c is 'k' or 'K' && ContainsExactly('\u212A')) || (c is 's' or 'S' && ContainsExactly('\u017F'))
            || (c == '\u212A' && ContainsExactly('K')) || (c == '\u017F' && (ContainsExactly('s') || ContainsExactly('S')));
    }
}
