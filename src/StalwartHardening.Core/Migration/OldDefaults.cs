using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Writes what was the default before and is none any more, so that the server goes on as it did.</summary>
internal static class OldDefaults
{
    /// <summary>Those of singletons that the table names.</summary>
    public static void Keep(MigratedPlan plan)
    {
        foreach (var row in MigrationTable.Instance.Rows)
        {
            if (row.Kind == MigrationKind.Field && row.How["old"] is { } old && row.TargetObject.Length > 0)
                Set(plan.Singleton(row.TargetObject).Value, row.TargetField + ":" + old);
        }
    }

    /// <summary>One of an object, unless the object has a value of its own.</summary>
    /// <param name="value">The object.</param>
    /// <param name="option">The field and its JSON, a colon between; after <c>@</c> the variant that has it.</param>
    public static void Set(DraftValue value, string option)
    {
        var at = option.LastIndexOf('@');
        if (at > 0)
        {
            if (value.Variant?.Variant != option.Substring(at + 1))
                return;
            option = option.Substring(0, at);
        }

        var colon = option.IndexOf(':');
        var name = option.Substring(0, colon);
        if (value.Find(name) is not null)
            return;
        var old = DraftValue.Json(option.Substring(colon + 1));
        old.IsOldDefault = true;
        value.Set(name, old);
    }

    /// <summary>For what did nothing without a setting, and would do everything now (<c>telemetry.rs</c>, 0.15.5).</summary>
    public static void SwitchOff(DraftValue value)
    {
        var off = DraftValue.Json("false");
        off.IsOldDefault = true;
        off.Sources.AddRange(value.Find("enable")?.AllSources ?? []);
        value.Set("enable", off);
    }

    /// <summary>Every field of an object: one of its name may be there, with values of its own that would stay.</summary>
    public static void WriteWhole(DraftValue value)
    {
        foreach (var field in value.Effective?.Fields ?? [])
        {
            if (value.Find(field.Name) is not null || field.IsServerSet || field.IsImmutable)
                continue;
            if (field.Type.Shape == PlanShape.Set)
                value.Set(field.Name, DraftValue.Collection());
            else if (field.Type.Shape == PlanShape.Scalar && (field.DefaultText.Length > 0 || field.IsNullable))
                value.Set(field.Name, DraftValue.Json(field.DefaultText.Length > 0 ? field.DefaultText : "null"));
        }
    }
}
