namespace StalwartHardening.Expressions.Patterns;

/// <summary>
/// Runs a pattern over a text with all alternatives side by side (Pike's method): time grows with program times text,
/// never faster. Threads keep the order of preference, so the match is the one a backtracking matcher would find.
/// </summary>
internal sealed class PatternMachine
{
    private const int OfAnyRun = 12;
    private const int PlacesPerStep = 4;

    private readonly PatternInstruction[] _program;
    private readonly string _input;
    private readonly int _slotCount;
    private readonly StepBudget _budget;
    private readonly Stack<(int Instruction, int Slot, int Value)> _work = new();

    private PatternMachine(PatternInstruction[] program, int slotCount, string input, StepBudget budget)
    {
        _budget = budget;
        _program = program;
        _slotCount = slotCount;
        _input = input;
    }

    /// <summary>Finds the places noted by the preferred match, null where there is none; false where that would cost more than there is.</summary>
    public static bool TryRun(PatternInstruction[] program, int slotCount, string input, StepBudget budget, out int[]? slots)
    {
        slots = null;

        // Room for the threads has to be made, whatever becomes of them.
        if (!budget.TrySpend(OfAnyRun + ((long)program.Length * (slotCount + 2) / PlacesPerStep)))
            return false;
        var machine = new PatternMachine(program, slotCount, input, budget);
        slots = machine.Run();
        return !budget.IsSpent;
    }

    private int[]? Run()
    {
        var current = new Threads(_program.Length, _slotCount);
        var next = new Threads(_program.Length, _slotCount);
        var scratch = new int[_slotCount];
        int[]? matched = null;
        var at = 0;
        while (true)
        {
            if (matched is null)
            {
                for (var i = 0; i < scratch.Length; i++)
                    scratch[i] = -1;
                Follow(current, 0, at, scratch);
            }

            if ((current.Count == 0 && matched is not null) || _budget.IsSpent)
                return matched;
            var codePoint = -1;
            var width = 1;
            if (at < _input.Length)
            {
                codePoint = _input[at];
                if (char.IsHighSurrogate(_input[at]) && at + 1 < _input.Length && char.IsLowSurrogate(_input[at + 1]))
                    (codePoint, width) = (char.ConvertToUtf32(_input[at], _input[at + 1]), 2);
            }

            for (var i = 0; i < current.Count; i++)
            {
                var instruction = _program[current.Instructions[i]];
                if (instruction.Operation == PatternOperation.Match)
                {
                    matched = current.SlotsOf(i);
                    break;
                }

                if (codePoint >= 0 && _budget.TrySpend(instruction.Set!.Work) && instruction.Set.Contains(codePoint))
                {
                    _budget.TrySpend(_slotCount / StepBudget.CharactersPerStep);
                    current.CopySlots(i, scratch);
                    Follow(next, current.Instructions[i] + 1, at + width, scratch);
                }
            }

            current.Clear();
            (current, next) = (next, current);
            if (at >= _input.Length)
                return matched;
            at += width;
        }
    }

    private void Follow(Threads threads, int start, int at, int[] slots)
    {
        _work.Push((start, -1, 0));
        while (_work.Count > 0)
        {
            _budget.TrySpend(1);
            var (address, slot, value) = _work.Pop();
            if (slot >= 0)
            {
                slots[slot] = value;
                continue;
            }

            if (!threads.Visit(address))
                continue;
            var instruction = _program[address];
            switch (instruction.Operation)
            {
                case PatternOperation.Jump:
                    _work.Push((instruction.X, -1, 0));
                    break;
                case PatternOperation.Split:
                    _work.Push((instruction.Y, -1, 0));
                    _work.Push((instruction.X, -1, 0));
                    break;
                case PatternOperation.Save:
                    _work.Push((0, instruction.X, slots[instruction.X]));
                    slots[instruction.X] = at;
                    _work.Push((address + 1, -1, 0));
                    break;
                case PatternOperation.Take or PatternOperation.Match:
                    threads.Add(address, slots);
                    break;
                default:
                    if (Holds(instruction.Operation, at))
                        _work.Push((address + 1, -1, 0));
                    break;
            }
        }
    }

    private bool Holds(PatternOperation assertion, int at) => assertion switch
    {
        PatternOperation.TextStart => at == 0,
        PatternOperation.TextEnd => at == _input.Length,
        PatternOperation.LineStart => at == 0 || _input[at - 1] == '\n',
        PatternOperation.LineEnd => at == _input.Length || _input[at] == '\n',
        _ => (IsWordAt(at - 1) != IsWordAt(at)) == (assertion == PatternOperation.WordBoundary),
    };

    private bool IsWordAt(int at) => at >= 0 && at < _input.Length && CharacterSet.IsWord(_input[at]);

    /// <summary>Threads in order of preference, one for each instruction.</summary>
    private sealed class Threads(int programLength, int slotCount)
    {
        private readonly int[] _visited = new int[programLength];
        private readonly int[] _slots = new int[programLength * slotCount];
        private int _generation = 1;

        public int[] Instructions { get; } = new int[programLength];

        public int Count { get; private set; }

        public bool Visit(int address)
        {
            if (_visited[address] == _generation)
                return false;
            _visited[address] = _generation;
            return true;
        }

        public void Add(int address, int[] slots)
        {
            Array.Copy(slots, 0, _slots, Count * slotCount, slotCount);
            Instructions[Count++] = address;
        }

        public void CopySlots(int index, int[] target) => Array.Copy(_slots, index * slotCount, target, 0, slotCount);

        public int[] SlotsOf(int index)
        {
            var slots = new int[slotCount];
            CopySlots(index, slots);
            return slots;
        }

        public void Clear()
        {
            Count = 0;
            _generation++;
        }
    }
}
