namespace StalwartHardening.Expressions.Patterns;

/// <summary>The instructions of a pattern while it is compiled. What it would take to write too many is not followed.</summary>
internal sealed class PatternProgram(PatternText text, StepBudget budget)
{
    // The crate limits the compiled size too, by bytes; patterns near that limit are left unevaluated.
    private const int MaxLength = 20_000;

    private const int MaxState = 500_000;

    // The steps it takes to make a set of characters.
    private const int OfSet = 3;

    private readonly List<PatternInstruction> _instructions = [];

    public int Length => _instructions.Count;

    /// <summary>The finished program; empty where the pattern is not followed.</summary>
    public PatternInstruction[] Finish(int groups)
    {
        if ((long)Length * (groups + 1) > MaxState)
            text.GiveUp();
        return text.IsStopped ? [] : _instructions.ToArray();
    }

    public void Emit(PatternOperation operation, int x = 0, int y = 0, CharacterSet? set = null)
    {
        if (HasRoomFor(1) && HasStepsFor(set is null ? 0 : OfSet))
            _instructions.Add(new PatternInstruction(operation, x, y, set));
    }

    public void SetJump(int jump, int target)
    {
        if (!text.IsStopped)
            _instructions[jump] = _instructions[jump] with { X = target };
    }

    public void SetAlternative(int split, int target)
    {
        if (!text.IsStopped)
            _instructions[split] = _instructions[split] with { Y = target };
    }

    /// <summary>Repeats what was written from <paramref name="start"/> on; <paramref name="most"/> is negative where there is no limit.</summary>
    public void Repeat(int start, int least, int most, bool greedy)
    {
        var body = _instructions.GetRange(start, _instructions.Count - start);
        var copies = Math.Max(most < 0 ? least + 1L : most, 1);
        if (!HasRoomFor((body.Count + 2) * copies))
            return;

        _instructions.RemoveRange(start, body.Count);
        for (var i = 0; i < least - (most < 0 ? 1 : 0); i++)
            Append(body, start);
        if (most < 0 && least > 0)
        {
            var loop = _instructions.Count;
            Append(body, start);
            var split = _instructions.Count;
            Emit(PatternOperation.Split, greedy ? loop : split + 1, greedy ? split + 1 : loop);
        }
        else if (most < 0)
        {
            var split = _instructions.Count;
            Emit(PatternOperation.Split);
            Append(body, start);
            Emit(PatternOperation.Jump, split);
            SetSplit(split, split + 1, _instructions.Count, greedy);
        }
        else
        {
            var splits = new List<int>();
            for (var i = least; i < most; i++)
            {
                splits.Add(_instructions.Count);
                Emit(PatternOperation.Split);
                Append(body, start);
            }

            foreach (var split in splits)
                SetSplit(split, split + 1, _instructions.Count, greedy);
        }
    }

    /// <summary>Makes room for one instruction: every address after it moves.</summary>
    public void InsertAt(int position, PatternInstruction instruction)
    {
        if (!HasRoomFor(1) || !HasStepsFor(_instructions.Count - position))
            return;
        for (var i = position; i < _instructions.Count; i++)
            _instructions[i] = Moved(_instructions[i], 1, position);
        _instructions.Insert(position, instruction);
    }

    private void SetSplit(int split, int inside, int after, bool greedy)
    {
        if (!text.IsStopped)
            _instructions[split] = new PatternInstruction(PatternOperation.Split, greedy ? inside : after, greedy ? after : inside);
    }

    private void Append(List<PatternInstruction> body, int bodyStart)
    {
        var offset = _instructions.Count - bodyStart;
        foreach (var instruction in body)
            _instructions.Add(Moved(instruction, offset, 0));
    }

    private static PatternInstruction Moved(PatternInstruction instruction, int offset, int from) => instruction.Operation switch
    {
        PatternOperation.Split => instruction with
        {
            X = instruction.X >= from ? instruction.X + offset : instruction.X,
            Y = instruction.Y >= from ? instruction.Y + offset : instruction.Y,
        },
        PatternOperation.Jump => instruction with { X = instruction.X >= from ? instruction.X + offset : instruction.X },
        _ => instruction,
    };

    private bool HasRoomFor(long count)
    {
        if (_instructions.Count + count > MaxLength)
            text.GiveUp();
        return HasStepsFor(count);
    }

    private bool HasStepsFor(long count)
    {
        if (!budget.TrySpend(count))
            text.GiveUp();
        return !text.IsStopped;
    }
}
