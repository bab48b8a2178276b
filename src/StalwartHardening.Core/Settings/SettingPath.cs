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
internal static class SettingPath
{
    /// <summary>What is between two parts.</summary>
    public const char Separator = '.';

    /// <summary>The same as text.</summary>
    internal const string SeparatorText = ".";

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
    /// <param name="key">The key of the setting.</param>
    /// <param name="parent">The key of what may hold it.</param>
    /// <param name="comparison">How letters are compared; the server tells large ones from small ones.</param>
    public static bool IsBelow(string key, string parent, StringComparison comparison = StringComparison.Ordinal) =>
        key.Length > parent.Length && key[parent.Length] == Separator && key.StartsWith(parent, comparison);

    /// <summary>Whether <paramref name="key"/> is below the first <paramref name="length"/> characters of <paramref name="parent"/>.</summary>
    internal static bool IsBelowFirst(string key, string parent, int length) => StartsWith(key, parent, length, SeparatorText);

    /// <summary>Whether <paramref name="key"/> is <paramref name="parent"/> or below it.</summary>
    public static bool IsAtOrBelow(string key, string parent) =>
        key.Length == parent.Length ? key == parent : IsBelow(key, parent);

    /// <summary>The key of the setting <paramref name="name"/> of the object <paramref name="id"/> of a family; of the object itself where the name is empty.</summary>
    public static string Join(string family, string id, string name) =>
        name.Length == 0 ? Join(family, id) : string.Concat(family, SeparatorText, id + SeparatorText, name);

    /// <summary>The key of <paramref name="count"/> parts from <paramref name="start"/> on.</summary>
    public static string Join(string[] parts, int start, int count) => string.Join(".", parts, start, count);

    /// <summary>What the keys of all settings below <paramref name="key"/> begin with: itself and a dot; empty where it is empty.</summary>
    public static string PrefixOf(string key) => key.Length == 0 ? "" : key + ".";

    /// <summary>Whether the last parts of <paramref name="key"/> are <paramref name="name"/>, or all of it is: <c>a.b.c</c> ends in <c>b.c</c>, and <c>a.xb.c</c> does not.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">One part, or several.</param>
    /// <param name="comparison">How letters are compared; the server tells large ones from small ones.</param>
    public static bool EndsIn(string key, string name, StringComparison comparison = StringComparison.Ordinal) =>
        (key.Length == name.Length || (key.Length > name.Length && key[key.Length - name.Length - 1] == Separator)) && key.EndsWith(name, comparison);

    /// <summary>The key of the object whose setting <paramref name="name"/> has this key: <c>a.b</c> where <paramref name="key"/> is <c>a.b.c</c> and <paramref name="name"/> is <c>c</c>; null where it is no such key, or of no object.</summary>
    public static string? OwnerOf(string key, string name) =>
        key.Length > name.Length + 1 && EndsIn(key, name) ? key.Substring(0, key.Length - name.Length - 1) : null;

    /// <summary>Whether a part of <paramref name="key"/> begins with <paramref name="text"/>; the first part does not count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="text">What the part begins with; more than one part is looked at where it holds dots.</param>
    /// <param name="start">Where the first part ends that counts less, at a dot.</param>
    /// <param name="comparison">How letters are compared; the server tells large ones from small ones.</param>
    public static bool HasPartLike(string key, string text, int start = 0, StringComparison comparison = StringComparison.Ordinal)
    {
        for (var at = key.IndexOf(text, start, comparison); at >= 0; at = key.IndexOf(text, at + 1, comparison))
        {
            if (at > start && key[at - 1] == Separator)
                return true;
        }

        return false;
    }

    /// <summary>Where the last part called <paramref name="part"/> begins that is not the first one; -1 where there is none.</summary>
    public static int LastStartOf(string key, string part)
    {
        for (var end = key.Length; end > 0 && key.LastIndexOf(Separator, end - 1) is > 0 and var dot; end = dot)
        {
            if (end - dot - 1 == part.Length && string.CompareOrdinal(key, dot + 1, part, 0, part.Length) == 0)
                return dot + 1;
        }

        return -1;
    }

