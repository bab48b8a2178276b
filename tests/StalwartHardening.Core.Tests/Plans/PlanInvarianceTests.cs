using System.Text.Json;
using System.Text.RegularExpressions;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>Random plans say the same however they are written: what is found is a matter of what they leave behind.</summary>
public sealed partial class PlanInvarianceTests
{
    private const int Count = 250;
    private const int Seed = 20261128;

    private static readonly ServerState?[] s_states = [null, ServerState.Fresh, ServerState.Existing, ServerState.RecoveryFirst];

    [Fact]
    public void The_prefix_of_an_objects_name_changes_nothing() =>
        Hold(static (plan, _) => ObjectName().Replace(plan, static name => name.Groups[1].Value + (name.Groups[2].Length > 0 ? "" : "x:")));

    [Fact]
    public void Spaces_and_blank_lines_change_nothing() =>
        Hold(static (plan, random) => string.Join(random.Next(2) == 0 ? "\r\n" : "\n\n", LinesOf(plan).Select(static line => "\t" + line.Replace("\":", "\" :  ", StringComparison.Ordinal) + " ")));

    [Fact]
    public void Escapes_change_nothing() =>
        Hold(static (plan, _) => Quoted().Replace(plan, static text => "\"" + string.Concat(text.Groups[1].Value.Select(static (c, i) => i % 3 == 0 ? $"\\u{(int)c:x4}" : c.ToString())) + "\""));

    /// <summary>What is said of HTTP and what is said of listeners and accounts touch each other nowhere.</summary>
    [Fact]
    public void The_order_of_operations_on_different_objects_changes_nothing() =>
        Hold(static (plan, random) =>
        {
            var lines = LinesOf(plan);
            var http = lines.Where(IsAboutHttp);
            var others = lines.Where(static line => !IsAboutHttp(line));
            return string.Join('\n', random.Next(2) == 0 ? http.Concat(others) : others.Concat(http));
        });

    /// <summary>Each member of a singleton's update may as well stand in an update of its own.</summary>
    [Fact]
    public void An_update_may_be_split() =>
        Hold(static (plan, _) => string.Join('\n', LinesOf(plan).SelectMany(static line => HttpUpdate(line) is { } update ? update.Members.Select(member => Update(update.Object, member)) : [line])));

    /// <summary>A whole value, and its members by their paths.</summary>
    [Fact]
    public void Members_may_be_written_by_their_paths() =>
        Hold(static (plan, _) => string.Join('\n', LinesOf(plan).Select(static line => HttpUpdate(line) is { } update ? Update(update.Object, [.. update.Members.SelectMany(ByPaths)]) : line)));

    /// <summary>What a run leaves behind, written down as <c>stalwart-cli snapshot</c> does, is judged as the plan was.</summary>
    [Fact]
    public void The_result_as_a_snapshot_is_judged_as_the_plan_is()
    {
        var judged = 0;
        for (var i = 0; i < Count; i++)
        {
            var plan = RandomPlan.CreateCorrect(new Random(Seed + i));
            var reading = Read(plan, ServerState.Fresh);
            if (reading?.Document.Origin is not PlanReading { Run.IsSuccess: true } origin)
                continue;
            // Who wrote the default is what a snapshot cannot tell: it is a rule of somebody in the plan, and the absence of one there.
            if (WritesDefaultAccess(reading, origin))
                continue;
            judged++;
            var snapshot = PlanStateWriter.WriteSnapshot(origin.Run.State);
            Assert.Equal(PlanTextKind.Snapshot, PlanIdentification.Of(snapshot));
            var expected = WithoutPlaces(Findings(reading));
            var actual = WithoutPlaces(Findings(Read(snapshot, ServerState.Fresh)!));

            // A snapshot writes out what a plan leaves at its default: there, advice on it has a place to stand at.
            actual.RemoveAll(line => line.EndsWith(" Info", StringComparison.Ordinal) && !expected.Contains(line));
            Assert.True(expected.SequenceEqual(actual), $"seed {Seed + i}: {Difference(expected, actual)} in\n{plan}\n---\n{snapshot}");
        }

        Assert.True(judged > Count / 4, $"only {judged} plans ran");
    }

