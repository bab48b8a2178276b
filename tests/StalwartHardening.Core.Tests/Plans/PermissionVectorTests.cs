using System.Text.Json;
using System.Text.Json.Nodes;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Agreement with the permissions that the server's own code computed (Vectors/permission-cases.jsonl, server 0.16.18).</summary>
public sealed class PermissionVectorTests
{
    private const int Expected = 112;

    [Fact]
    public void Every_account_may_do_what_the_server_lets_it()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "permission-cases.jsonl")))
        {
            count++;
            var vector = JsonNode.Parse(line)!.AsObject();
            var run = TestPlan.Run([TestPlan.Text(PlanOf(vector))], new PlanRunOptions());
            var account = run.State.Objects("Account") is { Count: > 0 } accounts ? accounts[^1] : null;
            var id = vector["id"]!.GetValue<string>();
            if (vector["expect"] is not JsonObject expect)
            {
                if (run.IsSuccess && account is not null && !AccountPermissions.Of(run.State, account).LookupFails)
                    deviations.Add($"{id}: not refused");
                continue;
            }

            if (!run.IsSuccess || account is null)
            {
                deviations.Add($"{id}: {run.Problems[0].Message}");
                continue;
            }

            var permissions = AccountPermissions.Of(run.State, account, vector["edition"]?.GetValue<string>() == "community");
            var effective = permissions.Effective;
            if (vector["credential"] is not null)
            {
                var key = Assert.Single(run.State.Objects("ApiKey"));
                effective = permissions.Of(key["permissions"]);
            }

            var found = Describe(effective);
            foreach (var (name, value) in expect)
            {
                if (!JsonNode.DeepEquals(value, found[name]))
                    deviations.Add($"{id} ({vector["why"]}): {name} is {found[name]} instead of {value}");
            }

            Assert.False(permissions.IsUnknown);
        }

        Assert.True(deviations.Count == 0, string.Join('\n', deviations.Take(30)));
        Assert.Equal(Expected, count);
    }

    private static JsonObject Describe(PermissionSet permissions)
    {
        var access = new AccountAccess(permissions);
        return new JsonObject
        {
            ["admin_permissions"] = access.AdministrativeCount, ["any_dav"] = access.AnyDav, ["any_jmap"] = access.AnyJmap, ["authenticate"] = access.CanLogIn, ["dav_calendar"] = access.DavCalendar,
            ["dav_contacts"] = access.DavContacts, ["dav_files"] = access.DavFiles, ["email_receive"] = access.EmailReceive, ["email_send"] = access.EmailSend, ["imap"] = access.Imap, ["impersonate"] = access.Impersonate,
            ["is_admin"] = access.IsAdministrator, ["jmap_calendars"] = access.JmapCalendars, ["jmap_contacts"] = access.JmapContacts, ["jmap_files"] = access.JmapFiles, ["jmap_mail"] = access.JmapMail,
            ["jmap_sieve"] = access.JmapSieve, ["jmap_submission"] = access.JmapSubmission, ["permissions_total"] = permissions.Count, ["pop3"] = access.Pop3, ["sieve"] = access.Sieve,
        };
    }

    // The objects of a case as a plan: built-in roles are referred to by their ids on a fresh server.
    private static string PlanOf(JsonObject vector)
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
