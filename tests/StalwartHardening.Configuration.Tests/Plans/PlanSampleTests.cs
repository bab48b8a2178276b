using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Plans;

/// <summary>The samples that write plans of others anew, with typed objects: the server that they leave behind is the same.</summary>
public sealed class PlanSampleTests
{
    [Theory]
    [InlineData("HardeningPlan", "099-thefutureisprivate-hardening.ndjson")]
    [InlineData("BulkPlan", "036-vendor-example-bulk-plan.ndjson")]
    public void A_sample_writes_a_plan_that_is_equal(string name, string file)
    {
        var original = File.ReadAllText(Repository.SharedOrSkip("corpus16", file)).Replace("thefutureisprivate.dev", "example.org", StringComparison.Ordinal);
        var source = "using System; using System.Collections.Generic;\n" + File.ReadAllText(Repository.PathOf("samples", "PlanAsCode", name + ".cs")) + "\npublic static class Program { public static string Write() => " + name + ".Create().ToNdjson(); }";
        var written = PlanProgram.Run(BuilderProgram.Compile(source));
        Assert.Equal(State(original), State(written));
        Assert.Equal(original.TrimEnd('\n').Split('\n').Length, written.TrimEnd('\n').Split('\n').Length);
    }

    private static string State(string plan)
    {
        var run = PlanGeneration.ReadPlan(plan, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken).Run;
        Assert.Empty(run.Problems);
        return Sorted(System.Text.Json.Nodes.JsonNode.Parse(PlanStateWriter.Write(run.State)));
    }

    // The server makes objects in the order of the plan's ids, which each writer chooses.
    private static string Sorted(System.Text.Json.Nodes.JsonNode? node) => node switch
    {
        System.Text.Json.Nodes.JsonArray array => "[" + string.Join(',', array.Select(Sorted).Order(StringComparer.Ordinal)) + "]",
        System.Text.Json.Nodes.JsonObject fields => "{" + string.Join(',', fields.Select(static field => field.Key + ":" + Sorted(field.Value)).Order(StringComparer.Ordinal)) + "}",
        _ => node?.ToJsonString() ?? "null",
    };
}
