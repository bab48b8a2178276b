using System.Buffers;
using System.Text;
using System.Text.Json;
using StalwartHardening.Expressions;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>
/// Decides many requests, each with a setting of its own in the form of either generation, one JSON object a line: what tests against the real server need. The
/// status is what the setting comes to; the exemption of the machine itself is not applied.
/// </summary>
internal static class AccessBatch
{
    private const string Key = "http.allowed-endpoint";
    private const string Property = "allowedEndpoints";
    private const string DefaultAnswer = "200";
    private static readonly JsonWriterOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to one line; null where the line is not understood.</summary>
    public static string? Answer(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var block = root.TryGetProperty("expression", out var expression)
                ? ObjectBlockReader.Read(Node(expression), Property, DefaultAnswer, ExpressionLanguage.Objects)
                : IfBlockReader.Read(Document(root.GetProperty("if_block")), Key);
            var state = block.Evaluate(new ReferenceServer(Request(root.GetProperty("ctx")), block.Language, Stores(root)), StepBudget.ForQuestionAbout(block.Length), out var value);
            var buffer = new ArrayBufferWriter<byte>();
            using (var answer = new Utf8JsonWriter(buffer, OneLine))
            {
                answer.WriteStartObject();
                if (root.TryGetProperty("id", out var id))
                {
                    answer.WritePropertyName("id");
                    id.WriteTo(answer);
                }
                else
                {
                    answer.WriteNull("id");
                }

                var isRefused = block.State == IfBlockState.Invalid;
                answer.WriteBoolean("parse_error", isRefused);
                if (block.Language.IsOfObjects)
                {
                    answer.WriteString("error_kind", isRefused ? block.Problems[0].RefusalKind : null);
                    answer.WriteString("error", isRefused ? block.Problems[0].ServerMessage : null);
                }

                if (state == EvaluationState.Unknown)
                    answer.WriteNull("result");
                else
                    answer.WriteNumber("result", HttpVerdict.From(state == EvaluationState.Failed ? null : value).Status);
                var raw = state == EvaluationState.Done ? value : null;
                answer.WriteString("raw", raw?.AsText());
                if (block.Language.IsOfObjects)
                    answer.WriteString("raw_kind", raw is { } known ? NameOf(known.Kind) : null);
                answer.WriteEndObject();
            }

            return JsonText.Of(buffer.WrittenSpan);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static SettingsDocument Document(JsonElement block)
    {
        var settings = new List<Setting>();
        Flatten(Key, block, settings);
        return new SettingsDocument([.. settings], settings.Count, ServerVersion.Newest);
    }

    private static void Flatten(string key, JsonElement element, List<Setting> settings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten(SettingPath.Entry(key, index++), item, settings);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Flatten(SettingPath.Join(key, member.Name), member.Value, settings);
                break;
            default:
                settings.Add(new Setting(key, Text(element), default, default));
                break;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static HttpRequest Request(JsonElement context) => new()
    {
        RemoteIp = Member(context, "remote_ip", "203.0.113.7"),
        RemotePort = Number(context, "remote_port", 50000),
        LocalIp = Member(context, "local_ip", "192.0.2.1"),
        LocalPort = Number(context, "local_port", 443),
        IsTls = !context.TryGetProperty("is_tls", out var tls) || tls.GetBoolean(),
        Listener = Member(context, "listener", "https"),
        Target = Member(context, "url", Member(context, "path", Member(context, "url_path", "/"))),
        Method = Member(context, "method", "GET"),
        Headers = context.TryGetProperty("headers", out var headers) ? [.. headers.EnumerateArray().Select(header => header.GetString() ?? "")] : [],
    };

    private static string Member(JsonElement context, string name, string otherwise) =>
        context.TryGetProperty(name, out var value) ? value.GetString() ?? otherwise : otherwise;

    private static int Number(JsonElement context, string name, int otherwise) =>
        context.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    private static string NameOf(ExpressionValueKind kind) => kind switch
    {
        ExpressionValueKind.Text => "string",
        ExpressionValueKind.Integer => "integer",
        ExpressionValueKind.Float => "float",
        ExpressionValueKind.Array => "array",
        _ => "constant",
    };

    private static string[] Stores(JsonElement root) =>
        root.TryGetProperty("env", out var environment) && environment.TryGetProperty("stores", out var stores) ? [.. stores.EnumerateArray().Select(store => store.GetString() ?? "")] : [];

    private static ObjectNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new ObjectNode(ObjectNodeKind.Text, default) { Text = element.GetString()! },
        JsonValueKind.Object => new ObjectNode(ObjectNodeKind.Object, default) { Members = [.. element.EnumerateObject().Select(member => new ObjectMember(member.Name, default, Node(member.Value)))] },
        _ => new ObjectNode(ObjectNodeKind.Other, default),
    };
}
