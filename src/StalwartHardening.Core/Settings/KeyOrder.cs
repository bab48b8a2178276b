using System.Runtime.InteropServices;

namespace StalwartHardening.Settings;

/// <summary>
/// Sorts settings by their keys in the server's order (see <see cref="SettingPath.Compare(ReadOnlySpan{char}, ReadOnlySpan{char})"/>).
/// Keys of one file share long beginnings, and comparing them two by two reads those again and again; here a beginning that a group
/// shares is passed over once, and a few characters after it decide together with the place in one number.
/// </summary>
internal static class KeyOrder
{
    private const int PlaceBits = 24;
    private const ulong PlaceMask = (1 << PlaceBits) - 1;

    // Sorting a handful by comparing is faster than anything else.
    private const int Handful = 12;

    /// <summary>The indices of the first <paramref name="count"/> settings, in key order.</summary>
    public static int[] Of(Setting[] settings, int count, out bool hasSurrogates)
    {
        var isAscii = IsAscii(settings, count, out hasSurrogates);
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        if (IsSorted(settings, count))
            return order;
        if (count > (int)PlaceMask)
            Array.Sort(order, (left, right) => SettingPath.Compare(settings[left].Key.AsSpan(), settings[right].Key.AsSpan()));
        else
            Sort(settings, order, isAscii);
        return order;
    }

    private static void Sort(Setting[] settings, int[] order, bool isAscii)
    {
        var packed = order.Length > Handful ? new ulong[order.Length] : [];
        var groups = new Stack<(int Low, int High, int Depth)>();
        groups.Push((0, order.Length, 0));
        while (groups.Count > 0)
        {
            var (low, high, depth) = groups.Pop();
            if (high - low <= Handful)
            {
                SortByComparing(settings, order, low, high, depth);
                continue;
            }

            depth += Shared(settings, order, low, high, depth);
            for (var i = low; i < high; i++)
                packed[i] = ((isAscii ? FiveCharacters(settings[order[i]].Key, depth) : TwoCharacters(settings[order[i]].Key, depth)) << PlaceBits) | (uint)order[i];
            Array.Sort(packed, low, high - low);
            for (var first = low; first < high;)
            {
                var end = first;
                while (end < high && packed[end] >> PlaceBits == packed[first] >> PlaceBits)
                {
                    order[end] = (int)(packed[end] & PlaceMask);
                    end++;
                }

                // What has ended is the same key, and stays as it is.
                if (end - first > 1 && packed[first] >> PlaceBits != 0)
                    groups.Push((first, end, depth + (isAscii ? 5 : 2)));
                first = end;
            }
        }
    }

    private static void SortByComparing(Setting[] settings, int[] order, int low, int high, int depth)
    {
        for (var i = low + 1; i < high; i++)
        {
            var moved = order[i];
            var key = settings[moved].Key;
            var at = i;
            for (; at > low && Compare(settings[order[at - 1]].Key, key, depth) > 0; at--)
                order[at] = order[at - 1];
            order[at] = moved;
        }
    }

    private static int Compare(string left, string right, int depth) =>
        SettingPath.Compare(left.AsSpan(Math.Min(depth, left.Length)), right.AsSpan(Math.Min(depth, right.Length)));

    // How many characters from depth on all keys of the group have in common.
    private static int Shared(Setting[] settings, int[] order, int low, int high, int depth)
    {
        var first = settings[order[low]].Key;
        var shared = Math.Max(0, first.Length - depth);
        for (var i = low + 1; i < high && shared > 0; i++)
        {
            var key = settings[order[i]].Key;
            shared = Math.Min(shared, key.Length - depth);
            var at = 0;
            while (at < shared && key[depth + at] == first[depth + at])
                at++;
            shared = at;
        }

        return Math.Max(0, shared);
    }

    // A key that has ended comes before every one that goes on.
    private static ulong FiveCharacters(string key, int depth)
    {
        var result = 0ul;
        for (var i = depth; i < depth + 5; i++)
            result = (result << 8) | (i < key.Length ? key[i] + 1ul : 0);
        return result;
    }

    private static ulong TwoCharacters(string key, int depth)
    {
        var result = 0ul;
        for (var i = depth; i < depth + 2; i++)
            result = (result << 20) | (i < key.Length ? (ulong)SettingPath.Rank(key[i]) + 1 : 0);
        return result;
    }

    private static bool IsSorted(Setting[] settings, int count)
    {
        for (var i = 1; i < count; i++)
        {
            if (SettingPath.Compare(settings[i - 1].Key.AsSpan(), settings[i].Key.AsSpan()) > 0)
                return false;
        }

        return true;
    }

    // Four characters at a time: most of the keys are all that is looked at here.
    private static bool IsAscii(ReadOnlySpan<char> key)
    {
        var bits = 0UL;
        foreach (var four in MemoryMarshal.Cast<char, ulong>(key))
            bits |= four;
        for (var i = key.Length & ~3; i < key.Length; i++)
            bits |= key[i];
        return (bits & 0xFF80_FF80_FF80_FF80) == 0;
    }

    private static bool IsAscii(Setting[] settings, int count, out bool hasSurrogates)
    {
        hasSurrogates = false;
        var isAscii = true;
        for (var i = 0; i < count; i++)
        {
            if (IsAscii(settings[i].Key.AsSpan()))
                continue;
            isAscii = false;
            foreach (var c in settings[i].Key)
                hasSurrogates |= char.IsSurrogate(c);
        }

        return isAscii;
    }
}
