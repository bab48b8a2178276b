using System.Globalization;
using System.Text;

namespace StalwartHardening.Plans;

/// <summary>
/// Writes what a run leaves behind as JSON: <c>{"objects": {...}, "errors": [{"line", "stage", "kind", "message"}], "exit_ok"}</c>.
/// What is as a first boot makes it is <c>"factory"</c>; references are <c>"@Type:label"</c>; secrets are not shown.
/// </summary>
internal static class PlanStateWriter
{
    // These are always told, whether the plan is about them or not.
    private static readonly string[] s_always = ["NetworkListener", "Role", "Account", "Http", "Authentication", "OidcProvider"];

    /// <summary>The state after a run, and what stopped it.</summary>
    public static string Write(PlanRun run) => Write(run, static _ => null);

    /// <summary>The state after a run of several files, and what stopped it: each error has the name of its file, too.</summary>
    internal static string Write(PlanReading reading, IReadOnlyList<string> files) =>
        Write(reading.Run, problem => files.Count > 1 ? files[Math.Min(reading.Texts.Count(text => text.Start <= problem.Span.Start), files.Count) - 1] : null);

    private static string Write(PlanRun run, Func<PlanProblem, string?> fileOf)
    {
        var json = new StringBuilder("{\"objects\":");
        AppendObjects(json, run.State);
        json.Append(",\"errors\":[");
        var first = true;
        foreach (var problem in run.Problems)
        {
            if (!problem.IsReached)
                continue;
            if (!first)
                json.Append(',');
            first = false;
            json.Append('{');
            if (fileOf(problem) is { } file)
            {
                json.Append("\"file\":");
                PlanJson.AppendText(json, file);
                json.Append(',');
            }

            json.Append("\"line\":").Append(problem.Line.ToString(CultureInfo.InvariantCulture)).Append(",\"stage\":\"").Append(problem.Stage == PlanStage.Plan ? "plan" : "apply").Append("\",\"kind\":");
            PlanJson.AppendText(json, PlanProblem.NameOf(problem.Kind));
            json.Append(",\"message\":");
            PlanJson.AppendText(json, problem.Message);
            json.Append('}');
        }

        return json.Append("],\"exit_ok\":").Append(run.IsSuccess ? "true" : "false").Append('}').ToString();
    }

    /// <summary>The objects of a state.</summary>
    public static string Write(PlanState state) => Write(state, abbreviates: true);

    /// <summary>The objects of a state, on request with those that a first boot makes written out.</summary>
    internal static string Write(PlanState state, bool abbreviates)
    {
        var json = new StringBuilder();
        AppendObjects(json, state, abbreviates);
        return json.ToString();
    }

    /// <summary>
    /// A state as <c>stalwart-cli snapshot</c> would print it, secrets included: upserts in the order in which objects need each
    /// other, then updates of singletons, every field written out.
    /// </summary>
    internal static string WriteSnapshot(PlanState state)
    {
        var json = new StringBuilder();
        var written = new HashSet<int>();
        var waiting = state.Types.Where(type => type.Kind == PlanTypeKind.Object).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(type => state.Objects(type).All(known => Needed(known).All(need => need.Type.Index == type.Index || written.Contains(need.Id)))) ?? waiting[0];
            waiting.Remove(next);
            json.Append("{\"@type\":\"upsert\",\"object\":");
            PlanJson.AppendText(json, next.Name);
            if (next.Label.Length > 0)
            {
                json.Append(",\"matchOn\":[");
                PlanJson.AppendText(json, next.Label);
                json.Append(']');
            }

            json.Append(",\"value\":{");
            var first = true;
            foreach (var known in state.Objects(next))
            {
                written.Add(known.Id);
                if (!first)
                    json.Append(',');
                first = false;
                PlanJson.AppendText(json, PlanJson.ClientId(known));
                json.Append(':');
                PlanJson.AppendFields(json, known.Type, known.Fields, PlanJson.References.ByClientId, static (_, value) => value.Kind != PlanValueKind.Unknown);
            }

            json.Append("}}\n");
        }

