using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Writes settings that belong to no object of the file: the server's own, and those that are objects by themselves.</summary>
internal sealed class SettingMigration(MigrationInput input, MigratedPlan plan, FieldMigration fields)
{
    private readonly PlanSchema _schema = PlanSchema.Instance;
    private readonly ValueTranslation _values = new(input);

    /// <summary>Writes the settings of one row.</summary>
    public void Build(SettingGroup group)
    {
        switch (group.Row?.Kind)
        {
            case MigrationKind.Field:
                BuildSingleton(group);
                break;
            case MigrationKind.Members:
                BuildMembers(group);
                break;
            case MigrationKind.Each:
                BuildEach(group);
                break;
            case MigrationKind.Levels:
                BuildLevels(group);
                break;
            default:
                input.Explain(group);
                break;
        }
    }

    private void BuildSingleton(SettingGroup group)
    {
        var body = plan.Singleton(group.Row!.TargetObject);
        fields.Build(body.Value, group, body);
    }

    private void BuildMembers(SettingGroup group)
    {
        var type = _schema.FindObject(group.Row!.TargetObject.AsSpan())!;
        var field = group.Row.TargetField;
        foreach (var value in group.Values.All)
        {
            // Members are in the key (blocked.rs); "[::1]" is written without brackets there.
            if (value.Tail.Length == 0 || value.Text.Length > 0)
            {
                input.Decide(value.Index, MigrationOutcome.NotRead, "It is a set: its members are keys without values. The server read none here.");
                continue;
            }

            var body = new DraftBody(plan.ClientId(type, value.Tail), DraftValue.Object(type));
            var member = DraftValue.Text(value.Tail);
            member.Sources.Add(value.Index);
            body.Value.Set(field, member);
            if (!plan.Exists(type, field, member.Literal))
                plan.OperationFor("upsert", type, [type.Label]).Bodies.Add(body);
            else
                input.Decide(value.Index, MigrationOutcome.NotRead, "It appears twice.");
        }
    }

    // Listeners that had none of their own took the server's (listener.rs, 0.15.5).
    private void BuildEach(SettingGroup group)
    {
        var name = group.Row!.TargetField;
        var any = false;
        foreach (var body in plan.AllOf(group.Row.TargetObject))
        {
            if (body.Value.Find(name) is not null || body.Value.Type!.FindField(name.AsSpan()) is not { } field)
                continue;
            any = true;
            if (_values.Translate(field, group.Row.How, group.Values, out var problem) is { } value)
                body.Value.Set(name, value);
            else
                input.Decide(group, problem.Outcome, problem.Message);
        }

        input.Decide(group, any ? MigrationOutcome.Changed : MigrationOutcome.NotRead, any ? group.Row.Note : "Every listener has one of its own.");
    }

    private void BuildLevels(SettingGroup group)
    {
        var type = _schema.FindObject("EventTracingLevel".AsSpan())!;
        foreach (var value in group.Values.All)
        {
            var @event = value.Tail;
            if (type.FindField("event".AsSpan())!.Enum!.IndexOf(@event.AsSpan()) < 0 || type.FindField("level".AsSpan())!.Enum!.IndexOf(value.Text.ToLowerInvariant().AsSpan()) < 0)
            {
                input.Refuse(value.Index, "0.16 has no such event or level.");
                continue;
            }

            var body = new DraftBody(plan.ClientId(type, @event), DraftValue.Object(type));
            body.Value.Set("event", DraftValue.Text(@event));
            var level = DraftValue.Text(value.Text.ToLowerInvariant());
            level.Sources.Add(value.Index);
            body.Value.Set("level", level);
            plan.OperationFor("upsert", type, [type.Label]).Bodies.Add(body);
        }
    }
}
