using System.Buffers;
using System.Text;
using System.Text.Json;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Exposure;

/// <summary>The picture for programs. <c>version</c> is the version of the format: within it members are only added.</summary>
internal static class JsonExposure
{
    public static string Write(ExposurePicture picture)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Indented))
        {
            json.WriteStartObject();
            json.WriteString("format", "stalwart-harden-exposure");
            json.WriteNumber("version", 1);
            json.WriteString("title", picture.Title);
            json.WriteString("server", picture.Version);
            json.WriteString("state", ToneText.Of(picture.Tone));
            json.WriteString("verdict", picture.Verdict);
            Write(json, "actions", picture.Actions);
            json.WriteStartArray("listeners");
            foreach (var door in picture.Doors)
                Write(json, door);
            json.WriteEndArray();
            json.WriteStartArray("administrators");
            foreach (var keyholder in picture.Keyholders)
            {
                json.WriteStartObject();
                json.WriteString("name", keyholder.Name);
                json.WriteString("kind", keyholder.Kind);
                json.WriteString("powers", keyholder.Powers);
                Write(json, "findings", keyholder.Remarks);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Write(json, "findings", picture.Remarks);
            if (picture.Difference is { } difference)
            {
                json.WriteStartObject("difference");
                Write(json, "opened", difference.Opened);
                Write(json, "closed", difference.Closed);
                Write(json, "moved", difference.Moved);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Door door)
    {
        json.WriteStartObject();
        json.WriteString("name", door.Name);
        json.WriteString("protocol", door.Protocol);
        json.WriteString("state", ToneText.Of(door.Tone));
        json.WriteString("reach", door.Reach);
        json.WriteString("encryption", door.Encryption);
        json.WriteString("passwords", door.Passwords);
        json.WriteStartArray("addresses");
        foreach (var (address, reach) in door.Addresses)
        {
            json.WriteStartObject();
            json.WriteString("address", address);
            json.WriteString("reach", reach);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("services");
        foreach (var service in door.Services)
        {
            json.WriteStartObject();
            json.WriteString("name", service.Name);
            json.WriteString("state", ToneText.Of(service.Tone));
            json.WriteString("access", service.Access);
            json.WriteString("need", service.Need);
            json.WriteTexts("paths", service.Paths);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "findings", door.Remarks);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Remark> remarks)
    {
        json.WriteStartArray(name);
        foreach (var remark in remarks)
        {
            json.WriteStartObject();
            json.WriteString("rule", remark.RuleId);
            json.WriteString("severity", Severities.Name(remark.Severity));
            if (remark.Place.File.Length > 0)
                json.WriteString("file", remark.Place.File);
            json.WriteNumber("line", remark.Place.Number);
            json.WriteString("title", remark.Title);
            json.WriteString("message", remark.Message);
            json.WriteString("help", remark.Link);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<ExposureChange> changes)
    {
        json.WriteStartArray(name);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("what", Printable.Text(change.What));
            json.WriteString("before", Printable.Text(change.Before));
            json.WriteString("after", Printable.Text(change.After));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
