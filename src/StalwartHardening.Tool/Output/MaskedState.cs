using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;

namespace StalwartHardening.Tool.Output;

/// <summary>The server after a plan's run without the secrets in it: those of the schema are hidden already, a header or an address may hold one.</summary>
/// <param name="secrets">What of the plan nobody may see; messages quote it.</param>
/// <param name="text">The plan.</param>
internal sealed class MaskedState(SecretMask secrets, string text)
{
    /// <summary>Writes <paramref name="state"/>, a JSON object, on one line.</summary>
    public void Write(TextWriter output, string state)
    {
        using var document = JsonDocument.Parse(state, new JsonDocumentOptions { MaxDepth = 500 });
        Formatting.JsonText.Write(output, json => Write(json, document.RootElement, isSecret: false), isIndented: false);
    }

    private void Write(Utf8JsonWriter json, JsonElement element, bool isSecret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(SecretText.Mask(member.Name));
                    if (member is { Name: "message", Value.ValueKind: JsonValueKind.String })
                        json.WriteStringValue(secrets.InMessage(member.Value.GetString()!, new SourceSpan(0, text.Length)));
                    else
                        Write(json, member.Value, PlanInspection.IsSecretName(member.Name));
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(json, item, isSecret);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                var value = element.GetString()!;
                json.WriteStringValue(isSecret && value.AsSpan().ContainsAnyExcept('*') ? SecretKeys.Placeholder : SecretText.Mask(value));
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