    private static bool WritesDefaultAccess(ServerConfiguration server, PlanReading plan) =>
        server.DeclaresHttpAccessControl && PlanSchema.Instance.FindObject("Http".AsSpan()) is { } http
        && plan.Run.State.Holding(http)?["allowedEndpoints"] is { } rules && PlanValue.AreEqual(rules, http.FindField("allowedEndpoints".AsSpan())!.Default);

    private static void Hold(Func<string, Random, string> rewrite)
    {
        var changed = 0;
        for (var i = 0; i < Count; i++)
        {
            var random = new Random(Seed + i);
            var plan = RandomPlan.CreateCorrect(random);
            var state = s_states[i % s_states.Length];
            if (Read(plan, state) is not { Document.Origin: PlanReading { Run.IsSuccess: true } } server)
                continue;
            var written = rewrite(plan, random);
            if (written == plan)
                continue;
            changed++;
            var expected = Findings(server);
            var result = Read(written, state)!;
            var actual = Findings(result);
            Assert.True(expected.SequenceEqual(actual), $"seed {Seed + i}, server {state}: {Difference(expected, actual)} {Problems(result)} in\n{plan}\n---\n{written}");
        }

        Assert.True(changed > Count / 10, $"only {changed} plans changed");
    }

    private static ServerConfiguration? Read(string plan, ServerState? state) =>
        ConfigurationReader.Read(plan, new ReadingTarget(new ServerVersion(16, ServerVersion.AnyPatch), state), TestContext.Current.CancellationToken);

    // What is said of the plan's own words, SWH0xxx, is a matter of these words.
    private static List<string> Findings(ServerConfiguration server) =>
        [.. ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken)
            .Where(static finding => !finding.Rule.Id.StartsWith("SWH0", StringComparison.Ordinal))
            .Select(static finding => finding.Rule.Id + " " + finding.SettingKey + " " + finding.Severity).Order(StringComparer.Ordinal)];

    // A finding points at what a plan says, if at another part of the same object; a snapshot says everything. What is missing on
    // the whole server is said at the first thing that needs it, which is another one in another order.
    private static List<string> WithoutPlaces(List<string> findings) =>
        [.. findings.Select(static line => line.Split(' ') is var words && words[0] is "SWH2001" or "SWH2008" ? $"{words[0]} {words[^1]}" : $"{words[0]} {string.Join('/', words[1].Split('/').Take(2))} {words[^1]}").Distinct().Order(StringComparer.Ordinal)];

    private static string Difference(List<string> expected, List<string> actual) =>
        string.Join(", ", expected.Except(actual).Select(static line => "-" + line).Concat(actual.Except(expected).Select(static line => "+" + line)).DefaultIfEmpty("another number of findings"));

    private static string Problems(ServerConfiguration server) =>
        server.Document.Origin is PlanReading plan ? string.Join("; ", plan.Run.Problems.Select(static problem => problem.Message)) : "(read as TOML)";

    private static string[] LinesOf(string plan) => plan.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsAboutHttp(string line) => ObjectName().Match(line) is { Success: true } name && line.AsSpan(name.Index + name.Length).StartsWith("Http\"", StringComparison.Ordinal);

    private static string Update(string name, params string[] members) =>
        "{\"@type\":\"update\",\"object\":\"" + name + "\",\"value\":{" + string.Join(',', members) + "}}";

    private static (string Object, IReadOnlyList<string> Members)? HttpUpdate(string line)
    {
        if (!IsAboutHttp(line))
            return null;
        using var json = JsonDocument.Parse(line);
        return (json.RootElement.GetProperty("object").GetString()!, [.. json.RootElement.GetProperty("value").EnumerateObject().Select(static member => $"\"{member.Name}\":{member.Value.GetRawText()}")]);
    }

    private static IEnumerable<string> ByPaths(string member)
    {
        using var json = JsonDocument.Parse("{" + member + "}");
        var (name, value) = (json.RootElement.EnumerateObject().Single().Name, json.RootElement.EnumerateObject().Single().Value);
        return value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().Select(part => $"\"{name}/{part.Name}\":{part.Value.GetRawText()}")] : [member];
    }

    [GeneratedRegex("(\"object\"\\s*:\\s*\")(x:)?")]
    private static partial Regex ObjectName();

    [GeneratedRegex("\"([^\"\\\\]+)\"")]
    private static partial Regex Quoted();
}
