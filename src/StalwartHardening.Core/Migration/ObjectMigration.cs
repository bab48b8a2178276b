using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Makes objects of the tables of a family, such as <c>server.listener.*</c>.</summary>
internal sealed class ObjectMigration(MigrationInput input, MigratedPlan plan, FieldMigration fields)
{
    private readonly MigrationTable _table = MigrationTable.Instance;
    private readonly List<DraftValue> _whole = [];

    /// <summary>Takes the settings of one family.</summary>
    /// <param name="family">The family's row.</param>
    /// <param name="taken">The settings that are dealt with.</param>
    public void Build(MigrationRow family, HashSet<int> taken)
    {
        var table = SettingPath.Parent(family.Pattern);
        var ids = IdsOf(family, table);
        var members = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var index in input.All)
        {
            if (taken.Contains(index) || !SettingPath.IsBelow(input.Name(index)!, table))
                continue;
            var name = input.Name(index)!;
            var id = ids.FirstOrDefault(id => SettingPath.IsBelow(name, SettingPath.Join(table, id)));
            if (id is null)
            {
                // Something else of the same beginning, or an object that the server does not make.
                if (_table.Find(name, out _) is null && family.How["by"] is { Length: > 0 } by)
                {
                    taken.Add(index);
                    input.Decide(index, MigrationOutcome.NotRead, $"Without '{by}' the server makes nothing of it.");
                }

                continue;
            }

            taken.Add(index);
            if (!members.TryGetValue(id, out var list))
                members.Add(id, list = []);
            list.Add(index);
        }

        foreach (var member in members)
            BuildObject(family, member.Key, SettingPath.Join(table, member.Key), member.Value);
    }

    /// <summary>Gives the objects that take the place of others every field that nothing has set.</summary>
    public void Complete()
    {
        foreach (var value in _whole)
            OldDefaults.WriteWhole(value);
    }

    // The longest first: a name may hold dots.
    private List<string> IdsOf(MigrationRow family, string table)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var index in input.All)
        {
            var name = input.Name(index)!;
            if (!SettingPath.IsBelow(name, table))
                continue;
            if (family.How["by"] is { Length: > 0 } by)
            {
                // A list does not count: the server looks for keys that end in it.
                if (SettingPath.OwnerOf(name, by) is { } named && SettingPath.IsBelow(named, table))
                    ids.Add(SettingPath.Relative(named, table));
                continue;
            }

            var known = SettingPath.Parents(name).FirstOrDefault(own => SettingPath.IsBelow(own, table) && _table.Find(SettingPath.Moved(name, own, family.Pattern)!, out _) is not null);
            if (known is not null)
                ids.Add(SettingPath.Relative(known, table));
        }

        return [.. ids.OrderByDescending(static id => id.Length)];
    }

    private void BuildObject(MigrationRow family, string id, string own, List<int> indexes)
    {
        var type = PlanSchema.Instance.FindObject(family.Target.AsSpan())!;
        var value = DraftValue.Object(type);
        var groups = SettingGroup.From(input, indexes, name => SettingPath.Moved(name, own, family.Pattern)!).ToList();
        if (!ChooseVariant(value, groups, out var because))
        {
            foreach (var index in indexes)
                input.Decide(index, MigrationOutcome.NoCounterpart, because);
            return;
        }

        // The first of them has to exist before its fields refer to it.
        var body = new DraftBody(plan.ClientId(type, id), value);
        if (family.How["label"] is { Length: > 0 } label && value.Effective?.FindField(label.AsSpan()) is not null)
        {
            var text = DraftValue.Text(id);
            value.Set(label, text);
        }

        foreach (var group in groups)
            fields.Build(value, group, body);
        if (family.How["default"] is { } option)
            OldDefaults.Set(value, option);
        if (family.How["needs"] is { } needed && value.Find(needed) is null)
            OldDefaults.SwitchOff(value);
        if (family.How.Has("whole"))
            _whole.Add(value);
        if (family.How["requires"] is { } required && value.Find(required) is null)
        {
            foreach (var source in indexes)
                input.Decide(source, MigrationOutcome.NotRead, $"Without a '{required}' that it knows the server makes nothing of it.");
            return;
        }

        plan.Remember(family.Pattern, id, body);
        Add(family, type, body);
    }

    private static bool ChooseVariant(DraftValue value, List<SettingGroup> groups, out string because)
    {
        because = "";
        if (value.Type is not { HasVariants: true } union)
            return true;
        foreach (var group in groups)
        {
            if (group.Row is not { Kind: MigrationKind.Field, Target: "@type" } row)
                continue;
            var word = group.Values.Single?.Text ?? "";
            var variant = row.How.Word(word);
            if (row.How.Has("tracer") && variant is null && word.ToLowerInvariant() is "otel" or "open-telemetry")
                variant = groups.Any(static other => other.Row?.Pattern == "tracer.*.transport" && other.Values.Single?.Text == "http") ? "OtelHttp" : "OtelGrpc";
            if (variant is null || union.FindVariant(variant.AsSpan()) is not { } found)
            {
                because = (union.Name, word) switch
                {
                    ("Directory", "internal") => "The internal directory is always there from 0.16 on, and kept in the data store.",
                    ("Directory", "memory") => "From 0.16 on there are no directories in the configuration; the plan creates their accounts where they are the directory in use.",
                    _ => $"There is no {union.Name} '{Display.Text(word)}' from 0.16 on.",
                };
                return false;
            }

            value.Variant = found;
            value.Sources.Add(group.Values.All[0].Index);
            return true;
        }

        return true;
    }

    private void Add(MigrationRow family, PlanType type, DraftBody body)
    {
        var verb = family.How["verb"]!;
        var match = family.How["match"] is { } key ? [key] : type.Label.Length > 0 && verb is "upsert" or "reconcile" ? [type.Label] : Array.Empty<string>();
        if (verb == "replace")
        {
            plan.RemoveAll(type);
            verb = "create";
        }

        // Two bodies of one operation may not look the same to it.
        if (match.Length > 0 && plan.Exists(type, match[0], body.Value.Find(match[0])?.Literal))
        {
            foreach (var source in body.Value.AllSources)
                input.Refuse(source, $"Another {type.Name} has the same {match[0]}, by which a plan tells them apart.");
            return;
        }

        plan.OperationFor(verb, type, match).Bodies.Add(body);
    }
}
