using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>One change of what a plan leaves behind: the ways to write it, best first, and how to tell that it is done.</summary>
internal abstract class PlanStep
{
    /// <summary>The ways to write it. None of them is trusted: the result is read again.</summary>
    public abstract IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading);

    /// <summary>Whether a server is as it should be.</summary>
    public abstract bool IsDone(PlanReading reading);

    /// <summary>Whether a setting may change with it.</summary>
    public abstract bool Touches(string key);

    /// <summary>The object that it changes, as keys begin.</summary>
    public abstract string Owner { get; }

    /// <summary>Whether it changes this object.</summary>
    public bool IsAbout(string owner) => Owner == owner;

    /// <summary>The steps that make edits of settings; null where one of them means nothing in a plan.</summary>
    public static IReadOnlyList<PlanStep>? From(PlanReading reading, IReadOnlyList<SettingEdit> edits)
    {
        var steps = new List<PlanStep>();
        for (var i = 0; i < edits.Count; i++)
        {
            switch (edits[i])
            {
                // What goes and comes again in the same place is one change.
                case SettingEdit.Remove { WithChildren: true } remove when i + 1 < edits.Count && edits[i + 1] is SettingEdit.Insert insert && insert.Settings.All(setting => setting.Key.StartsWith(remove.Key + "/", StringComparison.Ordinal)):
                    i++;
                    if (!AddInsertions(reading, steps, insert))
                        return null;
                    break;
                case SettingEdit.Insert insert:
                    if (!AddInsertions(reading, steps, insert))
                        return null;
                    break;
                case SettingEdit.Remove remove when PlanKey.Parse(remove.Key) is { } key:
                    steps.Add(key.Path.Length == 0 ? new PlanObjectRemoval(key) : new PlanValueRemoval(key));
                    break;
                case SettingEdit.RemoveUnlisted { Keys.Count: > 0 } unlisted when unlisted.Keys.Select(PlanKey.Parse).ToList() is var keys && keys.TrueForAll(key => key is { Path.Length: 0 } && key.FindOwner(reading.Run.State) is not null):
                    steps.Add(new PlanReconciliation([.. keys.OfType<PlanKey>()]));
                    break;
                case SettingEdit.Set set when PlanKey.Parse(set.Key) is { Path.Length: > 0 } key && key.Field(out var isMember) is { } field:
                    steps.Add(isMember && field.Type.Shape == PlanShape.Set ? new PlanMemberRenaming(key, set.Value) : new PlanValueChange(key, set.Value));
                    break;
                default:
                    return null;
            }
        }

        return steps;
    }

    // New settings of an object that is there are fields of it, written whole; of one that is not, a body.
    private static bool AddInsertions(PlanReading reading, List<PlanStep> steps, SettingEdit.Insert insert)
    {
        var groups = new Dictionary<string, List<(PlanKey, string)>>(StringComparer.Ordinal);
        foreach (var setting in insert.Settings)
        {
            if (PlanKey.Parse(setting.Key) is not { Path.Length: > 0 } key)
                return false;
            var isThere = key.FindOwner(reading.Run.State) is not null || key.Type.Kind != PlanTypeKind.Object;
            var group = isThere ? key.Text(1) : key.Owner;
            if (!groups.TryGetValue(group, out var known))
            {
                groups.Add(group, known = []);
                steps.Add(isThere ? new PlanFieldChange(key.With([key.Path[0]]), known) : new PlanObjectInsertion(key.With([]), known));
            }

            known.Add((key, setting.Value));
        }

        return true;
    }

    /// <summary>How a plan writes the object that a setting's value or member names; null where it names none.</summary>
    protected static Func<string, string?> References(PlanReading reading) => text =>
    {
        foreach (ref readonly var setting in reading.Document.InTextOrder)
        {
            if (!reading.TryGetValue(setting.Key, out _, out var value) || value is not { Kind: PlanValueKind.Reference, Target: { } target })
                continue;
            var label = target.Label ?? target.ServerId;
            if (text != label && text != target.Type.Name + "/" + PlanKey.Escape(label))
                continue;
            if (value is not { IsWritten: true, Json: { } json })
                return target.ServerId;
            var isMember = setting.Value == "true";
            var written = isMember ? json.Name(value.Node) : json.Value(value.Node);
            return isMember ? written.Substring(written.LastIndexOf('/') + 1) : written;
        }

        return null;
    };

    /// <summary>The style of the plan.</summary>
    protected static PlanJsonStyle Style(PlanReading reading) => reading.Run.Operations.Count > 0 ? PlanJsonStyle.From(reading.Run.Operations[0]) : new PlanJsonStyle(",", ":");
}