    /// <summary>The key one part longer than <paramref name="parent"/> that <paramref name="key"/> is, or is below: <c>a.b</c> where they are <c>a</c> and <c>a.b.c</c>.</summary>
    /// <param name="key">A key below <paramref name="parent"/>.</param>
    /// <param name="parent">The key of what holds it; empty for the first part.</param>
    public static string ChildOf(string parent, string key) => key.Substring(0, EndOfPart(key, parent.Length == 0 ? 0 : parent.Length + 1));

    /// <summary>The parts of a key.</summary>
    public static string[] Parts(string key) => key.Split(Separator);

    /// <summary>What <paramref name="key"/> is called below <paramref name="parent"/>, which it is below; all of it where that is empty.</summary>
    public static string Relative(string key, string parent) => parent.Length == 0 ? key : key.Substring(parent.Length + 1);

    /// <inheritdoc cref="IsAtOrBelow(string, string)"/>
    public static bool IsAtOrBelow(ReadOnlySpan<char> key, ReadOnlySpan<char> parent) =>
        key.StartsWith(parent, StringComparison.Ordinal) && (key.Length == parent.Length || key[parent.Length] == Separator);

    /// <summary>Whether <paramref name="at"/>, as somebody writes it in an option, is <paramref name="key"/> or the beginning of it, in the keys of any generation; a separator at its end changes nothing.</summary>
    public static bool CoversInAnyGeneration(string at, string key) =>
        key.StartsWith(at, StringComparison.Ordinal) && (key.Length == at.Length || IsAnySeparator(key[at.Length]) || (at.Length > 0 && IsAnySeparator(at[at.Length - 1])));

    private static bool IsAnySeparator(char c) => c is Separator or '/';

    /// <summary>What the first <paramref name="end"/> characters of <paramref name="key"/> are called below <paramref name="parent"/>, which they are below.</summary>
    public static string Relative(string key, int end, string parent)
    {
        var start = parent.Length == 0 ? 0 : parent.Length + 1;
        return key.Substring(start, end - start);
    }

    /// <summary>What <paramref name="key"/> is called after <paramref name="old"/> and all below it are moved to <paramref name="target"/>; null where it is not among them.</summary>
    public static string? Moved(string key, string old, string target) =>
        IsAtOrBelow(key, old) ? target + key.Substring(old.Length) : null;

    /// <summary>The key that is the first <paramref name="length"/> characters, as one who has looked it up was told.</summary>
    public static string First(string key, int length) => key.Substring(0, length);

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

    /// <summary>All keys that <paramref name="key"/> is below, the innermost first: <c>a.b</c> and <c>a</c> for <c>a.b.c</c>.</summary>
    public static IEnumerable<string> Ancestors(string key)
    {
        for (var parent = Parent(key); parent.Length > 0; parent = Parent(parent))
            yield return parent;
    }

    /// <summary>Where the last part of a key begins.</summary>
    public static int StartOfLastPart(string key) => key.LastIndexOf(Separator) + 1;

    /// <summary>The last part.</summary>
    public static string LastPart(string key) => key.Substring(StartOfLastPart(key));

    /// <summary>The first part.</summary>
    public static string FirstPart(string key) => key.Substring(0, EndOfPart(key, 0));

    /// <summary>Where the part ends that holds the character at <paramref name="start"/>: at the next dot, or at the end of the key.</summary>
    public static int EndOfPart(string key, int start) =>
        start >= key.Length || key.IndexOf(Separator, start) is not (>= 0 and var end) ? key.Length : end;

    /// <summary>Where the part begins that ends at <paramref name="end"/>: after the dot before it, or at the start of the key.</summary>
    public static int StartOfPart(string key, int end) => end == 0 ? 0 : key.LastIndexOf(Separator, end - 1) + 1;

    /// <summary>The part from <paramref name="start"/> to <paramref name="end"/> (see <see cref="StartOfPart"/> and <see cref="EndOfPart"/>).</summary>
    public static string Part(string key, int start, int end) => key.Substring(start, end - start);

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

    /// <summary>Whether <paramref name="key"/> is that of an entry of a list, in the server's own counting.</summary>
    public static bool IsEntry(string key) => key.LastIndexOf(Separator) is > 0 and var dot && IsIndex(key.AsSpan(dot + 1));

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
