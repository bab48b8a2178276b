namespace StalwartHardening.Tool.Fixing;

/// <summary>Lines that differ: <c>OldCount</c> lines from <c>Old</c> became <c>NewCount</c> lines from <c>New</c>, all counted from 0.</summary>
internal readonly record struct LineChange(int Old, int OldCount, int New, int NewCount);

/// <summary>What turns the lines of one text into those of another, by Myers' algorithm ("An O(ND) Difference Algorithm", 1986).</summary>
internal static class LineDiff
{
    // The algorithm remembers its way in N squared numbers; so different texts are shown as replaced.
    private const int MaxDifferences = 2000;

    /// <summary>The changes, in the order of the lines.</summary>
    public static IReadOnlyList<LineChange> Between(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var head = 0;
        while (head < before.Count && head < after.Count && before[head] == after[head])
            head++;
        var tail = 0;
        while (tail < before.Count - head && tail < after.Count - head && before[before.Count - tail - 1] == after[after.Count - tail - 1])
            tail++;

        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var from = Numbers(before, head, before.Count - tail, names);
        var to = Numbers(after, head, after.Count - tail, names);
        var isRemoved = new bool[from.Length];
        var isAdded = new bool[to.Length];
        if (!Mark(from, to, isRemoved, isAdded))
        {
            Array.Fill(isRemoved, true);
            Array.Fill(isAdded, true);
        }

        var changes = new List<LineChange>();
        for (int i = 0, j = 0; i < from.Length || j < to.Length;)
        {
            var (oldStart, newStart) = (i, j);
            while (i < from.Length && isRemoved[i])
                i++;
            while (j < to.Length && isAdded[j])
                j++;
            if (i > oldStart || j > newStart)
            {
                changes.Add(new LineChange(head + oldStart, i - oldStart, head + newStart, j - newStart));
                continue;
            }

            i++;
            j++;
        }

        return changes;
    }

    private static int[] Numbers(IReadOnlyList<string> lines, int start, int end, Dictionary<string, int> names)
    {
        var numbers = new int[end - start];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!names.TryGetValue(lines[start + i], out var number))
                names.Add(lines[start + i], number = names.Count);
            numbers[i] = number;
        }

        return numbers;
    }

    private static bool Mark(int[] from, int[] to, bool[] isRemoved, bool[] isAdded)
    {
        var most = Math.Min(from.Length + to.Length, MaxDifferences);
        var furthest = new int[(2 * most) + 3];
        var middle = most + 1;
        var steps = new List<int[]>();
        for (var d = 0; d <= most; d++)
        {
            // Only the diagonals reached so far are needed to go back.
            steps.Add(furthest[(middle - d)..(middle + d + 1)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && furthest[middle + k - 1] < furthest[middle + k + 1]) ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                var y = x - k;
                while (x < from.Length && y < to.Length && from[x] == to[y])
                    (x, y) = (x + 1, y + 1);
                furthest[middle + k] = x;
                if (x >= from.Length && y >= to.Length)
                {
                    GoBack(steps, from.Length, to.Length, isRemoved, isAdded);
                    return true;
                }
            }
        }

        return false;
    }

    private static void GoBack(List<int[]> steps, int x, int y, bool[] isRemoved, bool[] isAdded)
    {
        for (var d = steps.Count - 1; d > 0; d--)
        {
            var furthest = steps[d];
            var k = x - y;
            var wasAdded = k == -d || (k != d && furthest[k - 1 + d] < furthest[k + 1 + d]);
            var previous = wasAdded ? k + 1 : k - 1;
            x = furthest[previous + d];
            y = x - previous;
            if (wasAdded)
                isAdded[y] = true;
            else
                isRemoved[x] = true;
        }
    }
}
