using System.Globalization;
using System.Text;

namespace StalwartHardening.Settings;

/// <summary>
/// All arithmetic on flat keys: <c>server.listener.imap.bind.0001</c> is a path of parts with dots between them, and the entries of a
/// list are parts of at least four digits.
/// </summary>
/// <remarks>
/// Keys themselves are plain text, because millions of them are read and few are taken apart. The name of an object may contain dots, so
/// a path does not say by itself where a name ends; the settings beside it do.
/// </remarks>
public static class SettingPath
{
    /// <summary>What is between two parts.</summary>
    public const char Separator = '.';

    private const int IndexDigits = 4;

    /// <summary>The key of <paramref name="name"/> below <paramref name="parent"/>; where one of them is empty, the other.</summary>
    public static string Join(string parent, string name) =>
        parent.Length == 0 ? name : name.Length == 0 ? parent : parent + "." + name;

    /// <summary>The key of an entry of a list, as the server counts them: <c>bind.0001</c>.</summary>
    /// <param name="list">The key of the list.</param>
    /// <param name="index">The entry, from 0 on.</param>
    public static string Entry(string list, int index) => list + "." + Index(index);

    /// <summary>An index as a part of a key: <c>0001</c>, <c>12345</c> (<c>{:04}</c>, <c>config/parser.rs</c>).</summary>
    /// <param name="index">The index, from 0 on.</param>
    /// <param name="digits">How many digits it has at least; more than the server writes where somebody wrote the others so.</param>
    public static string Index(int index, int digits = IndexDigits) => index.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    /// <summary>Whether <paramref name="key"/> is a setting below <paramref name="parent"/>: <c>a.b</c> is below <c>a</c>, and neither <c>a</c> nor <c>ab</c> is.</summary>
    public static bool IsBelow(string key, string parent) =>
        key.Length > parent.Length && key[parent.Length] == Separator && key.StartsWith(parent, StringComparison.Ordinal);

    /// <summary>Whether <paramref name="key"/> is <paramref name="parent"/> or below it.</summary>
    public static bool IsAtOrBelow(string key, string parent) =>
        key.Length == parent.Length ? key == parent : IsBelow(key, parent);

    /// <summary>What <paramref name="key"/> is called below <paramref name="parent"/>, which it is below; all of it where that is empty.</summary>
    public static string Relative(string key, string parent) => parent.Length == 0 ? key : key.Substring(parent.Length + 1);

    /// <summary>What <paramref name="key"/> is called after <paramref name="old"/> and all below it are moved to <paramref name="target"/>; null where it is not among them.</summary>
    public static string? Moved(string key, string old, string target) =>
        IsAtOrBelow(key, old) ? target + key.Substring(old.Length) : null;

    /// <summary>The key without its last part; empty where it has only one.</summary>
    public static string Parent(string key) => key.Substring(0, Math.Max(0, key.LastIndexOf(Separator)));

    /// <inheritdoc cref="Parent(string)"/>
    public static ReadOnlySpan<char> Parent(ReadOnlySpan<char> key) => key.Slice(0, Math.Max(0, key.LastIndexOf(Separator)));

    /// <summary>All keys that <paramref name="key"/> is below, the outermost first: <c>a</c> and <c>a.b</c> for <c>a.b.c</c>.</summary>
    public static IEnumerable<string> Parents(string key)
    {
        for (var end = EndOfPart(key, 0); end < key.Length; end = EndOfPart(key, end + 1))
            yield return key.Substring(0, end);
    }

    /// <summary>The last part.</summary>
    public static string LastPart(string key) => key.Substring(key.LastIndexOf(Separator) + 1);

    /// <summary>The first part.</summary>
    public static string FirstPart(string key) => key.Substring(0, EndOfPart(key, 0));

    /// <summary>Where the part ends that holds the character at <paramref name="start"/>: at the next dot, or at the end of the key.</summary>
    public static int EndOfPart(string key, int start) =>
        start >= key.Length || key.IndexOf(Separator, start) is not (>= 0 and var end) ? key.Length : end;

