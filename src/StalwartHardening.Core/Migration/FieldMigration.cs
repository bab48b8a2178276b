using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Writes a setting into the field of an object that its row names.</summary>
internal sealed class FieldMigration(MigrationInput input, MigratedPlan plan)
{
    private readonly ValueTranslation _values = new(input);

    /// <summary>Writes a setting into an object, as its row says.</summary>
    public void Build(DraftValue target, SettingGroup group, DraftBody body)
    {
        if (group.Row is not { } row || row.Kind is not (MigrationKind.Field or MigrationKind.DefaultOf or MigrationKind.Store))
        {
            if (group.Row?.Kind == MigrationKind.Part)
                target.Sources.AddRange(group.Values.All.Select(static value => value.Index));
            else
                input.Explain(group);
            return;
        }

        if (row.Kind == MigrationKind.DefaultOf)
        {
            SetDefault(group, body);
            return;
        }

        if (row.Kind == MigrationKind.Store)
        {
            input.Decide(group, MigrationOutcome.NotWritable, "The directory's store is written with it where it is a database of its own; point Directory.store at it by hand.");
            return;
        }

        var path = row.Target.Split('/');
        var at = target;
        var first = path.Length > 1 && path[0] == target.Type?.Name ? 1 : 0;
        for (var i = first; i < path.Length - 1; i++)
        {
            if (Descend(at, path[i]) is not { } next)
            {
                NoField(group, at);
                return;
            }

            at = next;
        }

        var name = path[path.Length - 1];
        if (name == "@type")
        {
            SetVariant(at, group);
            return;
        }

        if (at.Type is { HasVariants: true } union && at.Variant is null)
            at.Variant = row.How["variant"] is { } variant ? union.FindVariant(variant.AsSpan()) : at == target ? null : union.Variants.FirstOrDefault(candidate => candidate.FindField(name.AsSpan()) is not null);
        if (FieldOf(at, row, ref name) is not { } field)
        {
            NoField(group, at);
            return;
        }

        var value = Reference(row, group, out var problem) ?? (problem.IsProblem ? null : _values.Translate(field, row.How, group.Values, out problem));
        if (value is null)
        {
            input.Decide(group, problem.Outcome, problem.Message);
            return;
        }

        // What is beside a single value is not read; of several values each has its own place.
        var used = new HashSet<int>(value.AllSources);
        foreach (var source in group.Values.All)
        {
            if (!used.Contains(source.Index))
                input.Decide(source.Index, MigrationOutcome.NotRead, "Another value already sets it.");
            else if (row.Note.Length > 0)
                input.Decide(source.Index, MigrationOutcome.Changed, row.Note);
        }

        at.Set(name, value);
        if (row.How["events"] is { } policy)
        {
            var policyName = row.How["policy"] ?? "eventsPolicy";
            if (at.Effective?.FindField(policyName.AsSpan()) is not null)
                at.Set(policyName, DraftValue.Text(policy));
        }
    }

    private static PlanField? FieldOf(DraftValue at, MigrationRow row, ref string name)
    {
        if (at.Effective?.FindField(name.AsSpan()) is { } field)
            return field;
        if (!row.How.Has("urls"))
            return null;
        name = "url";
        return at.Effective?.FindField(name.AsSpan());
    }

    private static DraftValue? Descend(DraftValue at, string name)
    {
        if (at.Find(name) is { } known)
            return known;
        // A map's values are under names of their own.
        if (at.Type is { } mapped && at.Literal is null && at.Variant is null && at.IsMap)
        {
            var element = DraftValue.Object(mapped);
            at.Set(name, element);
            return element;
        }

        if (at.Effective?.FindField(name.AsSpan()) is not { } field || field.ValueType is not { } type || field.Type.Shape is not (PlanShape.Object or PlanShape.Map))
            return null;
        var value = DraftValue.Object(type);
        value.IsMap = field.Type.Shape == PlanShape.Map;
        at.Set(name, value);
        return value;
    }

    private void SetVariant(DraftValue at, SettingGroup group)
    {
        if (at.Variant is not null && at.Sources.Contains(group.Values.All[0].Index))
            return;
        var word = group.Values.Single?.Text ?? "";
        var variant = group.Row!.How.Word(word) is { } name ? at.Type?.FindVariant(name.AsSpan()) : null;
        if (variant is null)
        {
            input.Decide(group, MigrationOutcome.NotWritable, $"There is no {at.Type?.Name} '{Display.Text(word)}' from 0.16 on.");
            return;
        }

        at.Variant = variant;
        at.Sources.AddRange(group.Values.All.Select(static value => value.Index));
    }

    private DraftValue? Reference(MigrationRow row, SettingGroup group, out TranslationProblem problem)
    {
        problem = TranslationProblem.None;
        if (row.How["ref"] is { } family)
        {
            var id = group.Values.Single?.Text ?? "";
            if ((plan.Find(family, id) ?? (row.How.Has("declare") ? Declare(family, id) : null)) is not { } target)
            {
                problem = TranslationProblem.NotWritable($"The plan makes nothing called '{Display.Text(id)}'.");
                if (family == "directory.*")
                    input.Decide(group, MigrationOutcome.NoCounterpart, "Where the plan names no directory, the server uses its internal one.");
                return null;
            }

            return MigratedPlan.RefersTo(target, group.Values.All);
        }

        if (!row.How.Has("domain") || group.Values.Single is not { Text.Length: > 0 } domain || ValueTranslation.HasMacro(domain.Text))
            return null;
        return MigratedPlan.RefersTo(plan.Domain(domain.Text), group.Values.All);
    }

    // An upsert that names no more than the name leaves what the server has of it, and else makes it with the defaults.
    private DraftBody? Declare(string family, string id)
    {
        if (id.Length == 0 || ValueTranslation.HasMacro(id) || PlanSchema.Instance.FindObject(MigrationTable.Instance.Families.First(row => row.Pattern == family).Target.AsSpan()) is not { } type)
            return null;
        var body = new DraftBody(plan.ClientId(type, id), DraftValue.Object(type));
        body.Value.Set(type.Label, DraftValue.Text(id));
        plan.Remember(family, id, body);
        plan.OperationFor("upsert", type, [type.Label]).Bodies.Add(body);
        return body;
    }

    private void SetDefault(SettingGroup group, DraftBody body)
    {
        if (group.Values.Single?.Text != "true")
        {
            input.Decide(group, MigrationOutcome.NotRead, "It is the default.");
            return;
        }

        plan.Singleton(group.Row!.TargetObject).Value.Set(group.Row.TargetField, MigratedPlan.RefersTo(body, group.Values.All));
    }

    private void NoField(SettingGroup group, DraftValue at)
    {
        var name = at.Effective?.ToString() ?? at.Type?.Name;
        input.Decide(group, MigrationOutcome.NoCounterpart, $"{name} has nothing of the kind.");
    }
}
