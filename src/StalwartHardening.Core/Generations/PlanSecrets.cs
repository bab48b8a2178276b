using StalwartHardening.Plans;

namespace StalwartHardening.Generations;

/// <summary>Which settings of a plan hold a secret: those whose field the schema marks.</summary>
internal static class PlanSecrets
{
    /// <summary>Whether the value under <paramref name="key"/> (<c>DataStore/authSecret/secret</c>) is a secret as a whole.</summary>
    public static bool IsSecret(string key)
    {
        var parts = PlanKey.Parts(key);
        if (PlanSchema.Instance.FindObject(parts[0].AsSpan()) is not { } type)
            return false;

        // The name of an object is between its type and its fields; a singleton has none.
        var isSecret = false;
        for (var i = type.Kind == PlanTypeKind.Object ? 2 : 1; i < parts.Length; i++)
        {
            if (type.FindFieldAnywhere(parts[i].AsSpan()) is not { } field)
                return isSecret;
            isSecret = field.IsSecret;
            if (field.ValueType is not { } next)
                return isSecret;
            type = next;
            if (field.Type.Shape is PlanShape.List or PlanShape.Map)
                i++;
        }

        return isSecret;
    }
}
