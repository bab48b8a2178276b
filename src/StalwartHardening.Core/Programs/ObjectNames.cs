using System.Text;

namespace StalwartHardening.Programs;

/// <summary>How the names of the server's schema are written in C#: one home for the library's classes and the programs that use them.</summary>
internal static class ObjectNames
{
    // Every program has types of these names in sight.
    private static readonly HashSet<string> s_taken = new(StringComparer.Ordinal) { "Action", "Directory", "Permission", "Task", "TaskStatus", "TimeZone" };

    /// <summary>The name of a type.</summary>
    public static string Type(string name) => s_taken.Contains(name) ? "Server" + name : Pascal(name);

    /// <summary>The name of a property of a type.</summary>
    public static string Property(string field, string owner, IEnumerable<string> variants)
    {
        var name = Pascal(field);
        return name == owner || variants.Contains(name) ? name + "Value" : name;
    }

    /// <summary>The names of an enumeration's members, in the order of its words.</summary>
    public static IReadOnlyList<string> Members(string enumeration, IReadOnlyList<string> words)
    {
        var names = words.Select(word => Pascal(enumeration == "TimeZone" ? word.Replace("GMT+", "GMT-plus-").Replace("GMT-", "GMT-minus-").Replace("GMT-minus-plus-", "GMT-plus-") : word)).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (!taken.Add(names[i]))
                throw new InvalidOperationException($"{enumeration} has two members {names[i]}.");
        }

        return names;
    }

    /// <summary>The name of the nested class that a variant is.</summary>
    public static string Variant(string name) => Pascal(name);

    /// <summary>A name as words: <c>max auth failures</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            // An abbreviation stays one word: "MTA host", "use TLS".
            var startsWord = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                words.Append(' ');
            words.Append(char.IsUpper(name[i]) && (i + 1 >= name.Length || !char.IsUpper(name[i + 1])) && !(i > 0 && char.IsUpper(name[i - 1])) ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return words.ToString();
    }

    private static string Pascal(string name)
    {
        var pascal = new StringBuilder();
        var starts = true;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                starts = true;
                continue;
            }

            pascal.Append(starts ? char.ToUpperInvariant(c) : c);
            starts = false;
        }

        return pascal.Length == 0 || char.IsDigit(pascal[0]) ? "_" + pascal : pascal.ToString();
    }
}
