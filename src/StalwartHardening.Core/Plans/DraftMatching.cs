namespace StalwartHardening.Plans;

/// <summary>The properties that objects are matched on where nobody says which.</summary>
internal static class DraftMatching
{
    /// <summary>
    /// The type's label; where the server writes that itself or there is none, what only new objects take and all of these say;
    /// accounts by name and domain, others without a name by their variant while there is one of each. Null where none of this tells them apart.
    /// </summary>
    public static IReadOnlyList<string>? Of(DraftOperation operation)
    {
        var type = operation.Type;
        if (type.Label.Length > 0 && operation.Objects.All(written => written.Find(type.Label) is not null))
            return type.LabelProperty;
        if (type.Name == "Account")
            return operation.Objects.All(static written => written.Find("domainId") is not null) ? ["name", "domainId"] : ["name"];
        var immutable = operation.Objects[0].Type.Fields.Where(static field => field is { IsImmutable: true, IsServerSet: false, IsSecret: false, Type.Shape: PlanShape.Scalar }).Select(static field => field.Name)
            .Where(name => operation.Objects.All(written => written.Find(name) is { Kind: not DraftValueKind.Null })).ToList();
        if (immutable.Count > 0)
            return immutable;
        return type.HasVariants && type.Label.Length == 0 && operation.Objects.Select(static written => written.Type).Distinct().Count() == operation.Objects.Count ? ["@type"] : null;
    }
}
