namespace StalwartHardening.Expressions.Patterns;

/// <summary>
/// A regular expression in the dialect of the server's regex crate (1.12), for the part of it that occurs in access
/// rules. What the crate refuses (look-around, back-references) is an <see cref="Error"/>; what it takes and this class
/// does not is left unevaluated (<see cref="IsSupported"/>). Matching takes time linear in the text.
/// </summary>
internal sealed class RustPattern
{
    private readonly PatternInstruction[] _program;
    private readonly int _groups;

    internal RustPattern(string text, PatternInstruction[] program, int groups)
    {
        Text = text;
        _program = program;
        _groups = groups;
        var end = 1;
        if (text.Length > 0 && text[0] == '^')
        {
            while (end < text.Length && text[end] is '/' or '-' or '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
                end++;
            IsBeginning = end == text.Length;

            // A repetition may leave out the character before it; an alternative everything.
            if (end < text.Length && text[end] is '*' or '?' or '{' or '+')
                end--;
            Beginning = text.IndexOf('|') >= 0 || end < 1 ? "" : text.Substring(1, end - 1);
        }
    }

    /// <summary>What a text that matches certainly begins with.</summary>
    public string Beginning { get; } = "";

    /// <summary>Whether every text with that beginning matches.</summary>
    public bool IsBeginning { get; }

    public string Text { get; }

    /// <summary>Why the server refuses the pattern; null where it does not.</summary>
    public string? Error { get; internal init; }

    public bool IsSupported { get; internal init; } = true;

    /// <summary>Compiles a pattern; one that takes more steps than there are is not supported.</summary>
    public static RustPattern Read(string text, StepBudget budget) => PatternReader.Read(text, budget);

    /// <summary>
    /// The first match and its groups, in the order the crate prefers; null where there is none. A group that took no part is empty.
    /// False where this tool does not follow the pattern, or where it would cost more than there is.
    /// </summary>
    public bool TryMatch(string input, StepBudget budget, out string[]? captures)
    {
        captures = null;
        if (!IsSupported)
            return false;

        // Plain characters from the start on need no machine.
        if (IsBeginning)
        {
            if (!budget.TrySpendOn(Beginning.Length))
                return false;
            if (input.StartsWith(Beginning, StringComparison.Ordinal))
                captures = [Beginning];
            return true;
        }

        if (!PatternMachine.TryRun(_program, 2 * (_groups + 1), input, budget, out var slots))
            return false;
        if (slots is null)
            return true;
        captures = new string[_groups + 1];
        var size = 0L;
        for (var i = 0; i < captures.Length; i++)
        {
            var start = slots[2 * i];
            var end = slots[(2 * i) + 1];
            captures[i] = start < 0 || end < start ? "" : input.Substring(start, end - start);
            size += captures[i].Length;
        }

        return budget.TrySpend(captures.Length + (size / StepBudget.CharactersPerStep));
    }
}
