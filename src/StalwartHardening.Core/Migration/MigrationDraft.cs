namespace StalwartHardening.Migration;

/// <summary>Puts a plan together from the settings of a file: what each becomes, says the table.</summary>
internal static class MigrationDraft
{
    /// <summary>The operations, in the order in which they run.</summary>
    public static List<DraftOperation> Create(MigrationInput input)
    {
        var plan = new MigratedPlan();
        var fields = new FieldMigration(input, plan);
        var objects = new ObjectMigration(input, plan, fields);
        var settings = new SettingMigration(input, plan, fields);
        var taken = new HashSet<int>();

        // Accounts first: a directory in memory is theirs.
        foreach (var family in MigrationTable.Instance.Families)
        {
            if (family.How["verb"] == "account")
                new AccountMigration(input, plan).Build(taken);
        }

        // What others refer to by name has to be known by then.
        var referredTo = new HashSet<string?>(MigrationTable.Instance.Rows.Select(static row => row.How["ref"]), StringComparer.Ordinal);
        foreach (var family in MigrationTable.Instance.Families.OrderBy(family => referredTo.Contains(family.Pattern) ? 0 : 1))
        {
            if (family.How["verb"] != "account")
                objects.Build(family, taken);
        }

        new StoreMigration(input, plan, fields).Build(taken);
        foreach (var group in SettingGroup.From(input, input.All.Where(index => !taken.Contains(index)), static name => name))
            settings.Build(group);
        OldDefaults.Keep(plan);
        objects.Complete();
        return plan.Finish();
    }
}
