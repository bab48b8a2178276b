using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Migration;

/// <summary>The table of the migration is whole and true to the schema.</summary>
public sealed class MigrationTableTests
{
    private static readonly MigrationTable Table = MigrationTable.Instance;

    [Fact]
    public void Every_setting_that_the_last_server_of_settings_reads_has_a_row()
    {
        var missing = SettingNames.Known.All
            .Where(static name => name.Shape == SettingShape.Mark || name.IsReadBy(ServerVersion.Newest))
            .Where(static name => !Table.Families.Any(family => family.Pattern == name.Pattern) && Table.Find(name.Pattern, out _) is null && Table.Find(name.Pattern.TrimEnd('*').TrimEnd('.'), out _) is null)
            .Select(static name => name.Pattern)
            .ToList();
        Assert.Empty(missing);
    }

    // All the others are not read, and the table of settings says why.
    [Fact]
    public void Every_other_setting_is_said_not_to_be_read()
    {
        foreach (var name in SettingNames.Known.All.Where(static name => name.Shape != SettingShape.Mark && !name.IsReadBy(ServerVersion.Newest)))
        {
            var key = name.Pattern.Replace("*", "some", StringComparison.Ordinal);
            var migrated = TestMigration.Of($"\"{key}\" = \"x\"\n").Settings;
            Assert.Equal(MigrationOutcome.NotRead, Assert.Single(migrated).Outcome);
            Assert.NotEqual("", migrated[0].Note);
        }
    }

    [Fact]
    public void Every_field_exists()
    {
        var wrong = new List<string>();
        foreach (var row in Table.Rows.Where(static row => row.Kind is MigrationKind.Field or MigrationKind.Members or MigrationKind.Each or MigrationKind.DefaultOf))
        {
            var owners = OwnersOf(row, out var path);
            if (owners.Count == 0 || !owners.Exists(owner => Leads(owner, path, 0, row)))
                wrong.Add($"{row.Pattern}: {row.Target}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_row_that_writes_nothing_says_why()
    {
        foreach (var row in Table.Rows.Where(static row => row.Kind is MigrationKind.None or MigrationKind.Elsewhere or MigrationKind.Database or MigrationKind.Inert))
            Assert.EndsWith(".", row.Note, StringComparison.Ordinal);
        Assert.All(Table.Rows, static row => Assert.NotEqual("", row.Source));
    }

    [Fact]
    public void The_table_is_sorted()
    {
        var patterns = File.ReadLines(Repository.PathOf("src", "StalwartHardening.Core", "Migration", "migration.tsv")).Skip(1).Select(static line => line.Split('\t')[0]).ToList();
        Assert.Equal(patterns.Order(StringComparer.Ordinal), patterns);
    }

    private static List<PlanType> OwnersOf(MigrationRow row, out string[] path)
    {
        path = row.Target.Split('/');
        if (row.Pattern.StartsWith("store.*", StringComparison.Ordinal))
            return [.. Table.Rows.Where(static other => other.Kind == MigrationKind.Role).Select(static other => PlanSchema.Instance.FindObject(other.Target)!)];
        if (row.Kind == MigrationKind.Each)
            return [PlanSchema.Instance.FindObject("NetworkListener")!];
        if (Table.Families.FirstOrDefault(family => row.Kind != MigrationKind.DefaultOf && row.Pattern.StartsWith(family.Pattern + ".", StringComparison.Ordinal)) is { } family)
            return [PlanSchema.Instance.FindObject(family.Target)!];
        var type = PlanSchema.Instance.FindObject(path[0]);
        path = path[1..];
        return type is null ? [] : [type];
    }

    private static bool Leads(PlanType type, string[] path, int at, MigrationRow row)
    {
        if (row.Kind == MigrationKind.Each)
            path = [path[^1]];
        if (path[at] == "@type")
            return type.HasVariants;
        foreach (var variant in type.HasVariants ? type.Variants : [type])
        {
            var name = path[at];
            if (variant.FindField(name) is not { } field)
                continue;
            if (at == path.Length - 1)
                return true;
            if (field.Type.Shape == PlanShape.Map ? at + 2 == path.Length - 1 && field.ValueType?.FindField(path[^1]) is not null : field.ValueType is { } inner && Leads(inner, path, at + 1, row))
                return true;
        }

        return false;
    }
}
