namespace StalwartHardening.Expressions.Patterns;

internal enum PatternOperation : byte
{
    /// <summary>Takes one character of <see cref="PatternInstruction.Set"/>.</summary>
    Take,

    /// <summary>Goes on at X, and with less preference at Y.</summary>
    Split,

    /// <summary>Goes on at X.</summary>
    Jump,

    /// <summary>Notes the place in slot X.</summary>
    Save,

    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
    Match,
}

internal readonly record struct PatternInstruction(PatternOperation Operation, int X = 0, int Y = 0, CharacterSet? Set = null);
