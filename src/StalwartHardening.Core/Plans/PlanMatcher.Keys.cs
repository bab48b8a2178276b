using System.Text;

namespace StalwartHardening.Plans;

/// <content>What is compared: the key of a body, and that of an object as the tool last saw it.</content>
internal sealed partial class PlanMatcher
{
    // The key of a body: its variant and the values that are compared. A lone text is its own key.
    private static string? KeyOf(PlanOperation operation, PlanType variant, int body, PlanReferences references, PlanRun run, out bool ok)
    {
        var json = operation.Json;
        ok = true;
        var key = new StringBuilder();
        if (operation.MatchOn is null)
        {
            key.Append(variant.Variant).Append('|');
            foreach (var field in Compared(variant))
            {
                key.Append(field.Name).Append('=');
                var node = operation.FindIn(body, field.Name);
                if (node < 0)
                    key.Append("null");
                else
                    PlanJson.AppendRaw(key, json, node);
                key.Append('|');
            }

            return key.ToString();
        }

        if (operation.MatchOn.Length == 1 && !operation.Type!.HasVariants && json.Find(body, operation.MatchOn[0]) is >= 0 and var only && json.Kind(only) == JsonKind.Text && variant.FindField(operation.MatchOn[0].AsSpan()) is not { Type.Scalar: PlanScalar.ObjectId })
            return json.Comparable(only);
        key.Append('\u0001').Append(variant.Variant).Append('|');
        foreach (var property in operation.MatchOn)
        {
            var node = operation.FindIn(body, property);
            if (node < 0)
            {
                run.Fail(PlanProblemKind.MissingMatchProperty, PlanProblemCause.Matching, json.NameSpan(body), $"The tool looks for {Display.WithArticle(operation.Type!.Name)} by '{Display.Text(property)}', which this body does not have.");
                ok = false;
                return null;
            }

            if (IsReference(json, node, variant.FindField(property.AsSpan())))
            {
                var id = json.Value(node).Substring(1);
                if (references.Resolve(id) is not { } referred)
                {
                    FailReference(run, json, node, id);
                    ok = false;
                    return null;
                }

                PlanJson.AppendText(key, referred.ServerId);
            }
            else
            {
                PlanJson.AppendRaw(key, json, node);
            }

            key.Append('|');
        }

        return key.ToString();
    }

    private string? KeyOf(Candidate candidate, PlanOperation operation, PlanType type)
    {
        var variant = VariantOf(candidate, type);
        if (operation.MatchOn is { Length: 1 } && !type.HasVariants && type.FindField(operation.MatchOn[0].AsSpan()) is { Type.Scalar: not PlanScalar.ObjectId } single)
        {
            if (candidate.Sent is null)
            {
                if (candidate.Answer![single] is { Kind: PlanValueKind.Text } text)
                    return text.Content;
            }
            else if (Find(candidate, single.Name, out var json, out var node) && json.Kind(node) == JsonKind.Text)
            {
                return json.Comparable(node);
            }
        }

        var key = new StringBuilder();
        if (operation.MatchOn is null)
        {
            key.Append(variant?.Variant).Append('|');
            foreach (var field in Compared(variant ?? type))
            {
                key.Append(field.Name).Append('=');
                AppendProperty(key, candidate, field.Name, "null");
                key.Append('|');
            }

            return key.ToString();
        }

        key.Append('\u0001').Append(variant?.Variant).Append('|');
        foreach (var property in operation.MatchOn)
        {
            if (property == "@type")
                PlanJson.AppendText(key, variant?.Variant ?? "");
            else if (!AppendProperty(key, candidate, property, null))
                return null;
            key.Append('|');
        }

        return key.ToString();
    }

    // Texts, numbers, truth values, words and dates: no references, sets, unions, secrets, and nothing that only the server writes.
    internal static IEnumerable<PlanField> Compared(PlanType variant) =>
        variant.Fields.Where(field => field is { IsServerSet: false, IsSecret: false, Type: { Shape: PlanShape.Scalar, Scalar: not PlanScalar.ObjectId } });

    private static bool AppendProperty(StringBuilder key, Candidate candidate, string property, string? missing)
    {
        if (Find(candidate, property, out var json, out var node))
        {
            PlanJson.AppendRaw(key, json, node);
            return true;
        }

        // The server shows a new object only from the next run on: what was not sent is not there.
        var answer = candidate.Answer;
        if (answer is null)
        {
            if (missing is null)
                return false;
            key.Append(missing);
            return true;
        }

        if (property == "emailAddress" && answer.Type.Name == "Account")
        {
            PlanJson.AppendText(key, PlanValidation.AddressOf(answer) ?? "");
            return true;
        }

        var value = answer[property];
        if (value is null)
            return false;
        PlanJson.Append(key, value, PlanJson.References.ById);
        return true;
    }

    private static bool Find(Candidate candidate, string property, out JsonText json, out int node)
    {
        for (var i = (candidate.Sent?.Count ?? 0) - 1; i >= 0; i--)
        {
            json = candidate.Sent![i].Json;
            node = json.Find(candidate.Sent[i].Node, property);
            if (node >= 0)
                return true;
        }

        json = null!;
        node = -1;
        return false;
    }

    private PlanType? VariantOf(Candidate candidate, PlanType type)
    {
        if (!type.HasVariants)
            return null;
        if (_state.Of(type).Find(candidate.Id) is { } now)
            return now.Type;
        return candidate.Answer?.Type;
    }
}
