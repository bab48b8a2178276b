using System.IO;

namespace StalwartHardening.Migration;

/// <summary>
/// What becomes of every setting of a server up to 0.15: the table <c>migration.tsv</c> beside this file (the server's
/// <c>UPGRADING/v0_16.md</c> and the code that reads the settings at 0.15.5, beside the schema of 0.16).
/// </summary>
internal sealed class MigrationTable
{
    private static readonly Lazy<MigrationTable> Table = new(static () => new MigrationTable());

    private readonly Dictionary<string, MigrationRow> _rows = new(StringComparer.Ordinal);
    private readonly List<MigrationRow> _families = [];

    private MigrationTable()
    {
        using var stream = typeof(MigrationTable).Assembly.GetManifestResourceStream("StalwartHardening.migration.tsv")
            ?? throw new InvalidOperationException("The table of the migration is not part of the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var row = MigrationRow.Parse(line);
            _rows.Add(row.Pattern, row);
            if (row.Kind == MigrationKind.Object)
                _families.Add(row);
        }

        // Those inside of others first.
        _families.Sort(static (left, right) => right.Pattern.Length.CompareTo(left.Pattern.Length));
    }

    /// <summary>The table; read when first asked for.</summary>
    public static MigrationTable Instance => Table.Value;

    /// <summary>All rows.</summary>
    public IEnumerable<MigrationRow> Rows => _rows.Values;

    /// <summary>The rows whose names are objects, the innermost first.</summary>
    public IReadOnlyList<MigrationRow> Families => _families;

    /// <summary>
    /// The row for a key that is written with <c>*</c> where the row's family has a name, and how many of its characters the row
    /// stands for; null where the table says nothing.
    /// </summary>
    public MigrationRow? Find(string key, out int length)
    {
        foreach (var name in SettingPath.Ancestors(key).Prepend(key))
        {
            length = name.Length;
            if (_rows.TryGetValue(name, out var row) && row.Kind != MigrationKind.Object)
                return row;
            if (length < key.Length && (_rows.TryGetValue(SettingPath.Join(name, "*"), out row) || _rows.TryGetValue(SettingPath.PrefixOf(name), out row)) && row.Kind != MigrationKind.Object)
                return row;
        }

        length = 0;
        return null;
    }
}
