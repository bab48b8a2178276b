using System.Globalization;

namespace StalwartHardening.Expressions.Patterns;

/// <summary>A general category of characters, or several with the same first letter, as <c>\p{..}</c> names it.</summary>
internal sealed class UnicodeProperty
{
    // In the order of UnicodeCategory.
    private static readonly string[] Names =
    [
        "lu|uppercaseletter", "ll|lowercaseletter", "lt|titlecaseletter", "lm|modifierletter", "lo|otherletter", "mn|nonspacingmark", "mc|spacingmark",
        "me|enclosingmark", "nd|decimalnumber|digit", "nl|letternumber", "no|othernumber", "zs|spaceseparator", "zl|lineseparator", "zp|paragraphseparator", "cc|control|cntrl",
        "cf|format", "", "co|privateuse", "pc|connectorpunctuation", "pd|dashpunctuation", "ps|openpunctuation", "pe|closepunctuation",
        "pi|initialpunctuation", "pf|finalpunctuation", "po|otherpunctuation", "sm|mathsymbol", "sc|currencysymbol", "sk|modifiersymbol", "so|othersymbol",
    ];

    private static readonly (string Name, char First)[] Groups =
        [("l", 'l'), ("letter", 'l'), ("m", 'm'), ("mark", 'm'), ("n", 'n'), ("number", 'n'), ("p", 'p'), ("punctuation", 'p'), ("punct", 'p'), ("s", 's'), ("symbol", 's'), ("z", 'z'), ("separator", 'z')];

    private readonly uint _categories;

    private UnicodeProperty(uint categories) => _categories = categories;

    /// <summary>The property of this name, whose case, blanks, dashes and underscores do not count; null for scripts and other properties.</summary>
    public static UnicodeProperty? Find(string name)
    {
        var wanted = name.Replace("_", "").Replace("-", "").Replace(" ", "").ToLowerInvariant();
        if (wanted.Length == 0)
            return null;
        foreach (var (group, first) in Groups)
        {
            if (wanted == group)
                return Where(names => names.Length > 0 && names[0] == first);
        }

        var property = Where(names => Array.IndexOf(names.Split('|'), wanted) >= 0);
        return property._categories == 0 ? null : property;
    }

    public bool Contains(UnicodeCategory category) => (_categories >> (int)category & 1) != 0;

    private static UnicodeProperty Where(Func<string, bool> isWanted)
    {
        var categories = 0u;
        for (var i = 0; i < Names.Length; i++)
            categories |= isWanted(Names[i]) ? 1u << i : 0;
        return new UnicodeProperty(categories);
    }
}