        foreach (var type in state.Types.Where(type => type.Kind == PlanTypeKind.Singleton))
        {
            json.Append("{\"@type\":\"update\",\"object\":");
            PlanJson.AppendText(json, type.Name);
            json.Append(",\"value\":");
            PlanJson.AppendFields(json, state.Objects(type)[0].Type, state.Objects(type)[0].Fields, PlanJson.References.ByClientId, static (_, value) => value.Kind != PlanValueKind.Unknown);
            json.Append("}\n");
        }

        return json.ToString();
    }

    private static IEnumerable<StateObject> Needed(StateObject known) => known.Fields.Where(field => field is not null).SelectMany(field => Needed(field!));

    private static IEnumerable<StateObject> Needed(PlanValue value)
    {
        if (value.Target is { } target)
            return [target];
        if (value.Fields is { } fields)
            return fields.Where(field => field is not null).SelectMany(field => Needed(field!));
        return value.Members is { } members ? Enumerable.Range(0, members.Count).SelectMany(i => Needed(members[i].Value)) : [];
    }

    private static void AppendObjects(StringBuilder json, PlanState state, bool abbreviates = true)
    {
        var schema = PlanSchema.Instance;
        json.Append('{');
        var first = true;
        foreach (var type in s_always.Select(name => schema.FindObject(name.AsSpan())!).Concat(state.Types.Where(type => Array.IndexOf(s_always, type.Name) < 0 && state.Objects(type).Any(known => !abbreviates || !known.IsFactory))))
        {
            if (!first)
                json.Append(',');
            first = false;
            PlanJson.AppendText(json, type.Name);
            json.Append(':');
            AppendType(json, state, type, abbreviates);
        }

        json.Append('}');
    }

    private static void AppendType(StringBuilder json, PlanState state, PlanType type, bool abbreviates)
    {
        var objects = state.Objects(type);
        if (type.Kind == PlanTypeKind.Singleton)
        {
            if (objects.Count == 0)
                PlanJson.AppendText(json, state.MayHoldMore(type) ? "unknown" : "default (never stored)");
            else if (abbreviates && objects[0].IsFactory)
                json.Append("\"factory\"");
            else
                AppendObject(json, objects[0], isWhole: Array.IndexOf(s_always, type.Name) >= 0 || objects[0].Type.Variant is not null);
            return;
        }

        if (type.Name == "Domain")
        {
            json.Append('[');
            for (var i = 0; i < objects.Count; i++)
            {
                if (i > 0)
                    json.Append(',');
                PlanJson.AppendText(json, NameOf(objects[i]));
            }

            json.Append(']');
            return;
        }

        // By name where names tell objects apart; otherwise in the order of their ids.
        var isNamed = type.Indexes.Any(index => index.IsUnique && index.Property == type.Label);
        json.Append(isNamed ? '{' : '[');
        for (var i = 0; i < objects.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            var isLabelled = !isNamed && type.Label.Length > 0;
            if (isLabelled)
                json.Append('{');
            if (isNamed || isLabelled)
            {
                PlanJson.AppendText(json, NameOf(objects[i]));
                json.Append(':');
            }

            if (abbreviates && objects[i].IsFactory)
                json.Append("\"factory\"");
            else
                AppendObject(json, objects[i], isWhole: true);
            if (isLabelled)
                json.Append('}');
        }

        json.Append(isNamed ? '}' : ']');
    }

    private static string NameOf(StateObject known) => (known.LabelValue is { } label ? label.Written : null) ?? known.ServerId;

    private static void AppendObject(StringBuilder json, StateObject known, bool isWhole) =>
        PlanJson.AppendFields(json, known.Type, known.Fields, PlanJson.References.ByLabel, (field, value) => isWhole || !PlanValue.AreEqual(value, field.Default));
}
