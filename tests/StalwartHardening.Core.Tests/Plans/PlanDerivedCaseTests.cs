using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>
/// Plans whose outcome follows from what is known of the server and its tool, decided before they were run here
/// (<c>Vectors/plan-cases-derived.jsonl</c>): the errors in full, and of the state what the case is about, by path; null is what is not there.
/// </summary>
public sealed class PlanDerivedCaseTests
{
    [Fact]
    public void Every_plan_leaves_behind_what_follows_from_the_facts()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "plan-cases-derived.jsonl")))
        {
            count++;
            using var vector = JsonDocument.Parse(line);
            var root = vector.RootElement;
            var text = TestPlan.Text(string.Join('\n', root.GetProperty("plan").EnumerateArray().Select(part => part.GetString())));
            var options = new PlanRunOptions
            {
                Server = root.TryGetProperty("server", out _) ? PlanServerState.RecoveryFirst : PlanServerState.Fresh,
                FindExpressionError = static written => PlanExpressions.FindError(written, ServerVersion.AnyPatch),
            };
            var run = TestPlan.Run([text], options);
            if (root.TryGetProperty("runs", out _))
                run = TestPlan.Run([text], run.State, options);
            using var written = JsonDocument.Parse(PlanStateWriter.Write(run));
            var errors = written.RootElement.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")}:{error.GetProperty("stage").GetString()}:{error.GetProperty("kind").GetString()}");
            var wanted = root.GetProperty("errors").EnumerateArray().Select(error => error.GetString());
            if (!errors.SequenceEqual(wanted))
                deviations.Add($"{root.GetProperty("id")} ({root.GetProperty("why")}): {string.Join(' ', errors)} instead of {string.Join(' ', wanted)}");
            foreach (var place in root.GetProperty("has").EnumerateObject())
            {
                var found = Find(written.RootElement.GetProperty("objects"), place.Name);
                if (found is null ? place.Value.ValueKind != JsonValueKind.Null : !JsonElement.DeepEquals(place.Value, found.Value))
                    deviations.Add($"{root.GetProperty("id")} ({root.GetProperty("why")}): {place.Name} is {found} instead of {place.Value}");
            }
        }

        Assert.True(deviations.Count == 0, $"{deviations.Count} deviations\n" + string.Join('\n', deviations));
        Assert.True(count > 100);
    }

    private static JsonElement? Find(JsonElement element, string path)
    {
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (element.ValueKind == JsonValueKind.Array && int.TryParse(part, out var index) && index < element.GetArrayLength())
                element = element[index];
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                return null;
        }

        return element;
    }
}
