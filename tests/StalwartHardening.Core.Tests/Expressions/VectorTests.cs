using System.Text.Json;
using StalwartHardening.Expressions;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Listeners;

namespace StalwartHardening.Tests.Expressions;

/// <summary>Agreement with answers that the server's own code gave (Vectors/expressions.jsonl, server 0.15.5).</summary>
public sealed class VectorTests
{
    private const int Expected = 488;
    private const int ExpectedOfObjects = 1164;

    [Fact]
    public void Every_vector_agrees_with_the_server()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in Lines("expressions.jsonl"))
        {
            count++;
            using var vector = JsonDocument.Parse(line);
            var root = vector.RootElement;
            var block = IfBlockReader.Read(PolicyText.Document(root.GetProperty("if_block")), PolicyText.Key);
            var state = Evaluate(block, root, out var value);
            var raw = value?.AsText();
            var status = HttpVerdict.From(value).Status;
            var wantedRaw = root.GetProperty("raw").GetString();
            if ((block.State == IfBlockState.Invalid) != root.GetProperty("parse_error").GetBoolean()
                || state == EvaluationState.Unknown
                || raw != wantedRaw
                || status != root.GetProperty("result").GetInt32())
            {
                deviations.Add($"{root.GetProperty("id").GetString()}: {block.State} {state} {status} '{raw}' instead of {root.GetProperty("result")} '{wantedRaw}' for {root.GetProperty("if_block")}");
            }
        }

        Assert.Equal([], deviations);
        Assert.Equal(Expected, count);
    }

    /// <summary>The same for server 0.16.18 (Vectors/expressions16.jsonl), what it says of mistakes included.</summary>
    [Fact]
    public void Every_vector_of_objects_agrees_with_the_server()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in Lines("expressions16.jsonl"))
        {
            count++;
            using var vector = JsonDocument.Parse(line);
            var root = vector.RootElement;
            var block = ObjectBlockReader.Read(PolicyText.Node(root.GetProperty("expression")), "allowedEndpoints", "200", ExpressionLanguage.Objects);
            var state = Evaluate(block, root, out var value);
            var answer = (
                IsRefused: block.State == IfBlockState.Invalid,
                RefusalKind: block.State == IfBlockState.Invalid ? block.Problems[0].RefusalKind : null,
                HttpVerdict.From(value).Status,
                Raw: value?.AsText(),
                Kind: NameOf(value?.Kind));
            var wanted = (
                root.GetProperty("parse_error").GetBoolean(),
                root.GetProperty("error_kind").GetString(),
                root.GetProperty("result").GetInt32(),
                root.GetProperty("raw").GetString(),
                root.GetProperty("raw_kind").GetString());
            if (answer != wanted || state == EvaluationState.Unknown || !SaysTheSame(block, root.GetProperty("error").GetString()))
                deviations.Add($"{root.GetProperty("id").GetString()}: {state} {answer} instead of {wanted} for {root.GetProperty("expression")}: {(answer.IsRefused ? block.Problems[0].ServerMessage : "")} | {root.GetProperty("error")}");
        }

        Assert.Equal([], deviations);
        Assert.Equal(ExpectedOfObjects, count);
    }

    [Fact]
    public void Every_vector_derives_the_path_from_the_target()
    {
        foreach (var line in Lines("expressions.jsonl"))
        {
            using var vector = JsonDocument.Parse(line);
            var context = vector.RootElement.GetProperty("ctx");
            Assert.Equal(context.GetProperty("url_path").GetString(), Request(context).Path);
        }
    }

    private static HttpRequest Request(JsonElement context) => new()
    {
        RemoteIp = context.GetProperty("remote_ip").GetString()!,
        RemotePort = context.GetProperty("remote_port").GetInt32(),
        LocalIp = context.GetProperty("local_ip").GetString()!,
        LocalPort = context.GetProperty("local_port").GetInt32(),
        IsTls = context.GetProperty("is_tls").GetBoolean(),
        Listener = context.GetProperty("listener").GetString()!,
        Target = context.GetProperty("url").GetString()!,
        Method = context.GetProperty("method").GetString()!,
        Headers = [.. context.GetProperty("headers").EnumerateArray().Select(header => header.GetString()!)],
    };

    private static EvaluationState Evaluate(IfBlock block, JsonElement vector, out ExpressionValue? value)
    {
        string[] stores = vector.TryGetProperty("env", out var environment) ? [.. environment.GetProperty("stores").EnumerateArray().Select(store => store.GetString()!)] : [];
        return block.Evaluate(new ReferenceServer(Request(vector.GetProperty("ctx")), block.Language, stores), StepBudget.ForQuestionAbout(block.Length), out value);
    }

    // Of a regular expression we say why in our own words; of a name that an object does not have, too.
    private static bool SaysTheSame(IfBlock block, string? wanted)
    {
        if (block.State != IfBlockState.Invalid)
            return wanted is null;
        var said = block.Problems[0].ServerMessage;
        return said.EndsWith("regex parse error:", StringComparison.Ordinal) ? wanted!.StartsWith(said, StringComparison.Ordinal)
            : said == wanted || (said.Length == 0 && wanted!.Contains("Invalid ", StringComparison.Ordinal));
    }

    private static string? NameOf(ExpressionValueKind? kind) => kind switch
    {
        null => null,
        ExpressionValueKind.Text => "string",
        ExpressionValueKind.Integer => "integer",
        ExpressionValueKind.Float => "float",
        ExpressionValueKind.Array => "array",
        _ => "constant",
    };

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", file));
}
