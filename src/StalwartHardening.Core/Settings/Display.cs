namespace StalwartHardening.Settings;

/// <summary>Values of a configuration as messages show them: on one line, not endless, unknown parts as an ellipsis.</summary>
internal static class Display
{
    private const int MaxLength = 80;

    // Read letter by letter, and the first one begins with a vowel: "an em-tee-ay hook".
    private static readonly string[] s_spelledOut = ["Mta", "Http", "Sql", "Ldap", "Smtp", "Mx"];

    /// <summary>The name of a kind of object after "a" or "an".</summary>
    public static string WithArticle(string name) =>
        (name.Length > 0 && "AEIO".IndexOf(name[0]) >= 0) || Array.Exists(s_spelledOut, start => name.StartsWith(start, StringComparison.Ordinal)) ? "an " + name : "a " + name;

    public static string Text(string value)
    {
        var plain = true;
        foreach (var c in value)
            plain &= !char.IsControl(c) && !char.IsSurrogate(c) && c != Setting.UnknownPart;
        if (plain && value.Length <= MaxLength)
            return value;

        var text = new System.Text.StringBuilder(Math.Min(value.Length, MaxLength) + 1);
        for (var i = 0; i < value.Length && text.Length < MaxLength; i++)
        {
            var c = value[i];
            if (c == Setting.UnknownPart)
                text.Append('…');
            else if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                text.Append(c).Append(value[++i]);
            else
                text.Append(char.IsControl(c) ? ' ' : char.IsSurrogate(c) ? '\uFFFD' : c);
        }

        return value.Length > MaxLength ? text.Append('…').ToString() : text.ToString();
    }
}
