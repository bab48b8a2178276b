using System.Text.Json;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Agreement with what the server's own code and ports of its tool made of plans (Vectors/plan-cases.jsonl, server 0.16.18).</summary>
public sealed class PlanVectorTests
{
    private const int Expected = 257;

    [Fact]
    public void Every_plan_leaves_behind_what_the_server_has()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "plan-cases.jsonl")))
        {
            count++;
            using var vector = JsonDocument.Parse(line);
            var root = vector.RootElement;
            var server = root.GetProperty("server").GetString()!;
            var text = TestPlan.Text(string.Join('\n', root.GetProperty("plan").EnumerateArray().Select(part => part.GetString())));
            var options = new PlanRunOptions
            {
                Server = server.Contains("recovery mode", StringComparison.Ordinal) ? PlanServerState.RecoveryFirst : PlanServerState.Fresh,
                Restarts = server.EndsWith("after a restart", StringComparison.Ordinal),
                ContinuesOnError = root.TryGetProperty("flags", out var flags) && flags.ToString().Contains("continue-on-error", StringComparison.Ordinal),
                FindExpressionError = KnownVariables.FindError,
            };
            var run = TestPlan.Run([text], options);
            if (root.TryGetProperty("runs", out var runs) && runs.GetInt32() == 2)
                run = TestPlan.Run([text], run.State, options);
            Compare(root, run, deviations);
        }

        Assert.True(deviations.Count == 0, $"{deviations.Count} deviations\n" + string.Join('\n', deviations.Take(40)));
        Assert.Equal(Expected, count);
    }

    private static void Compare(JsonElement root, PlanRun run, List<string> deviations)
    {
        var id = root.GetProperty("id").GetString();
        using var written = JsonDocument.Parse(PlanStateWriter.Write(run));
        var wrong = new List<string>();
        if (root.GetProperty("expect").ValueKind == JsonValueKind.Object)
        {
            foreach (var wanted in root.GetProperty("expect").EnumerateObject())
            {
                var found = written.RootElement.GetProperty("objects").TryGetProperty(wanted.Name, out var value) ? value : default;
                if (found.ValueKind == JsonValueKind.Undefined || !JsonElement.DeepEquals(wanted.Value, found))
                    wrong.Add($"{wanted.Name}: {found} instead of {wanted.Value}");
            }
        }
        else if (!run.IsStateUnknown)
        {
            wrong.Add("the state is known");
        }

        var wantedErrors = string.Join(' ', root.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")}:{error.GetProperty("stage").GetString()}:{error.GetProperty("kind").GetString()}"));
        var errors = string.Join(' ', written.RootElement.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")}:{error.GetProperty("stage").GetString()}:{error.GetProperty("kind").GetString()}"));
        if (wantedErrors != errors)
            wrong.Add($"errors {errors} instead of {wantedErrors}");
        if (root.GetProperty("exit_ok").GetBoolean() != written.RootElement.GetProperty("exit_ok").GetBoolean())
            wrong.Add("exit");
        if (root.TryGetProperty("done", out var done) && root.GetProperty("expect").ValueKind == JsonValueKind.Object)
        {
            var counts = (done.GetProperty("destroyed").GetInt32(), done.GetProperty("created").GetInt32(), done.GetProperty("updated").GetInt32());
            if (counts != run.Done)
                wrong.Add($"done {run.Done} instead of {counts}");
        }

        if (wrong.Count > 0)
            deviations.Add($"{id} ({root.GetProperty("why").GetString()}): {string.Join("; ", wrong)}");
    }
}
