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
            var run = TestPlan.Run([TestPlan.Text(PermissionPlan.Of(vector))], new PlanRunOptions());
            var account = run.State.Objects("Account") is { Count: > 0 } accounts ? accounts[^1] : null;
            var id = vector["id"]!.GetValue<string>();
            if (vector["expect"] is not JsonObject expect)
            {
                if (run.IsSuccess && account is not null && !AccountPermissions.From(run.State, account).LookupFails)
                    deviations.Add($"{id}: not refused");
                continue;
            }

            if (!run.IsSuccess || account is null)
            {
                deviations.Add($"{id}: {run.Problems[0].Message}");
                continue;
            }

            var permissions = AccountPermissions.From(run.State, account, vector["edition"]?.GetValue<string>() == "community");
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
}
