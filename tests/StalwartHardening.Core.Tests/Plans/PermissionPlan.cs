using System.Text.Json.Nodes;

namespace StalwartHardening.Tests.Plans;

/// <summary>Plans from the cases of Vectors/permission-cases.jsonl.</summary>
internal static class PermissionPlan
{
    /// <summary>The objects of a case as a plan: built-in roles are referred to by their ids on a fresh server.</summary>
    public static string Of(JsonObject vector)
    {
        var lines = new List<string> { """{"@type":"create","object":"Domain","value":{"d":{"name":"example.org"}}}""" };
        foreach (var role in vector["roles"]!.AsArray())
        {
            var body = role!.DeepClone().AsObject();
            var name = body["name"]!.GetValue<string>();
            body.Remove("name");
            body["description"] = name;
            lines.Add(Operation("create", "Role", new JsonObject { [name] = body }));
        }

        if (vector["authentication"] is JsonObject { Count: > 0 } authentication)
            lines.Add(Operation("update", "Authentication", authentication.DeepClone()));
        if (vector["tenant"] is JsonObject tenant)
            lines.Add(Operation("create", "Tenant", new JsonObject { ["tenant"] = tenant.DeepClone() }));
        var account = vector["account"]!.DeepClone().AsObject();
        account["@type"] ??= "User";
        account["name"] = "ann";
        account["domainId"] = "#d";
        lines.Add(Operation("create", "Account", new JsonObject { ["u"] = account }));
        if (vector["credential"] is JsonObject credential)
            lines.Add(Operation("create", "ApiKey", new JsonObject { ["k"] = new JsonObject { ["description"] = "key", ["permissions"] = credential.DeepClone() } }));
        return string.Join('\n', lines).Replace("\"#User\"", "\"b\"", StringComparison.Ordinal).Replace("\"#Group\"", "\"c\"", StringComparison.Ordinal)
            .Replace("\"#Tenant Administrator\"", "\"d\"", StringComparison.Ordinal).Replace("\"#System Administrator\"", "\"e\"", StringComparison.Ordinal);
    }

    private static string Operation(string verb, string type, JsonNode value) => new JsonObject { ["@type"] = verb, ["object"] = type, ["value"] = value }.ToJsonString();
}