    /// <summary>How many parts a key has; none where it is empty.</summary>
    public static int CountParts(string key)
    {
        var count = key.Length > 0 ? 1 : 0;
        foreach (var c in key)
            count += c == Separator ? 1 : 0;
        return count;
    }

    /// <summary>Whether a part is an index of the server's own counting: at least four digits.</summary>
    public static bool IsIndex(ReadOnlySpan<char> part) => part.Length >= IndexDigits && IsNumber(part);

    /// <summary>Whether a part is a number of any length, as people write where they count themselves.</summary>
    public static bool IsNumber(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (c is < '0' or > '9')
                return false;
        }

        return part.Length > 0;
    }

    /// <summary>The list that <paramref name="key"/> is an entry of, by whatever number; the key itself where its last part is none.</summary>
    public static string ListOf(string key)
    {
        var dot = key.LastIndexOf(Separator);
        return dot > 0 && IsNumber(key.AsSpan(dot + 1)) ? key.Substring(0, dot) : key;
    }

    /// <summary>What a value is about: the key without the numbers at its end. <c>principals.0000.secret.0001</c> is about <c>principals.0000.secret</c>.</summary>
    public static string SubjectOf(string key) => key.Substring(0, LengthOfSubject(key));

    /// <summary>How many characters of a key <see cref="SubjectOf"/> keeps.</summary>
    public static int LengthOfSubject(string key)
    {
        var end = key.Length;
        while (end > 0 && key.LastIndexOf(Separator, end - 1) is > 0 and var dot && IsNumber(key.AsSpan(dot + 1, end - dot - 1)))
            end = dot;
        return end;
    }

    /// <summary>The key with <c>#</c> in the place of each index: alike for all entries of a list, and unlike the list itself.</summary>
    public static string MaskIndexes(string key) => ReplaceIndexes(key, ".#");

    /// <summary>The key without any index: alike for a list, each of its entries, and one value in the list's place.</summary>
    public static string WithoutIndexes(string key) => ReplaceIndexes(key, "");

    private static string ReplaceIndexes(string key, string replacement)
    {
        var result = new StringBuilder(key.Length);
        for (var start = 0; start <= key.Length;)
        {
            var end = EndOfPart(key, start);
            if (IsIndex(key.AsSpan(start, end - start)))
                result.Append(replacement);
            else
                result.Append(Separator).Append(key, start, end - start);
            start = end + 1;
        }

        return result.Length == 0 ? "" : result.ToString(1, result.Length - 1);
    }

    /// <summary>
    /// Compares two keys in the server's order: by the bytes of their UTF-8 form, which is the order of code points
    /// (a sorted map of text, <c>config/parser.rs</c>). UTF-16 differs from it only where surrogates are involved.
    /// </summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var i = 0; i < common; i++)
        {
            var a = left[i];
            var b = right[i];
            if (a == b)
                continue;
            return Rank(a) - Rank(b);
        }

        return left.Length - right.Length;
    }

    /// <summary>The place of a UTF-16 code unit in the order of code points: surrogates stand for what comes after all others.</summary>
    internal static int Rank(char c) => c < 0xD800 ? c : char.IsSurrogate(c) ? c + 0x2000 : c - 0x800;

    /// <summary>
    /// Compares a key with another one given as the first <paramref name="firstLength"/> characters of one text and the whole of a
    /// second, so that nobody has to join them. In the order of code units; see <see cref="Compare(ReadOnlySpan{char}, ReadOnlySpan{char})"/>.
    /// </summary>
    internal static int CompareOrdinal(string key, string first, int firstLength, string second)
    {
        var order = string.CompareOrdinal(key, 0, first, 0, firstLength);
        return order != 0 || key.Length < firstLength ? order : string.CompareOrdinal(key, firstLength, second, 0, int.MaxValue);
    }

    /// <summary>Whether a key begins with another one given in two parts.</summary>
    internal static bool StartsWith(string key, string first, int firstLength, string second) =>
        key.Length >= firstLength + second.Length
        && key.AsSpan(0, firstLength).SequenceEqual(first.AsSpan(0, firstLength))
        && key.AsSpan(firstLength, second.Length).SequenceEqual(second.AsSpan());
}
