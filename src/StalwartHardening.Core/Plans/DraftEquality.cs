namespace StalwartHardening.Plans;

/// <summary>Whether parts of two drafts say the same. Objects that are referred to are the same where they have one name.</summary>
internal static class DraftEquality
{
    /// <summary>Whether two operations say the same.</summary>
    public static bool AreSame(DraftOperation one, DraftOperation other) =>
        one.Verb == other.Verb && one.Type == other.Type && one.Json == other.Json && HaveSameFrame(one, other)
        && one.Objects.Count == other.Objects.Count && one.Objects.Zip(other.Objects, AreSame).All(static same => same);

    /// <summary>Whether two operations look for the same objects.</summary>
    public static bool HaveSameFrame(DraftOperation one, DraftOperation other) =>
        (one.MatchOn is null ? other.MatchOn is null : other.MatchOn is not null && one.MatchOn.SequenceEqual(other.MatchOn, StringComparer.Ordinal))
        && (one.Scope is null ? other.Scope is null : other.Scope is not null && AreSame(one.Scope, other.Scope))
        && (one.Target is null ? other.Target is null : other.Target is not null && AreSame(one.Target, other.Target));

    /// <summary>Whether two values are the same.</summary>
    public static bool AreSame(DraftValue one, DraftValue other) => one.Kind == other.Kind && one.Kind switch
    {
        DraftValueKind.Reference => one.Object!.Name == other.Object!.Name && one.Object.Type == other.Object.Type,
        DraftValueKind.Object => AreSame(one.Object!, other.Object!),
        DraftValueKind.Many => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items, AreSame).All(static same => same),
        DraftValueKind.Map => one.Entries.Count == other.Entries.Count && one.Entries.Zip(other.Entries, static (left, right) => AreSame(left.Key, right.Key) && AreSame(left.Value, right.Value)).All(static same => same),
        _ => one.Content == other.Content,
    };

    private static bool AreSame(DraftObject one, DraftObject other) =>
        one.Type == other.Type && one.Name == other.Name && one.Fields.Count == other.Fields.Count
        && one.Fields.Zip(other.Fields, static (left, right) => left.Name == right.Name && AreSame(left.Value, right.Value)).All(static same => same);
}
