using System.Globalization;
using System.Text;

namespace StalwartHardening.Plans;

/// <summary>The ids by which the objects of a plan refer to each other: <c>role-operators</c>.</summary>
internal static class DraftIds
{
    private const int MaxLabelLength = 60;

    public static Dictionary<DraftObject, string> Of(IReadOnlyList<DraftOperation> operations, List<DraftProblem> problems)
    {
        var ids = new Dictionary<DraftObject, string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (operation.Json is { } json)
                taken.UnionWith(DeclaredIn(json));
        }

        foreach (var operation in operations)
        {
            if (operation.Verb is not (PlanVerb.Create or PlanVerb.Upsert or PlanVerb.Reconcile))
                continue;
            foreach (var written in operation.Objects)
            {
                if (ids.ContainsKey(written))
                {
                    problems.Add(new DraftProblem($"This {written.Type.Name} is in the plan already: an object is written once.", operation.Origin));
                    continue;
                }

                var name = Name(operation.Type, written);
                var id = name;
                for (var number = 2; !taken.Add(id); number++)
                    id = name + "-" + number.ToString(CultureInfo.InvariantCulture);
                ids.Add(written, id);
            }
        }

        return ids;
    }

    private static IEnumerable<string> DeclaredIn(string json)
    {
        var text = PlanText.Read(json);
        foreach (var line in text.Lines)
        {
            if (text.Json.Find(line.Node, "value") is not (>= 0 and var value) || text.Json.Kind(value) != JsonKind.Object)
                continue;
            for (int body = JsonText.First(value), end = text.Json.End(value); body < end; body = text.Json.Next(body))
                yield return text.Json.Name(body).TrimStart('#');
        }
    }

    // Letters, digits and dashes: what ids of JMAP may hold.
    private static string Name(PlanType type, DraftObject written)
    {
        var name = new StringBuilder();
        foreach (var c in type.Name)
        {
            if (c is >= 'A' and <= 'Z' && name.Length > 0)
                name.Append('-');
            name.Append(char.ToLowerInvariant(c));
        }

        var label = written.Find(type.Label.Length > 0 ? type.Label : "name") is { Kind: DraftValueKind.Text } text ? text.Content : written.Type.Variant ?? "";
        var wasDash = false;
        name.Append('-');
        for (var i = 0; i < label.Length && i < MaxLabelLength; i++)
        {
            var c = char.ToLowerInvariant(label[i]);
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                name.Append(c);
            else if (!wasDash)
                name.Append('-');
            wasDash = name[name.Length - 1] == '-';
        }

        return name.ToString().TrimEnd('-');
    }
}
