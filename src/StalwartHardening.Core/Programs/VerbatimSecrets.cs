using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Plans;

namespace StalwartHardening.Programs;

/// <summary>Writes JSON of an operation without the secrets in it.</summary>
internal static class VerbatimSecrets
{
    /// <summary>An operation as a literal. A secret that may be elsewhere is in the server's environment, the program reads any other.</summary>
    public static string Literal(string json, PlanSecrets secrets, out bool readsSecrets)
    {
        // No JSON holds three quotes in a row; braces it holds any number of.
        var braces = 1;
        for (int i = 0, run = 0; i < json.Length; i++)
        {
            run = json[i] is '{' or '}' ? run + 1 : 0;
            braces = Math.Max(braces, run + 1);
        }

        var text = PlanText.Read(json);
        var literal = new StringBuilder();
        readsSecrets = false;
        Append(literal, text.Json, text.Lines[0].Node, secrets, "", braces, ref readsSecrets);
        return (readsSecrets ? new string('$', braces) : "") + "\"\"\"" + literal + "\"\"\"";
    }

    private static void Append(StringBuilder json, JsonText text, int node, PlanSecrets secrets, string path, int braces, ref bool readsSecrets)
    {
        var kind = text.Kind(node);
        if (kind is not (JsonKind.Object or JsonKind.Array))
        {
            if (kind != JsonKind.Text)
                json.Append(text.Value(node));
            else if (!PlanSchema.IsSecretName(path) && !PlanSecrets.HoldsSecret(text.Name(node), text.Value(node)))
                PlanJson.AppendText(json, text.Value(node));
            else
            {
                readsSecrets = true;
                json.Append('"').Append('{', braces).Append("Variable(").Append(ProgramText.Literal(secrets.Variable(path, isReadByProgram: true))).Append(')').Append('}', braces).Append('"');
            }

            return;
        }

        // {"@type":"Value","secret":"…"}
        if (kind == JsonKind.Object && text.Find(node, "secret") >= 0 && text.Find(node, "@type") is >= 0 and var type && (text.ValueIs(type, "Value") || text.ValueIs(type, "Text")))
        {
            json.Append("{\"@type\":\"EnvironmentVariable\",\"variableName\":");
            PlanJson.AppendText(json, secrets.Variable(path, isReadByProgram: false));
            json.Append('}');
            return;
        }

        json.Append(kind == JsonKind.Object ? '{' : '[');
        for (int member = JsonText.First(node), end = text.End(node); member < end; member = text.Next(member))
        {
            if (member != JsonText.First(node))
                json.Append(',');
            var name = text.Name(member);
            if (kind == JsonKind.Object)
            {
                PlanJson.AppendText(json, name);
                json.Append(':');
            }

            Append(json, text, member, secrets, path.Length == 0 ? name : path + "/" + SecretText.Mask(name), braces, ref readsSecrets);
        }

        json.Append(kind == JsonKind.Object ? '}' : ']');
    }
}
