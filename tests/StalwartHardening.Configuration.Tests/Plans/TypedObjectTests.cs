using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Objects;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Plans;

/// <summary>Every typed object is written so that the plan's reader takes it and reads the same values.</summary>
public sealed class TypedObjectTests
{
    public static TheoryData<string> Objects => [.. FilledObject.Types.Where(static type => type.IsSubclassOf(typeof(ServerObject)) || type.IsSubclassOf(typeof(ServerSingleton))).Select(static type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Written_with_all_fields_it_reads_back(string name)
    {
        var type = typeof(ServerValue).Assembly.GetType(name)!;
        var filled = FilledObject.Create(type);
        var plan = new StalwartPlan();
        if (filled is ServerSingleton settings)
            plan.Update(settings);
        else
            plan.Create((ServerObject)filled);
        var text = plan.Write();
        Assert.Empty(text.Problems);

        var reading = PlanGeneration.ReadPlan(text.Text, new ReadingTarget(PlanGeneration.Instance.Newest, Server.ServerState.Existing), TestContext.Current.CancellationToken);
        Assert.True(reading.Run.Problems.Count == 0, string.Join('\n', reading.Run.Problems.Select(static problem => problem.Message)) + "\n" + text.Text);
        var schema = FilledObject.SchemaOf(type);
        Assert.Same(schema.Union ?? schema, reading.Run.Operations[0].Type);
        Assert.True(schema.Variant is null || text.Text.Contains($"\"@type\":\"{schema.Variant}\"", StringComparison.Ordinal));

        // What happens once leaves nothing behind, and a variant without fields says no more than its name.
        if (reading.Run.State.Objects(schema.Union ?? schema) is not [var read, ..])
        {
            Assert.True(schema.Name == "Action" || schema.Fields.Count == 0);
            return;
        }

        foreach (var (property, field) in FilledObject.Properties(type))
        {
            if (property.GetValue(filled) is { } value)
                FilledObject.AssertSame(value, read[field.Name]!, field, field.Name);
        }
    }

    [Fact]
    public void No_type_hides_one_that_every_program_has_in_sight()
    {
        var inSight = new[] { "System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "System.Collections.Generic", "System.Net", "StalwartHardening.Configuration" };
        var known = AppDomain.CurrentDomain.GetAssemblies().Where(static assembly => assembly.GetName().Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "StalwartHardening.Configuration"))
            .SelectMany(static assembly => assembly.GetExportedTypes()).Where(type => !type.IsNested && inSight.Contains(type.Namespace)).Select(static type => type.Name.Split('`')[0]).ToHashSet();
        var ours = typeof(ServerValue).Assembly.GetExportedTypes().Where(static type => !type.IsNested && type.Namespace == typeof(ServerValue).Namespace).Select(static type => type.Name);
        Assert.DoesNotContain(ours, known.Contains);
    }
}
