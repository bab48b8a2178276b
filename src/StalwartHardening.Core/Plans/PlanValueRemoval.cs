using System.Text;
using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>
/// Takes a value, a member or an element away. A running server keeps what a plan no longer says, so a field is given its default in
/// so many words where the plan changes what is there.
/// </summary>
internal sealed class PlanValueRemoval(PlanKey key) : PlanStep
{
    private readonly string _key = key.Text(key.Path.Length);

    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        if (key.Field(out var isMember) is not { } field || key.Find(reading.Run.State) is not { } value)
            yield break;
        var style = Style(reading);
        if (value is { IsWritten: true, Json: { Source: 0 } json } && OperationOf(reading, json, value.Node) is { } operation && PlanMemberEdits.ParentOf(json, operation.Node, value.Node) is >= 0 and var parent)
        {
            if (!isMember && operation.Verb != PlanVerb.Create && reading.Kind == PlanTextKind.Plan && Default(field) is { } inWords)
                yield return [PlanMemberEdits.Replace(json, value.Node, inWords)];
            yield return [PlanMemberEdits.Remove(json, parent, value.Node)];
        }

        if (isMember && field.Type.Shape == PlanShape.Set)
        {
            var set = key.With([.. key.Path.Take(key.Path.Length - 1)]);
            var tree = Rest(reading, set, key.Path[key.Path.Length - 1], null);
            foreach (var way in PlanFieldWays.Of(reading, set, depth => tree.ToJson(set, depth, style, References(reading)), style))
                yield return way;
        }
        else if (!isMember && Default(field) is { } initial)
        {
            // One path per depth keeps what else the object holds.
            foreach (var way in PlanFieldWays.Of(reading, key, depth => Wrap(depth, initial, style), style))
                yield return way;
        }
    }

    public override bool IsDone(PlanReading reading)
    {
        if (key.Field(out var isMember) is not { } field || key.Find(reading.Run.State) is not { } value)
            return true;
        return !isMember && PlanValue.AreEqual(value, field.Default);
    }

    public override string Owner => key.Owner;

    public override bool Touches(string changed) =>
        changed == _key || changed.StartsWith(_key + "/", StringComparison.Ordinal) || (IsElement && changed.StartsWith(key.Text(key.Path.Length - 1) + "/", StringComparison.Ordinal));

    // What comes after an element that went is counted anew.
    private bool IsElement => key.Field(out var isMember) is { Type.Shape: PlanShape.List } && isMember;

    /// <summary>A set without a member, or with another one in its place.</summary>
    public static PlanTree Rest(PlanReading reading, PlanKey set, string without, string? instead)
    {
        var tree = new PlanTree();
        if (set.Find(reading.Run.State) is not { Members: { } members })
            return tree;
        for (var i = 0; i < members.Count; i++)
        {
            var target = members[i].Value.Target;
            var name = target is null ? members[i].Key : target.Label ?? target.ServerId;
            if (name != without)
                tree.Set([.. set.Path, name], 0, "true");
            else if (instead is not null)
                tree.Set([.. set.Path, instead], 0, "true");
        }

        if (tree.IsEmpty)
            tree.Set(set.Path, 0, "{}");
        return tree;
    }

    private string Wrap(int depth, string value, PlanJsonStyle style)
    {
        var json = value;
        for (var i = key.Path.Length - 1; i >= depth; i--)
            json = "{" + PlanMemberEdits.Quote(key.Path[i]) + style.Colon + json + "}";
        return json;
    }

    private static string? Default(PlanField field)
    {
        if (field.Default.Kind is PlanValueKind.Reference or PlanValueKind.Unknown)
            return null;
        var json = new StringBuilder();
        PlanJson.Append(json, field.Default, PlanJson.References.ById);
        return json.ToString();
    }

    private static PlanOperation? OperationOf(PlanReading reading, JsonText json, int node)
    {
        foreach (var operation in reading.Run.Operations)
        {
            if (operation.Json == json && node > operation.Node && node < json.End(operation.Node))
                return operation;
        }

        return null;
    }
}
