using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>Gives a single value a text.</summary>
internal sealed class PlanValueChange(PlanKey key, string text) : PlanStep
{
    private readonly string _key = key.Text(key.Path.Length);

    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        var style = Style(reading);
        var tree = new PlanTree();
        tree.Set(key.Path, 0, text);
        if (key.Find(reading.Run.State) is { IsWritten: true, Json: { Source: 0 } json } value && key.Field(out var isMember) is { } field)
            yield return [PlanMemberEdits.Replace(json, value.Node, PlanTree.Scalar(text, isMember ? field.Type.ValueScalar : field.Type.Scalar, field.IsNullable, References(reading)))];
        foreach (var way in PlanFieldWays.Of(reading, key, depth => tree.ToJson(key, depth, style, References(reading)), style))
            yield return way;
    }

    public override bool IsDone(PlanReading reading) => key.Find(reading.Run.State) is { } value && (value.Kind == PlanValueKind.Boolean ? value.IsTrue == (text == "true") : value.Kind == PlanValueKind.Null ? text == "null" : value.Content == text);

    public override string Owner => key.Owner;

    public override bool Touches(string changed) => changed == _key || (key.Path.Length > 1 && key.Path[key.Path.Length - 1] == "@type" && changed.StartsWith(key.Text(key.Path.Length - 1) + "/", StringComparison.Ordinal));
}

/// <summary>Calls a member of a set otherwise.</summary>
internal sealed class PlanMemberRenaming(PlanKey key, string name) : PlanStep
{
    private readonly PlanKey _set = key.With([.. key.Path.Take(key.Path.Length - 1)]);
    private readonly PlanKey _renamed = Renamed(key, name);
    private readonly string _old = key.Text(key.Path.Length);
    private readonly string _new = Renamed(key, name).Text(key.Path.Length);

    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        var old = key.Path[key.Path.Length - 1];
        if (key.Find(reading.Run.State) is { IsWritten: true, Json: { Source: 0 } json } value && PlanMemberEdits.Rename(json, value.Node, old, name) is { } renamed)
            yield return [renamed];
        var style = Style(reading);
        var tree = PlanValueRemoval.Rest(reading, _set, old, name);
        foreach (var way in PlanFieldWays.Of(reading, _set, depth => tree.ToJson(_set, depth, style, References(reading)), style))
            yield return way;
    }

    public override bool IsDone(PlanReading reading) => key.Find(reading.Run.State) is null && _renamed.Find(reading.Run.State) is not null;

    public override string Owner => key.Owner;

    public override bool Touches(string changed) => changed == _old || changed == _new;

    private static PlanKey Renamed(PlanKey key, string name) => key.With([.. key.Path.Take(key.Path.Length - 1), name]);
}

/// <summary>Writes a field whole.</summary>
internal sealed class PlanFieldChange(PlanKey whole, List<(PlanKey Key, string Text)> settings) : PlanStep
{
    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        var style = Style(reading);
        var tree = new PlanTree();
        foreach (var (key, text) in settings)
            tree.Set(key.Path, 0, text);
        return PlanFieldWays.Of(reading, whole, depth => tree.ToJson(whole, depth, style, References(reading)), style);
    }

    public override bool IsDone(PlanReading reading)
    {
        foreach (var (key, text) in settings)
        {
            if (!reading.Document.TryGet(key.Text(key.Path.Length), out var setting) || setting.Value != text)
                return false;
        }

        return true;
    }

    public override string Owner => whole.Owner;

    public override bool Touches(string changed) => changed == whole.Text(1) || changed.StartsWith(whole.Text(1) + "/", StringComparison.Ordinal);
}
