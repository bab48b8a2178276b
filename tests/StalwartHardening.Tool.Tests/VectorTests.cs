using System.Text.Json;

namespace StalwartHardening.Tests;

/// <summary>What the server's own code answered (Vectors/*.jsonl), asked of the commands that people use.</summary>
public sealed class VectorTests : IDisposable
{
    private const int ExpressionCases = 1164;
    private const int PlanCases = 257;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string PathOf(string file) => Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", file);

    [Fact]
    public void Batches_answer_expressions_of_objects_as_the_server_does()
    {
        var answers = InProcessTool.Run("access", "--batch", PathOf("expressions16.jsonl")).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var lines = File.ReadAllLines(PathOf("expressions16.jsonl"));
        Assert.Equal(ExpressionCases, lines.Length);
        Assert.Equal(ExpressionCases, answers.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            using var expected = JsonDocument.Parse(lines[i]);
            using var actual = JsonDocument.Parse(answers[i]);
            foreach (var name in (string[])["id", "parse_error", "error_kind", "result", "raw", "raw_kind"])
                Assert.Equal((name, expected.RootElement.GetProperty(name).ToString()), (name, actual.RootElement.GetProperty(name).ToString()));
            Assert.Equal(expected.RootElement.GetProperty("error").ValueKind, actual.RootElement.GetProperty("error").ValueKind);
        }
    }

    [Fact]
    public void The_state_after_a_run_is_the_servers()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(PathOf("plan-cases.jsonl")))
        {
            count++;
            using var vector = JsonDocument.Parse(line);
            var root = vector.RootElement;

            var server = root.GetProperty("server").GetString()!;
            var path = _folder.Write("case.ndjson", string.Join('\n', root.GetProperty("plan").EnumerateArray().Select(part => part.GetString())) + "\n");
            var arguments = new List<string> { "settings", path, "--format", "state", "--no-config" };

            // A plan that is applied twice is a run of itself and itself.
            if (root.TryGetProperty("runs", out _))
                arguments.Insert(1, path);
            if (server.Contains("recovery mode", StringComparison.Ordinal))
                arguments.AddRange(["--server-state", "recovery-first"]);
            if (server.EndsWith("after a restart", StringComparison.Ordinal))
                arguments.Add("--after-restart");
            if (root.TryGetProperty("flags", out _))
                arguments.Add("--continue-on-error");
            var result = InProcessTool.Run([.. arguments]).Expect(0);
            using var state = JsonDocument.Parse(result.Output);
            foreach (var deviation in Deviations(root, state.RootElement))
                deviations.Add($"{root.GetProperty("id")} ({root.GetProperty("why")}): {deviation}");
        }

        Assert.True(deviations.Count == 0, string.Join('\n', deviations.Take(20)));
        Assert.Equal(PlanCases, count);
    }

    private static IEnumerable<string> Deviations(JsonElement vector, JsonElement state)
    {
        if (vector.GetProperty("exit_ok").GetBoolean() != state.GetProperty("exit_ok").GetBoolean())
            yield return "exit_ok";
        var wanted = Errors(vector);
        if (wanted != Errors(state))
            yield return $"errors {Errors(state)} instead of {wanted}";
        foreach (var error in state.GetProperty("errors").EnumerateArray())
        {
            if (error.GetProperty("message").GetString() is not { Length: > 0 } message || message[^1] is not ('.' or '?'))
                yield return "an error without a sentence";
        }

        if (vector.GetProperty("expect").ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var type in vector.GetProperty("expect").EnumerateObject())
        {
            if (!state.GetProperty("objects").TryGetProperty(type.Name, out var found) || !JsonElement.DeepEquals(type.Value, found))
                yield return $"{type.Name}: {found} instead of {type.Value}";
        }

        foreach (var type in state.GetProperty("objects").EnumerateObject())
        {
            if (!vector.GetProperty("expect").TryGetProperty(type.Name, out _))
                yield return $"{type.Name} is there, too";
        }
    }

    private static string Errors(JsonElement outcome) =>
        string.Join(' ', outcome.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line")}:{error.GetProperty("stage")}:{error.GetProperty("kind")}"));
}
