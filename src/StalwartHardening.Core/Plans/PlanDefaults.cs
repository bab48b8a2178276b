namespace StalwartHardening.Plans;

/// <summary>What the server takes where a new object says nothing.</summary>
internal static class PlanDefaults
{
    public static PlanValue Of(PlanField field)
    {
        if (field.DefaultText.Length > 0)
        {
            var json = new JsonText(field.DefaultText, -1, isDefault: true);
            var scanner = new JsonScanner(json, 0, field.DefaultText.Length, tolerant: false);
            if (scanner.TryRead())
            {
                var patch = new PlanPatch(json, PlanReferences.None, null);
                var value = patch.Apply(field, Empty(field), 0);
                if (!patch.HasFailed)
                    return value;
            }
        }

        return Empty(field);
    }

    private static PlanValue Empty(PlanField field)
    {
        // A point in time that nobody gives is now.
        if (field.IsNullable || field.Type is { Shape: PlanShape.Scalar, Scalar: PlanScalar.DateTime })
            return PlanValue.Null;
        switch (field.Type.Shape)
        {
            case PlanShape.Set:
                return new PlanValue(PlanValueKind.Set, PlanMembers.Empty, null, -1);
            case PlanShape.List:
                return new PlanValue(PlanValueKind.List, PlanMembers.Empty, null, -1);
            case PlanShape.Map:
                return new PlanValue(PlanValueKind.Map, PlanMembers.Empty, null, -1);
            case PlanShape.Object:
                return Of(field.ValueType!);
            default:
                return field.Type.Scalar switch
                {
                    PlanScalar.Boolean => PlanValue.False,
                    PlanScalar.Unsigned or PlanScalar.Integer or PlanScalar.Float or PlanScalar.Duration => new PlanValue(PlanValueKind.Number, null, -1, "0"),
                    PlanScalar.Enum => new PlanValue(PlanValueKind.Text, null, -1, field.Enum is { Values.Count: > 0 } words ? words.Values[0] : ""),
                    _ => new PlanValue(PlanValueKind.Text, null, -1, ""),
                };
        }
    }

    /// <summary>A new value of a type: its first variant, every field at its default.</summary>
    public static PlanValue Of(PlanType type)
    {
        var variant = type.HasVariants ? type.Variants[0] : type;
        return new PlanValue(variant, new PlanValue?[variant.Fields.Count], null, -1);
    }
}
