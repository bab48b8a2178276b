namespace StalwartHardening.Migration;

/// <summary>What becomes of a setting: one row of <c>migration.tsv</c>.</summary>
/// <param name="Pattern">The setting; <c>*</c> stands for a name that the configuration chooses, a final dot for everything below.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Target">The object and field from 0.16 on; below an object's own row only the field.</param>
/// <param name="How">How its value is written there.</param>
/// <param name="Source">The file of the server's repository, at 0.16, that says so.</param>
/// <param name="Note">What to know; a sentence, or empty.</param>
internal sealed record MigrationRow(string Pattern, MigrationKind Kind, string Target, MigrationHow How, string Source, string Note)
{
    /// <summary>The object of <see cref="Target"/>; empty below an object's own row.</summary>
    public string TargetObject => Target.Substring(0, Math.Max(0, Target.IndexOf('/')));

    /// <summary>What <see cref="Target"/> has after its object.</summary>
    public string TargetField => Target.Substring(Target.IndexOf('/') + 1);

    /// <summary>Reads a line of the table.</summary>
    public static MigrationRow Parse(string line)
    {
        var cells = line.Split('\t');
        var kind = cells[1] switch
        {
            "object" => MigrationKind.Object,
            "field" => MigrationKind.Field,
            "part" => MigrationKind.Part,
            "each" => MigrationKind.Each,
            "members" => MigrationKind.Members,
            "default-of" => MigrationKind.DefaultOf,
            "levels" => MigrationKind.Levels,
            "role" => MigrationKind.Role,
            "store" => MigrationKind.Store,
            "none" => MigrationKind.None,
            "elsewhere" => MigrationKind.Elsewhere,
            "database" => MigrationKind.Database,
            "inert" => MigrationKind.Inert,
            _ => throw new InvalidOperationException($"'{cells[1]}' is no kind of row."),
        };
        return new MigrationRow(cells[0], kind, cells[2], new MigrationHow(cells[3]), cells[4], cells[5]);
    }
}

/// <summary>What becomes of a setting.</summary>
internal enum MigrationKind
{
    /// <summary>A name below it is an object.</summary>
    Object,

    /// <summary>It is a field.</summary>
    Field,

    /// <summary>It decides what an object is, or whether there is one.</summary>
    Part,

    /// <summary>It is a field of every object that does not have it already.</summary>
    Each,

    /// <summary>Each of its members is an object.</summary>
    Members,

    /// <summary>It says which object is the one for all other cases.</summary>
    DefaultOf,

    /// <summary>Each name below it is an event with a level.</summary>
    Levels,

    /// <summary>It says which store is used for something.</summary>
    Role,

    /// <summary>It says which store an object uses.</summary>
    Store,

    /// <summary>Nothing takes its place.</summary>
    None,

    /// <summary>Something outside of the server's objects takes its place: its environment, or <c>config.json</c>.</summary>
    Elsewhere,

    /// <summary>It is made of what only the database knows.</summary>
    Database,

    /// <summary>It never meant anything to the server.</summary>
    Inert,
}

/// <summary>How a value is written: options with and without values, separated by blanks.</summary>
internal sealed class MigrationHow
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    public MigrationHow(string text)
    {
        foreach (var option in text.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var end = option.IndexOfAny(['=', ':']);
            var name = end < 0 ? option : option.Substring(0, end);
            var value = end < 0 ? "" : option.Substring(end + 1);
            if (name == "words" || option.IndexOf('>') > 0 && end < 0)
                ReadWords(end < 0 ? option : value);
            else
                _options.Add(name, value);
        }
    }

    /// <summary>An option's value; null where it is not there.</summary>
    public string? this[string option] => _options.TryGetValue(option, out var value) ? value : null;

    /// <summary>Whether an option is there.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>What a word is called from 0.16 on; null where the table does not say.</summary>
    public string? Word(string word) => _words.TryGetValue(Has("lower") ? word.ToLowerInvariant() : word, out var renamed) ? renamed : null;

    private void ReadWords(string text)
    {
        foreach (var pair in text.Split(','))
        {
            var arrow = pair.IndexOf('>');
            _words[pair.Substring(0, arrow)] = pair.Substring(arrow + 1);
        }
    }
}
