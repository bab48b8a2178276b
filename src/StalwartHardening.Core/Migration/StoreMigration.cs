using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>
/// Writes the stores that a server uses for something else than its data: what each is used for is an object of its own from 0.16
/// on. The data store itself is <c>config.json</c>.
/// </summary>
internal sealed class StoreMigration(MigrationInput input, MigratedPlan plan, FieldMigration fields)
{
    private const string Family = "store";
    private const string AnyStore = "store.*";
    private const string DataStore = "The data store is the whole of config.json, which the vendor's script writes.";

    private readonly MigrationTable _table = MigrationTable.Instance;

    /// <summary>Takes the settings of stores and of what they are used for.</summary>
    public void Build(HashSet<int> taken)
    {
        var data = input.ValueOf("storage.data");
        var written = new HashSet<int>();
        foreach (var row in _table.Rows)
        {
            if (row.Kind != MigrationKind.Role || input.Find(row.Pattern) is not (>= 0 and var index))
                continue;
            taken.Add(index);
            Build(row, index, data, written);
        }

        foreach (var index in input.All)
        {
            var name = input.Name(index)!;
            if (!SettingPath.IsBelow(name, Family))
                continue;
            taken.Add(index);
            if (written.Contains(index))
                continue;
            if (data is not null && SettingPath.IsBelow(name, SettingPath.Join(Family, data)))
                input.Decide(index, MigrationOutcome.Elsewhere, DataStore);
            else
                input.Decide(index, MigrationOutcome.NoCounterpart, _table.Find(SettingPath.Moved(name, SettingPath.ChildOf(Family, name), AnyStore)!, out _) is { Kind: MigrationKind.None } row ? row.Note : "Nothing of the plan uses this store; what a script or a directory asks is an object of its own, StoreLookup.");
        }
    }

    private void Build(MigrationRow role, int index, string? data, HashSet<int> written)
    {
        var id = input.ValueAt(index);
        var type = PlanSchema.Instance.FindObject(role.Target.AsSpan())!;
        var own = SettingPath.Join(Family, id);
        var kind = input.ValueOf(SettingPath.Join(own, "type")) ?? "";
        if (kind == "redis" && input.ValueOf(SettingPath.Join(own, "redis-type")) == "cluster")
            kind = "redis-cluster";
        var variant = id == data && role.Pattern != "cluster.coordinator" ? "Default" : role.How.Word(kind);
        if (variant is null || type.FindVariant(variant.AsSpan()) is not { } found)
        {
            input.Decide(index, MigrationOutcome.NotWritable, $"The store '{Display.Text(id)}' is not {Display.WithArticle(type.Name)} that this tool can write; without one the server uses its data store.");
            return;
        }

        var body = plan.Singleton(role.Target);
        body.Value.Variant = found;
        body.Value.Sources.Add(index);
        if (variant == "Default")
            return;
        var indexes = input.All.Where(setting => SettingPath.IsBelow(input.Name(setting)!, own)).ToList();
        foreach (var group in SettingGroup.From(input, indexes, name => SettingPath.Moved(name, own, AnyStore)!))
        {
            // A store with two uses may be written for one of them, and not for the other.
            var isField = group.Row is { Kind: MigrationKind.Field } row && HasField(found, row.Target, row);
            if (!isField && group.Row?.Kind != MigrationKind.Part)
                continue;
            fields.Build(body.Value, group, body);
            written.UnionWith(group.Values.All.Select(static value => value.Index));
        }

        NameRegion(body.Value);
    }

    private static bool HasField(PlanType type, string path, MigrationRow row)
    {
        var slash = path.IndexOf('/');
        var first = slash < 0 ? path : path.Substring(0, slash);
        return type.FindField(first.AsSpan()) is not null || (row.How.Has("urls") && type.FindField("url".AsSpan()) is not null);
    }

    // A region without an endpoint is one of Amazon's.
    private static void NameRegion(DraftValue store)
    {
        if (store.Find("region") is not { } region || region.Find("customEndpoint") is not null || region.Find("customRegion") is not { Content: { } name } custom)
            return;
        var pascal = string.Concat(name.Split('-').Select(static part => part.Length == 0 ? "" : char.ToUpperInvariant(part[0]) + part.Substring(1)));
        if (region.Type?.FindVariant(pascal.AsSpan()) is not { } known)
            return;
        region.Variant = known;
        region.Members.Clear();
        region.Sources.AddRange(custom.Sources);
    }
}
