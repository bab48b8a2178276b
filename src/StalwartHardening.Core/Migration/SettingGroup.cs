namespace StalwartHardening.Migration;

/// <summary>The settings that one row of the table is about.</summary>
/// <param name="Row">The row; null where the table knows none.</param>
/// <param name="Values">The settings' values.</param>
internal sealed record SettingGroup(MigrationRow? Row, SourceValues Values)
{
    /// <summary>Settings that belong to one row each, in the order in which they are written.</summary>
    /// <param name="input">The file.</param>
    /// <param name="indexes">The settings.</param>
    /// <param name="pattern">A setting's name as the table has it.</param>
    public static IEnumerable<SettingGroup> From(MigrationInput input, IEnumerable<int> indexes, Func<string, string> pattern)
    {
        var groups = new List<(MigrationRow? Row, string Key, List<SourceValue> Values)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var index in indexes)
        {
            var name = pattern(input.Name(index)!);
            var row = MigrationTable.Instance.Find(name, out var length);
            var tail = row is null ? "" : name.Substring(Math.Min(name.Length, length + 1));
            var key = row is null ? name : name.Substring(0, length);
            if (!places.TryGetValue(key, out var place))
            {
                places.Add(key, place = groups.Count);
                var written = input[index].Key;
                groups.Add((row, tail.Length == 0 ? written : written.Substring(0, written.Length - tail.Length - 1), []));
            }

            groups[place].Values.Add(new SourceValue(index, tail, input.ValueAt(index)));
        }

        foreach (var (row, key, values) in groups)
        {
            values.Sort((left, right) => SettingPath.Compare(left.Tail.AsSpan(), right.Tail.AsSpan()));
            yield return new SettingGroup(row, new SourceValues(key, values));
        }
    }
}
