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

    [Fact]
    public void Every_vector_agrees_with_the_server()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "expressions.jsonl")))
        {
            count++;
            using var vector = JsonDocument.Parse(line);
            var root = vector.RootElement;
            var block = IfBlockReader.Read(PolicyText.Document(root.GetProperty("if_block")), PolicyText.Key);
            var state = block.Evaluate(new VectorContext(Request(root.GetProperty("ctx"))), out var value);
            var raw = value?.AsText();
            var status = HttpVerdict.Of(value).Status;
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

    [Fact]
    public void Every_vector_derives_the_path_from_the_target()
    {
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "expressions.jsonl")))
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

    /// <summary>The vectors' server: its host name, no other setting, and stores that fail.</summary>
    private sealed class VectorContext(HttpRequest request) : IExpressionContext
    {
        private readonly HttpRequestContext _request = new(request);

        public EvaluationState StoreFunctions => EvaluationState.Failed;

        public ExpressionValue Get(HttpVariable variable) => _request.Get(variable);

        public bool TryGetSetting(string key, out ExpressionValue value)
        {
            value = ExpressionValue.Of(key == "server.hostname" ? "mail.example.org" : "");
            return true;
        }
    }
}
